"""Spelling: an unknown word becomes the nearest word of the FAQ, else the nearest common one."""

# ruff: noqa: SIM300 - expected == actual is the house style

import pytest

from bot.matching.spelling import Speller, common_words

FAQ = ["sciatica", "chiropractor", "mri", "brace", "spine", "stenosis", "hip"]


@pytest.fixture(scope="module")
def speller() -> Speller:
    """One that knows a few words of an FAQ."""
    return Speller(FAQ, "en")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("siatica", "sciatica"), ("chirpractor", "chiropractor"), ("stenosos", "stenosis"), ("spnie", "spine")],
)
def test_a_slip_becomes_the_word_of_the_faq(speller: Speller, typed: str, meant: str) -> None:
    """One letter off, or two swapped."""
    assert meant == speller.correct(typed)


def test_a_long_word_may_have_two_slips(speller: Speller) -> None:
    """From eight letters."""
    assert "chiropractor" == speller.correct("chirapracter")


def test_a_short_word_is_left_alone(speller: Speller) -> None:
    """Three letters are too near to too many others."""
    assert "mir" == speller.correct("mir")


def test_a_common_word_is_not_pulled_into_the_faq(speller: Speller) -> None:
    """ "grace" is a word of its own."""
    assert "grace" == speller.correct("grace")


def test_a_slip_of_a_common_word_becomes_that_word(speller: Speller) -> None:
    """Where the FAQ has none that is near."""
    assert "question" == speller.correct("qestion")


@pytest.mark.parametrize("word", ["xqzvjkw", "l4l5x", "a" * 30, ""])
def test_what_nothing_is_near_stays(speller: Speller, word: str) -> None:
    """Codes, noise and endless words too."""
    assert word == speller.correct(word)


def test_words_that_must_not_be_swapped_are_kept() -> None:
    """ "psychiatrist" never becomes "physiatrist"."""
    speller = Speller(["physiatrist"], "xx", [["physiatrist", "psychiatrist"]])
    assert "psychiatrist" == speller.correct("psychiatrist")


def test_ties_go_to_the_word_with_the_same_first_letter() -> None:
    """The first letter is rarely the one that slips."""
    assert "brake" == Speller(["brake", "drake"], "xx").correct("bbake")


@pytest.mark.parametrize("words", [["band", "bank"], ["bank", "band"]])
def test_other_ties_go_by_the_alphabet(words: list[str]) -> None:
    """In whatever order the words come."""
    assert "band" == Speller(words, "xx").correct("banx")


def test_a_language_without_a_word_list_has_no_common_words() -> None:
    """The FAQ's own words are enough."""
    assert "back" not in common_words("xx")
