"""Engine B in the background: A answers at once, B takes over as soon as its phrase vectors are there."""

import asyncio
from pathlib import Path

import structlog

from bot.commands.building import load_model
from bot.matching import engines
from bot.matching.model import SentenceModel
from bot.reply import Replier
from bot.watch.memory import settle

log = structlog.get_logger()


class Superseded(Exception):
    """Other content answers by now: the vectors are no longer wanted."""


class Upgrader:
    """Upgrades whatever content is running. The model is loaded once, and work on older content is given up."""

    def __init__(self, cache: Path, wanted: bool = True) -> None:
        """`wanted` False: engine A stays, and the model is never loaded."""
        self._cache, self._never = cache, not wanted
        self._model: SentenceModel | None = None
        self._absent = False
        self._wanted: Replier | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._one = asyncio.Lock()

    @property
    def busy(self) -> bool:
        """Is a thread still at work, which cannot be cancelled?"""
        return any(not task.done() for task in self._tasks)

    def start(self, replier: Replier) -> None:
        """Upgrade this one; any other is given up at its next step."""
        self._wanted = replier
        if self._never or replier.decider.matcher.engine == "B":
            return
        task = asyncio.create_task(self._upgrade(replier))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
        """Nothing is wanted any more."""
        self._wanted = None
        for task in self._tasks:
            task.cancel()

    async def _upgrade(self, replier: Replier) -> None:
        """One after the other: each takes a hundred megabytes while it lasts, and the last one alone is wanted."""
        async with self._one:
            if self._wanted is replier:
                await self._upgraded(replier)

    async def _upgraded(self, replier: Replier) -> None:
        if self._model is None and not self._absent:
            self._model = await asyncio.to_thread(load_model)
            self._absent = self._model is None
        if self._model is None:
            log.info("engine A: the extra `model` is not installed")
            return
        matcher = replier.decider.matcher

        def still_wanted(done: int, total: int) -> None:
            if self._wanted is not replier:
                raise Superseded

        try:
            upgraded = await asyncio.to_thread(engines.upgrade, matcher, self._model, self._cache, still_wanted)
        except Superseded:
            return
        except Exception as error:  # patients are answered all the same
            log.error("engine B could not be built, engine A goes on", kind=type(error).__name__)
            return
        replier.decider.matcher = upgraded
        await asyncio.to_thread(settle)
        log.info("engine B is ready", wordings=len(matcher.index.phrasings))
