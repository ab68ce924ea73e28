"""The proof of the guide: the shipped one passes, and each property has a small guide that breaks it."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bot.checks.guide_proof import Proof, prove
from bot.content.entries import EntryFile
from bot.content.guide import Guide
from bot.content.strict_yaml import read, yaml_files
from bot.content.validate import validate

ROOT = Path(__file__).parent.parent.parent
ENTRIES = {"physiatrist_what", "danger_signs"}


def option(name: str, label: str, to: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "label": label, "to": to, **more}


def outcome(name: str, tier: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name, "tier": tier, "title": title, "text": "Get help.", "do_next": ["Call."],
        "sources": ["https://example.org/a"], **more,
    }  # fmt: skip


def small() -> dict[str, Any]:
    """Two danger questions, one choice, five outcomes: the smallest guide with everything in it."""
    return {
        "version": 1,
        "start": "now",
        "safety_net": "Chest pain? Call {emergency}.",
        "safety_net_er": "Worse? Call {emergency}.",
        "disclaimer": "General information.",
        "do_next_heading": "Do next",
        "bring_heading": "Bring",
        "says": {"affirms": ["yes"], "clear": ["no"], "unsure": ["not sure"]},
        "questions": [
            {
                "id": "now", "kind": "safety", "short": "Now?", "text": "Now?\n• Chest pain",
                "options": [
                    option("y", "Yes", "call", affirms=True),
                    option("h", "I may hurt myself", "crisis"),
                    option("u", "I'm not sure", "er", unsure=True),
                    option("n", "None of these", "risk", clear=True),
                ],
            },
            {
                "id": "risk", "kind": "safety", "short": "Risk?", "text": "Does this fit?",
                "options": [
                    option("y", "Yes", "soon", affirms=True),
                    option("u", "I'm not sure", "soon", unsure=True),
                    option("n", "None of these", "about", clear=True),
                ],
            },
            {
                "id": "about", "kind": "route", "short": "About?", "text": "What is it about?",
                "options": [
                    option("b", "Back", "see"),
                    option("u", "I'm not sure", "see", unsure=True),
                ],
            },
        ],
        "outcomes": [
            outcome("call", "call_911", "Call {emergency} now"),
            outcome("crisis", "crisis", "Call {crisis}"),
            outcome("er", "er_today", "Go to the ER"),
            outcome("soon", "within_24_48h", "See a doctor in 1 to 2 days"),
            outcome("see", "routine", "A physiatrist", related=["physiatrist_what"]),
        ],
    }  # fmt: skip


def faults(data: dict[str, Any]) -> list[str]:
    """What the proof says about a guide, the hints left out."""
    return [problem.message for problem in prove(Guide.model_validate(data), ENTRIES)[0]]


@pytest.fixture
def data() -> dict[str, Any]:
    return deepcopy(small())


def shipped() -> tuple[Guide, set[str]]:
    guide = validate(read(ROOT / "faq" / "en" / "guide.yaml"), Guide)
    files = [validate(read(path), EntryFile) for path in yaml_files(ROOT / "faq" / "en" / "entries")]
    assert guide is not None
    return guide, {entry.id for file in files if file for entry in file.entries}


# ---------------------------------------------------------------- what passes


def test_the_shipped_guide_is_proven():
    """No fault in faq/en/guide.yaml; its size is known, and its longest path is within 8 taps."""
    problems, proof = prove(*shipped())
    assert [problem.as_text() for problem in problems] == []
    assert proof == Proof(paths=69, longest=6, typical=6)


def test_a_small_guide_is_proven(data: dict[str, Any]):
    """The guide that all the tests below break has no fault by itself."""
    assert prove(Guide.model_validate(data), ENTRIES) == ([], Proof(paths=7, longest=3, typical=3))


def test_a_question_where_every_answer_is_help_may_stand_beside_the_way(data: dict[str, Any]):
    """A danger sign may ask once more how bad it is, as long as all that follows is help."""
    more = [
        option("y", "Yes", "call", affirms=True),
        option("u", "I'm not sure", "er", unsure=True),
        option("n", "No", "soon"),
    ]
    data["questions"].append({"id": "plan", "kind": "safety", "short": "Plan?", "text": "A plan?", "options": more})
    data["questions"][0]["options"][1]["to"] = "plan"
    data["questions"][1]["options"].insert(0, option("c", "Dark thoughts", "crisis"))
    assert faults(data) == []


# ---------------------------------------------------------------- every path ends, and ends somewhere


def test_a_target_that_does_not_exist_is_named(data: dict[str, Any]):
    """A slip in `to` is told with the id that was meant."""
    data["questions"][2]["options"][0]["to"] = "sea"
    problem = prove(Guide.model_validate(data), ENTRIES)[0][0]
    assert problem.message == "question `about`, option `b`: `to` names `sea`, which does not exist"
    assert problem.hint == "did you mean `see`?"
    assert problem.place.file == "faq/en/guide.yaml"


def test_a_start_that_does_not_exist_is_named(data: dict[str, Any]):
    """Without a first question there is no guide."""
    data["start"] = "know"
    assert "`start` names `know`, which does not exist" in faults(data)


def test_an_id_may_stand_once_only(data: dict[str, Any]):
    """Two nodes of one name: one of them would never be shown."""
    data["outcomes"].append(outcome("see", "routine", "Another"))
    assert "`see` is the id of more than one question or outcome" in faults(data)


def test_an_option_id_may_stand_once_in_a_question(data: dict[str, Any]):
    """Two buttons with one letter: the second would lead where the first does."""
    data["questions"][2]["options"][0]["id"] = "u"
    assert faults(data) == ["question `about` has more than one option `u`"]


def test_a_question_without_options_ends_in_nothing(data: dict[str, Any]):
    """A path must end at an outcome."""
    data["questions"][2]["options"] = []
    assert "question `about` has no options, so a path ends there in nothing" in faults(data)


def test_a_circle_is_found(data: dict[str, Any]):
    """A question that can come back is no path that ends; the proof itself ends all the same."""
    data["questions"][2]["options"].append(option("x", "Again", "about"))
    assert faults(data) == ["question `about` can come back: a path runs in a circle"]


def test_a_circle_over_two_questions_is_found(data: dict[str, Any]):
    """Each question on the circle is named, and none that only leads to it."""
    data["questions"][1]["options"][2]["to"] = "now"
    data["questions"][1]["options"][1]["to"] = "about"
    found = [message for message in faults(data) if "circle" in message]
    assert found == [
        "question `now` can come back: a path runs in a circle",
        "question `risk` can come back: a path runs in a circle",
    ]


def test_a_question_that_nobody_reaches_is_found(data: dict[str, Any]):
    """What is written must be shown to somebody."""
    lost = [option("u", "I'm not sure", "see", unsure=True)]
    data["questions"].append({"id": "lost", "kind": "route", "short": "Lost?", "text": "Lost?", "options": lost})
    assert faults(data) == ["question `lost` is never reached"]


def test_an_outcome_that_nobody_reaches_is_found(data: dict[str, Any]):
    """The same for outcomes."""
    data["outcomes"].append(outcome("lost", "routine", "Nobody"))
    assert faults(data) == ["outcome `lost` is never reached"]


def long_guide(data: dict[str, Any], questions: int) -> dict[str, Any]:
    """The small guide with more danger questions in a row."""
    risk = data["questions"][1]
    for number in range(questions):
        extra = deepcopy(risk)
        extra["id"] = f"risk{number}"
        risk["options"][2]["to"] = extra["id"]
        data["questions"].append(extra)
        risk = extra
    risk["options"][2]["to"] = "about"
    return data


def test_eight_taps_are_fine(data: dict[str, Any]):
    """The limit itself is allowed."""
    assert faults(long_guide(data, 5)) == []


def test_nine_taps_are_too_many(data: dict[str, Any]):
    """The path is named, so that it can be found."""
    assert faults(long_guide(data, 6)) == ["path `nnnnnnnnu` takes 9 taps; 8 is the most"]


def test_button_data_fits_64_bytes(data: dict[str, Any]):
    """A path that does not fit one button cannot be tapped."""
    found = faults(long_guide(data, 54))
    assert any("needs 66 bytes in a button; 64 is the most" in message for message in found)
    assert not any("bytes" in message for message in faults(long_guide(deepcopy(small()), 52)))


# ---------------------------------------------------------------- danger signs lead to help


def test_a_danger_sign_that_leads_to_a_clinician_is_found(data: dict[str, Any]):
    """The worst fault there is: "yes" at a danger sign, and a visit at leisure."""
    data["questions"][1]["options"][0]["to"] = "see"
    assert faults(data) == ['danger question `risk`, option `y` ("Yes") can end at `see`, which is no help']


def test_not_sure_at_a_danger_question_leads_to_help(data: dict[str, Any]):
    """Doubt counts as danger."""
    data["questions"][1]["options"][1]["to"] = "about"
    assert faults(data) == ['danger question `risk`, option `u` ("I\'m not sure") can end at `see`, which is no help']


def test_a_danger_sign_of_its_own_leads_to_help(data: dict[str, Any]):
    """The same for an option that is neither "yes" nor "not sure", such as "I may hurt myself"."""
    data["questions"][1]["options"].append(option("h", "I may hurt myself", "see"))
    assert faults(data) == [
        'danger question `risk`, option `h` ("I may hurt myself") can end at `see`, which is no help'
    ]


def test_a_danger_sign_may_not_reach_a_clinician_by_a_detour(data: dict[str, Any]):
    """A question in between changes nothing: all that follows must be help."""
    data["questions"][0]["options"][0]["to"] = "risk"
    assert 'danger question `now`, option `y` ("Yes") can end at `see`, which is no help' in faults(data)


def test_not_sure_cannot_be_none_of_these(data: dict[str, Any]):
    """One button cannot mean both."""
    data["questions"][1]["options"][1] |= {"clear": True}
    data["questions"][1]["options"][2] |= {"clear": False, "to": "soon"}
    assert any("is both" in message for message in faults(data))


def test_a_danger_question_has_one_none_of_these(data: dict[str, Any]):
    """A second one would be a danger sign that goes on."""
    data["questions"][1]["options"].append(option("m", "Only a little", "about", clear=True))
    assert faults(data) == ['danger question `risk` has more than one "none of these"']


def test_a_danger_question_cannot_be_skipped(data: dict[str, Any]):
    """Every way to a clinician passes all danger questions."""
    data["questions"][0]["options"][3]["to"] = "about"
    data["questions"][0]["options"].insert(0, option("r", "Risks", "risk"))
    assert "a path to a clinician skips danger question `risk`" in faults(data)


def test_danger_questions_come_first(data: dict[str, Any]):
    """Nobody chooses a clinician before the danger signs are asked."""
    data["start"] = "about"
    data["questions"][2]["options"][0]["to"] = "now"
    data["questions"][1]["options"][2]["to"] = "see"
    found = faults(data)
    assert "the guide starts with `about`, which asks about no danger signs" in found
    assert "danger question `now` comes after question `about`" in found


def test_a_choice_has_no_none_of_these(data: dict[str, Any]):
    """`clear` is a word about danger signs."""
    data["questions"][2]["options"][0] |= {"clear": True}
    assert faults(data) == ["question `about`, option `b`: `clear` is for danger questions"]


# ---------------------------------------------------------------- ways out, and typed answers


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_question_has_a_way_out(data: dict[str, Any], number: int):
    """ "I'm not sure" stands at every question."""
    for each in data["questions"][number]["options"]:
        each.pop("unsure", None)
    assert faults(data) == [f"question `{data['questions'][number]['id']}` has 0 ways out"]


def test_a_question_has_one_way_out(data: dict[str, Any]):
    """Two of them would make a typed "not sure" mean nothing."""
    data["questions"][2]["options"][0] |= {"unsure": True}
    assert faults(data) == ["question `about` has 2 ways out"]


def test_a_typed_yes_has_a_meaning_at_every_danger_question(data: dict[str, Any]):
    """A typed "yes" to a danger sign is never lost."""
    data["questions"][1]["options"][0].pop("affirms")
    assert faults(data) == ['danger question `risk`: a typed "yes" must have exactly one meaning']


def test_one_wording_means_one_option(data: dict[str, Any]):
    """The same words under two buttons would be answered by neither."""
    data["questions"][0]["options"][1] |= {"says": ["Bad pain!"]}
    data["questions"][0]["options"][3] |= {"says": ["bad pain"]}
    assert faults(data) == ['question `now`: "bad pain" stands under two options']


@pytest.mark.parametrize("where", ["option", "guide"])
def test_words_of_doubt_never_mean_none_of_these(data: dict[str, Any], where: str):
    """ "not sure" must not count as "no", by whatever list."""
    if where == "option":
        data["questions"][1]["options"][2] |= {"says": ["Not sure"]}
    else:
        data["says"]["clear"].append("not sure")
    assert 'question `risk`: "not sure" would count as "none of these"' in faults(data)


# ---------------------------------------------------------------- screens


@pytest.mark.parametrize("word", ["no", "not sure", "yes"])
def test_a_filler_is_no_answer(data: dict[str, Any], word: str):
    """Left out of what was typed, it would turn it around."""
    data["says"]["fillers"] = [word]
    assert f'`fillers`: "{word}" is an answer, or no single word' in faults(data)


def test_fillers_leave_one_meaning(data: dict[str, Any]):
    """What is left of two options' words must not be the same."""
    data["says"]["fillers"] = ["my"]
    data["questions"][1]["options"][0]["says"] = ["my leg"]
    data["questions"][1]["options"][1]["says"] = ["leg my my"]
    assert 'question `risk`: "leg" without fillers stands under two options' in faults(data)


def test_a_label_fits_its_button(data: dict[str, Any]):
    """A label that is cut off is a label that is misread."""
    data["questions"][2]["options"][0]["label"] = "x" * 33
    assert faults(data) == ["question `about`, option `b`: the label has 33 characters"]


def test_what_just_fits_is_fine(data: dict[str, Any]):
    """The limits themselves are allowed: 32 characters on a button, 36 in a line, 25 rows of an outcome."""
    data["questions"][2]["options"][0]["label"] = "x" * 32
    data["questions"][0]["text"] = "x" * 36
    outcome = data["outcomes"][4]  # which has 10 rows more: title, steps, safety net, and an answer
    outcome["text"] = "\n".join(["x" * 36] * 15)
    assert faults(data) == []
    outcome["text"] += "x"
    assert faults(data) == ["outcome `see` takes 26 rows of a phone"]


def test_an_answer_offered_takes_two_rows(data: dict[str, Any]):
    """Its button stands below the text, and pushes the title off the screen."""
    data["outcomes"][4]["text"] = "\n".join(["Get help."] * 15)
    data["outcomes"][4]["related"].append("danger_signs")
    assert faults(data) == ["outcome `see` takes 27 rows of a phone"]


def test_a_clinics_name_has_room(data: dict[str, Any]):
    """What is filled in is counted as long as it may be; the short numbers are counted as they are."""
    data["outcomes"][4]["text"] = "\n".join(["Call {clinic} on the phone."] * 8)
    assert faults(data) == ["outcome `see` takes 26 rows of a phone"]
    data["outcomes"][4]["text"] = "\n".join(["Call {emergency} or {crisis} on the phone."] * 15)
    assert faults(data) == []


def test_two_buttons_of_a_question_differ(data: dict[str, Any]):
    """Two equal labels cannot be told apart."""
    data["questions"][2]["options"].append(option("c", "Back", "soon"))
    assert 'question `about` has two buttons "Back"' in faults(data)


@pytest.mark.parametrize("text", ["a\nb\nc\nd\ne\nf", "• a\n• b\n• c\n• d\n• e"])
def test_a_question_has_five_lines_and_four_bullets_at_most(data: dict[str, Any], text: str):
    """A list that is too long is not read."""
    data["questions"][0]["text"] = text
    assert [message.split(",")[0] for message in faults(data)] == [f"question `now` has {len(text.splitlines())} lines"]


def test_a_line_of_a_question_is_short(data: dict[str, Any]):
    """One idea a line, and the line fits a phone in two rows."""
    data["questions"][0]["text"] = "x" * 37
    assert faults(data) == [f"question `now`: a line of 37 characters: {'x' * 37}"]


def test_an_outcome_fits_a_phone(data: dict[str, Any]):
    """All of it, with the safety net, and with the clinic's name filled in."""
    data["outcomes"][4]["text"] = "word " * 180
    assert any(message.startswith("outcome `see` takes ") for message in faults(data))


@pytest.mark.parametrize("lines", [0, 5])
def test_an_outcome_says_what_to_do_next(data: dict[str, Any], lines: int):
    """One to four lines."""
    data["outcomes"][4]["do_next"] = ["Call."] * lines
    assert faults(data) == [f"outcome `see` has {lines} lines of what to do next"]


def test_an_outcome_has_a_source(data: dict[str, Any]):
    """A clinician who signs it wants to know what it rests on."""
    data["outcomes"][4]["sources"] = []
    assert faults(data) == ["outcome `see` has no source"]


# ---------------------------------------------------------------- numbers and references


@pytest.mark.parametrize(("index", "tier", "number"), [(0, "call_911", "{emergency}"), (1, "crisis", "{crisis}")])
def test_where_minutes_count_the_title_is_the_call(data: dict[str, Any], index: int, tier: str, number: str):
    """The right number for the right kind of help."""
    data["outcomes"][index]["title"] = "Get help"
    name = data["outcomes"][index]["id"]
    assert faults(data) == [f"outcome `{name}` ({tier}) does not name {number} in its title"]


def test_where_minutes_count_there_is_nothing_to_read(data: dict[str, Any]):
    """No related answers under a call."""
    data["outcomes"][0]["related"] = ["danger_signs"]
    assert faults(data) == ["outcome `call` (call_911) offers something to read"]


@pytest.mark.parametrize("number", ["911", "988", "555-0100", "800-222-1222"])
def test_numbers_are_never_typed(data: dict[str, Any], number: str):
    """The clinic's country decides which numbers are shown."""
    data["outcomes"][2]["text"] = f"Call {number}."
    assert len(faults(data)) == 1
    assert faults(data)[0].startswith("outcome `er` holds the number ")


def test_hours_and_weeks_are_no_phone_numbers(data: dict[str, Any]):
    """ "24 to 48 hours" and "6 weeks" may be written."""
    data["outcomes"][3]["text"] = "Within 24 to 48 hours, or 24-48 hours, after 6 weeks or 1 year."
    assert faults(data) == []


@pytest.mark.parametrize("name", ["safety_net", "safety_net_er"])
def test_the_safety_net_names_the_emergency_number(data: dict[str, Any], name: str):
    """One of them stands on every outcome that is no call itself, and says whom to call."""
    data[name] = "Get help."
    assert faults(data) == [f"`{name}` does not say whom to call"]


def test_related_answers_exist(data: dict[str, Any]):
    """A button to an answer that is gone would be a dead end."""
    data["outcomes"][4]["related"] = ["physiatrist_wat"]
    problem = prove(Guide.model_validate(data), ENTRIES)[0][0]
    assert problem.message == "outcome `see`: there is no answer `physiatrist_wat`"
    assert problem.hint == "did you mean `physiatrist_what`?"


def test_every_fault_says_how_to_mend_it(data: dict[str, Any]):
    """Each message names its object, and each has a hint."""
    data["questions"][2]["options"] = [option("b", "x" * 36, "nowhere", clear=True)]
    data["safety_net"] = "Get help."
    problems, _ = prove(Guide.model_validate(data), ENTRIES)
    assert len(problems) > 4
    assert all(problem.hint and "`" in problem.message for problem in problems)
