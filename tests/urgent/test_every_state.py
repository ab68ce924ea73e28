"""Every state of a chat with every rule: nothing that went before, and no way of writing, holds an emergency back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.content.loading import Content
from bot.content.urgent import CARD_TIERS, Rule
from bot.incoming import Incoming
from bot.reply import Replier
from bot.session import Session
from bot.urgent import Verdict, card
from tests.support.chat import Chat
from tests.support.matching import careless, replier_with
from tests.urgent.conftest import graver, urgent_content

NOW = 10_000.0
URGENT = urgent_content()
QUESTION = "do i need an mri"

Made = Callable[[Replier, Rule], tuple[Incoming, Session]]


def _other(rule: Rule) -> str:
    return "breathing" if rule.id != "breathing" else "stroke"


def _guide(replier: Replier, taps: int) -> Session:
    """In the guide after so many first answers."""
    session, path = Session(), ""
    for _ in range(taps):
        path += "a"
    mark = replier.guide.show(path).mark if replier.guide.walker.screen(path) else replier.guide.show("").mark
    return session._replace(guide=mark, guide_at=NOW, touched=NOW)


STATES: dict[str, Made] = {
    "a new chat": lambda r, rule: (Incoming(rule.fires_on[0]), Session()),
    "a caption": lambda r, rule: (Incoming(rule.fires_on[0], media="photo"), Session()),
    "one of many photos": lambda r, rule: (
        Incoming(rule.fires_on[0], media="photo", album="1"),
        Session(album="1", touched=NOW),
    ),
    "behind /help": lambda r, rule: (Incoming(f"/help {rule.fires_on[0]}"), Session()),
    "behind /guide": lambda r, rule: (Incoming(f"/guide {rule.fires_on[0]}"), Session()),
    "behind /forget": lambda r, rule: (Incoming(f"/forget {rule.fires_on[0]}"), Session()),
    "behind a command nobody knows": lambda r, rule: (Incoming(f"/x {rule.fires_on[0]}"), Session()),
    "beside a question that matches": lambda r, rule: (Incoming(f"{rule.fires_on[0]}. {QUESTION}?"), Session()),
    "the guide's first question": lambda r, rule: (Incoming(rule.fires_on[0]), _guide(r, 0)),
    "further on in the guide": lambda r, rule: (Incoming(rule.fires_on[0]), _guide(r, 2)),
    "a guide left open an hour ago": lambda r, rule: (
        Incoming(rule.fires_on[0]),
        _guide(r, 1)._replace(guide_at=NOW - 3600),
    ),
    "after a card": lambda r, rule: (Incoming(rule.fires_on[0]), Session(card=NOW - 60, touched=NOW)),
    "after another danger that is not happening": lambda r, rule: (
        Incoming(rule.fires_on[0]),
        Session(silenced=((_other(rule), NOW - 60),), touched=NOW),
    ),
    "after the same was not happening, half an hour ago": lambda r, rule: (
        Incoming(rule.fires_on[0]),
        Session(silenced=((rule.id, NOW - 1801),), touched=NOW),
    ),
    "after an answer": lambda r, rule: (Incoming(rule.fires_on[0]), Session(entry="mri_need", touched=NOW)),
    "a reply in a group": lambda r, rule: (Incoming(rule.fires_on[0], private=False), Session()),
    "a command in a group": lambda r, rule: (Incoming(f"/help {rule.fires_on[0]}", private=False), Session()),
}


@pytest.mark.parametrize("rule", URGENT.rules, ids=lambda rule: str(rule.id))
def test_a_rule_speaks_in_every_state(rule: Rule, tiny_replier: Replier) -> None:
    """A card where the tier calls for one, else its line before whatever is answered."""
    for state, made in STATES.items():
        incoming, session = made(tiny_replier, rule)
        reply, after = tiny_replier.reply(incoming, session, NOW)
        assert reply is not None, state
        if rule.tier in CARD_TIERS:
            assert reply.urgent, state
            assert reply.decision is not None and graver(reply.decision.verdict.tier, rule.tier), state
            assert after.card == NOW, state
            assert len(reply.said.buttons) == 1, state
        else:
            line = card(URGENT, Verdict((rule.id,), rule.tier), "US", "(555) 555-0100", "Example Clinic")
            assert line in reply.said.text, state


@pytest.mark.parametrize("state", STATES)
def test_a_card_that_is_set_aside_leaves_its_line_in_every_state(
    state: str, tiny_replier: Replier, tiny_content: Content
) -> None:
    """Behind a command, in a group, in the guide: over whatever is said stands what to do if it is happening."""
    replier = replier_with(tiny_replier, tiny_content, gate=careless(tiny_content))
    number, silent = 0, []
    for rule in URGENT.rules:
        incoming, session = STATES[state](replier, rule)
        silenced = frozenset(name for name, when in session.silenced if NOW - when < 1800)
        verdict = replier.decider.gate.check(incoming.text, silenced=silenced)
        if verdict.aside:
            number += 1
            reply, _ = replier.reply(incoming, session, NOW)
            line = verdict.safety_net.format(emergency="911", crisis="988", poison="1-800-222-1222")
            if reply is None or line not in reply.said.text or not reply.cautions:
                silent.append(rule.id)
    assert number > 20 and silent == []


async def test_a_person_who_floods_gets_every_card(chat: Chat) -> None:
    """The limit holds back everything but an emergency."""
    for number in range(60):
        await chat.say(f"thanks {number}")
    assert chat.replies == [], "the limit is not reached: nothing is tested here"
    for rule in URGENT.rules:
        if rule.tier in CARD_TIERS:
            await chat.say(rule.fires_on[0])
            assert chat.last.buttons == ["This is not happening now"], rule.id


async def test_an_emergency_after_an_outage_gets_its_card_first(chat: Chat) -> None:
    """The note about the delay stands under it."""
    chat.line.handler._clock = lambda: chat.clock.now + 7200
    for rule in URGENT.rules:
        if rule.tier in CARD_TIERS:
            await chat.say(rule.fires_on[0])
            assert chat.last.text.startswith(("🚨", "💙")), rule.id
            chat.clock.turn(minutes=60)


async def test_what_was_said_behind_a_command_completes_an_emergency(chat: Chat) -> None:
    """The gate remembers its concepts from every message, also from those that are answered with a menu."""
    await chat.say("/help my leg is swollen")
    await chat.say("i am out of breath")
    assert chat.last.text.startswith("🚨 Call 911 now.")


async def test_a_lower_tier_behind_a_command_is_not_swallowed(chat: Chat) -> None:
    """Its line stands over the menu."""
    await chat.say("/help ran out of my oxycodone")
    assert chat.last.text.startswith("📞 Call today.")


@pytest.mark.parametrize("then", ["/help", "/start", "/topics", "/guide", "/contact", "/privacy", "thanks", "qwertz"])
async def test_the_number_stands_over_everything_for_half_an_hour(chat: Chat, then: str) -> None:
    """Menus, commands, the guide and small talk too."""
    await chat.say("crushing chest pain")
    await chat.say(then)
    assert chat.last.text.startswith("🚨 If the danger you wrote about is still there: call 911.")
    chat.clock.turn(minutes=31)
    await chat.say(then)
    assert not chat.last.text.startswith("🚨 If the danger")


async def test_the_number_stands_over_a_screen_that_is_tapped_to(chat: Chat) -> None:
    """A topic's list that takes the place of the one before."""
    await chat.say("/topics")
    await chat.say("crushing chest pain")
    await chat.tap(chat.seen[0].buttons[0], chat.seen[0])
    assert chat.last.text.startswith("🚨 If the danger")
