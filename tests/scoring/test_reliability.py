"""Is the confidence honest? Bands, the calibration error, and the picture of both."""

# ruff: noqa: SIM300 - expected == actual is the house style

from xml.etree import ElementTree

import pytest

from bot.content.entries import Entry
from bot.decision import Decision
from bot.scoring.judging import Judge, Judged
from bot.scoring.plot import drawn
from bot.scoring.questions import Wording
from bot.scoring.reliability import Guess, bands, calibration_error, guesses
from tests.support.entries import ENTRIES, made

KNOWN: dict[str, Entry] = {entry.id: entry for entry in (*ENTRIES, made("pain", "Pain?", "ouch", see_also=["brace"]))}


def guessed(entry: str | None, first: str, confidence: float = 0.7) -> list[Guess]:
    """The guess that a ranking is."""
    decision = Decision("answer", first, (), confidence, ((first, 0.5),))
    return guesses([Judged(Wording("g", entry, "text"), decision, "right")], Judge(KNOWN))


@pytest.mark.parametrize(
    ("entry", "first", "right", "helpful"),
    [("scan", "scan.cost", True, True), ("pain", "brace", False, True), ("brace", "pain", False, False)],
)
def test_a_guess_is_right_or_related_or_neither(entry: str, first: str, right: bool, helpful: bool) -> None:
    """`see_also` counts in its own direction."""
    assert [Guess(0.7, right, helpful)] == guessed(entry, first)


def test_a_medical_guess_for_nobodys_wording_is_wrong() -> None:
    """Whatever it is."""
    assert [Guess(0.7, False, False)] == guessed(None, "scan")


def test_a_polite_no_to_nobodys_wording_is_left_out() -> None:
    """Nobody said which one would be right."""
    assert [] == guessed(None, "not_ours.teeth")


def test_what_was_not_ranked_is_left_out() -> None:
    """An emergency card says nothing about the FAQ."""
    assert [] == guesses([Judged(Wording("g", "scan", "x"), Decision("urgent"), "emergency")], Judge(KNOWN))


def test_a_border_belongs_to_the_band_above() -> None:
    """As it does in the decision; certainty belongs to the last."""
    found = bands([Guess(0.6, True, True), Guess(0.9, True, True), Guess(1.0, True, True)])
    assert [("0.6-0.8", 1), ("0.9+", 2)] == [(band.name, band.number) for band in found]


def test_a_band_holds_means() -> None:
    """Of what was stated, of what was right, of what was related."""
    (band,) = bands([Guess(0.6, True, True), Guess(0.7, False, True)])
    assert (0.65, 0.5, 1.0) == pytest.approx((band.confidence, band.right, band.helpful))


def test_the_calibration_error_weighs_bands_by_their_size() -> None:
    """Three guesses 0.3 off and one exact."""
    found = bands([*[Guess(0.7, True, True)] * 3, Guess(1.0, True, True)])
    assert 0.225 == pytest.approx(calibration_error(found))


def test_an_honest_confidence_has_no_error() -> None:
    """Three in four of what is given with 0.75 are right."""
    assert 0.0 == calibration_error(bands([*[Guess(0.75, True, True)] * 3, Guess(0.75, False, False)]))


def test_nothing_asked_has_no_error() -> None:
    """Rather than a division by zero."""
    assert 0.0 == calibration_error([])


def test_the_picture_is_an_svg_file() -> None:
    """With a dot a band and line, two in the legend, and the title as it was given."""
    picture = ElementTree.fromstring(drawn(bands([Guess(0.7, True, True), Guess(0.95, True, True)]), "A < B"))  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    assert (f"{space}svg", 6) == (picture.tag, len(picture.findall(f".//{space}circle")))
    assert "A < B" in [text.text for text in picture.iter(f"{space}text")]


def test_nothing_can_be_drawn_too() -> None:
    """The frame alone."""
    assert drawn([], "empty").startswith("<svg")
