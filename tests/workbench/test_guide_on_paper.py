"""The guide on paper, beside the chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.charts.prints import Prints, printed
from bot.content.loading import load
from bot.workbench.app import build
from tests.workbench.driver import PHONE, browser

FAQ = Path(__file__).parents[2] / "faq"


@pytest.fixture(scope="module")
def prints() -> Prints:
    """The shipped guide, printed."""
    found = printed(load(FAQ).unwrap())
    assert found is not None
    return found


@pytest.fixture
async def http(prints: Prints) -> AsyncIterator[TestClient]:
    """A workbench that has it."""
    async with TestClient(TestServer(build("42:test", list, prints=lambda: prints), host="127.0.0.1")) as client:
        yield client


async def test_the_page_shows_every_sheet_and_every_path(http: TestClient, prints: Prints) -> None:
    """Pictures to print, and the table."""
    text = unescape(await (await http.get("/guide")).text())
    assert text.count("<img ") == len(prints.pages)
    assert text.count("<tr>") == len(prints.rows)
    assert "Talk to a nurse or doctor now" in text


async def test_each_sheet_is_a_picture(http: TestClient, prints: Prints) -> None:
    """Beyond the last there is none."""
    for number, page in enumerate(prints.pages, 1):
        answer = await http.get(f"/guide/{number}.svg")
        assert (answer.status, answer.content_type, await answer.text()) == (200, "image/svg+xml", page)
    for number in (0, len(prints.pages) + 1):
        assert (await http.get(f"/guide/{number}.svg")).status == 404


async def test_picture_and_table_can_be_taken_away(http: TestClient, prints: Prints) -> None:
    """The same files that `faqbot guide` writes."""
    assert await (await http.get("/guide.svg")).text() == prints.svg
    answer = await http.get("/guide.csv")
    assert (answer.content_type, (await answer.read()).decode("utf-8-sig")) == ("text/csv", prints.csv)


async def test_without_a_guide_the_page_says_so() -> None:
    """The content may be broken just now."""
    async with TestClient(TestServer(build("42:test", list), host="127.0.0.1")) as client:
        answer = await client.get("/guide")
        assert (answer.status, await answer.text()) == (404, "There is no guide to show: mend the content first.")


async def test_the_chat_leads_to_it_and_it_fits_a_phone(http: TestClient, prints: Prints) -> None:
    """Every sheet is shown, none wider than the screen."""
    async with browser() as chromium:
        page = await chromium.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
        await page.goto(str(http.make_url("/")))
        await page.get_by_role("link", name="Guide").click()
        await page.wait_for_load_state("load")
        drawn = "[...document.images].filter(i => i.complete && i.naturalWidth && i.width <= innerWidth).length"
        assert await page.evaluate(drawn) == len(prints.pages)
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        printed_as = await page.pdf(width="8.5in", height="11in", print_background=True)
        assert printed_as.count(b"/Type /Page\n") == len(prints.pages)
