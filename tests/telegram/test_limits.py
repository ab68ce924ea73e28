"""A flood from one person: one notice, then silence for a while; nobody's id is kept."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest

from bot.telegram import limits
from bot.telegram.limits import BURST, SILENCE, Limits


def flooded(limits: Limits, person: int = 1, now: float = 0.0) -> list[str]:
    """What twice a burst at once gets."""
    return [limits.take(person, False, now) for _ in range(2 * int(BURST))]


def test_a_burst_is_answered_then_one_notice_then_silence() -> None:
    """In this order."""
    assert ["answer"] * 20 + ["notice"] + ["silence"] * 19 == flooded(Limits(b"key"))


def test_silence_ends() -> None:
    """However much was written meanwhile."""
    limits = Limits(b"key")
    flooded(limits)
    flooded(limits, now=SILENCE - 1)
    assert "answer" == limits.take(1, False, SILENCE)


def test_whoever_goes_on_is_told_again() -> None:
    """Once for each silence."""
    limits = Limits(b"key")
    flooded(limits)
    assert 1 == flooded(limits, now=SILENCE).count("notice")


def test_others_are_unharmed() -> None:
    """Each person has their own."""
    limits = Limits(b"key")
    flooded(limits, person=1)
    assert "answer" == limits.take(2, False, 0.0)


def test_nobody_who_talks_like_a_person_is_ever_held_back() -> None:
    """A message every three seconds, or a tap every second, for an hour."""
    limits = Limits(b"key")
    assert {"answer"} == {limits.take(1, False, 3.0 * turn) for turn in range(1200)}
    assert {"answer"} == {limits.take(2, True, 1.0 * turn) for turn in range(3600)}


def test_no_id_is_kept() -> None:
    """Only what nobody can turn back without the key, and it differs with it."""
    one, two = Limits(b"key"), Limits(b"another")
    for counted in (one, two):
        counted.take(123456789, False, 0.0)
    assert "123456789" not in str(one._marks)
    assert set(one._marks).isdisjoint(two._marks)


def test_only_so_many_people_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was quiet longest is forgotten."""
    monkeypatch.setattr(limits, "MOST", 3)
    counted = Limits(b"key")
    for person in range(5):
        counted.take(person, False, 0.0)
    assert 3 == len(counted)


def test_what_was_not_delivered_counts_for_nothing() -> None:
    """It comes again, and is counted then."""
    counted = Limits(b"key")
    for _ in range(100):
        verdict = counted.take(1, False, 0.0)
        counted.give_back(1, False, verdict, 0.0)
    assert ["answer"] * 20 + ["notice"] == flooded(counted)[:21]


def test_a_notice_that_was_not_delivered_is_said_later() -> None:
    """Nobody falls silent without a word."""
    counted = Limits(b"key")
    for _ in range(21):
        verdict = counted.take(1, False, 0.0)
    counted.give_back(1, False, verdict, 0.0)
    assert ("notice", "notice") == (verdict, counted.take(1, False, 0.0))


def test_what_is_given_back_in_the_silence_does_not_end_it() -> None:
    """An answer from before the notice that Telegram did not take."""
    counted = Limits(b"key")
    flooded(counted)
    for verdict in ("answer", "silence"):
        counted.give_back(1, False, verdict, 1.0)  # type: ignore[arg-type]
    assert "silence" == counted.take(1, False, 1.0)


def test_whoever_is_free_to_write_again_is_forgotten() -> None:
    """Seconds after one message, a minute and a half after a flood; it makes no difference to them."""
    counted = Limits(b"key")
    flooded(counted, person=1)
    for person in range(2, 7):
        counted.take(person, False, 1.0)
    assert 6 == len(counted)
    counted.take(7, False, 3.0)  # the flood stands before the others, and stays
    assert 7 == len(counted)
    assert "silence" == counted.take(1, False, SILENCE - 1)
    counted.take(8, False, SILENCE)
    counted.take(8, False, SILENCE)
    counted.take(8, False, SILENCE)
    assert 2 == len(counted)
    counted.take(8, False, SILENCE + BURST)
    assert 1 == len(counted)
