"""What does not fit the form of an entry, the clinic or the guide is told at its line, with a suggestion."""

# ruff: noqa: SIM300 - expected == actual is the house style

import pytest
from pydantic import ValidationError

from bot.content.base import PLACEHOLDERS, fill
from bot.content.clinic import Clinic
from bot.content.entries import Entry, EntryFile, Review
from bot.content.strict_yaml import Document
from bot.content.validate import nearest, validate
from bot.content.words import Words
from bot.problems import Problem

ENTRY = """group: Tests
entries:
  - id: mri_prep
    question: Can I eat before an MRI?
    answer: Mostly yes.
"""
CLINIC = """name: Rehab
phone: "555"
hours: all day
address: here
country: US
"""


def problems(text: str, model: type = EntryFile) -> list[Problem]:
    """What is wrong with `text` as a file of `model`."""
    document = Document("x.yaml", text)
    built = validate(document, model)
    assert (built is None) == bool(document.problems)
    return document.problems


def told(text: str, model: type = EntryFile) -> tuple[str, str, str]:
    """Place, message and hint of the only problem."""
    (found,) = problems(text, model)
    return str(found.place), found.message, found.hint


def test_a_small_entry_is_enough() -> None:
    """Id, question and answer are required; everything else has a default."""
    file = validate(Document("x.yaml", ENTRY), EntryFile)
    expected = Entry(id="mri_prep", question="Can I eat before an MRI?", answer="Mostly yes.")
    assert EntryFile(group="Tests", entries=[expected]) == file


def test_an_entry_is_frozen() -> None:
    """Nobody changes the words at run time."""
    entry = Entry(id="a", question="q", answer="a")
    with pytest.raises(ValidationError, match="frozen"):
        entry.answer = "other"


def test_an_unknown_key_gets_a_suggestion() -> None:
    """At the key itself."""
    expected = ("x.yaml:6:5", "unknown key `anwser`", "did you mean `answer`?")
    assert expected == told(ENTRY + "    anwser: twice\n")


def test_an_unknown_key_at_the_top_gets_a_suggestion() -> None:
    """From the keys of the file."""
    assert ("x.yaml:6:1", "unknown key `grup`", "did you mean `group`?") == told(ENTRY + "grup: x\n")


def test_an_unknown_key_deep_inside_gets_a_suggestion() -> None:
    """From the keys that are known there."""
    text = ENTRY + '    links:\n      - text: page\n        url: "https://a.org"\n        ulr: x\n'
    assert ("x.yaml:9:9", "unknown key `ulr`", "did you mean `url`?") == told(text)


def test_an_unknown_key_like_no_other_gets_plain_advice() -> None:
    """No suggestion is better than a silly one."""
    assert ("x.yaml:6:5", "unknown key `qqqqqqqq`", "remove it, or check the spelling") == told(
        ENTRY + "    qqqqqqqq: 1\n"
    )


def test_a_missing_key_is_told_with_the_id() -> None:
    """At the entry that lacks it."""
    expected = ("x.yaml:3:5", "`answer` is missing (in `mri_prep`)", "add a line `answer: ...`")
    assert expected == told(ENTRY.replace("    answer: Mostly yes.\n", ""))


def test_a_missing_key_at_the_top_is_told() -> None:
    """At the beginning of the file."""
    assert ("x.yaml:1:1", "`group` is missing", "add a line `group: ...`") == told(ENTRY.split("\n", 1)[1])


@pytest.mark.parametrize("value", ["[a, b]", "{a: b}", "5", "1.5", "true", "null", "", "{phone}"])
def test_what_is_no_text_is_told_where_text_is_expected(value: str) -> None:
    """A list, keys, a number, a switch, nothing: each must be put in quotes to be text."""
    place, message, hint = told(ENTRY.replace("Mostly yes.", value))
    assert ("x.yaml:5", 'put the value in "quotes"') == (place.rsplit(":", 1)[0], hint)
    assert "`answer`: text is expected here (in `mri_prep`)" == message


def test_a_number_in_a_list_of_texts_is_told_at_its_line() -> None:
    """Patients do type numbers: they need quotes."""
    text = ENTRY + "    asked_as:\n      - mri\n      - 100\n"
    assert ("x.yaml:8:9", "text is expected here (in `mri_prep`)", 'put the value in "quotes"') == told(text)


def test_text_where_a_list_is_expected_is_told() -> None:
    """With the form of a list."""
    expected = ("x.yaml:6:15", "`asked_as`: a list is expected here (in `mri_prep`)")
    assert (*expected, "write each item on its own line after `- `") == told(ENTRY + "    asked_as: mri food\n")


@pytest.mark.parametrize("value", ["'yes'", "1", "'true'", "maybe"])
def test_only_true_and_false_are_switches(value: str) -> None:
    """Nothing is converted silently."""
    expected = ("x.yaml:6:12", "`guide`: true or false is expected here (in `mri_prep`)")
    assert (*expected, "write true or false in small letters") == told(ENTRY + f"    guide: {value}\n")


@pytest.mark.parametrize("text", ["- a\n- b\n", "just text\n", "5\n"])
def test_a_file_that_holds_no_keys_is_told(text: str) -> None:
    """A list or a text at the top."""
    expected = ("x.yaml:1:1", "keys are expected here, one a line", "write `key: value` lines, indented")
    assert expected == told(text)


def test_an_entry_that_is_no_mapping_is_told_at_its_line() -> None:
    """A mere id in the list of entries."""
    place, message, _ = told(ENTRY + "  - mri_cost\n")
    assert ("x.yaml:6:5", "keys are expected here, one a line") == (place, message)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_told(text: str) -> None:
    """Once, for the file as a whole."""
    assert ("x.yaml", "the file is empty", "add its content, or delete it") == told(text)


def test_an_unreadable_file_is_not_called_empty() -> None:
    """The one problem is the true one."""
    assert ["what opens here is not closed"] == [found.message for found in problems('a: "\n\n')]


@pytest.mark.parametrize("empty", ["''", '"   "', '"\\n"'])
def test_empty_text_is_told(empty: str) -> None:
    """A button without words cannot be sent."""
    expected = ("x.yaml:4:15", "`question`: empty text (in `mri_prep`)", "write the text, or remove the line")
    assert expected == told(ENTRY.replace("Can I eat before an MRI?", empty))


def test_text_is_trimmed() -> None:
    """A block ends in a line break that nobody means."""
    file = validate(Document("x.yaml", ENTRY.replace("Mostly yes.", "|\n      Mostly.\n      Ask.\n\n")), EntryFile)
    assert file is not None
    assert "Mostly.\nAsk." == file.entries[0].answer


def test_an_unknown_placeholder_gets_a_suggestion() -> None:
    """Patients would read it as it stands."""
    place, message, hint = told(ENTRY.replace("Mostly yes.", '"Call {fone}."'))
    assert ("x.yaml:5:13", "`answer`: unknown placeholder {fone} (in `mri_prep`)") == (place, message)
    assert hint.startswith("did you mean {phone}? Known are {clinic}, ")


@pytest.mark.parametrize("name", ["Phone", " phone", "phone ", "", "{phone}", "phone:x"])
def test_a_placeholder_must_be_written_exactly(name: str) -> None:
    """Neither capitals nor spaces nor formats."""
    assert 1 == len(problems(ENTRY.replace("Mostly yes.", f'"Call {{{name}}}."')))


@pytest.mark.parametrize("text", ["Call {phone.", "Call phone}.", "a } b { c"])
def test_a_lonely_brace_is_told(text: str) -> None:
    """It is half a placeholder."""
    _, message, hint = told(ENTRY.replace("Mostly yes.", f'"{text}"'))
    assert "`answer`: a { or } without its partner (in `mri_prep`)" == message
    assert "write placeholders as {phone}, and use ( ) elsewhere" == hint


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_known_placeholders_are_fine(name: str) -> None:
    """In an answer."""
    assert [] == problems(ENTRY.replace("Mostly yes.", f'"Ask {{{name}}}."'))


def test_fill_puts_values_in_the_place_of_placeholders() -> None:
    """Each as often as it stands there; one without a value is left to be seen."""
    assert "Call 5 or 5, {crisis}" == fill("Call {phone} or {phone}, {crisis}", {"phone": "5"})


def test_fill_does_not_fill_what_it_filled_in() -> None:
    """A value with braces is no template."""
    assert "{hours}" == fill("{phone}", {"phone": "{hours}", "hours": "x"})


@pytest.mark.parametrize(
    "address",
    ["www.nhs.uk", "http://nhs.uk", "https://", "https://nhs", "https://a b.uk", "javascript:x", "ftp://a.b", "tg://x"],
)
def test_a_bad_address_is_told(address: str) -> None:
    """Only full https addresses make buttons."""
    expected = ("x.yaml:6:15", "not a full web address (in `mri_prep`)")
    remedy = "it must begin with https:// and hold no spaces"
    assert (*expected, remedy) == told(ENTRY + f'    sources: ["{address}"]\n')


@pytest.mark.parametrize(
    "address", ["https://nhs.uk", "https://www.nhs.uk/a/b?c=d#e", "https://a.co/", "https://a.co:8"]
)
def test_a_full_address_is_fine(address: str) -> None:
    """With or without a path."""
    assert [] == problems(ENTRY + f'    sources: ["{address}"]\n')


@pytest.mark.parametrize(
    "identifier", ["MRI", "mri prep", "mri-prep", ".mri", "mri.", "a..b", "caf\u00e9", "mri_prep\\n"]
)
def test_an_id_of_another_form_is_told(identifier: str) -> None:
    """With the form it must have."""
    place, message, hint = told(ENTRY.replace("id: mri_prep", f'id: "{identifier}"'))
    assert "x.yaml:3:9" == place
    assert message.startswith("`id`: an id is expected here")
    assert hint.startswith("use small letters, digits and _, with dots between, such as `mri_prep.metal`")


@pytest.mark.parametrize("identifier", ["mri", "mri_prep.metal", "a.b.c", "chat.hello", "'2nd'"])
def test_an_id_of_the_form_is_fine(identifier: str) -> None:
    """Small letters, digits, _ and dots between."""
    assert [] == problems(ENTRY.replace("id: mri_prep", f"id: {identifier}"))


def test_all_problems_of_a_file_come_in_one_pass() -> None:
    """Traps of YAML and of the form, each at its line."""
    text = """grup: Tests
entries:
  - id: Bad
    question: 5
    answer: "{fone}"
    sources: [nhs]
    guide: yes
"""
    found = sorted(problem.place.line for problem in problems(text))
    assert [1, 1, 3, 4, 5, 6, 7, 7] == found  # line 7 twice: the trap, and that it is no switch


def test_the_second_of_two_equal_keys_is_the_one_that_is_checked() -> None:
    """Problems of its value are told at its line, not at the first one's."""
    found = [(problem.place.line, problem.message) for problem in problems(ENTRY + "    answer: 5\n")]
    assert [
        (6, "`answer` stands here twice"),
        (6, "`answer`: text is expected here (in `mri_prep`)"),
    ] == found


def test_the_topic_is_what_stands_before_the_first_dot() -> None:
    """Of the id."""
    assert "mri" == Entry(id="mri.prep.metal", question="q", answer="a").topic


@pytest.mark.parametrize(
    ("identifier", "medical"),
    [("mri_prep", True), ("chat.hello", False), ("not_ours.dentist", False), ("chatty.x", True), ("chat", False)],
)
def test_small_talk_is_not_medical(identifier: str, medical: bool) -> None:
    """Nor is what the clinic does not treat."""
    assert medical == Entry(id=identifier, question="q", answer="a").medical


def test_phrasings_begin_with_the_question_and_hold_each_once() -> None:
    """In the order of the file."""
    entry = Entry(id="a", question="q", answer="a", asked_as=["x", "q", "y", "x"])
    assert ("q", "x", "y") == entry.phrasings


def test_further_wordings_come_last() -> None:
    """They replace others, belong to no file of entries, and leave the entry itself as it was."""
    entry = Entry(id="a", question="q", answer="a", asked_as=["x"])
    further = entry.with_wordings(["z"]).with_wordings(["y", "x"])
    assert (("q", "x", "y"), ("q", "x", "y", "x")) == (further.phrasings, further.wordings)
    assert (("q", "x"), entry.model_dump()) == (entry.phrasings, further.model_dump())


@pytest.mark.parametrize(
    ("review", "signed"),
    [
        (Review(), False),
        (Review(by="Dr. A"), False),
        (Review(date="2026-01-31"), False),
        (Review(by="Dr. A", date="2026-01-31"), False),
        (Review(by="Dr. A", date="2026-01-31", hash="of another text"), False),
        (Review(by="", date="", hash="abc"), False),
        (Review(by="Dr. A", date="2026-01-31", hash="abc"), True),
    ],
)
def test_a_review_needs_a_name_a_date_and_the_hash_of_this_text(review: Review, signed: bool) -> None:
    """Anything less is a draft."""
    assert signed == review.covers("abc")


def test_a_bare_date_is_a_review_date() -> None:
    """It stays text."""
    file = validate(Document("x.yaml", ENTRY + "    review: {by: Dr A, date: 2026-01-31, due: null}\n"), EntryFile)
    assert file is not None
    assert "2026-01-31" == file.entries[0].review.date


def test_the_clinic_fills_its_placeholders() -> None:
    """Where there is no booking page, people call."""
    clinic = validate(Document("clinic.yaml", CLINIC), Clinic)
    assert clinic is not None
    expected = {"clinic": "Rehab", "phone": "555", "hours": "all day", "address": "here", "booking": "555"}
    assert expected == clinic.values()


def test_a_phone_number_without_quotes_is_told() -> None:
    """YAML would count it."""
    expected = ("x.yaml:2:8", "`phone`: text is expected here", 'put the value in "quotes"')
    assert expected == told(CLINIC.replace('"555"', "5551234567"), Clinic)


def test_opening_hours_without_quotes_are_told() -> None:
    """12:30 would become 750."""
    (found,) = problems(CLINIC.replace("all day", "12:30"), Clinic)
    assert 'write "12:30" in quotes' == found.hint


def test_words_may_hold_any_key_in_quotes() -> None:
    """Chat spellings such as "n" and "y" among them."""
    words = validate(Document("words.yaml", 'spelled_out: {"n": and, "2": to, pm&r: rehab}\n'), Words)
    assert Words(spelled_out={"n": "and", "2": "to", "pm&r": "rehab"}) == words


def test_a_number_among_words_is_told() -> None:
    """At its line."""
    place, message, _ = told("spelled_out:\n  two: 2\n", Words)
    assert ("x.yaml:2:8", "`two`: text is expected here") == (place, message)


def test_nearest_finds_the_slip() -> None:
    """Letters swapped, left out or doubled."""
    known = ["answer", "asked_as", "see_also"]
    assert ["answer", "asked_as", "see_also"] == [nearest(slip, known) for slip in ("anwser", "asked", "seealso")]


def test_nearest_finds_nothing_among_strangers() -> None:
    """Nor among none."""
    assert [None, None] == [nearest("xyz", ["answer"]), nearest("answer", [])]
