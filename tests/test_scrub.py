"""Before a question is kept, what might tell who wrote it is taken out."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest

from bot.scrub import GIVEN, Scrubber

FAQ = [
    "Why does my knee click on the stairs? Do I need an MRI? Will it hurt? My doctor said so. Is it back again?",
    "Can I drive after the shot? Who is the right person to call? Medicare. Tylenol. When can I walk? Within two weeks",
]
SCRUBBER = Scrubber(FAQ)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call me at 555-0100", "call me at [number]"),
        ("born 3/4/1980, knee clicks", "born [number], knee clicks"),
        ("+1 (555) 555-0100 please", "[number] please"),
        ("my L4-L5 is bad", "my L[number]-L[number] is bad"),
        ("mrn #1234567", "mrn [number]"),
        ("it is five five five oh one zero zero", "it is [number]"),
        ("it hurts for two weeks", "it hurts for two weeks"),
        ("write to anna.b+x@example.org ok", "write to [e-mail] ok"),
        ("anna at example dot com", "[e-mail]"),
        ("see https://example.org/me?x=1 or www.example.org", "see [link] or [link]"),
        ("see example.com/me", "see [link]"),
        ("ask @annab", "ask [name]"),
        ("١٢٣٤٥", "[number]"),
    ],
)
def test_numbers_and_addresses_are_taken_out(text: str, expected: str) -> None:
    """In every form in which people write them."""
    assert expected == SCRUBBER.scrub(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My name is Zora Quill and my knee clicks", "My name is [name] and my knee clicks"),
        ("my name is zora and my knee clicks", "my name is [name] and my knee clicks"),
        ("my name's zora quill, my knee clicks", "my name's [name], my knee clicks"),
        ("call me zora", "call me [name]"),
        ("does Dr. Quill do this", "does Dr. [name] do this"),
        ("does dr quill do this", "does dr [name] do this"),
        ("my doctor said so", "my doctor said so"),
        ("Mrs Quill's knee", "Mrs [name] knee"),
        ("i saw Zora there", "i saw [name] there"),
        ("Zora's knee clicks", "[name] knee clicks"),
        ("my son michael fell", "my son [name] fell"),
        ("MY NAME IS ZORA", "MY NAME IS [name]"),
        ("MY KNEE CLICKS SAYS ZORA", "MY KNEE [name] [name] [name]"),
        ("Müller said", "[name] said"),
    ],
)
def test_names_that_can_be_recognised_are_taken_out(text: str, expected: str) -> None:
    """Introduced, after a title, capitalised, or common ones in small letters."""
    assert expected == SCRUBBER.scrub(text)


@pytest.mark.parametrize("text", FAQ)
def test_the_words_of_the_faq_stay(text: str) -> None:
    """However they are capitalised."""
    assert text == SCRUBBER.scrub(text)


@pytest.mark.parametrize("text", ["Do I need an ESI", "I'm fine", "", "  ", "🦵", "\ud800 knee"])
def test_other_texts_stay(text: str) -> None:
    """Abbreviations, "I", nothing, odd characters."""
    assert text == SCRUBBER.scrub(text)


def test_scrubbing_twice_changes_nothing_more() -> None:
    """What stands in their place stays."""
    once = SCRUBBER.scrub("My name is Zora, 555-0100, zora@example.org, www.example.org")
    assert once == SCRUBBER.scrub(once)


def test_a_name_in_the_faq_is_a_name_all_the_same() -> None:
    """Where somebody wrote "ask Michael" as a wording."""
    assert "michael" in GIVEN
    assert "[name]" == Scrubber(["ask Michael"]).scrub("Michael")
