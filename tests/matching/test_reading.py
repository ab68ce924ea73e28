"""Reading: scores and evidence, with wordings left out as if they had never been written; the confidence from it."""

# ruff: noqa: SIM300 - expected == actual is the house style

from collections.abc import Iterable

import numpy as np
import pytest

from bot.content.entries import Entry
from bot.content.words import Words
from bot.matching import calibration
from bot.matching.calibration import UNTAUGHT, calibrate
from bot.matching.confidence import Evidence
from bot.matching.index import Index
from bot.matching.reading import HeldOut, Reader
from tests.support.entries import ENTRIES, SCAN, made

pytestmark = pytest.mark.usefixtures("both_ways")


@pytest.fixture
def reader() -> Reader:
    """Engine A over the handful."""
    return Reader(Index(ENTRIES, Words(), "en"))


def held_out(entries: Iterable[Entry]) -> HeldOut:
    """Engine A over some entries, for their own wordings."""
    return HeldOut(Reader(Index(list(entries), Words(), "en")))


def strange(reader: Reader, text: str) -> float:
    """The share of a message that its best class does not know."""
    message = reader.index.understand(text)
    return reader.read(reader.index.near(message), message.stems).evidence.strange


def test_the_margin_is_the_lead_over_the_second(reader: Reader) -> None:
    """Of another class."""
    message = reader.index.understand("is a scan needed")
    read = reader.read(reader.index.near(message), message.stems)
    first, second = sorted(read.scores.tolist())[::-1][:2]
    assert (first, first - second) == pytest.approx(read.evidence[:2])


def test_words_of_the_best_class_are_not_strange(reader: Reader) -> None:
    """None of them."""
    assert 0.0 == strange(reader, "is a scan needed")


def test_a_word_that_contradicts_is_strange(reader: Reader) -> None:
    """Though every other word agrees."""
    assert 0.2 < strange(reader, "is a scan of my zebra needed")


def test_a_word_of_another_class_is_strange_too(reader: Reader) -> None:
    """A wisdom tooth is no matter of scans."""
    assert 0.2 < strange(reader, "should i get a scan of my wisdom tooth or no scan")


def test_a_wording_left_out_does_not_vouch_for_itself(reader: Reader) -> None:
    """Its own words count as strange where no other wording of its class has them."""
    index = reader.index
    number = index.phrasings.index("where to leave my car")
    message = index.understand("where to leave my car")
    whole = reader.read(index.near(message), message.stems).evidence
    alone = HeldOut(reader).read(number, np.array([number])).evidence
    assert (whole.strange, True) == (0.0, alone.strange > 0.3)


def test_a_class_left_out_is_not_found(reader: Reader) -> None:
    """As if the FAQ had no such entry."""
    index = reader.index
    classes = index.class_of[index.owners]
    for number in range(len(index.phrasings)):
        read = HeldOut(reader).read(number, np.flatnonzero(classes == classes[number]))
        assert read.best != classes[number]


def test_a_sure_message_is_more_confident_than_a_stranger(reader: Reader) -> None:
    """What the calibration is for."""
    confidence = calibrate(HeldOut(reader))
    assert confidence(Evidence(0.9, 0.8, 0.0)) > 0.6 > confidence(Evidence(0.1, 0.02, 0.8))


def test_the_calibration_is_the_same_twice(reader: Reader) -> None:
    """To the last digit."""
    assert calibrate(HeldOut(reader)) == calibrate(held_out(ENTRIES))


def test_where_a_wording_is_written_changes_no_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many wordings a sample is held out: the same one, whatever their order in the files."""
    monkeypatch.setattr(calibration, "SAMPLE", 9)
    moved = [
        entry.model_copy(update={"asked_as": entry.asked_as[:1]}).with_wordings(reversed(entry.asked_as[1:]))
        for entry in ENTRIES
    ]
    one, other = (calibrate(held_out(entries)) for entries in (ENTRIES, moved))
    assert [round(weight, 6) for weight in one] == [round(weight, 6) for weight in other]


def test_a_further_wording_changes_at_most_one_of_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each edit of the FAQ would shift what all messages are believed."""
    monkeypatch.setattr(calibration, "SAMPLE", 9)
    more = [ENTRIES[0].with_wordings(["one way more to say it"]), *ENTRIES[1:]]
    before, after = (
        {index.phrasings[number] for number in calibration._drawn(index, np.flatnonzero(index.positive))}
        for index in (held_out(entries).index for entries in (ENTRIES, more))
    )
    assert (len(before), len(before - after)) in {(9, 0), (9, 1)}


@pytest.mark.parametrize("entries", [(SCAN,), (made("one", "One wording only"),)])
def test_nothing_to_learn_from_is_tolerated(entries: tuple[Entry, ...]) -> None:
    """One class, or one wording."""
    assert UNTAUGHT == calibrate(held_out(entries))


def test_what_declines_stands_for_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where enough entries decline, medical wordings are no strangers, and the bot trusts itself more."""
    cautious = calibrate(held_out(ENTRIES))
    monkeypatch.setattr(calibration, "ENOUGH", 2)
    doubtful = Evidence(0.2, 0.1, 0.3)
    assert calibrate(held_out(ENTRIES))(doubtful) > cautious(doubtful)
