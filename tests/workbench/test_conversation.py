"""The real bot in a real browser: `faqbot workbench` itself, on the tiny FAQ."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.support.tiny import write_faq
from tests.workbench.driver import DESKTOP, PHONE, ChatPage, browser, chat_page

pytestmark = pytest.mark.asyncio(loop_scope="module")
ROOT = Path(__file__).parents[2]
WITHIN = 60_000  # milliseconds at most: what was read is checked too, seconds on a free machine


class Bench(NamedTuple):
    """A workbench at work."""

    address: str
    faq: Path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """The browser."""
    async with browser() as chromium:
        yield chromium


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bench(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    """The real command; at the end it must stop cleanly."""
    home = tmp_path_factory.mktemp("bench")
    faq = write_faq(home / "faq")
    guide = faq / "en" / "guide.yaml"  # it points to answers that the tiny FAQ does not have
    guide.write_text(re.sub(r"(?m)^ +related: .*\n", "", guide.read_text(encoding="utf-8")), encoding="utf-8")
    environ = {"PATH": os.environ["PATH"], "PORT": "0", "CACHE_DIR": str(home / "cache"), "LOG_LEVEL": "WARNING"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", "from bot.commands.main import run; run()", "workbench", "--faq", str(faq)),
        cwd=ROOT,
        env=environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        told = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert found, told
        yield Bench(found[0], faq)
        process.terminate()
        _, complaints = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
    assert (0, False) == (process.returncode, b"Traceback" in complaints), complaints.decode()


@pytest_asyncio.fixture(loop_scope="module", params=[(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone"])
async def chat(chromium: Browser, bench: Bench, request: pytest.FixtureRequest) -> AsyncIterator[ChatPage]:
    """A new person's chat: on a desktop in light, on a phone in dark."""
    size, dark = request.param
    async with chat_page(chromium, bench.address, size, dark=dark) as chat:
        await fresh(chat)
        yield chat


def key(chat: ChatPage, label: str) -> Locator:
    """The newest button with exactly this label."""
    return chat.page.locator(".key", has=chat.page.get_by_text(label, exact=True)).last


async def tap(chat: ChatPage, label: str) -> None:
    """Press it."""
    await key(chat, label).click(timeout=5_000)


async def fresh(chat: ChatPage) -> None:
    """Another person, welcomed. What was said before may come a moment after the page: then there is no Start."""
    either = chat.page.get_by_role("button", name="Start", exact=True).or_(chat.bubbles)
    await expect(either.first).to_be_visible(timeout=WITHIN)
    if await chat.bubbles.count():
        await chat.page.get_by_role("button", name="New chat").click()
    await chat.start()
    await expect(chat.last.locator(".bubble")).to_contain_text("I am the question bot", timeout=WITHIN)


async def test_a_question_is_answered_and_its_buttons_work(chat: ChatPage, tmp_path: Path) -> None:
    """The question in bold, a link, a related question, "Was this it?"."""
    await chat.say("do i need an mri")
    await chat.expect_last("Most back pain gets better without one.")
    await expect(chat.last.locator("strong")).to_have_text("Do I need an MRI?")
    await expect(key(chat, "MedlinePlus: MRI scans")).to_have_attribute("href", "https://medlineplus.gov/mriscans.html")
    await chat.screenshot(tmp_path / "answer.png")
    await tap(chat, "What does an X-ray show?")
    await chat.expect_last("An X-ray shows bones.")
    await tap(chat, "Yes")
    await chat.expect_last("Good. Take care!")


async def test_topics_are_browsed_in_one_message(chat: ChatPage, tmp_path: Path) -> None:
    """Group, next page, question."""
    await tap(chat, "Browse topics")
    await chat.expect_last("Pick a topic")
    await tap(chat, "MRI and tests")
    await chat.expect_last("Tap a question")
    await chat.screenshot(tmp_path / "topics.png")
    await tap(chat, "More ›")
    await expect(key(chat, "What is contrast dye?")).to_be_visible()
    await expect(chat.bubbles).to_have_count(3)
    await tap(chat, "What is contrast dye?")
    await chat.expect_last("It makes some parts easier to see.")


async def test_the_guide_is_walked_to_its_end(chat: ChatPage, tmp_path: Path) -> None:
    """From the welcome's button to a kind of clinician, in one message, back and forth."""
    await tap(chat, "Who should I see?")
    await chat.expect_last("You or a loved one:")
    await tap(chat, "No, none of these")
    await chat.expect_last("New or worse?")
    await tap(chat, "‹ Back")
    await chat.expect_last("You or a loved one:")
    while not await chat.last.locator("strong").count():
        before = await chat.last.locator(".bubble").inner_text()
        labels = await chat.buttons()
        none = "No, none of these"
        await tap(chat, none if none in labels else labels[0])
        await expect(chat.last.locator(".bubble")).not_to_have_text(before, use_inner_text=True)
    await chat.expect_last("General info, not medical advice.")
    await expect(chat.bubbles).to_have_count(3)
    await chat.screenshot(tmp_path / "guide.png")
    await tap(chat, "Start over")
    await chat.expect_last("You or a loved one:")


async def test_an_emergency_gets_a_card(chat: ChatPage, tmp_path: Path) -> None:
    """And the answer to what was asked once it is said not to be happening."""
    await chat.say("crushing chest pain, do i need an mri")
    await chat.expect_last("Call 911 now.")
    assert ["This is not happening now"] == await chat.buttons()
    await chat.screenshot(tmp_path / "emergency.png")
    await tap(chat, "This is not happening now")
    await chat.expect_last("Okay. If that changes, call 911.")
    await expect(chat.last.locator("strong")).to_have_text("Do I need an MRI?")


async def test_why_is_told_under_the_persons_own_words(chat: ChatPage, tmp_path: Path) -> None:
    """By the keyboard: on, of what was said and what comes; not of commands; off again."""
    why = chat.page.locator(".why")
    await chat.say("do i need an mri")
    await chat.expect_last("Most back pain gets better without one.")
    await expect(why).to_have_count(0)
    switch = chat.page.get_by_role("button", name="Why?")
    await switch.focus()
    await switch.press("Enter")
    await expect(switch).to_have_attribute("aria-pressed", "true")
    await expect(why).to_have_count(1)
    await expect(why.locator("b")).to_contain_text("answer: mri_need")
    await expect(why.locator("ul")).to_contain_text("closest: mri_need")
    await chat.say("crushing chest pain")
    await expect(why).to_have_count(2)
    await expect(why.last).to_contain_text("emergency gate:")
    await chat.screenshot(tmp_path / "why.png")
    await switch.press("Enter")
    await expect(why).to_have_count(0)


async def test_the_commands_menu_is_the_bots_own(chat: ChatPage) -> None:
    """All seven of them."""
    await chat.box.press_sequentially("/")
    await expect(chat.page.get_by_role("option")).to_have_count(7)


async def test_broken_content_is_shown_and_the_old_goes_on(chromium: Browser, bench: Bench, tmp_path: Path) -> None:
    """The problem with its place; mended, the new content is there without a restart."""
    file = bench.faq / "en" / "entries" / "treatment.yaml"
    good = file.read_text(encoding="utf-8")
    async with chat_page(chromium, bench.address) as chat:
        await fresh(chat)
        panel = chat.page.locator("#problems")
        try:
            file.write_text(good.replace('"answer": "A brace', '"anwser": "A brace'), encoding="utf-8")
            await expect(panel).to_be_visible(timeout=WITHIN)
            await expect(panel.locator("li").first).to_contain_text(re.compile(r"treatment\.yaml:\d+:\d+"))
            await expect(panel.locator("li").first).to_contain_text("faq/en/entries/treatment.yaml:")
            await expect(panel.locator("pre").last).to_contain_text('"anwser": "A brace')
            await expect(panel).to_contain_text("did you mean answer?")
            await expect(panel).to_contain_text("the last good version goes on answering")
            await chat.screenshot(tmp_path / "broken.png")
            await chat.say("should i wear a knee brace")
            await chat.expect_last("A brace can help for a while.")
            (bench.faq / "en" / "guide.yaml").rename(bench.faq / "guide.away")
            file.write_text(good, encoding="utf-8")
            await expect(panel).to_contain_text("guide.yaml", timeout=WITHIN)
            await chat.say("should i wear a knee brace")
            await chat.expect_last("A brace can help for a while.")
        finally:
            if (bench.faq / "guide.away").exists():
                (bench.faq / "guide.away").rename(bench.faq / "en" / "guide.yaml")
            file.write_text(good.replace("A brace can help for a while.", "A brace is a help."), encoding="utf-8")
        await expect(panel).to_be_hidden(timeout=WITHIN)
        file.write_text(good.replace("A brace can help for a while.", "A brace has no risks."), encoding="utf-8")
        await expect(panel).to_contain_text("1 warning in the content", timeout=WITHIN)
        await expect(panel).to_contain_text("brace must not say “no risks”")
        file.write_text(good.replace("A brace can help for a while.", "A brace is a help."), encoding="utf-8")
        await expect(panel).to_be_hidden(timeout=WITHIN)
        async with asyncio.timeout(20):
            while "A brace is a help." not in await chat.last.locator(".bubble").inner_text():
                await chat.say("should i wear a knee brace")
                await asyncio.sleep(0.5)
