"""The guide on paper, beside the chat: its pages as pictures, its truth table, and both to take away."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from aiohttp import web

from bot.charts.prints import Prints

HEAD = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>The guide on paper</title>
  <link rel="icon" href="icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="guide.css">
</head>
<body>
<header>
  <h1>The guide on paper</h1>
  <p>Print this page, read it, sign it; then <code>faqbot sign guide --by NAME</code>.
  It shows the content as it is now.</p>
  <nav><a href="/">Chat</a> <a href="guide.svg" download>guide.svg</a> <a href="guide.csv" download>guide.csv</a></nav>
</header>
"""


class PrintRoutes:
    """The routes of one workbench. `prints` gives the guide as it is now, or None where there is none."""

    def __init__(self, prints: Callable[[], Prints | None]) -> None:
        self._prints = prints

    def routes(self) -> list[web.AbstractRouteDef]:
        """All of them."""
        return [
            web.get("/guide", self.page),
            web.get("/guide.svg", self.svg),
            web.get("/guide.csv", self.csv),
            web.get("/guide/{number:[0-9]{1,3}}.svg", self.sheet),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """Everything to look at and to print."""
        prints = self._now()
        sheets = [
            f'<img src="guide/{number}.svg" alt="Page {number} of the guide">'
            for number in range(1, len(prints.pages) + 1)
        ]
        heading, *rows = prints.rows
        table = "".join(f"<tr>{_cells(row, 'td')}</tr>\n" for row in rows)
        body = (
            f'<main>{"".join(sheets)}</main>\n<section><h2>Every path ({len(rows)})</h2>\n<div class="wide"><table>'
            f"<thead><tr>{_cells(heading, 'th')}</tr></thead>\n<tbody>{table}</tbody></table></div></section>\n"
        )
        return web.Response(text=f"{HEAD}{body}</body>\n</html>\n", content_type="text/html")

    async def svg(self, request: web.Request) -> web.Response:
        """All pages in one picture."""
        return web.Response(text=self._now().svg, content_type="image/svg+xml")

    async def sheet(self, request: web.Request) -> web.Response:
        """One page."""
        pages = self._now().pages
        number = int(request.match_info["number"])
        if not 1 <= number <= len(pages):
            raise web.HTTPNotFound
        return web.Response(text=pages[number - 1], content_type="image/svg+xml")

    async def csv(self, request: web.Request) -> web.Response:
        """The truth table for a spreadsheet."""
        return web.Response(body=self._now().csv.encode("utf-8-sig"), content_type="text/csv", charset="utf-8")

    def _now(self) -> Prints:
        prints = self._prints()
        if prints is None:
            raise web.HTTPNotFound(text="There is no guide to show: mend the content first.")
        return prints


def _cells(row: tuple[str, ...], tag: str) -> str:
    return "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
