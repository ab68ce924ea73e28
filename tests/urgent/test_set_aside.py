"""A card set aside: a rule fires, but the message as a whole sounds harmless. A line of caution leads the answer."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.loading import Content
from bot.content.urgent import CARD_TIERS, Rule
from bot.content.weights import read_weights
from bot.reply import Replier
from bot.urgent import Gate, shows_card
from bot.urgent.features import FEWEST, MOST
from tests.support.chat import Chat
from tests.support.matching import CANARY, Unsure, careless, replier_with
from tests.urgent.conftest import PANEL
from tests.urgent.variations import VARIATIONS

STROKE = "lantern lantern his face is drooping"
Made = Callable[..., Gate]


@pytest.fixture
def weighing(content: Content, tmp_path: Path) -> Made:
    """Makes the shipped gate with other weights: a bar of 1 for harmless, and these lines."""

    def made(lines: str, longs: int = 0) -> Gate:
        file = tmp_path / "urgent_weights.tsv"
        file.write_text(f"bar\t9999\t9999\t100\nstart\t0\t0\t0\nlong\t0\t0\t{longs}\n{lines}")
        weights, problems, _ = read_weights(file)
        assert weights is not None, problems
        assert content.urgent is not None
        return Gate(content.urgent, weights)

    return made


def rule_of(content: Content, name: str) -> Rule:
    """A shipped rule."""
    assert content.urgent is not None
    return next(rule for rule in content.urgent.rules if rule.id == name)


def test_what_sounds_harmless_shows_no_card_but_the_rules_line(content: Content, weighing: Made) -> None:
    """The line that the rule keeps for look-alikes."""
    verdict = weighing("lantern\t0\t0\t9000\n").check(STROKE)
    assert ((), None, True) == (verdict.rules, verdict.tier, verdict.aside)
    assert rule_of(content, "stroke").safety_net == verdict.safety_net


def test_a_rule_without_a_line_lends_the_one_for_doubt(content: Content, weighing: Made) -> None:
    """Nothing is set aside without a word of caution."""
    rule = rule_of(content, "kidney")
    assert rule.safety_net is None and content.urgent is not None
    verdict = weighing("lantern\t0\t0\t9000\n").check(f"lantern lantern {rule.fires_on[0]}")
    assert (True, content.urgent.cards.in_doubt) == (verdict.aside, verdict.safety_net)


def test_what_sounds_harmless_by_less_than_the_bar_gets_its_card(weighing: Made) -> None:
    """The bar itself is enough."""
    features = "lantern\t0\t0\t{}\n"
    lines = [weighing(features.format(weight)).check(STROKE).aside for weight in (1, 9000)]
    assert [False, True] == lines


def test_what_the_rules_found_weighs_too(weighing: Made) -> None:
    """`!` and the id of a rule, `=` and the name of a concept."""
    assert weighing("!stroke\t0\t0\t9000\n").check(STROKE).aside
    assert weighing("=face_drooped\t0\t0\t9000\n").check(STROKE).aside
    assert not weighing("!heart_chest\t0\t0\t9000\n").check(STROKE).aside


@pytest.mark.parametrize("rule", ["self_harm_danger", "suicide", "voices", "asks_for_help", "abuse", "harm_others"])
def test_a_firm_rule_keeps_its_card(content: Content, weighing: Made, rule: str) -> None:
    """However harmless the words; also where another rule fires beside it."""
    gate, text = weighing("lantern\t0\t0\t9000\n"), rule_of(content, rule).fires_on[0]
    for message in (f"lantern lantern {text}", f"{STROKE}. {text}"):
        assert rule in gate.check(message).rules


def test_a_mere_hint_at_dying_may_be_set_aside_and_leaves_the_crisis_line(content: Content, weighing: Made) -> None:
    """Everyday words hold hints too; who names it keeps the card."""
    gate = weighing("lantern\t0\t0\t9000\n")
    verdict = gate.check("lantern lantern everyone is better off with a later class")
    assert (True, rule_of(content, "suicide_hint").safety_net) == (verdict.aside, verdict.safety_net)
    assert "suicide" in gate.check("lantern lantern everyone is better off if I was dead").rules


@pytest.mark.parametrize(("words", "aside"), [(FEWEST - 1, False), (FEWEST, True), (MOST, True)])
def test_too_short_a_text_keeps_its_card(weighing: Made, words: int, aside: bool) -> None:
    """Of three words little can be told."""
    text = " ".join(["face", "drooping", *["lantern"] * (words - 2)])
    verdict = weighing("lantern\t0\t0\t9999\n!stroke\t0\t0\t9999\n=face_drooped\t0\t0\t9999\n").check(text)
    assert (aside, not aside) == (verdict.aside, "stroke" in verdict.rules)


def _story(*pieces: str) -> str:
    """Pieces of forty words, each a sentence."""
    return " ".join(" ".join([*piece.split(), *["and"] * (MOST - len(piece.split()))]) + "." for piece in pieces)


def test_a_long_text_is_weighed_as_a_whole(weighing: Made) -> None:
    """That it is long past, or only asked, may be said far from the sign."""
    gate = weighing("lantern\t0\t0\t9000\n")
    sign = "her face is drooping"
    assert gate.check(_story(sign, "a chair", "lantern")).aside
    assert not gate.check(_story(sign, "a chair", "a table")).aside


@pytest.mark.parametrize("kind", ["9999\t0", "0\t9999"])
def test_what_sounds_like_an_emergency_is_not_set_aside(weighing: Made, kind: str) -> None:
    """However harmless the rest of it: of the body or a crisis."""
    sounds = "".join(f"{word}\t{kind}\t0\n" for word in ("table", "and", "table and", "and _ and", "and and"))
    story = _story("her face is drooping", "lantern", "a table")
    assert weighing("lantern\t0\t0\t9999\n").check(story).aside
    verdict = weighing("lantern\t0\t0\t9999\n" + sounds).check(story)
    assert not verdict.aside and "stroke" in verdict.rules


def test_a_long_text_has_a_bar_of_its_own(weighing: Made) -> None:
    """What is written behind `long` is added to it."""
    story = _story("lantern her face is drooping", "a chair")
    assert not weighing("lantern\t0\t0\t300\n").check(story).aside
    assert weighing("lantern\t0\t0\t300\n", longs=9000).check(story).aside
    assert not weighing("lantern\t0\t0\t1\n", longs=9000).check(STROKE).aside


def test_an_emergency_of_two_messages_is_never_set_aside(weighing: Made) -> None:
    """What was said before is not in the words that are weighed."""
    rule, (first, second) = next(iter(PANEL["two_messages"].items()))
    gate = weighing("lantern\t0\t0\t9000\n")
    seen = gate.check(first).concepts
    verdict = gate.check(f"lantern lantern lantern {second}", seen=seen)
    assert rule in verdict.rules and not verdict.aside


def test_what_was_set_aside_is_remembered_all_the_same(weighing: Made) -> None:
    """A second sign, minutes later, completes an emergency with it."""
    gate = weighing("lantern\t0\t0\t9000\n")
    assert Gate.check(gate, STROKE).concepts >= weighing("").check(STROKE).concepts > frozenset()


def test_a_line_that_shows_no_card_stays(content: Content, weighing: Made) -> None:
    """Only cards are set aside."""
    assert content.urgent is not None
    small = next(rule for rule in content.urgent.rules if rule.tier == "within_24_48h")
    verdict = weighing("lantern\t0\t0\t9000\n").check(f"{STROKE}. {small.fires_on[0]}")
    assert ((small.id,), small.tier, True) == (verdict.rules, verdict.tier, verdict.aside)


def test_the_reasons_say_what_was_set_aside_and_why(weighing: Made) -> None:
    """For an admin who asks why: the loudest words, and the signs that were found."""
    why = weighing("lantern\t0\t0\t9000\n").check(STROKE).why
    assert why[0].startswith("set aside, since it sounds harmless: lantern")
    assert any(line.startswith("face_drooped: ") for line in why)


def test_without_weights_nothing_is_set_aside(content: Content) -> None:
    """The rules work by themselves."""
    assert content.urgent is not None
    assert "stroke" in Gate(content.urgent).check(STROKE).rules


def test_nothing_on_the_panel_is_set_aside(whole: Gate) -> None:
    """No emergency, in any way of typing it."""
    texts = [text for texts in (*PANEL["fires"].values(), *PANEL["fires_more"].values()) for text in texts]
    assert [] == [text for text in texts if whole.check(text).aside]
    ways = [change(text) for change in VARIATIONS.values() for text in texts]
    assert [] == [text for text in ways if whole.check(text).aside]


def test_no_example_of_a_rule_is_set_aside(whole: Gate, content: Content) -> None:
    """Each shows its card with the weights as without them."""
    assert content.urgent is not None
    examples = [text for rule in content.urgent.rules if rule.tier in CARD_TIERS for text in rule.fires_on]
    assert [] == [text for text in examples if not shows_card(whole.check(text))]


THEN = (
    "Back in 2013 I woke up and couldn't pee. They operated the same night and I've been fine ever since. "
    "Which chair is best for my back?"
)
NOW = "My back was fine ever since 2013. Last night I woke up and couldn't pee. Which chair is best for my back?"


def test_the_shipped_weights_set_look_alikes_aside(whole: Gate, content: Content) -> None:
    """Told as long ago in another sentence than the sign; the same words told of last night keep their card."""
    assert content.urgent is not None
    assert shows_card(Gate(content.urgent).check(THEN)), "no rule fires: nothing is tested here"
    assert whole.check(THEN).aside
    assert shows_card(whole.check(NOW))


async def test_the_line_of_caution_comes_before_the_answer(shipped_replier: Replier) -> None:
    """What to do if it is happening after all is read first."""
    chat = Chat(shipped_replier)
    await chat.say(THEN)
    assert chat.last.text.startswith("New trouble peeing, leaking, or numbness between the legs means the emergency")
    assert chat.last.buttons != ["This is not happening now"]


async def test_a_person_who_floods_gets_the_line_of_caution_too(shipped_replier: Replier) -> None:
    """What may be an emergency after all is not held back, and it is counted."""
    chat = Chat(shipped_replier)
    for number in range(60):
        await chat.say(f"thanks {number}")
    assert chat.replies == [], "the limit is not reached: nothing is tested here"
    await chat.say(THEN)
    assert chat.last.text.startswith("New trouble peeing")
    assert b'faqbot_events_total{event="set_aside"} 1.0' in chat.line.meter.page()


async def test_the_question_stays_bold_under_the_line_of_caution(tiny_replier: Replier, tiny_content: Content) -> None:
    """What is bold moves down with the answer."""
    text = "his face is drooping. do i need an mri"
    sure = Unsure(tiny_replier.decider.matcher, {text: 0.99})
    chat = Chat(replier_with(tiny_replier, tiny_content, gate=careless(tiny_content), matcher=sure))
    await chat.say(text)
    assert chat.last.text.startswith("A face that droops")
    assert chat.last.bold == ["Do I need an MRI?"]


async def test_a_lower_tiers_line_stands_under_the_line_of_caution(
    tiny_replier: Replier, tiny_content: Content
) -> None:
    """The graver one first, and nothing empty at the end."""
    chat = Chat(replier_with(tiny_replier, tiny_content, gate=careless(tiny_content)))
    await chat.say(f"{CANARY} his face is drooping and i ran out of my oxycodone")
    first, _, rest = chat.last.text.partition("\n\n")
    assert first.startswith("A face that droops")
    assert rest.startswith("📞 Call today.") and rest == rest.rstrip()


async def test_an_answer_typed_to_the_guide_comes_under_the_line_of_caution(
    tiny_replier: Replier, tiny_content: Content
) -> None:
    """A button typed in full that the rules hear, too."""
    chat = Chat(replier_with(tiny_replier, tiny_content, gate=careless(tiny_content)))
    await chat.say("/guide")
    await chat.say("Took too much medicine")
    assert chat.last.text.startswith("Took more than you should? Call poison control")
