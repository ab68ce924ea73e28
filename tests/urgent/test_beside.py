"""What takes the weight from one sign stands beside another: set phrases and times hide nothing but their own."""

from __future__ import annotations

import random

import pytest

from bot.content.urgent import Urgent
from bot.urgent import Gate, shows_card
from bot.urgent.index import FIGURE
from bot.urgent.trying import Trying
from tests.support.kernels import without_kernel
from tests.urgent.saying import realized

SIGNS = ("cant breathe", "cant pee", "chest pain", "vomiting blood", "throat closing", "face drooping")
TOLD = ("i cant breathe", "my face is drooping", "crushing chest pain", "i cant pee", "i want to die", "took all pills")
LOWERING = ("figures", "past", "chronic", "recent", "settled", "negators", "topics", "supposing", "aftercare")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_in_the_gap_of_a_set_phrase_is_none_of_its_words(sign: str, gate: Gate, urgent: Urgent) -> None:
    """“History of depression and suicidal” is no history: whoever fills a gap with a sign tells of it."""
    chance = random.Random(1)  # noqa: S311
    lists, hidden, tried = dict(urgent.lists), [], 0
    with without_kernel():
        index = Gate(urgent)._index
    assert isinstance(index.trying, Trying)
    filled, said = index.trying.filled, zip(index.trying.patterns, index._said, strict=True)
    figures = {line: pattern for pattern, (concept, line, _) in said if concept == FIGURE}
    owned = {line: [filled[move.place] for move in (*one.left, *one.right)] for line, one in figures.items()}
    words = index._vocabulary.read(sign.split())
    for line in urgent.sense.figures:
        before, gap, after = line.partition(" ... ")
        if not gap or any(word in numbers for numbers in owned[line] for word in words):
            continue
        text = f"{realized(before, lists, chance)} lamp {sign} lamp {realized(after, lists, chance)}"
        read, tried = gate.read(text), tried + 1
        place = read.words.index(sign.split()[0])
        runs = [hit for hit in gate._index.hits(read) if hit.concept == FIGURE and hit.source == line]
        hidden += [text for run in runs if run.start <= place + 1 and run.end >= place]
    assert (hidden, tried > 200) == ([], True)


@pytest.mark.parametrize("name", LOWERING)
def test_a_sentence_of_its_own_hides_nothing_in_the_next(name: str, gate: Gate, urgent: Urgent) -> None:
    """Whatever a line lowers in its own sentence, an emergency told in the next one has its card."""
    chance = random.Random(1)  # noqa: S311
    lists = dict(urgent.lists)
    texts = [f"{realized(line, lists, chance)}. {told}" for line in getattr(urgent.sense, name) for told in TOLD]
    assert [text for text in texts if not shows_card(gate.check(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "history of depression and suicidal",
        "my husband died two years ago and im suicidal",
        "work is making me suicidal",
        "lost my job and suicidal",
        "my brother shot himself ten minutes ago",
        "he hanged himself when i was out just found him",
        "passed out from blood loss",
        "no point of living after surgery",
        "about to jump my knees are shaking",
        "left a note for work and goodbye",
        "tied my belt to the curtain rod",
        "allergic reaction my child has hives and swelling",
        "pulse 160 not on a treadmill just sitting",
        "grandpa is suddenly confused about everything since the treatment",
    ],
)
def test_words_of_everyday_set_phrases_hide_no_emergency(text: str, gate: Gate) -> None:
    """Each of these stood in the way of a set phrase that was too wide."""
    assert shows_card(gate.check(text))


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("stroke two years ago my face is drooping", True),
        ("had a stroke last year he cant talk", True),
        ("had a heart attack 5 years ago my chest is crushing me", True),
        ("fusion three months on, I can't pee", True),
        ("since my stroke two years ago my arm is weak", False),
        ("two years ago i couldnt feel my legs", False),
    ],
)
def test_a_time_speaks_for_what_is_told_of_it_not_for_the_present_after_it(text: str, fires: bool, gate: Gate) -> None:
    """“Stroke two years ago my face is drooping”: a new clause begins with the person, unless a “since” binds them."""
    assert shows_card(gate.check(text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("pressure in the chest during push ups", True),
        ("heavy chest pain after shoveling snow", True),
        ("squeezing in my chest when i lift things", True),
        ("chest is sore from bench press", False),
        ("chest pain when i press on my ribs, pulled a muscle", False),
        ("i cant breathe at night when i lie down", True),
        ("back pain, cant empty my bladder and it leaks when i laugh", True),
        ("seizures all day keppra not working", True),
    ],
)
def test_what_effort_night_or_a_cough_explain_does_not_excuse_a_grave_sign(text: str, fires: bool, gate: Gate) -> None:
    """Pressure on the chest during effort is angina, breath that fails lying down the heart, a leak beside a full
    bladder an overflow: what explains a strained muscle, a snore or a weak pelvic floor explains none of them."""
    assert shows_card(gate.check(text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("my mom in a wheelchair is having a stroke", True),
        ("after a mild stroke he is having another stroke", True),
        ("i think its a stroke his therapist says", True),
        ("who helps with walking after a stroke", False),
        ("having trouble with my hand since the stroke, which rehab", False),
        ("been having a numb groin for years", False),
        ("i think my face has been droopy on one side for years", False),
    ],
)
def test_an_illness_that_somebody_has_or_may_have_is_no_aftercare(text: str, fires: bool, gate: Gate) -> None:
    """“Having”, “another”, “I think”: right before its name they say that it is there."""
    assert shows_card(gate.check(text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("no trauma worst headache of my life", True),
        ("no history of heart problems crushing chest pain", True),
        ("no worst headache or fever", False),
        ("no fever or severe chest pain", False),
        ("no severe chest pain", False),
    ],
)
def test_a_complaint_that_begins_anew_is_not_denied_with_what_is_before_it(text: str, fires: bool, gate: Gate) -> None:
    """“Worst”, “crushing”: they begin one, unless a no or an “or” stands right before."""
    assert shows_card(gate.check(text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("fusion last may cant feel my groin", True),
        ("spine surgery 2 months ago cant move my legs", True),
        ("last may cant feel my groin", False),
        ("surgery 2 years ago left my leg weak", False),
        ("fell 2 years ago hurting my tailbone numb saddle then", False),
    ],
)
def test_a_date_is_that_of_what_stands_before_it(text: str, fires: bool, gate: Gate) -> None:
    """What follows it without a comma is new, but for a word that binds the two, and where nothing stands before."""
    assert shows_card(gate.check(text)) is fires
