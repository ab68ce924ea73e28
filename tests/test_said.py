"""A message is put together from paragraphs, and its styles stay on their words."""

# ruff: noqa: SIM300 - expected == actual is the house style

import pytest

from bot.buttons import Button
from bot.said import Said, Stretch, compose

YES, NO, MORE = Button("Yes", "1y"), Button("No", "1x"), Button("More", url="https://a.org")


def styled(said: Said) -> list[tuple[str, str]]:
    """The words that each stretch covers."""
    return [(stretch.style, said.text[stretch.start : stretch.start + stretch.length]) for stretch in said.stretches]


def test_paragraphs_are_parted_by_an_empty_line() -> None:
    """In their order."""
    assert "one\n\ntwo\n\nthree" == compose(("", "one"), ("bold", "two"), ("", "three")).text


def test_styles_cover_exactly_their_words() -> None:
    """Also after plain paragraphs."""
    said = compose(("bold", "Title"), ("", "plain\ntext"), ("italic", "a draft"))
    assert [("bold", "Title"), ("italic", "a draft")] == styled(said)


def test_styles_count_characters() -> None:
    """An emoji is one; Telegram's units come later."""
    assert (Stretch("bold", 3, 2),) == compose(("", "\U0001f600"), ("bold", "ab")).stretches


@pytest.mark.parametrize("style", ["", "bold", "italic"])
def test_an_empty_paragraph_is_left_out(style: str) -> None:
    """With its style and its empty line."""
    assert compose(("", "one"), ("bold", "two")) == compose((style, ""), ("", "one"), (style, ""), ("bold", "two"))


def test_nothing_is_nothing() -> None:
    """No paragraphs, no text."""
    assert Said("") == compose()


def test_a_style_that_is_none_is_plain() -> None:
    """Only bold and italic are styles."""
    assert () == compose(("underline", "one")).stretches


def test_a_line_above_moves_the_styles() -> None:
    """They stay on their words."""
    said = compose(("bold", "Title"), ("italic", "draft")).under("First of all \U0001f600")
    assert "First of all \U0001f600\n\nTitle\n\ndraft" == said.text
    assert [("bold", "Title"), ("italic", "draft")] == styled(said)


def test_lines_above_pile_up() -> None:
    """The last one stands first."""
    said = compose(("bold", "Title")).under("two").under("one")
    assert ("one\n\ntwo\n\nTitle", [("bold", "Title")]) == (said.text, styled(said))


def test_a_line_above_keeps_the_buttons() -> None:
    """All of them."""
    assert ((YES, NO),) == Said("text", ((YES, NO),)).under("line").buttons


def test_rows_are_added_below() -> None:
    """In their order; text and styles stay."""
    said = compose(("bold", "Title")).with_rows((YES, NO)).with_rows((MORE,), (YES,))
    assert Said("Title", ((YES, NO), (MORE,), (YES,)), (Stretch("bold", 0, 5),)) == said


def test_no_rows_change_nothing() -> None:
    """A message without buttons stays one."""
    assert Said("text") == Said("text").with_rows()


def test_a_message_is_never_changed() -> None:
    """What is added gives another one."""
    said = Said("text")
    said.under("line").with_rows((YES,))
    assert Said("text") == said
