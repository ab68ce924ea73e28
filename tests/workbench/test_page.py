"""The page in a real browser, with a tiny bot behind it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.workbench import LocalBotApi
from tests.workbench.doubles import Client, checked_api
from tests.workbench.driver import DESKTOP, PHONE, ChatPage, browser, chat_page
from tests.workbench.echo import WELCOME, echo_bot

# One browser for all: a new one for each test would take most of the time. So all share one event loop.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """The browser."""
    async with browser() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="module")
async def api() -> AsyncIterator[LocalBotApi]:
    """The server; what the bot did is checked as everywhere."""
    async with checked_api() as api:
        yield api


@pytest_asyncio.fixture(loop_scope="module")
async def chat(chromium: Browser, api: LocalBotApi) -> AsyncIterator[ChatPage]:
    """The page with the echo bot behind it."""
    async with echo_bot(api), chat_page(chromium, api.base_url) as chat:
        yield chat


async def test_an_empty_chat_offers_start(chat: ChatPage) -> None:
    """With what the bot says of itself; Start says /start."""
    await expect(chat.page.locator("#description")).to_have_text("A bot for tests.")
    await expect(chat.box).to_be_hidden()
    await chat.start()
    await chat.expect_last(WELCOME)
    await expect(chat.bubbles.first).to_contain_text("/start")


async def test_the_guide_goes_on_in_one_message(chat: ChatPage) -> None:
    """Each tap changes the message in place."""
    await chat.start()
    await chat.tap("Next")
    await chat.expect_last("Step 1")
    await chat.tap("Next")
    await chat.expect_last("Step 2")
    await expect(chat.bubbles).to_have_count(2)
    assert await chat.buttons() == ["Next", "Thanks", "Important", "Read more"]


async def test_the_bot_has_received_what_has_two_ticks(chat: ChatPage) -> None:
    """One while it waits, two once the bot has confirmed it."""
    await chat.start()
    await expect(chat.bubbles.first.locator(".ticks")).to_have_attribute("aria-label", "received by the bot")


async def test_entities_are_shown_and_commands_can_be_pressed(chat: ChatPage) -> None:
    """Bold is bold, a link opens in a new tab, a command is said."""
    await chat.start()
    await expect(chat.last.locator("strong")).to_have_text("Welcome!")
    link = chat.last.locator(".text a")
    await expect(link).to_have_attribute("href", "https://example.org/help")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await chat.last.get_by_role("button", name="/guide").click()
    await chat.expect_last("You said: /guide")


async def test_a_button_with_an_address_is_a_link(chat: ChatPage) -> None:
    """In a new tab, which learns nothing of this one."""
    await chat.start()
    link = chat.button("Read more")
    await expect(link).to_have_attribute("href", "https://example.org/more")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_nothing_in_a_message_is_read_as_html(chat: ChatPage) -> None:
    """It is shown as it was typed."""
    await chat.start()
    await chat.say("<img src=x onerror=alert(1)> <b>bold</b>")
    await chat.expect_last("You said: <img src=x onerror=alert(1)> <b>bold</b>")
    await expect(chat.page.locator(".text img")).to_have_count(0)


async def test_a_toast_shows_and_an_alert_waits(chat: ChatPage) -> None:
    """The alert is closed by its button, or by Escape."""
    await chat.start()
    await chat.tap("Thanks")
    await expect(chat.page.locator(".toast")).to_have_text("You are welcome")
    await chat.tap("Important")
    alert = chat.page.get_by_role("dialog")
    await expect(alert).to_contain_text("Read this")
    await chat.page.keyboard.press("Escape")
    await expect(alert).to_be_hidden()


async def test_an_own_message_is_edited_with_the_up_arrow(chat: ChatPage) -> None:
    """It says "edited" then, and the bot answers anew; Escape leaves everything as it was."""
    await chat.start()
    await chat.say("one")
    await chat.expect_last("You said: one")
    await chat.box.press("ArrowUp")
    await expect(chat.box).to_have_value("one")
    await chat.box.press("Escape")
    await expect(chat.box).to_have_value("")
    await chat.box.press("ArrowUp")
    await chat.say("two")
    await chat.expect_last("You changed it to: two")
    await expect(chat.page.locator(".message.mine").last).to_contain_text(re.compile("two.*edited"))


async def test_a_reply_shows_what_it_replies_to(chat: ChatPage) -> None:
    """By the button beside the message."""
    await chat.start()
    await chat.last.hover()
    await chat.last.get_by_role("button", name="Reply").click()
    await chat.say("about that")
    await chat.expect_last("You said: about that")
    await expect(chat.page.locator(".message.mine").last.locator(".quote")).to_contain_text("Welcome!")


async def test_the_commands_menu_filters_and_says(chat: ChatPage) -> None:
    """By keyboard: type, choose, Enter; Escape closes it."""
    await chat.start()
    options = chat.page.get_by_role("option")
    await chat.box.press_sequentially("/")
    await expect(options).to_have_count(3)
    await chat.box.press("Escape")
    await expect(options).to_have_count(0)
    await chat.box.press_sequentially("t")
    await expect(options).to_have_text("/topicsBrowse")
    await chat.box.press("Enter")
    await chat.expect_last("You said: /topics")


@pytest.mark.parametrize("what", ["Photo without words", "Voice message", "Sticker", "Location", "Contact", "Document"])
async def test_what_is_no_text_can_be_sent(chat: ChatPage, what: str) -> None:
    """From the attach menu."""
    await chat.start()
    await chat.attach(what)
    await chat.expect_last("You said: nothing")


async def test_typing_is_seen(chat: ChatPage) -> None:
    """In the head, until the bot's next message."""
    await chat.start()
    await chat.say("think")
    await expect(chat.status).to_have_text("typing…")
    await chat.say("hi")
    await chat.expect_last("You said: hi")
    await expect(chat.status).to_have_text("bot")


async def test_a_deleted_message_goes(chat: ChatPage) -> None:
    """From the page too."""
    await chat.start()
    await chat.say("vanish")
    await chat.say("hi")
    await chat.expect_last("You said: hi")
    await expect(chat.page.get_by_text("Soon gone")).to_have_count(0)


async def test_a_new_chat_is_empty(chat: ChatPage) -> None:
    """And begins with Start."""
    await chat.start()
    await chat.expect_last("Welcome")
    await chat.page.get_by_role("button", name="New chat").click()
    await expect(chat.bubbles).to_have_count(0)
    await chat.start()
    await chat.expect_last("Welcome")


async def test_the_keyboard_alone_is_enough(chat: ChatPage) -> None:
    """Start, the newest button, a step of the guide, and back to the box, by Tab and Enter."""
    await chat.page.get_by_role("button", name="Start", exact=True).focus()
    await chat.page.keyboard.press("Enter")
    await chat.expect_last("Welcome")
    await expect(chat.box).to_be_focused()
    while await chat.focused() != "Next":
        await chat.page.keyboard.press("Shift+Tab")
    await chat.page.keyboard.press("Enter")
    await chat.expect_last("Step 1")
    await expect(chat.button("Next")).to_be_focused()
    while await chat.focused() != "Message":
        await chat.page.keyboard.press("Tab")
    await chat.page.keyboard.type("hello")
    await chat.page.keyboard.press("Shift+Enter")
    await chat.page.keyboard.type("again")
    await chat.page.keyboard.press("Enter")
    await chat.expect_last("You said: hello\nagain")


async def test_the_attach_menu_is_worked_by_arrows(chat: ChatPage) -> None:
    """Escape closes it and gives the focus back."""
    await chat.start()
    await chat.page.get_by_role("button", name="Attach").press("Enter")
    assert await chat.focused() == "Photo without words"
    await chat.page.keyboard.press("ArrowDown")
    assert await chat.focused() == "Voice message"
    await chat.page.keyboard.press("Escape")
    assert await chat.focused() == "Attach"


async def test_many_messages_leave_the_newest_in_sight(chromium: Browser, api: LocalBotApi) -> None:
    """Also when they come faster than the page scrolls."""
    async with echo_bot(api), chat_page(chromium, api.base_url, calm=False) as chat:
        await chat.start()
        for number in range(8):
            await chat.say(f"line {number}")
        await chat.expect_last("You said: line 7")
        await expect(chat.button("Read more")).to_be_in_viewport()
        await expect(chat.page.locator("#jump")).to_be_hidden()


async def test_whoever_reads_above_stays_there(chat: ChatPage, api: LocalBotApi) -> None:
    """A new message does not pull the page down; a button does."""
    await chat.start()
    for number in range(6):
        await chat.say(f"line {number}")
        await chat.expect_last(f"You said: line {number}")
    await chat.bubbles.nth(1).hover()
    await chat.page.mouse.wheel(0, -3000)
    await expect(chat.bubbles.first).to_be_in_viewport()
    async with aiohttp.ClientSession() as http:
        await Client(http, api.base_url, api.token).ok("sendMessage", chat_id=1001, text="News")
    await chat.expect_last("News")
    await expect(chat.last).not_to_be_in_viewport()
    await chat.page.get_by_role("button", name="Go to the newest message").click()
    await expect(chat.last).to_be_in_viewport()


async def test_a_reload_shows_the_same_chat(chat: ChatPage) -> None:
    """The workbench remembers, not the page."""
    await chat.start()
    await chat.say("hello")
    await chat.expect_last("You said: hello")
    await chat.page.reload()
    await expect(chat.bubbles).to_have_count(4)


async def test_a_problem_shows_with_its_place_and_goes_when_mended(chromium: Browser) -> None:
    """While the page is open."""
    problems: list[dict[str, Any]] = []
    async with LocalBotApi(problems=lambda: problems) as api, chat_page(chromium, api.base_url) as chat:
        problems.append(
            {
                "severity": "error",
                "message": "unknown key `anwser`",
                "hint": "did you mean `answer`?",
                "place": {"file": "faq/en/entries/imaging.yaml", "line": 14, "column": 5},
            }
        )
        panel = chat.page.locator("#problems")
        await expect(panel).to_contain_text("1 error in the content")
        await expect(panel.locator("li")).to_contain_text("faq/en/entries/imaging.yaml:14:5")
        await expect(panel.locator("li")).to_contain_text("did you mean answer?")
        await expect(panel.locator("li code").last).to_have_text("answer")
        await expect(panel).to_contain_text("Nothing can answer until they are mended.")
        problems.clear()
        await expect(panel).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_everything_fits(chromium: Browser, api: LocalBotApi, size: tuple[int, int], dark: bool) -> None:
    """Nothing sticks out sideways, and the box stays in sight, on phones and desktops, in light and dark."""
    async with echo_bot(api), chat_page(chromium, api.base_url, size, dark=dark) as chat:
        await chat.start()
        await chat.say("a-very-long-word" * 20)
        await chat.expect_last("You said: a-very-long-word")
        assert await chat.page.evaluate("document.documentElement.scrollWidth") == size[0]
        assert await chat.page.evaluate("(s => s.scrollWidth - s.clientWidth)(document.querySelector('#scroll'))") == 0
        await expect(chat.box).to_be_in_viewport()
        await expect(chat.button("Read more")).to_be_in_viewport()
