"""What a decision is worth to the patient who typed a wording."""

# ruff: noqa: SIM300 - expected == actual is the house style

import pytest

from bot.content.entries import Entry
from bot.decision import Decision
from bot.scoring.judging import Judge, Judged, Mark, explained, judge
from bot.scoring.questions import Wording
from tests.support.entries import ENTRIES, made

KNOWN: dict[str, Entry] = {entry.id: entry for entry in (*ENTRIES, made("pain", "Pain?", "ouch", see_also=["brace"]))}
JUDGE = Judge(KNOWN)


def answered(entry: str) -> Decision:
    """An answer."""
    return Decision("answer", entry)


def offered(*entries: str) -> Decision:
    """A "did you mean"."""
    return Decision("suggest", None, entries)


@pytest.mark.parametrize(
    ("decision", "mark"),
    [
        (answered("scan"), "right"),
        (answered("scan.cost"), "right"),
        (answered("brace"), "wrong"),
        (answered("not_ours.teeth"), "turned_away"),
        (offered("brace", "therapy", "scan.cost"), "offered"),
        (offered("brace", "therapy", "results", "scan"), "missed"),
        (Decision("answer", "brace", ("scan",)), "wrong"),
        (Decision("none"), "missed"),
        (Decision("urgent"), "emergency"),
    ],
)
def test_a_wording_of_an_entry_is_judged_by_its_topic(decision: Decision, mark: Mark) -> None:
    """Any entry of the topic will do; what waits behind an answer does not count."""
    assert mark == JUDGE.mark(Wording("g", "scan", "a scan?"), decision)


@pytest.mark.parametrize(
    ("decision", "mark"),
    [
        (answered("scan"), "wrong"),
        (answered("chat.hello"), "quiet"),
        (answered("not_ours.teeth"), "quiet"),
        (offered("scan"), "suggested"),
        (Decision("none"), "quiet"),
        (Decision("urgent"), "emergency"),
    ],
)
def test_nobodys_wording_must_get_no_medical_answer(decision: Decision, mark: Mark) -> None:
    """ "We don't treat that" is a fine answer to it."""
    assert mark == JUDGE.mark(Wording("g", None, "zebra"), decision)


def test_small_talk_is_judged_by_its_id() -> None:
    """chat.* is no topic."""
    wording = Wording("g", "chat.hello", "hello you")
    assert ("right", "turned_away") == (
        JUDGE.mark(wording, answered("chat.hello")),
        JUDGE.mark(wording, answered("not_ours.teeth")),
    )


@pytest.mark.parametrize(("other", "related"), [("pain", True), ("brace", True), ("scan", False)])
def test_see_also_makes_a_topic_related(other: str, related: bool) -> None:
    """Its own is, too."""
    assert related == JUDGE.related("pain", other)


def test_every_wording_is_decided_once() -> None:
    """In order."""
    asked: list[str] = []

    def decide(text: str) -> Decision:
        asked.append(text)
        return answered("scan")

    found = judge([Wording("g", "scan", "one"), Wording("g", "brace", "two")], decide, KNOWN)
    assert (["one", "two"], ["right", "wrong"]) == (asked, [one.mark for one in found])


def test_a_failure_is_told_in_a_line() -> None:
    """What was typed, what came, what should have."""
    told = explained(Judged(Wording("g", "scan", "a scan?"), Decision("answer", "brace", (), 0.7), "wrong"))
    assert "wrong: 'a scan?' -> brace (0.70), wanted: scan" == told
