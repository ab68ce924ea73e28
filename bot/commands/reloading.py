"""Live reload: what is sound in the files answers, what is not is told, and the last good content goes on."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.checks.fitness import unfit
from bot.commands.building import build_decider
from bot.commands.upgrading import Upgrader
from bot.content.loading import Content, Loaded, load
from bot.content.reloading import Reloaded
from bot.content.watching import Stamp, changes, stamp
from bot.decision import Decider
from bot.kept import NOTHING, Kept
from bot.problems import Place, Problem
from bot.reply import Replier
from bot.watch.memory import settle

TOLD = 10  # problems in the log; the rest is counted
TRIES = 5  # readings, until no file changed meanwhile
log = structlog.get_logger()

Take = Callable[[Content, Replier], None]


class Refused(Exception):
    """Content that must not answer; carries its problems."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


class Reloader:
    """Keeps the bot in step with its files. Building is done in a thread; `take` swaps in the event loop, at once."""

    def __init__(
        self,
        root: Path,
        cache: Path,
        take: Take,
        require_review: bool = False,
        running: tuple[Content, Replier] | None = None,
        engine_b: bool = True,
        kept: Kept = NOTHING,
        seen: Stamp = frozenset(),
    ) -> None:
        """`running`: what answers already, if anything does. Without `engine_b` engine A stays.

        `seen`: the files as they were before `running` was read; else the first look reads them all again.
        """
        self.tell: Callable[[str], None] = _unheard  # each result, for metrics
        self._kept = kept
        self._root, self._cache, self._take, self._require_review = root, cache, take, require_review
        self._running = running
        self._seen = seen
        self._one = asyncio.Lock()
        self._asked: set[asyncio.Task[Reloaded]] = set()
        self.upgrader = Upgrader(cache, engine_b)
        self.taken = self.refused = 0
        self.problems: tuple[Problem, ...] = ()

    async def run(self, stop: asyncio.Event) -> None:
        """Reload after every change of the files, until `stop`. Without a way to watch them, say so and wait."""
        try:
            async for _ in changes(self._root, stop, self._seen):
                await self.reload()
        except OSError as error:
            log.warning("changes of the content are not seen: restart after an edit", reason=error.strerror)
            await stop.wait()

    @property
    def busy(self) -> bool:
        """Is a thread at work, which cannot be cancelled?"""
        return self._one.locked() or self.upgrader.busy

    def soon(self) -> None:
        """Reload when the event loop comes to it: for a signal's handler."""
        task = asyncio.create_task(self.reload())
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)

    async def reload(self) -> Reloaded:
        """Read the files again. Never raises; one at a time."""
        reloaded = await self._reload()
        await asyncio.to_thread(settle)  # else what answered before, and what reading needed, stays for good
        self.tell(reloaded.result)
        return reloaded

    async def _reload(self) -> Reloaded:
        async with self._one:
            started = time.perf_counter()
            try:
                content, replier = await asyncio.to_thread(self._built)
            except Refused as refused:
                return self._refuse(refused.problems)
            except Exception as error:  # whatever breaks, the last good content goes on
                log.error("a fault of ours while reloading", kind=type(error).__name__)
                hint = "please report it; the content before it goes on answering"
                fault = Problem("error", Place(self._root.as_posix()), f"a fault of ours: {type(error).__name__}", hint)
                return self._refuse((fault,))
            self.problems = ()
            if replier is None:
                return Reloaded("same", self._hash)
            self._take(content, replier)
            self.upgrader.start(replier)
            self.taken += self._running is not None
            self._running = (content, replier)
            took = round(time.perf_counter() - started, 2)
            log.info("content loaded", content=content.hash[:12], entries=len(content.entries), seconds=took)
            return Reloaded("taken", self._hash)

    @property
    def _hash(self) -> str:
        return self._running[0].hash if self._running else ""

    def _built(self) -> tuple[Content, Replier | None]:
        """Sound content and its bot; None where it is what answers already. Raises Refused. In a thread."""
        loaded = self._read()
        if loaded.content is None:
            raise Refused(tuple(problem for problem in loaded.problems if problem.severity == "error"))
        if loaded.content.hash == self._hash:
            return loaded.content, None
        problems = unfit(loaded.content, loaded.sources)
        if problems:
            raise Refused(tuple(problems))
        try:
            return loaded.content, self._replier(loaded.content)
        except ValueError as error:
            place = Place(self._root.as_posix())
            raise Refused((Problem("error", place, str(error), "add what is missing"),)) from None

    def _replier(self, content: Content) -> Replier:
        return Replier(content, self._decider(content), self._require_review, self._kept)

    def _decider(self, content: Content) -> Decider:
        """Learning takes seconds: where only answers changed, what was learned (engine B too) still holds."""
        if self._running and _asked(self._running[0]) == _asked(content):
            return Decider(content, self._running[1].decider.matcher)
        return build_decider(content, self._cache, None)

    def _read(self) -> Loaded:
        """What is in the files once none of them changes while they are read."""
        for _ in range(TRIES):
            self._seen = stamp(self._root)
            loaded = load(self._root)
            if stamp(self._root) == self._seen:
                break
        return loaded

    def _refuse(self, problems: tuple[Problem, ...]) -> Reloaded:
        self.refused += 1
        if problems != self.problems:  # a file saved again with the same fault is told once
            goes_on = "the last good content goes on answering" if self._running else "nothing can answer yet"
            log.error(f"content refused, {goes_on}", problems=len(problems))
            for problem in problems[:TOLD]:
                log.error(problem.message, at=str(problem.place), hint=problem.hint)
        self.problems = problems
        return Reloaded("refused", self._hash, problems)


def _asked(content: Content) -> tuple[object, ...]:
    """Everything that matching is built from."""
    entries = [(entry.id, entry.phrasings, entry.not_for, entry.see_also) for entry in content.entries.values()]
    return content.language, content.words, entries


def _unheard(result: str) -> None:
    return
