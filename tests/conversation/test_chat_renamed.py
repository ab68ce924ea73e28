"""An entry that took over another one answers for it: old buttons, old sessions, the guide, and what was counted."""



from __future__ import annotations

from dataclasses import replace

import pytest

from bot.buttons import encode, key
from bot.checks.case import Case
from bot.checks.references import guide as proven
from bot.content.loading import Content
from bot.content.sources import Sources
from bot.guide import paths
from bot.guide_screens import GuideScreens
from bot.incoming import Incoming
from bot.reply import Replier
from bot.session import Session
from tests.support.chat import Chat
from tests.support.matching import replier_with

OLD = "mri_open"
TITLE = "Do I need an MRI?"


@pytest.fixture
def renamed(tiny_content: Content) -> Content:
    """The tiny FAQ, whose `mri_need` has taken over `mri_open`."""
    groups = [
        group._replace(
            entries=tuple(
                entry.model_copy(update={"formerly": [OLD]}) if entry.id == "mri_need" else entry
                for entry in group.entries
            )
        )
        for group in tiny_content.groups
    ]
    return replace(tiny_content, groups=tuple(groups))


@pytest.fixture
def replier(tiny_replier: Replier, renamed: Content) -> Replier:
    """The bot over it."""
    return replier_with(tiny_replier, renamed)


@pytest.fixture
def chat(replier: Replier) -> Chat:
    """A chat with it."""
    return Chat(replier)


async def test_an_old_button_opens_the_entry_of_today(chat: Chat) -> None:
    """Its data holds the old id."""
    await chat.say("/help")
    await chat.tap_data(encode("entry", key(OLD)))
    assert chat.last.text.startswith(TITLE)


async def test_candidates_under_an_old_no_are_those_of_today(chat: Chat) -> None:
    """They come as buttons."""
    await chat.say("/help")
    await chat.tap_data(encode("not_helpful", key("ct_scan"), key(OLD)))
    assert TITLE in chat.last.buttons


def test_a_tap_on_an_old_button_counts_for_the_entry_of_today(replier: Replier) -> None:
    """Opened, and found helpful; the session remembers the new id."""
    for kind, outcome in (("entry", "opened"), ("helpful", "helpful")):
        tap = Incoming(tap=encode(kind, key(OLD)))  # type: ignore[arg-type]
        reply, session = replier.reply(tap, Session(), 0.0)
        assert reply is not None
        assert (outcome, "mri_need") == reply.counted
        assert (kind == "entry") == (session.entry == "mri_need")


def test_the_last_answer_of_an_old_session_is_that_of_today(replier: Replier) -> None:
    """So that "it" still stands for what it was about; an id that nobody took over stays."""
    for old, now in ((OLD, "mri_need"), ("gone", "gone"), (None, None)):
        _, session = replier.decider.decide("zanzibarquokka", Session(entry=old, touched=1.0), 2.0)
        assert now == session.entry


def test_an_old_id_in_the_guide_leads_to_the_entry_of_today(renamed: Content) -> None:
    """Once, and the guide stays as it was signed and as proven as it was."""
    guide = renamed.guide
    assert guide is not None
    outcomes = [one.model_copy(update={"related": [OLD, "mri_need"]}) for one in guide.outcomes]
    changed = replace(renamed, guide=guide.model_copy(update={"outcomes": outcomes}))
    path = next(path for path, _ in paths(guide))
    rows = GuideScreens(changed).show(path).said.buttons
    assert [encode("entry", key("mri_need"))] == [b.data for row in rows for b in row if b.data and b.data[:2] == "1e"]
    faults, _ = proven(Case(changed, Sources()))
    assert [one.message for one in faults if OLD in one.message] == []
