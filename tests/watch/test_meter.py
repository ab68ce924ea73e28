"""Metrics and health: what they count, what their labels may be, and what they say when something is wrong."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
from typing import Any

from aiohttp.test_utils import make_mocked_request
from prometheus_client.parser import text_string_to_metric_families

from bot.storage.counters import Count
from bot.storage.store import Store
from bot.watch.health import Health, State
from bot.watch.meter import OTHER, Meter
from tests.support.chat import Clock
from tests.support.databases import opened


def read(meter: Meter) -> dict[str, float]:
    """All samples: name{labels} -> value."""
    families = text_string_to_metric_families(meter.page().decode())
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


async def told(health: Health) -> tuple[int, Any]:
    """What /readyz answers."""
    answer = await health.readyz(make_mocked_request("GET", "/readyz"))
    return answer.status, json.loads(answer.body or b"")  # type: ignore[arg-type]


def test_an_answer_is_counted_everywhere() -> None:
    """For Prometheus by outcome, for /stats by entry."""
    clock, store = Clock(), Store()
    meter = Meter(store, clock)
    meter.answered("answer", "mri_need", "same_day", 0.02)
    samples = read(meter)
    assert 1 == samples["faqbot_answers_total answer"]
    assert 1 == samples["faqbot_urgent_total same_day"]
    assert (0, 1) == (samples["faqbot_answer_seconds_bucket 0.01"], samples["faqbot_answer_seconds_bucket 0.025"])
    assert clock.now == samples["faqbot_last_update_timestamp_seconds"]
    assert {Count(2, "answer", "mri_need"): 1} == dict(store.counters._waiting)


def test_every_label_begins_at_zero() -> None:
    """A rate over a counter that is not there yet would miss its first event."""
    samples = read(Meter(Store()))
    for name in (
        "faqbot_answers_total urgent",
        "faqbot_events_total undelivered",
        "faqbot_reloads_total refused",
        "faqbot_urgent_total crisis",
    ):
        assert 0 == samples[name]


def test_labels_are_bounded() -> None:
    """What is not on the list is "other": no text becomes a label."""
    meter = Meter(Store())
    before = len(read(meter))
    for number in range(50):
        meter.answered(f"zanzibar{number}", f"entry{number}", f"quokka{number}", 0.1)
        meter.event(f"zanzibar{number}")  # type: ignore[arg-type]
        meter.reloaded(f"zanzibar{number}")
    samples = read(meter)
    assert 50 == samples[f"faqbot_answers_total {OTHER}"]
    assert len(samples) <= before + 8
    assert "zanzibar" not in meter.page().decode()


def test_what_is_so_at_the_moment_is_asked_for() -> None:
    """Engine, work in flight, readiness, content and the gate's own examples."""
    meter = Meter(Store())
    meter.watch(lambda: 3.0, lambda: True, lambda: "B")
    meter.serves("0123456789abcdef", 2)
    meter.serves("fedcba9876543210", 0)
    samples = read(meter)
    assert (0, 1) == (samples["faqbot_engine A"], samples["faqbot_engine B"])
    assert (3, 1, 0) == (samples["faqbot_in_flight"], samples["faqbot_ready"], samples["faqbot_gate_faults"])
    assert ["faqbot_content fedcba987654"] == [name for name in samples if name.startswith("faqbot_content")]


async def test_health_tells_what_is_served_and_since_when_nothing_came() -> None:
    """Ready: 200; not: 503."""
    clock, store = Clock(), Store()
    meter = Meter(store, clock)
    state = [State(True, "0123456789abcdef", "A")]
    health = Health(meter, store, lambda: state[0], clock)
    expected = {
        "ready": True,
        "content": "0123456789ab",
        "engine": "A",
        "database": "memory",
        "degraded": False,
        "last_update_age": None,
    }
    assert (200, expected) == await told(health)
    meter.event("refused")
    clock.turn(seconds=7)
    state[0] = state[0]._replace(ready=False)
    status, body = await told(health)
    assert (503, 7.0) == (status, body["last_update_age"])


async def test_a_database_that_is_away_is_degraded_not_unready(database_url: str) -> None:
    """Patients are answered all the same."""
    async with opened(database_url) as database:
        store = Store(database)
        health = Health(Meter(store), store, lambda: State(True, "x", "A"))
        status, body = await told(health)
        assert (200, "degraded", True) == (status, body["database"], body["degraded"])
        assert 0 == read(Meter(store))["faqbot_database_up"]
        await database.prepare(0.0)
        assert "ok" == (await told(health))[1]["database"]
        assert 1 == read(Meter(store))["faqbot_database_up"]
