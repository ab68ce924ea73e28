"""Driving the page as a person does: type, tap, read. Every wait is for something to be seen, never for time."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
PHONE = (360, 740)
DESKTOP = (1100, 800)
CUT_STREAM = "net::ERR_INCOMPLETE_CHUNKED_ENCODING"
FOCUSED = "(e => (e.getAttribute('aria-label') || e.innerText || e.id).trim())(document.activeElement)"


class ChatPage:
    """The workbench in a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @property
    def box(self) -> Locator:
        """Where one types."""
        return self.page.locator("#text")

    @property
    def bubbles(self) -> Locator:
        """All messages, oldest first."""
        return self.page.locator(".message")

    @property
    def last(self) -> Locator:
        """The newest message of the bot."""
        return self.page.locator(".message.theirs").last

    @property
    def status(self) -> Locator:
        """The line under the bot's name."""
        return self.page.locator("#status")

    async def open(self, address: str) -> None:
        """Go there and wait until the chat is connected."""
        await self.page.goto(address)
        await expect(self.status).to_have_text(re.compile("^(bot|getting ready…)$"))

    async def start(self) -> None:
        """Press Start in the empty chat."""
        await self.page.get_by_role("button", name="Start", exact=True).click()

    async def say(self, text: str) -> None:
        """Type a text and press Enter."""
        await self.box.fill(text)
        await self.box.press("Enter")

    async def tap(self, label: str) -> None:
        """Press the newest button with this label."""
        await self.button(label).click()

    async def attach(self, what: str) -> None:
        """Choose from the attach menu by its label."""
        await self.page.get_by_role("button", name="Attach").click()
        await self.page.get_by_role("menuitem", name=what).click()

    def button(self, label: str) -> Locator:
        """The newest button under a message with this label."""
        return self.page.locator(".key", has_text=re.compile(rf"^\s*{re.escape(label)}\b")).last

    async def expect_last(self, text: str) -> None:
        """Wait until the bot's newest message holds this."""
        await expect(self.last.locator(".bubble")).to_contain_text(text)

    async def buttons(self) -> list[str]:
        """The labels under the bot's newest message."""
        return await self.last.locator(".key > span:first-child").all_inner_texts()

    async def focused(self) -> str:
        """What has the focus: its label, name or text."""
        return str(await self.page.evaluate(FOCUSED))

    async def screenshot(self, path: Path) -> None:
        """A picture once nothing moves."""
        await self.page.screenshot(path=path, animations="disabled")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and CUT_STREAM not in message.text:
            self.complaints.append(message.text)


def _need_chromium() -> None:
    if not CHROMIUM.exists() and not os.environ.get("CHROMIUM_REQUIRED"):
        pytest.skip(f"there is no browser at {CHROMIUM}")


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium, or a skipped test where there is none (an error where CHROMIUM_REQUIRED is set)."""
    _need_chromium()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            await chromium.close()


@asynccontextmanager
async def chat_page(
    chromium: Browser, address: str, size: tuple[int, int] = DESKTOP, dark: bool = False, calm: bool = True
) -> AsyncIterator[ChatPage]:
    """The page, opened; at the end nothing on it may have complained."""
    context = await chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce" if calm else "no-preference",
    )
    try:
        chat = ChatPage(await context.new_page())
        await chat.open(address)
        yield chat
        assert chat.complaints == []
    finally:
        await context.close()
