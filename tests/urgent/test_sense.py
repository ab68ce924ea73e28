"""Sense, not words: who, when, denied, asked, figures of speech."""

from __future__ import annotations

import pytest

from bot.urgent import Gate, shows_card


@pytest.mark.parametrize(
    "text",
    [
        "no numbness, but I can't pee",
        "no fever. I can't feel my legs",
        "no, my chest hurts",
        "not sure if my leg is weak or numb",
        "I don't know but I think my mom is having a stroke",
        "I don't want to live",
        "my arm isn't working all of a sudden",
        "no appetite, and my chest is tight",
        "no pain but my face is drooping",
        "not only is my back sore, my groin is numb",
    ],
)
def test_a_no_reaches_only_what_it_is_said_of(text: str, gate: Gate) -> None:
    """A no about one thing lowers nothing else."""
    assert shows_card(gate.check(text))


@pytest.mark.parametrize(
    "text",
    [
        "no fever, chills or night sweats, just back pain",
        "back pain without numbness or weakness",
        "I never had chest pain",
        "my chest doesn't hurt",
        "denies chest pain, shortness of breath, fever",
        "they ruled out a stroke",
    ],
)
def test_what_is_denied_does_not_fire(text: str, gate: Gate) -> None:
    """A no lowers what it is said of, along a list."""
    assert gate.check(text).rules == ()


@pytest.mark.parametrize(
    "text",
    [
        "I had a stroke last year and now my arm just went weak",
        "two years ago I had a heart attack, today my chest is tight again",
        "back surgery in 2015, can't pee since last night",
        "my foot was numb for years but now I can't move it at all",
        "I've had back trouble for ten years and I can't feel my groin",
    ],
)
def test_an_old_story_does_not_hide_a_new_danger(text: str, gate: Gate) -> None:
    """An ago lowers only its own clause, and a now restores it."""
    assert shows_card(gate.check(text))


@pytest.mark.parametrize(
    "text",
    [
        "I had a stroke two years ago",
        "in 2019 I fell off a roof",
        "history of blood clots",
        "my foot has been numb since 2012",
        "when I was a kid I had a concussion",
        "used to have seizures",
    ],
)
def test_what_is_long_past_does_not_fire(text: str, gate: Gate) -> None:
    """An old injury and an old illness are ordinary here."""
    assert not shows_card(gate.check(text))


@pytest.mark.parametrize(
    ("asked", "lived"),
    [
        ("what does cauda equina mean", "is this cauda equina, I can't feel my groin"),
        ("can stenosis cause paralysis", "can stenosis do this, my legs are paralyzed"),
        ("symptoms of a heart attack", "I have symptoms of a heart attack"),
        ("is slurred speech a stroke", "is my slurred speech a stroke"),
        ("risk of blood clots after surgery", "I think I have a blood clot after surgery"),
    ],
)
def test_a_mere_question_does_not_fire_and_a_person_asking_does(asked: str, lived: str, gate: Gate) -> None:
    """The same words mean danger as soon as somebody is meant."""
    assert gate.check(asked).rules == ()
    assert shows_card(gate.check(lived))


@pytest.mark.parametrize(
    "text",
    [
        "not suicidal or anything, just worn out",
        "I would never kill myself",
        "I'm not going to hurt myself, but I want to die",
    ],
)
def test_a_denied_wish_to_die_still_gets_the_crisis_card(text: str, gate: Gate) -> None:
    """Nobody is asked to prove it."""
    assert gate.check(text).tier in ("crisis", "call_911")


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("I want to die", "crisis"),
        ("I want to die and I have a gun", "call_911"),
        ("I tried to kill myself", "call_911"),
        ("how many pills would it take to die", "crisis"),
    ],
)
def test_a_plan_the_means_or_an_attempt_is_for_the_emergency_number(text: str, tier: str, gate: Gate) -> None:
    """Naming a method never lowers it."""
    assert gate.check(text).tier == tier


def test_a_loss_by_suicide_is_grief_and_a_wish_to_die_beside_it_is_not(gate: Gate) -> None:
    """A figure takes its own words only."""
    assert gate.check("I lost my brother to suicide").rules == ()
    assert gate.check("I lost my brother to suicide and I want to die too").tier == "crisis"


def test_a_figure_of_speech_ends_at_its_comma_for_what_comes_after(gate: Gate) -> None:
    """A computer does not respond; who slumps at one, and does not, needs help."""
    assert gate.check("dad slumped at the computer, not responding").tier == "call_911"
    assert gate.check("my computer is not responding").rules == ()


def test_a_figure_of_speech_hides_no_second_meaning(gate: Gate) -> None:
    """“Killing me” is no threat, and the back pain in it still counts."""
    assert gate.check("my back is killing me").rules == ()
    assert "spine_infection" in gate.check("my back is killing me and I have a fever").rules


def test_an_excuse_far_away_excuses_nothing(gate: Gate) -> None:
    """What takes a concept's weight must stand close by in the same sentence."""
    story = "Both my ankles swell in summer. " + "I went to the shop and bought bread. " * 5
    assert "dvt" in gate.check(story + "My left calf is swollen and red.").rules


def test_words_are_compared_not_letters(gate: Gate) -> None:
    """A word inside another word, or a near word, is not that word."""
    for text in ("keystroke logger", "a chess game", "my leg hurt for a week", "weekly visits", "appointment number"):
        assert gate.check(text).rules == ()


def test_a_look_alike_gets_the_rules_safety_net(gate: Gate) -> None:
    """Somebody who asks about strokes hears once what to do in one."""
    verdict = gate.check("my dad had a stroke two years ago, who does rehab?")
    assert verdict.rules == ()
    assert verdict.safety_net is not None
    assert "{emergency}" in verdict.safety_net


def test_an_ordinary_question_gets_no_safety_net(gate: Gate) -> None:
    """A warning on everything is read by nobody."""
    assert gate.check("how long does an epidural last").safety_net is None


def test_why_names_rules_words_and_never_the_message(gate: Gate) -> None:
    """What is shown to an admin comes from the rules."""
    verdict = gate.check("xyzzy my chest hurts plugh")
    assert any(line.startswith("chest_pain") for line in verdict.why)
    assert not any("xyzzy" in line or "plugh" in line for line in verdict.why)


def test_a_silenced_rule_is_silent_and_others_are_not(gate: Gate) -> None:
    """“This is not happening now” answers for the rules that fired, for no other."""
    fired = gate.check("my chest hurts")
    again = gate.check("my chest hurts", silenced=frozenset(fired.rules))
    other = gate.check("my chest hurts and I can't feel my legs", silenced=frozenset(fired.rules))
    assert again.rules == ()
    assert "acute_paralysis" in other.rules


def test_the_gravest_rule_comes_first(gate: Gate) -> None:
    """Whatever the order of the words."""
    verdict = gate.check("I hit my head yesterday and I can't breathe")
    assert verdict.tier == "call_911"
    assert verdict.rules[0] == "breathing"
    assert "head_injury" in verdict.rules


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "???", "😀", "🚑🚑", "1234", "\u200b", "​ ​", "é", "'", "’’", "a" * 4096]
)
def test_any_text_gets_a_verdict(text: str, gate: Gate) -> None:
    """Nothing that can be typed breaks the gate."""
    assert gate.check(text).rules == ()


def test_the_reasons_of_a_card_are_those_of_its_rules(gate: Gate) -> None:
    """A sore back that is said beside it is no reason."""
    verdict = gate.check("my back hurts and i cant pee")
    assert any(line.startswith("cant_pee") for line in verdict.why)
    assert not any("labor" in line or "back_pain" in line for line in verdict.why)


def test_a_line_that_a_no_takes_away_hides_no_other_line_with_the_same_words(gate: Gate) -> None:
    """“No feeling” is itself what is meant, however many lines of the concept stand on the same words."""
    for text in ("undercarriage has no feeling", "the groin area has no sensation", "saddle area, zero feeling"):
        assert "cauda_equina" in gate.check(text).rules


def test_a_no_that_is_no_part_of_a_line_denies_what_it_stands_in(gate: Gate) -> None:
    """Also where the line may say another no itself."""
    assert "heart_chest" not in gate.check("indigestion, no gray sweaty").rules


@pytest.mark.parametrize(
    "text",
    [
        "face drooping and arm weak, how likely is a stroke",
        "droopy mouth and garbled speech, odds of a stroke?",
        "calf swollen, hot and red after a long flight, how likely is a clot",
        "groin numb and cant pee, is it cauda equina",
    ],
)
def test_signs_that_are_there_count_whoever_asks_what_they_are(text: str, gate: Gate) -> None:
    """“Is it this illness?” after the signs is no mere question."""
    assert shows_card(gate.check(text))


@pytest.mark.parametrize(
    "text",
    [
        "how likely is a stroke after a neck adjustment",
        "paralysis from an epidural, how likely is it",
        "what are the odds of a clot after a knee replacement",
    ],
)
def test_a_question_of_odds_without_signs_does_not_fire(text: str, gate: Gate) -> None:
    """Nothing is there yet."""
    assert not shows_card(gate.check(text))


@pytest.mark.parametrize(
    "text",
    [
        "my dog has been limping since monday and cant pee",
        "our cat fell off the roof, he drags his back legs",
        "the puppy swallowed two of the heart pills",
    ],
)
def test_what_ails_an_animal_does_not_fire(text: str, gate: Gate) -> None:
    """The rest of the sentence is about the animal."""
    assert not shows_card(gate.check(text))


@pytest.mark.parametrize(
    "text",
    [
        "my dog pulled me down the stairs and i cant feel my legs",
        "the cat is fine but his face is drooping",
        "the horse is ok. she landed on her head and is vomiting",
        "our dog has died and I want to die",
    ],
)
def test_an_animal_takes_nothing_from_the_people_beside_it(text: str, gate: Gate) -> None:
    """Up to the first person, a turn or the end of the sentence, and never from a wish to die."""
    assert shows_card(gate.check(text))


@pytest.mark.parametrize(
    "text",
    ["no fever and legs are tingly", "no rash and legs feel numb, back pain", "no rash and legs are numb"],
)
def test_a_no_ends_where_another_thing_has_its_own_verb(text: str, gate: Gate) -> None:
    """“No fever and legs are tingly”: the legs are."""
    assert "both_legs_numb" in gate.check(text).concepts


def test_a_no_goes_on_over_things_without_a_verb(gate: Gate) -> None:
    """“No rash and legs numb” says no twice."""
    assert "both_legs_numb" not in gate.check("back pain, no rash and legs numb or weak").concepts


def test_what_is_still_so_since_a_named_month_is_old(gate: Gate) -> None:
    """A month earlier in the sentence dates what is “still” so, unless it gets worse now."""
    old = "he was in the hospital in april, came home slowly, his hands are still weak"
    assert gate.check(old).rules == ()
    assert "new_weakness" in gate.check(f"{old} and getting weaker every day").rules


@pytest.mark.parametrize(
    "text",
    [
        "can a spasm leave you unable to move both feet? happened an hour ago",
        "what are the odds of losing all feeling in both legs? mine are like that right now",
    ],
)
def test_a_question_about_what_has_happened_is_no_mere_question(text: str, gate: Gate) -> None:
    """“Happened an hour ago” after it says that it is so."""
    assert shows_card(gate.check(text))
    question, _, _ = text.partition("?")
    assert gate.check(question).rules == ()


@pytest.mark.parametrize(
    ("asked", "measured"),
    [
        ("is a limp with fever serious?", "is a limp with fever of 103 serious?"),
        ("does a stroke make the face sag?", "does a stroke make the face sag at 74?"),
        ("can a disc make the legs go weak?", "can a disc make the legs go weak overnight?"),
    ],
)
def test_a_question_with_an_age_a_reading_or_a_day_is_about_somebody(asked: str, measured: str, gate: Gate) -> None:
    """Who asks in general names none."""
    assert not shows_card(gate.check(asked))
    assert shows_card(gate.check(measured))


def test_what_a_doctor_has_cleared_some_time_ago_does_not_fire(gate: Gate) -> None:
    """Before “cleared me in may”, in its sentence, unless something turns or is now."""
    assert gate.check("sudden double vision, the eye doctor cleared me in may").rules == ()
    assert shows_card(gate.check("sudden double vision, the eye doctor cleared me in may but it is worse"))
    assert shows_card(gate.check("sudden double vision today, the eye doctor cleared me in may"))
    assert shows_card(gate.check("the eye doctor cleared me in may, sudden double vision"))
