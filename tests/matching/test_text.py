"""The normal form of a message: what people mean, however they type it."""

# ruff: noqa: SIM300 - expected == actual is the house style

import pytest

from bot.matching.text import Tokens, plain, sentences

TOKENS = Tokens()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("MRI", "mri"),
        ("can’t", "can't"),
        ("ｍｒｉ", "mri"),
        ("soooo", "soo"),
        ("ﬁne", "fine"),
        ("a–b", "a-b"),
        ("can`t", "can't"),
        ("NOOO 1000 x___ é", "noo 100 x__ é"),
        ("NOOO 1000 x___ !!! ok", "noo 100 x__ !!! ok"),
    ],
)
def test_plain_text_is_lower_case_and_straight(typed: str, meant: str) -> None:
    """Wide letters, ligatures, curly quotes, long dashes and stretched letters too."""
    assert meant == plain(typed)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one. two", ["one.", "two"]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
        ("really?yes", ["really?", "yes"]),
        ("it is 2.5 cm", ["it is 2.5 cm"]),
        ("one… two", ["one…", "two"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, parts: list[str]) -> None:
    """Line breaks end a sentence as well; a decimal point does not."""
    assert parts == sentences(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("back-pain, really?", ["back", "pain", "really"]),
        ("my doctor's note", ["my", "doctor", "note"]),
        ("pm&r", ["pm&r"]),
        ("l4_l5", ["l4", "l5"]),
        ("😀 👍🏽", []),
        ("¿dónde?", ["dónde"]),
    ],
)
def test_words_are_found(text: str, words: list[str]) -> None:
    """Without punctuation, possessive endings and emoji."""
    assert words == TOKENS(text)


def test_chat_spellings_are_written_out() -> None:
    """As `words.yaml` says."""
    assert ["i", "am", "here"] == Tokens({"im": "i am"})("im here")


def test_the_longest_run_of_words_wins() -> None:
    """ "x ray film" before "x ray"."""
    assert ["picture", "please"] == Tokens({"x ray": "xray", "x ray film": "picture"})("x ray film please")


def test_lay_names_are_replaced_after_chat_spellings() -> None:
    """The second stage sees what the first one wrote."""
    assert ["appointment"] == Tokens({"apt": "appt"}, {"appt": "appointment"})("apt")


def test_a_replacement_is_not_replaced_again() -> None:
    """So that two that point at each other end."""
    assert ["b", "a"] == Tokens({"a": "b", "b": "a"})("a b")


def test_a_contraction_is_found_by_its_curly_spelling() -> None:
    """Phones type curly apostrophes."""
    assert ["cannot", "walk"] == Tokens({"can't": "cannot"})("can’t walk")
