"""Live reload: sound changes answer, all others are refused and told, and the last good content goes on."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import os
import signal
import weakref
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog

from bot.commands import reloading, serve
from bot.commands.reloading import Reloader
from bot.commands.serve import _reload_on_hangup
from bot.content import watching
from bot.content.loading import Content, Loaded, load
from bot.content.watching import stamp
from bot.reply import Replier
from bot.settings import Settings, read_settings
from bot.storage.store import Store
from bot.watch.memory import settle
from bot.watch.meter import Meter
from tests.support.tiny import write_faq

OLD, NEW = "An X-ray shows bones.", "An X-ray shows your bones."


class Bot:
    """Takes what the reloader hands over."""

    def __init__(self) -> None:
        self.contents: list[Content] = []
        self.repliers: list[Replier] = []
        self.came = asyncio.Event()

    def take(self, content: Content, replier: Replier) -> None:
        """Remember it."""
        assert replier.decider.matcher
        self.contents.append(content)
        self.repliers.append(replier)
        self.came.set()

    @property
    def says(self) -> list[str]:
        """What the bot answered after each take."""
        return [content.entries["xray"].answer for content in self.contents]


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    """The tiny FAQ, made whole: its guide points to answers that it has."""
    return write_faq(tmp_path / "faq")


@pytest.fixture
def bot() -> Bot:
    """Nothing answers yet."""
    return Bot()


@pytest.fixture
def reloader(
    faq: Path,
    bot: Bot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tiny_content: Content,
    tiny_replier: Replier,
) -> Reloader:
    """On the tiny FAQ, which answers already; without the sentence model."""
    monkeypatch.setattr("bot.commands.upgrading.load_model", lambda: None)
    return Reloader(faq, tmp_path / "cache", bot.take, running=(tiny_content, tiny_replier))


def edit(faq: Path, old: str, new: str, name: str = "entries/imaging.yaml") -> int:
    """Change a file; the number of the changed line."""
    file = faq / "en" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


async def test_a_sound_change_answers(faq: Path, bot: Bot, reloader: Reloader) -> None:
    """And is counted."""
    edit(faq, OLD, NEW)
    done = await reloader.reload()
    assert ("taken", bot.contents[0].hash, ()) == done
    assert [NEW] == bot.says
    assert (1, 0) == (reloader.taken, reloader.refused)


async def test_what_was_learned_is_kept_where_only_answers_changed(
    faq: Path, bot: Bot, reloader: Reloader, tiny_replier: Replier
) -> None:
    """So that an edit is there at once, and engine B stays; other wordings are learned anew."""
    edit(faq, OLD, NEW)
    await reloader.reload()
    edit(faq, "x-ray of my spine", "a picture of my bones")
    await reloader.reload()
    kept, anew = (replier.decider.matcher for replier in bot.repliers)
    assert kept is tiny_replier.decider.matcher
    assert anew is not kept
    assert "a picture of my bones" in anew.index.phrasings


async def test_what_answered_before_is_let_go(faq: Path, bot: Bot, reloader: Reloader) -> None:
    """Else each reload would cost as much memory as a start."""
    edit(faq, OLD, NEW)
    await reloader.reload()
    before = weakref.ref(bot.contents[0])
    bot.contents.clear()
    bot.repliers.clear()
    edit(faq, NEW, OLD)
    await reloader.reload()
    assert (OLD, None) == (bot.says[0], before())


async def test_what_answers_at_the_start_is_held_by_nobody_else(
    faq: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """But by the service and by live reload, which let go of it."""
    settings = read_settings({"TELEGRAM_BOT_TOKEN": "42:test", "ENGINE": "A", "CACHE_DIR": str(tmp_path)})
    left: list[object] = []

    class Serving:
        """A service that another content has come to."""

        def __init__(self, settings: Settings, content: Content, replier: Replier, store: Store) -> None:
            self.content, self.meter, self.desk = weakref.ref(content), Meter(store), SimpleNamespace(reloads=None)

        def take(self, content: Content, replier: Replier) -> None:
            """Not here."""

        async def run(self, stop: asyncio.Event) -> None:
            """Look who holds it."""
            self.desk.reloads._running = None
            self.desk.reloads.upgrader.stop()
            settle()
            left.append(self.content())

    for name in ("stop_on_signals", "ignore_signals", "_reload_on_hangup"):
        monkeypatch.setattr(serve, name, lambda *_: None)
    monkeypatch.setattr(serve, "Service", Serving)
    store = Store()
    await serve._run(settings, faq, store, serve._loaded(settings, faq, store))
    assert [None] == left


async def test_further_wordings_are_learned(faq: Path, bot: Bot, reloader: Reloader) -> None:
    """A new file of them is a change."""
    (faq / "en" / "wordings").mkdir()
    text = "wordings: {xray: [a picture of my bones]}\n"
    (faq / "en" / "wordings" / "imaging.yaml").write_text(text, encoding="utf-8")
    assert "taken" == (await reloader.reload()).result
    assert "a picture of my bones" in bot.repliers[0].decider.matcher.index.phrasings


async def test_unchanged_files_change_nothing(bot: Bot, reloader: Reloader) -> None:
    """Saved again as they were."""
    assert "same" == (await reloader.reload()).result
    assert [] == bot.contents
    assert (0, 0) == (reloader.taken, reloader.refused)


async def test_the_first_content_is_no_reload(faq: Path, bot: Bot, tmp_path: Path) -> None:
    """The workbench starts with it."""
    first = Reloader(faq, tmp_path / "cache", bot.take)
    assert "taken" == (await first.reload()).result
    assert (1, 0) == (len(bot.contents), first.taken)
    first.upgrader.stop()


async def test_broken_content_is_refused_with_its_place(faq: Path, bot: Bot, reloader: Reloader) -> None:
    """The last good one goes on answering."""
    line = edit(faq, '"answer": "An X-ray', '"anwser": "An X-ray')
    done = await reloader.reload()
    assert ("refused", 1, []) == (done.result, reloader.refused, bot.contents)
    assert any(problem.place.line == line and "did you mean `answer`?" in problem.hint for problem in done.problems)
    assert done.problems == reloader.problems


async def test_mended_content_clears_the_problems(faq: Path, reloader: Reloader) -> None:
    """Also when it is what answers already."""
    edit(faq, OLD, "")
    assert "refused" == (await reloader.reload()).result
    edit(faq, '"answer": ""', f'"answer": "{OLD}"')
    assert "same" == (await reloader.reload()).result
    assert () == reloader.problems


async def test_a_rule_that_misses_its_example_is_refused(faq: Path, bot: Bot, reloader: Reloader) -> None:
    """At the line of the example: a gate that is broken must never come into use."""
    urgent = load(faq).unwrap().urgent
    assert urgent is not None
    line = edit(faq, urgent.rules[0].fires_on[0], "a sunny day", "urgent.yaml")
    done = await reloader.reload()
    assert ["refused", line] == [done.result, done.problems[0].place.line]
    assert "does not fire on its example" in done.problems[0].message
    assert [] == bot.contents


async def test_a_guide_that_can_hurt_is_refused(faq: Path, bot: Bot, reloader: Reloader) -> None:
    """`faqbot check` proves it safe, and so does a reload."""
    guide = load(faq).unwrap().guide
    assert guide is not None
    edit(faq, guide.questions[0].options[0].label, "a label that is much too long for a button", "guide.yaml")
    done = await reloader.reload()
    assert "refused" == done.result
    assert "the label has 42 characters" in done.problems[0].message
    assert [] == bot.contents


async def test_content_without_its_gate_is_refused(faq: Path, bot: Bot, reloader: Reloader) -> None:
    """`faqbot serve` would not start with it either."""
    (faq / "en" / "urgent.yaml").unlink()
    done = await reloader.reload()
    assert "refused" == done.result
    assert "urgent.yaml" in done.problems[0].message
    assert [] == bot.contents


async def test_a_fault_of_ours_is_refused_too(
    faq: Path, bot: Bot, reloader: Reloader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reloading never raises."""

    def broken(*_: object) -> object:
        raise RuntimeError("out of order")

    edit(faq, "x-ray of my spine", "a picture of my bones")
    monkeypatch.setattr(reloading, "build_decider", broken)
    done = await reloader.reload()
    assert "refused" == done.result
    assert "a fault of ours: RuntimeError" == done.problems[0].message
    assert [] == bot.contents


async def test_a_file_that_changes_while_it_is_read_is_read_again(
    faq: Path, bot: Bot, reloader: Reloader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a save never answers."""
    edit(faq, OLD, "An X-ray shows bo")
    unfinished = [lambda: edit(faq, "An X-ray shows bo", NEW)]

    def slow(root: Path) -> Loaded:
        loaded = load(root)
        if unfinished:
            unfinished.pop()()
        return loaded

    monkeypatch.setattr(reloading, "load", slow)
    assert "taken" == (await reloader.reload()).result
    assert [NEW] == bot.says


async def test_the_same_problem_is_logged_once(faq: Path, reloader: Reloader) -> None:
    """With its place and its remedy, however often the file is saved."""
    line = edit(faq, '"answer": "An X-ray', '"anwser": "An X-ray')
    with structlog.testing.capture_logs() as logs:
        await reloader.reload()
        await reloader.reload()
    assert "content refused, the last good content goes on answering" == logs[0]["event"]
    assert any(f"imaging.yaml:{line}:" in entry.get("at", "") and entry["hint"] for entry in logs)
    assert len({(entry["event"], entry.get("at")) for entry in logs}) == len(logs)
    assert 2 == reloader.refused


async def test_a_saved_file_answers_without_being_asked(
    faq: Path, bot: Bot, reloader: Reloader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are watched until the end."""
    monkeypatch.setattr(watching, "QUIET", 50)
    monkeypatch.setattr(watching, "LOOK_ANYWAY", 200)
    stop = asyncio.Event()
    running = asyncio.create_task(reloader.run(stop))
    edit(faq, OLD, NEW)
    async with asyncio.timeout(20):
        await bot.came.wait()
        stop.set()
        await running
    assert [NEW] == bot.says


async def test_what_was_read_at_the_start_is_not_read_again(
    faq: Path, bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs seconds of a processor while the first patients write; what changed meanwhile is read."""
    monkeypatch.setattr(watching, "QUIET", 50)
    monkeypatch.setattr(watching, "LOOK_ANYWAY", 50)
    monkeypatch.setattr("bot.commands.upgrading.load_model", lambda: None)
    looks: asyncio.Queue[int] = asyncio.Queue()
    monkeypatch.setattr(watching, "stamp", lambda root: (looks.put_nowait(1), stamp(root))[1])
    reloader = Reloader(faq, tmp_path / "cache", bot.take, seen=stamp(faq))
    stop = asyncio.Event()
    running = asyncio.create_task(reloader.run(stop))
    async with asyncio.timeout(20):
        await looks.get()
        await looks.get()  # so the first is over
        assert (0, []) == (reloader.taken + reloader.refused, bot.contents)
        edit(faq, OLD, NEW)
        await bot.came.wait()
        stop.set()
        await running
    assert [NEW] == bot.says
    reloader.upgrader.stop()


async def test_content_that_cannot_be_watched_is_told(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot goes on without live reload."""
    reloader = Reloader(tmp_path / "nowhere", tmp_path, bot.take)
    stop = asyncio.Event()
    stop.set()
    with structlog.testing.capture_logs() as logs:
        await reloader.run(stop)
    assert ["changes of the content are not seen: restart after an edit"] == [entry["event"] for entry in logs]


async def test_a_hangup_reloads(faq: Path, bot: Bot, reloader: Reloader) -> None:
    """`kill -HUP`, as for other servers."""
    _reload_on_hangup(reloader)
    edit(faq, OLD, NEW)
    os.kill(os.getpid(), signal.SIGHUP)
    async with asyncio.timeout(20):
        await bot.came.wait()
    assert asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)
    assert [NEW] == bot.says


async def test_at_a_terminal_a_hangup_stays_what_it_is(reloader: Reloader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever closes the window wants the bot to end."""
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    _reload_on_hangup(reloader)
    assert not asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)
