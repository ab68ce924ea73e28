"""The replies of "pass my question to the clinic", and the errands they hold: the gate reads first, at every step."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest

from bot.buttons import decode
from bot.content.loading import Content
from bot.incoming import Incoming
from bot.kept import Kept
from bot.reply import Replier, Reply
from bot.session import Session
from tests.support.matching import Broken, build_replier

UNKNOWN = "zanzibarquokka"
OFFER = "Pass my question to the clinic"


@pytest.fixture(scope="module")
def replier(tiny_content: Content) -> Replier:
    """A bot that offers it."""
    return Replier(tiny_content, build_replier(tiny_content).decider, kept=Kept(inbox=True))


def say(replier: Replier, text: str, session: Session = Session()) -> Reply:  # noqa: B008 - frozen
    """The reply to a text."""
    reply, _ = replier.reply(Incoming(text), session, 0.0)
    assert reply is not None
    return reply


def tap(replier: Replier, data: str, asked: str = UNKNOWN, session: Session = Session()) -> Reply:  # noqa: B008
    """The reply to a tap on a message that replied to `asked`."""
    reply, _ = replier.reply(Incoming(tap=data, asked=asked), session, 0.0)
    assert reply is not None
    return reply


def data(reply: Reply, label: str) -> str:
    """What the button with this label sends back."""
    return next(button.data or "" for row in reply.said.buttons for button in row if button.text == label)


def labels(reply: Reply) -> list[str]:
    """The buttons under a reply."""
    return [button.text for row in reply.said.buttons for button in row]


def test_it_is_offered_under_no_answer_and_nowhere_else(replier: Replier) -> None:
    """Quoting the question, so that its words come back with the tap."""
    none = say(replier, UNKNOWN)
    assert (True, True) == (OFFER in labels(none), none.quote)
    for text in ("do i need an mri", "thanks", "/help", "crushing chest pain"):
        assert OFFER not in labels(say(replier, text))


def test_it_is_not_offered_where_nothing_lasts(tiny_replier: Replier) -> None:
    """And a button of other days gets a fresh start."""
    assert OFFER not in labels(say(tiny_replier, UNKNOWN))
    assert "older version" in tap(tiny_replier, "1k:token").said.text


def test_it_asks_first(replier: Replier) -> None:
    """Nothing is kept yet."""
    asking = tap(replier, data(say(replier, UNKNOWN), OFFER))
    assert (None, True) == (asking.errand, asking.edit)
    assert "Nobody will reply here." in asking.said.text
    assert ["Yes, pass it on", "No"] == labels(asking)


def test_only_yes_keeps_the_scrubbed_words(replier: Replier) -> None:
    """Under the token that the button held, which also takes them back."""
    asking = tap(replier, data(say(replier, UNKNOWN), OFFER))
    kept = tap(replier, data(asking, "Yes, pass it on"), "my name is Zora Quill, 555-0100, why does it click")
    assert kept.errand is not None
    assert ("keep", "my name is [name], [number], why does it click") == (kept.errand.kind, kept.errand.text)
    (token,) = (decode(data(asking, "Yes, pass it on")) or pytest.fail("no tap")).args
    assert (token, f"1b:{token}") == (kept.errand.token, data(kept, "Take it back"))
    back = tap(replier, data(kept, "Take it back"), asked="")
    assert back.errand is not None
    assert ("take_back", token) == (back.errand.kind, back.errand.token)


def test_two_questions_have_two_tokens(replier: Replier) -> None:
    """Nobody can guess another's."""
    tokens = {data(tap(replier, "1p"), "Yes, pass it on") for _ in range(20)}
    assert 20 == len(tokens)
    assert min(map(len, tokens)) >= 22


def test_no_goes_back(replier: Replier) -> None:
    """To the message that stood there."""
    declined = tap(replier, data(tap(replier, "1p"), "No"))
    assert (None, say(replier, UNKNOWN).said, True) == (declined.errand, declined.said, declined.edit)


@pytest.mark.parametrize("step", ["1p", "1k:token"])
def test_an_emergency_gets_its_card_and_is_not_kept(replier: Replier, step: str) -> None:
    """Whatever the words were when they were first read: they may have been edited since."""
    reply = tap(replier, step, "crushing chest pain")
    assert (None, "urgent") == (reply.errand, reply.decision.outcome if reply.decision else None)
    assert reply.said.text.startswith("🚨 Call 911 now.")


@pytest.mark.parametrize("step", ["1p", "1k:token"])
def test_what_should_be_seen_soon_is_not_kept_either(replier: Replier, step: str) -> None:
    """It gets its line again."""
    text = "my calf is swollen and warm after surgery"
    decision = replier.decider.decide(text, Session(), 0.0)[0]
    assert decision.verdict.tier
    assert tap(replier, step, text).errand is None


@pytest.mark.parametrize("step", ["1p", "1k:token"])
def test_a_gate_that_breaks_ends_in_the_card(tiny_content: Content, replier: Replier, step: str) -> None:
    """And nothing is kept."""
    broken = Replier(tiny_content, build_replier(tiny_content).decider, kept=Kept(inbox=True))
    broken.decider.gate = Broken()  # type: ignore[assignment]
    reply = tap(broken, step)
    assert (None, True) == (reply.errand, "911" in reply.said.text)


@pytest.mark.parametrize("step", ["1p", "1k:token"])
def test_words_that_do_not_come_back_are_asked_for(replier: Replier, step: str) -> None:
    """The person deleted their message."""
    reply = tap(replier, step, asked="")
    assert (None, "I can't see your question any more. Please type it again.") == (reply.errand, reply.said.text)


@pytest.mark.parametrize("forged", ["1k", "1k:", "1b", "1b:"])
def test_a_forged_button_does_nothing(replier: Replier, forged: str) -> None:
    """A fresh start."""
    assert tap(replier, forged).errand is None
