"""Metrics for Prometheus, in a registry of their own. Labels come from fixed lists: no text, no person, no token."""

import time
from collections.abc import Callable
from functools import partial
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.storage.store import Store
from bot.telegram.watching import Event

OUTCOMES = ("answer", "suggest", "none", "urgent", "menu", "opened", "helpful", "not_helpful", "passed_on", "admin")
TIERS = ("call_911", "crisis", "er_today", "same_day", "within_24_48h", "none")
RELOADS = ("taken", "same", "refused")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OTHER = "other"


class Meter:
    """What the wire tells (`bot.telegram.watching.Watch`), counted for Prometheus and for /stats.

    `clock` gives seconds since 1970.
    """

    kind = CONTENT_TYPE_LATEST

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store, self._clock = store, clock
        self.last_update: float | None = None
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        made = self.registry
        self._answers = Counter("faqbot_answers", "Replies that Telegram accepted", ["outcome"], registry=made)
        self._urgent = Counter("faqbot_urgent", "Replies in which the gate fired", ["tier"], registry=made)
        self._seconds = Histogram(
            "faqbot_answer_seconds", "From an update to its accepted reply", buckets=SECONDS, registry=made
        )
        self._events = Counter("faqbot_events", "What happened on the wire", ["event"], registry=made)
        self._reloads = Counter("faqbot_reloads", "Reloads of the content", ["result"], registry=made)
        self._faults = Gauge("faqbot_gate_faults", "Examples of the gate's rules that it gets wrong", registry=made)
        self._engine = Gauge("faqbot_engine", "1 for the engine that answers", ["engine"], registry=made)
        self._content = Gauge("faqbot_content", "1 for the content that is served", ["hash"], registry=made)
        self._in_flight = Gauge("faqbot_in_flight", "Updates at work or waiting for their turn", registry=made)
        self._ready = Gauge("faqbot_ready", "1 while Telegram may send", registry=made)
        last = Gauge("faqbot_last_update_timestamp_seconds", "When the last update came; 0: none yet", registry=made)
        last.set_function(lambda: self.last_update or 0.0)
        database = Gauge("faqbot_database_up", "1 while the database answers, or none is used", registry=made)
        database.set_function(lambda: float(store.health != "degraded"))
        errors = Gauge("faqbot_database_errors", "Pieces of work that the database failed at", registry=made)
        errors.set_function(lambda: float(store.database.errors if store.database else 0))
        self._start_at_zero()
        self._outcomes = {name: self._answers.labels(name) for name in (*OUTCOMES, OTHER)}  # found once

    def event(self, name: Event) -> None:
        """Something happened."""
        self.last_update = self._clock()
        self._events.labels(name if name in get_args(Event) else OTHER).inc()

    def answered(self, outcome: str, entry: str | None, tier: str | None, seconds: float) -> None:
        """Telegram accepted a reply."""
        now = self.last_update = self._clock()
        self._outcomes[outcome if outcome in OUTCOMES else OTHER].inc()
        self._seconds.observe(seconds)
        if tier is not None:
            self._urgent.labels(tier if tier in TIERS else OTHER).inc()
        self._store.counters.count(outcome, entry, now)

    def reloaded(self, result: str) -> None:
        """Content was taken in, found to be the same, or refused."""
        self._reloads.labels(result if result in RELOADS else OTHER).inc()

    def serves(self, content_hash: str, gate_faults: int) -> None:
        """From now on this content is served."""
        self._content.clear()
        self._content.labels(content_hash[:12]).set(1)
        self._faults.set(gate_faults)

    def watch(self, in_flight: Callable[[], float], ready: Callable[[], bool], engine: Callable[[], str]) -> None:
        """Where to look for what is so at the moment."""
        self._in_flight.set_function(in_flight)
        self._ready.set_function(lambda: float(ready()))
        for name in ("A", "B"):
            self._engine.labels(name).set_function(partial(_is, engine, name))

    def page(self) -> bytes:
        """The metrics as Prometheus reads them."""
        return generate_latest(self.registry)

    def _start_at_zero(self) -> None:
        """A rate over a counter that is not there yet would miss its first event."""
        for outcome in OUTCOMES:
            self._answers.labels(outcome)
        for tier in TIERS:
            self._urgent.labels(tier)
        for name in get_args(Event):
            self._events.labels(name)
        for result in RELOADS:
            self._reloads.labels(result)


def _is(engine: Callable[[], str], name: str) -> float:
    return float(engine() == name)
