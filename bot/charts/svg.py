"""The little of SVG that a printed page needs. Units are those of CSS: 96 to the inch."""

import textwrap
from xml.sax.saxutils import escape, quoteattr

WIDTH, HEIGHT = 816, 1056  # US letter, upright
FONT = "Helvetica, Arial, sans-serif"
WIDE = 0.53  # of the font's size: about what a letter of running text takes

INK, FAINT, RULE, PAPER = "#1b1f24", "#5b6570", "#c3cad2", "#ffffff"


def text(x: float, y: float, said: str, size: float = 10, *, bold: bool = False, fill: str = INK) -> str:
    """One line of text, its baseline at `y`."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{weight} fill={quoteattr(fill)}>{escape(said)}</text>'


def box(x: float, y: float, width: float, height: float, *, fill: str = PAPER, stroke: str = RULE) -> str:
    """A box with slightly round corners."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4" '
        f"fill={quoteattr(fill)} stroke={quoteattr(stroke)}/>"
    )


def line(*points: tuple[float, float], stroke: str = RULE, width: float = 1, arrow: bool = False) -> str:
    """A line through some points; with `arrow`, a head at its end."""
    spots = " ".join(f"{x:g},{y:g}" for x, y in points)
    head = ' marker-end="url(#head)"' if arrow else ""
    return f'<polyline points="{spots}" fill="none" stroke={quoteattr(stroke)} stroke-width="{width:g}"{head}/>'


def wrapped(said: str, width: float, size: float = 10) -> list[str]:
    """The text broken into lines that fit `width`; its own line breaks stay."""
    letters = max(8, int(width / (size * WIDE)))
    return [part for row in said.splitlines() for part in (textwrap.wrap(row, letters) or [""])]


def document(pages: list[str]) -> str:
    """Pages, one below the other, as one SVG file that needs nothing else."""
    parts = [f'<g transform="translate(0 {number * HEIGHT})">{page}</g>' for number, page in enumerate(pages)]
    height = HEIGHT * len(pages)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f"font-family={quoteattr(FONT)}>"
        f'<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{INK}"/></marker></defs>'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>' + "\n".join(parts) + "</svg>\n"
    )
