"""The guide "Who should I see?": walking it, typing instead of tapping, and short cases with a known right end."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.guide import Guide
from bot.content.strict_yaml import Document, read
from bot.content.validate import validate
from bot.guide import Screen, Walker, meaning, paths, spoken

ROOT = Path(__file__).parent.parent
NONE = "No, none of these"
HELP = {"call_911", "crisis", "er_today", "same_day", "within_24_48h"}


def load() -> Guide:
    document = read(ROOT / "faq" / "en" / "guide.yaml", "faq/en/guide.yaml")
    guide = validate(document, Guide)
    assert guide is not None, [problem.as_text() for problem in document.problems]
    return guide


def load_vignettes() -> list[Mapping[str, object]]:
    document = read(ROOT / "tests" / "guide_vignettes.yaml")
    assert not document.problems, [problem.as_text() for problem in document.problems]
    return document.data["cases"]


GUIDE = load()
WALKER = Walker(GUIDE)
TIERS = {outcome.id: outcome.tier for outcome in GUIDE.outcomes}
ENDS = dict(paths(GUIDE))
CASES = [
    pytest.param(case, taps, id=f"{case['id']}-{number}")
    for case in load_vignettes()
    for number, taps in enumerate(case["taps"], 1)
]
DOUBTFUL = [
    pytest.param(case, taps, id=f"{case['id']}-{number}")
    for case in load_vignettes()
    for number, taps in enumerate(case.get("doubtful", []), 1)
]


def walk(*labels: str) -> Screen:
    """Tap one label after the other, from the first question."""
    screen = WALKER.screen("")
    for label in labels:
        screen = WALKER.screen(dict(screen.options)[label])
    return screen


def question(name: str) -> str:
    """The shortest path to a question of the guide."""
    questions = {question.id: question for question in GUIDE.questions}
    ahead = [("", GUIDE.start)]
    while ahead:
        path, here = ahead.pop(0)
        if here == name:
            return path
        ahead += [(path + option.id, option.to) for option in questions[here].options] if here in questions else []
    raise AssertionError(f"no question {name}")


def typed(name: str, text: str) -> str | None:
    """The label that typing `text` at the question `name` chooses."""
    after = WALKER.typed(question(name), text)
    return None if after is None else WALKER.answers(after)[-1][1]


# ---------------------------------------------------------------- walking


def test_it_starts_with_a_danger_question():
    """The empty path is the first question, with a button for each of its options and no heading."""
    screen = WALKER.screen("")
    assert (screen.path, screen.title, screen.tier, screen.related) == ("", "", None, ())
    assert screen.text.startswith("You or a loved one:")
    assert (NONE, "n") in screen.options


def test_each_button_holds_the_whole_path():
    """A button's path is the path so far and one character more."""
    screen = WALKER.screen("nn")
    assert all(path[:-1] == "nn" and len(path) == 3 for _, path in screen.options)


def test_an_outcome_tells_all_that_is_needed():
    """Who to see, why, what to do, what to bring, the safety net, and the answers that go with it."""
    screen = walk(NONE, NONE, NONE, NONE, "Back or neck", "6 weeks or more")
    assert screen.title == "A physiatrist is a good next step"
    assert screen.tier == "routine"
    assert screen.options == ()
    assert screen.related == ("physiatrist_what", "first_visit")
    assert "What to do next\n• Call {clinic}: {phone}." in screen.text
    assert "What to bring: past scans, what you have tried, medicine list." in screen.text
    assert screen.text.endswith(f"\n\n{GUIDE.safety_net.strip()}\n{GUIDE.disclaimer}")


@pytest.mark.parametrize("path", [path for path, end in ENDS.items() if TIERS[end] in ("call_911", "crisis")])
def test_an_emergency_screen_is_about_the_call_alone(path: str):
    """Nothing to read on, no small print below the call."""
    screen = WALKER.screen(path)
    assert screen.related == ()
    assert GUIDE.disclaimer not in screen.text
    assert "{emergency}" in screen.title + screen.text


def test_every_other_outcome_repeats_the_safety_net():
    """Whoever is not sent to the phone at once reads when to call."""
    nets = {"er_today": GUIDE.safety_net_er} | dict.fromkeys(("same_day", "within_24_48h", "routine"), GUIDE.safety_net)
    screens = [WALKER.screen(path) for path in ENDS]
    others = [screen for screen in screens if screen.tier not in ("call_911", "crisis")]
    assert {screen.tier for screen in others} == set(nets)
    assert [screen.path for screen in others if nets[screen.tier].strip() not in screen.text] == []


@pytest.mark.parametrize("path", ["z", "nnz", "yn", "y" * 60, " ", "N", "n n", "\U0001f600", "nnnnu" + "u", "../etc"])
def test_a_path_that_leads_nowhere_is_none(path: str):
    """Stale and forged buttons, and steps beyond an outcome, give no screen, no answers and take no typing."""
    assert WALKER.screen(path) is None
    assert WALKER.answers(path) == ()
    assert WALKER.typed(path, "yes") is None


def test_the_first_self_harm_screen_already_names_both_numbers():
    """Help does not wait for the answer to another question."""
    screen = walk("Thoughts of dying or self-harm")
    assert "{crisis}" in screen.text
    assert "{emergency}" in screen.text


def test_answers_so_far_are_listed_for_changing_one():
    """Each question by its short form, each answer by its label."""
    assert WALKER.answers("") == ()
    assert WALKER.answers("nny") == ()
    assert WALKER.answers("nw") == (
        ("Happening now?", NONE),
        ("New or worse?", "Weak, or trouble walking"),
    )


def test_two_walkers_of_one_guide_agree():
    """Nothing is remembered: another replica, or the same one after a restart, shows the same screen."""
    other = Walker(load())
    assert [other.screen(path) for path in ENDS] == [WALKER.screen(path) for path in ENDS]
    assert other.version == WALKER.version


def changed(old: str, new: str) -> Guide:
    """The guide with one stretch of its file written otherwise."""
    text = (ROOT / "faq" / "en" / "guide.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    guide = validate(Document("guide.yaml", text.replace(old, new)), Guide)
    assert guide is not None
    return guide


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: 2"),
        ("Fainted, confused, or a seizure", "Fainted, or a seizure"),
        ("Took too much medicine", "Took too much or wrong medicine"),
        ('"Thoughts of dying or self-harm", to: "self_harm"', '"Thoughts of dying or self-harm", to: "crisis_line"'),
        ("See the child's doctor in 1 to 2 days", "See the child's doctor within a week"),
        ('id: "soon_child"\n    tier: "within_24_48h"', 'id: "soon_child"\n    tier: "same_day"'),
    ],
)
def test_old_buttons_start_fresh_when_the_guide_means_something_else(old: str, new: str):
    """Another question, button, target or end: a path tapped before may have answered something else."""
    assert meaning(changed(old, new)) != WALKER.version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rest from sport until the visit.", "Rest from sport until you are seen."),
        ('"dropping things"', '"dropping things", "i drop things"'),
    ],
)
def test_nobody_is_sent_back_to_the_start_for_a_better_word(old: str, new: str):
    """What to do next, and what may be typed, change nothing that was answered."""
    assert meaning(changed(old, new)) == WALKER.version


def test_a_mark_keeps_the_version_with_the_path():
    """A path of another guide is not taken for one of this guide."""
    assert WALKER.marked(WALKER.mark("nn")) == "nn"
    assert WALKER.marked(WALKER.mark("")) == ""
    assert WALKER.marked("other:nn") is None
    assert WALKER.marked(WALKER.mark("zz")) is None
    assert WALKER.marked("") is None


@pytest.mark.parametrize(("text", "common"), [("Yes!", True), ("idk", True), ("none of these", True), ("neck", False)])
def test_a_bare_answer_is_known_as_one(text: str, common: bool):
    """ "yes" says nothing without its question; "neck" may be a question of its own."""
    assert WALKER.common(text) == common


# ---------------------------------------------------------------- typing instead of tapping


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("yes", "Yes, one or more"),
        ("Yeah!", "Yes, one or more"),
        ("YES.", "Yes, one or more"),
        ("Sí", "Yes, one or more"),
        ("no sé", "I'm not sure"),
        ("yes one or more", "Yes, one or more"),
        ("no", NONE),
        ("Nope", NONE),
        ("none of these", NONE),
        ("No, none of these.", NONE),
        ("nothign", NONE),
        ("not sure", "I'm not sure"),
        ("I’m NOT sure", "I'm not sure"),
        ("idk", "I'm not sure"),
        ("maybe", "I'm not sure"),
        ("not really", "I'm not sure"),
        ("i may hurt myself", "Thoughts of dying or self-harm"),
        ("i may hurt myslef", "Thoughts of dying or self-harm"),
        ("thoughts of dying", "Thoughts of dying or self-harm"),
        ("overdose", "Took too much medicine"),
    ],
)
def test_a_danger_question_takes_typed_answers(text: str, label: str):
    """Case, punctuation, curly quotes and one slip in a longer word do not matter."""
    assert typed("now", text) == label


@pytest.mark.parametrize("name", [question.id for question in GUIDE.questions if question.kind == "safety"])
@pytest.mark.parametrize("text", ["yes", "yeah", "not sure", "idk", "maybe", "one of these", "both"])
def test_a_typed_yes_or_doubt_at_a_danger_question_leads_to_help(name: str, text: str):
    """Whatever can follow a typed "yes" or "not sure" is help."""
    after = WALKER.typed(question(name), text)
    reached = {TIERS[end] for path, end in ENDS.items() if path.startswith(after)}
    assert reached
    assert reached <= HELP


@pytest.mark.parametrize("name", [question.id for question in GUIDE.questions])
def test_every_label_can_be_typed(name: str):
    """What stands on a button may be typed as well, with or without capitals."""
    screen = WALKER.screen(question(name))
    for label, path in screen.options:
        assert WALKER.typed(screen.path, label.upper()) == path


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("about", "neck", "Back or neck"),
        ("about", "My neck.", "Back or neck"),
        ("about", "my shoulder", "Joint, muscle, or sport"),
        ("about", "my sholder", "Joint, muscle, or sport"),
        ("about", "MRI", "Surgery or a scan"),
        ("about", "my kid", "It is for a child"),
        ("spine", "years", "Long, and I tried a lot"),
        ("spine", "2 weeks", "New: less than 6 weeks"),
        ("joint", "it locks", "It popped, locks, or gives"),
        ("rehab", "wheelchair", "Lost limb, brace, wheelchair"),
        ("self_harm", "no", "No, only thoughts"),
        ("self_harm", "no plan", "No, only thoughts"),
        ("self_harm", "i have a plan", "Yes"),
        ("clumsy", "no", "No, it is slow"),
        ("new", "yes", "I'm not sure"),
        ("new", "my leg is weak", "Weak, or trouble walking"),
        ("new", "both my legs feel weak", "Weak, or trouble walking"),
        ("ill", "my left leg is swollen", "Newly swollen or red arm or leg"),
        ("ill", "I'm 20 weeks pregnant", "Pregnant, something new"),
        ("ill", "hot joint", "Joint got hot in the last month"),
        ("ill", "I fell", "Injury, or can't stand on it"),
        ("injury", "no", NONE),
        ("injury", "I can't walk on it", "Yes, one or more"),
        ("new", "both hands are numb", "Newly numb hand, arm, or leg"),
        ("numb", "both hands", "Yes, one or more"),
        ("numb", "no", NONE),
        ("cord", "no", NONE),
        ("cord", "my head is pounding", "Yes, one or more"),
        ("pain", "my knee", "Other arm, leg, or joint pain"),
        ("pain", "my back", "Other back or neck, or elsewhere"),
        ("pain", "yes", "I'm not sure"),
        ("now", "I'd rather be gone", "Thoughts of dying or self-harm"),
        ("about", "my neck hurts", "Back or neck"),
        ("about", "it's my lower back", "Back or neck"),
        ("spine", "5 days", "New: less than 6 weeks"),
        ("spine", "for about 3 weeks now", "New: less than 6 weeks"),
        ("spine", "6 weeks", "6 weeks or more"),
        ("spine", "since 2 months", "6 weeks or more"),
        ("spine", "I have had it for 10 years", "Long, and I tried a lot"),
        ("now", "I don't think so", "I'm not sure"),
        ("now", "not that I know of", "I'm not sure"),
    ],
)
def test_other_questions_take_typed_answers(name: str, text: str, label: str):
    """People type a part of the body, a time, or their own word for a button."""
    assert typed(name, text) == label


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?!",
        "no but my arm went weak",
        "yes but only when i cough",
        "do i need a referral",
        "my neck hurts and my hands are numb",
        "one",
        "no yes",
        "nope not sure",
        "numb",
        "none " * 40,
        "y" * 4000,
        "what is a physiatrist",
    ],
)
def test_anything_else_is_no_answer(text: str):
    """Only a whole message that is clearly an answer counts; the rest is read like any other message."""
    assert typed("now", text) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("new", "my leg is not weak"),
        ("new", "no weak leg"),
        ("new", "weak leg never"),
        ("ill", "no fever"),
        ("now", "no chest pain"),
        ("now", "it is none of my business"),
        ("about", "my"),
        ("about", "do i need an mri"),
        ("spine", "31 days ago or 5"),
        ("spine", "0 weeks"),
    ],
)
def test_fillers_never_turn_an_answer_around(name: str, text: str):
    """A "not" stays in the way, "none of these" is never meant by a part, and fillers alone mean nothing."""
    assert typed(name, text) is None


def test_no_shipped_filler_says_yes_or_no():
    """Such a word would turn an answer into its opposite."""
    opposite = {"no", "not", "never", "none", "without", "nothing", "yes", "but", "isnt", "dont", "cant", "wont"}
    assert opposite & set(GUIDE.says.fillers) == set()


def test_a_question_about_clinicians_takes_no_yes_or_no():
    """ "yes" to "which one fits best?" says nothing."""
    assert typed("about", "yes") is None
    assert typed("about", "no") is None


def test_short_words_must_be_spelt_right():
    """ "one of these" and "none of these" are one letter apart, and opposite."""
    assert typed("now", "one of these") == "Yes, one or more"
    assert typed("now", "none of these") == NONE
    assert typed("now", "nne of these") is None


def test_a_slip_is_forgiven_from_five_letters_on():
    """ "elbwo" is an elbow; "hpi" is nothing."""
    assert typed("about", "elbwo") == "Joint, muscle, or sport"
    assert typed("about", "hpi") is None


def test_a_long_message_is_no_answer():
    """80 characters may be an answer; more is a story, for the gate and the FAQ."""
    assert typed("now", "no".ljust(80, ".")) == NONE
    assert typed("now", "no".ljust(81, ".")) is None


@pytest.mark.parametrize("name", ["injury", "numb", "cord", "clumsy", "self_harm", "pregnant"])
def test_a_no_to_the_second_question_about_a_sign_is_still_help(name: str):
    """Whoever tapped a danger sign is asked how bad it is, never whether they meant it."""
    after = WALKER.typed(question(name), "no")
    assert TIERS[ENDS[after]] in HELP


def test_cancer_is_named_only_to_those_who_were_asked_about_it():
    """An end that brings up an illness out of nowhere frightens."""
    naming = {outcome.id for outcome in GUIDE.outcomes if "cancer," in (outcome.text + outcome.title).lower()}
    before = {WALKER.passed(path)[-1] for path, end in ENDS.items() if end in naming}
    assert (naming, before) == ({"soon"}, {"risk"})


def test_an_outcome_takes_no_typed_answer():
    """The guide is over there; what is typed next is an ordinary message."""
    assert WALKER.typed("y", "yes") is None


def test_a_word_that_fits_two_options_is_no_answer():
    """When a slip is as near to one button as to another, nobody guesses."""
    guide = GUIDE.model_copy(
        update={
            "questions": [
                question.model_copy(
                    update={
                        "options": [
                            option.model_copy(update={"says": {"y": ["sorest"], "n": ["forest"]}.get(option.id, [])})
                            for option in question.options
                        ]
                    }
                )
                for question in GUIDE.questions
            ]
        }
    )
    assert Walker(guide).typed("", "sorest") == "y"
    assert Walker(guide).typed("", "worest") is None


def test_typed_words_are_compared_without_their_dress():
    """Apostrophes of all kinds, emoji, width and case fall away."""
    assert spoken("I’m NOT sure! 🙂") == spoken("im not sure") == ("im", "not", "sure")
    assert spoken("ｎｏ") == ("no",)


# ---------------------------------------------------------------- cases


@pytest.mark.parametrize(("case", "taps"), CASES)
def test_a_truthful_person_ends_where_a_clinician_would_send_them(case: Mapping[str, object], taps: list[str]):
    """Each case of tests/guide_vignettes.yaml ends at an outcome that is acceptable for it."""
    assert ENDS[walk(*taps).path] in case["accept"]


@pytest.mark.parametrize(("case", "taps"), DOUBTFUL)
def test_who_doubts_or_reads_a_screen_otherwise_still_gets_help(case: Mapping[str, object], taps: list[str]):
    """Help, when the case needs help; a visit at leisure, when it does not."""
    assert (walk(*taps).tier == "routine") == (case["tier"] == "routine")


def test_the_first_way_of_each_case_ends_at_least_as_urgently_as_needed():
    """Under-triage is what hurts: no case ends below its tier, and a routine case ends as routine."""
    order = ["routine", "within_24_48h", "same_day", "er_today", "crisis", "call_911"]
    found = [(case["id"], case["tier"], walk(*case["taps"][0]).tier) for case in load_vignettes()]
    assert [row for row in found if order.index(row[2]) < order.index(row[1])] == []
    assert [row for row in found if row[1] == "routine" and row[2] != "routine"] == []


def test_the_cases_visit_every_tier():
    """From the call to the visit at leisure."""
    assert {case["tier"] for case in load_vignettes()} == HELP | {"routine"}
