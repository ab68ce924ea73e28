"""A session holds the little that the last half hour needs, forgets it in time, and never holds a word."""

# ruff: noqa: SIM300 - expected == actual is the house style

import pytest

from bot.session import CONCEPTS_LAST, LIFETIME, Session

NOW = 1_000_000.0


def test_a_fresh_session_is_empty() -> None:
    """Nothing is known about anybody."""
    assert ((), (), None, None, 0.0, None, 0.0, None, False) == tuple(Session())


def test_only_these_marks_are_kept() -> None:
    """A new field must be thought over: ids and times may be kept, words may not."""
    assert ("seen", "silenced", "card", "guide", "guide_at", "entry", "touched", "album", "strayed") == Session._fields


def test_a_session_is_never_changed() -> None:
    """Every step gives another one."""
    session = Session()
    session.saw(frozenset({"fever"}), NOW).silence(("cauda",), NOW).at(NOW)
    assert Session() == session


def test_concepts_and_rules_are_kept_by_their_ids_alone() -> None:
    """Nothing but the names that were handed in, and the time."""
    session = Session().silence(("cauda_equina",), NOW).saw(frozenset({"fever", "back_pain"}), NOW).at(NOW)
    assert ((("back_pain", NOW), ("fever", NOW)), (("cauda_equina", NOW),)) == (session.seen, session.silenced)


def test_lifetimes_are_half_an_hour_and_ten_minutes() -> None:
    """In seconds."""
    assert (1800.0, 600.0) == (LIFETIME, CONCEPTS_LAST)


@pytest.mark.parametrize(("later", "kept"), [(0, True), (CONCEPTS_LAST, True), (CONCEPTS_LAST + 1, False)])
def test_concepts_last_ten_minutes(later: float, kept: bool) -> None:
    """Two messages make one emergency only when they come close together."""
    session = Session().saw(frozenset({"fever"}), NOW).at(NOW + later)
    assert kept == bool(session.seen)


@pytest.mark.parametrize(("later", "kept"), [(0, True), (LIFETIME, True), (LIFETIME + 1, False)])
def test_a_silenced_rule_lasts_half_an_hour(later: float, kept: bool) -> None:
    """After that the gate listens again."""
    assert kept == bool(Session().silence(("cauda",), NOW).at(NOW + later).silenced)


@pytest.mark.parametrize(("later", "kept"), [(0, True), (LIFETIME, True), (LIFETIME + 1, False)])
def test_a_card_is_recalled_for_half_an_hour(later: float, kept: bool) -> None:
    """As long as other answers begin with a reminder."""
    assert kept == (Session(card=NOW).at(NOW + later).card is not None)


def test_a_card_shown_at_the_beginning_of_time_is_a_card() -> None:
    """A clock may start at zero."""
    assert 0.0 == Session(card=0.0).at(5.0).card


@pytest.mark.parametrize(("later", "counts"), [(0, True), (LIFETIME, True), (LIFETIME + 1, False)])
def test_an_answer_to_the_guide_may_be_typed_for_half_an_hour(later: float, counts: bool) -> None:
    """From when its question was asked."""
    assert counts == Session(guide="v:ab", guide_at=NOW).asks(NOW + later)


def test_nothing_can_be_answered_where_nothing_was_asked() -> None:
    """A fresh session has no open question."""
    assert not Session(guide_at=NOW).asks(NOW)


@pytest.mark.parametrize(("later", "kept"), [(0, True), (LIFETIME, True), (LIFETIME + 1, False)])
def test_where_the_guide_stood_lasts_half_an_hour_of_silence(later: float, kept: bool) -> None:
    """From the last message, so that the question can be asked again."""
    assert kept == (Session(guide="v:ab", guide_at=NOW - 9999, touched=NOW).at(NOW + later).guide is not None)


def test_after_a_card_no_word_is_an_answer_to_the_guide() -> None:
    """But where it stood is still known."""
    session = Session(guide="v:ab", guide_at=NOW, touched=NOW).interrupted(NOW + 1)
    assert (False, "v:ab") == (session.asks(NOW + 1), session.guide)


@pytest.mark.parametrize(("later", "kept"), [(0, True), (LIFETIME, True), (LIFETIME + 1, False)])
def test_the_last_entry_lasts_half_an_hour_of_silence(later: float, kept: bool) -> None:
    """From the last message."""
    assert kept == (Session(entry="mri_prep", touched=NOW).at(NOW + later).entry is not None)


def test_talking_on_keeps_the_last_entry_but_not_an_old_card() -> None:
    """The card's half hour runs from the card."""
    session = Session(entry="mri_prep", card=NOW, touched=NOW)
    for minute in range(10, 50, 10):
        session = session.at(NOW + minute * 60)
    assert ("mri_prep", None) == (session.entry, session.card)


def test_after_an_hour_of_silence_nothing_is_left() -> None:
    """But the time of the look."""
    session = Session((("fever", NOW),), (("cauda", NOW),), NOW, "ab", NOW, "mri_prep", NOW)
    assert tuple(Session(guide_at=NOW, touched=NOW + 3600)) == tuple(session.at(NOW + 3600))


def test_each_mark_runs_out_by_itself() -> None:
    """A new one does not keep an old one alive."""
    session = Session().saw(frozenset({"old"}), NOW).saw(frozenset({"new"}), NOW + 400).at(NOW + 700)
    assert (("new", NOW + 400),) == session.seen


def test_a_concept_seen_again_counts_from_then() -> None:
    """And stands there once."""
    session = Session().saw(frozenset({"fever"}), NOW).saw(frozenset({"fever"}), NOW + 300)
    assert (("fever", NOW + 300),) == session.seen


def test_seeing_nothing_changes_nothing() -> None:
    """Most messages are harmless."""
    session = Session().saw(frozenset({"fever"}), NOW)
    assert session == session.saw(frozenset(), NOW + 1)


def test_marks_come_in_one_order() -> None:
    """The same concepts make the same session on every machine."""
    names = [f"c{number}" for number in range(20)]
    assert Session().saw(frozenset(names), NOW) == Session().saw(frozenset(reversed(names)), NOW)


def test_silencing_forgets_the_card_and_what_was_seen() -> None:
    """The person said that it is not happening."""
    session = Session(card=NOW).saw(frozenset({"fever"}), NOW).silence(("cauda",), NOW + 5)
    assert (None, (), (("cauda", NOW + 5),)) == (session.card, session.seen, session.silenced)


def test_silencing_keeps_rules_that_were_silenced_before() -> None:
    """Each by its last time."""
    session = Session().silence(("one", "two"), NOW).silence(("two", "three"), NOW + 5)
    assert (("one", NOW), ("two", NOW + 5), ("three", NOW + 5)) == session.silenced


def test_a_clock_set_back_loses_nothing() -> None:
    """A mark from the future is kept rather than dropped: an emergency is not forgotten."""
    session = Session(card=NOW).saw(frozenset({"fever"}), NOW).at(NOW - 100)
    assert (NOW, (("fever", NOW),)) == (session.card, session.seen)
