"""How far a pattern, a pair, a no and an excuse reach: one word more or less is noticed."""
from __future__ import annotations

import pytest

from bot.urgent import Gate
from bot.urgent.index import FIGURE, Hit, Index
from bot.urgent.rules import _excluded, _near, _own_words
from bot.urgent.text import PAUSE, STOP, Text

pytestmark = pytest.mark.usefixtures("both_ways")
SMALL = frozenset({"the"})


def reaches(pattern: str, between: list[str], breaks: list[int] | None = None) -> bool:
    """Is “a”, what stands between, and “b” met by the pattern, from the first word to the last?"""
    words = ["a", *between, "b"]
    index = Index([("concept", pattern)], {}, lambda word: {word}, SMALL, frozenset())
    hits = index.hits(Text(words, breaks or [STOP, *[0] * (len(words) - 1)]))
    return [(hit.start, hit.end) for hit in hits] == [(0, len(words) - 1)]


def at(start: int, end: int | None = None) -> Hit:
    """A concept met from one word to another."""
    return Hit("concept", start, start if end is None else end, "line", frozenset())


@pytest.mark.parametrize(("words", "met"), [(4, True), (5, False)])
def test_three_dots_stand_for_up_to_four_words(words: int, met: bool) -> None:
    """As the top of the file says."""
    assert reaches("a ... b", ["x"] * words) is met


@pytest.mark.parametrize(("gap", "covered"), [((), True), (("x",), False)])
def test_a_set_phrase_covers_its_own_words_and_no_gap(gap: tuple[str, ...], covered: bool) -> None:
    """Two runs of words, with what fills the gap between them."""
    words = ["z", "a", *gap, "b", "z"]
    index = Index([(FIGURE, "a ... b")], {}, lambda word: {word}, SMALL, frozenset())
    runs = [(hit.start, hit.end) for hit in index.hits(Text(words, [STOP, *[0] * (len(words) - 1)]))]
    assert runs == ([(1, 2)] if covered else [(1, 1), (3, 3)])


def test_a_set_phrase_ends_at_a_comma_in_it() -> None:
    """What comes after it is told anew."""
    index = Index([(FIGURE, "a b ... c d")], {}, lambda word: {word}, SMALL, frozenset())
    hits = index.hits(Text(["a", "b", "x", "c", "d"], [STOP, 0, 0, PAUSE, 0]))
    assert [(hit.start, hit.end) for hit in hits] == [(0, 1)]


@pytest.mark.parametrize(("words", "met"), [(3, True), (4, False)])
def test_up_to_three_small_words_may_stand_anywhere(words: int, met: bool) -> None:
    """Not any number of them."""
    assert reaches("a b", ["the"] * words) is met


@pytest.mark.parametrize(("words", "met"), [(2, True), (3, False)])
def test_a_comma_takes_two_words_of_the_gap(words: int, met: bool) -> None:
    """So that a list does not become a sentence."""
    assert reaches("a ... b", ["x"] * words, [STOP, PAUSE, *[0] * words]) is met


def test_a_comma_gives_no_room_where_there_is_none() -> None:
    """Words that must follow one another may have a comma between them, and nothing else."""
    assert reaches("a b", [], [STOP, PAUSE])
    assert not reaches("a b", ["x"], [STOP, PAUSE, 0])
    assert not reaches("a ... b", ["x"] * 4, [STOP, 0, 0, PAUSE, PAUSE, PAUSE])


def test_a_word_that_is_left_out_leaves_its_gap() -> None:
    """On both sides of the optional word."""
    assert reaches("a ... c? b", ["x"] * 4)
    assert reaches("a c? ... b", ["x"] * 4)
    assert not reaches("a c? b", ["x"])


def test_nothing_reaches_over_a_full_stop() -> None:
    """A sentence is a sentence."""
    assert not reaches("a ... b", [], [STOP, STOP])


def test_two_concepts_belong_together_within_eighteen_words() -> None:
    """Before and after."""
    assert [_near(at(30, 31), [place]) for place in (11, 12, 49, 50)] == [False, True, True, False]


def test_two_concepts_in_their_own_words_do_not_overlap() -> None:
    """And stand within eighteen words."""
    pairs = [(at(0, 2), at(2)), (at(0, 2), at(3)), (at(0, 2), at(20)), (at(0, 2), at(21))]
    assert [_own_words(("a", "b"), {"a": [one], "b": [other]}) for one, other in pairs] == [False, True, True, False]
    assert [_own_words(("a", "b"), {"a": [other], "b": [one]}) for one, other in pairs] == [False, True, True, False]


def test_an_excuse_reaches_twelve_words_in_its_sentence() -> None:
    """Before and after, and never into another sentence."""
    one, two = [0] * 60, [0] * 30 + [1] * 30
    assert [_excluded(at(30), [at(place)], one) for place in (17, 18, 42, 43)] == [False, True, True, False]
    assert not _excluded(at(30), [at(29)], two)


@pytest.mark.parametrize(("words", "denied"), [(7, True), (8, False)])
def test_a_no_reaches_eight_words(words: int, denied: bool, gate: Gate) -> None:
    """What stands further away is not denied."""
    assert (gate.check(f"no {'lamp ' * words}chest pain").rules == ()) is denied


def test_a_wasnt_stops_at_a_comma_and_a_no_does_not(gate: Gate) -> None:
    """“No fever, chills” denies both; “it wasnt there before, fell” denies no fall."""
    assert "fracture" in gate.check("my forearm has a bend that wasn't there before, fell on ice").rules
    assert gate.check("no numbness, chest pain").rules == ()


@pytest.mark.parametrize(("text", "lowered"), [
    ("in case of lamp tree chest pain", True),
    ("in case of lamp tree hat chest pain", False),
    ("years ago lamp, chest pain", True),
    ("years ago lamp tree, chest pain", False),
    ("chest pain, that lamp tree hat pen years ago", True),
    ("chest pain, that lamp tree hat pen cup years ago", False),
])
def test_a_supposing_an_opening_and_a_close_reach_so_far(text: str, lowered: bool, gate: Gate) -> None:
    """Two words to what is only supposed, one beside an opening “years ago”, five before a closing one."""
    assert (gate.check(text).rules == ()) is lowered


def test_a_question_about_one_thing_lowers_nothing_in_the_next_sentence(gate: Gate) -> None:
    """What is asked about in general ends with its sentence."""
    assert gate.check("symptoms of arthritis, chest pain").rules == ()
    assert "heart_chest" in gate.check("symptoms of arthritis. chest pain").rules
