"""Further wordings and old ids: entries of several files belong together, or every problem is told."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.content import check_loaded
from bot.content.loading import Loaded, load
from bot.problems import Problem
from tests.support.tiny import write_faq

MRI = """group: Tests
entries:
  - id: mri_prep
    question: Can I eat before an MRI?
    answer: Mostly yes.
    asked_as: [food before an mri]
    see_also: [mri_need]
  - id: mri_need
    question: Do I need an MRI?
    answer: Often not.
"""
MORE = """wordings:
  mri_prep:
    - breakfast before the scan
    - empty stomach for the tube
  mri_need:
    - is a scan needed
"""


def loaded(root: Path, **files: str) -> Loaded:
    """A language folder with these files of entries (`mri` unless it is given), and of wordings (`more_...`)."""
    for name, text in {"mri": MRI, **files}.items():
        folder = root / ("wordings" if name.startswith("more_") else "entries")
        folder.mkdir(exist_ok=True)
        (folder / f"{name.removeprefix('more_')}.yaml").write_text(text, encoding="utf-8")
    return load(root)


def told(root: Path, problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    """Place (without the directory), message and hint of each."""
    found = [(str(one.place).removeprefix(f"{root.as_posix()}/"), one.message, one.hint) for one in problems]
    return [(place, message.replace(f"{root.as_posix()}/", ""), hint) for place, message, hint in found]


def checked(root: Path, which: str) -> list[tuple[str, str, str]]:
    """What `faqbot check` says, of the problems with this in their message."""
    return [one for one in told(root, check_loaded(load(root), root / "none").problems) if which in one[1]]


def test_further_wordings_are_phrasings_of_their_entry(tmp_path: Path) -> None:
    """After the question and its own."""
    content = loaded(tmp_path, more_mri=MORE).unwrap()
    expected = (
        "Can I eat before an MRI?",
        "food before an mri",
        "breakfast before the scan",
        "empty stomach for the tube",
    )
    assert expected == content.entries["mri_prep"].phrasings
    assert ["food before an mri"] == content.entries["mri_prep"].asked_as


def test_an_entry_may_have_wordings_in_two_files(tmp_path: Path) -> None:
    """They are added up, in the order of the files."""
    content = loaded(tmp_path, more_mri=MORE, more_a="wordings: {mri_need: [scan or no scan]}\n").unwrap()
    assert ("Do I need an MRI?", "scan or no scan", "is a scan needed") == content.entries["mri_need"].phrasings


def test_without_the_directory_nothing_is_missing(tmp_path: Path) -> None:
    """It is optional."""
    assert () == loaded(tmp_path).problems


def test_wordings_of_an_unknown_entry_are_told(tmp_path: Path) -> None:
    """At the key, with the id that was meant."""
    found = loaded(tmp_path, more_mri=MORE.replace("mri_need", "mri_nee"))
    expected = ("wordings/mri.yaml:5:3", "wordings for `mri_nee`, which does not exist", "did you mean `mri_need`?")
    assert [expected] == told(tmp_path, found.problems)
    assert found.content is None


def test_a_broken_file_of_entries_does_not_make_wordings_dangle(tmp_path: Path) -> None:
    """Only its own problem is told."""
    found = loaded(tmp_path, more_mri=MORE, mri=MRI + "    guide: 1\n")
    assert ["entries/mri.yaml:11:12"] == [place for place, _, _ in told(tmp_path, found.problems)]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", "wordings/mri.yaml", "the file is empty"),
        ("wordings: {}\n", "wordings/mri.yaml:1:11", "`wordings`: too few are here: 1 at least"),
        ("wordings:\n  mri_prep: []\n", "wordings/mri.yaml:2:13", "`mri_prep`: too few are here: 1 at least"),
        ("wordings:\n  mri_prep:\n", "wordings/mri.yaml:2:12", "`mri_prep`: a list is expected here"),
        ("wordings:\n  mri_prep: [a, ' ']\n", "wordings/mri.yaml:2:17", "empty text"),
        ("wordings:\n  mri_prep: [a]\n  mri_prep: [b]\n", "wordings/mri.yaml:3:3", "`mri_prep` stands here twice"),
        ("wording:\n  mri_prep: [a]\n", "wordings/mri.yaml:1:1", "unknown key `wording`"),
    ],
)
def test_a_file_that_is_no_file_of_wordings_is_told(tmp_path: Path, text: str, place: str, message: str) -> None:
    """As strictly as the other files, each at its line and with a remedy."""
    problems = told(tmp_path, loaded(tmp_path, more_mri=text).problems)
    assert (place, message) in [problem[:2] for problem in problems]
    assert all(hint for _, _, hint in problems)


def test_the_hash_covers_further_wordings(tmp_path: Path) -> None:
    """Other wordings are other content."""
    hashes = [loaded(tmp_path, more_mri=text).unwrap().hash for text in (MORE, MORE + "    - scan\n")]
    assert 2 == len(set(hashes))


def test_further_wordings_unsign_nothing(tmp_path: Path) -> None:
    """A signature covers what is sent."""
    before = loaded(tmp_path).unwrap().entries["mri_prep"]
    after = loaded(tmp_path, more_mri=MORE).unwrap().entries["mri_prep"]
    assert (before.fingerprint, False) == (after.fingerprint, before == after)


def test_a_further_wording_of_two_entries_is_an_error(tmp_path: Path) -> None:
    """As among those in the entries, at the very wording."""
    loaded(tmp_path, more_mri=MORE.replace("is a scan needed", "Food before an MRI!"))
    ((place, message, _),) = checked(tmp_path, "also stands")
    assert "`mri_prep`: the wording “food before an mri” also stands in `mri_need`" == message
    assert "entries/mri.yaml:6:16" == place


@pytest.mark.parametrize("text", ["food before an mri", "can i eat before an mri", "breakfast before the scan"])
def test_a_further_wording_that_the_entry_has_is_told_mildly(tmp_path: Path, text: str) -> None:
    """Under `asked_as`, as its question, or further down."""
    loaded(tmp_path, more_mri=MORE.replace("empty stomach for the tube", text))
    ((place, message, _),) = checked(tmp_path, "is the same to the bot as")
    assert ("wordings/mri.yaml:4:7", f"`mri_prep`: “{text}”") == (place, message.split(" is the same")[0])


def test_wordings_in_another_groups_file_are_told(tmp_path: Path) -> None:
    """With the file where they belong."""
    loaded(tmp_path, more_chat="wordings: {mri_need: [scan or no scan]}\n")
    ((place, _, hint),) = checked(tmp_path, "another group's file")
    assert ("wordings/chat.yaml:1:22", "move them to faq/en/wordings/mri.yaml") == (place, hint)


def test_a_further_wording_that_sets_off_a_rule_is_told(tmp_path: Path) -> None:
    """It would get a card in the place of its answer."""
    faq = write_faq(tmp_path / "faq")
    (faq / "en" / "wordings").mkdir()
    text = "wordings:\n  emg:\n    - i can't feel my legs and i can't pee\n"
    (faq / "en" / "wordings" / "imaging.yaml").write_text(text, encoding="utf-8")
    ((place, message, _),) = checked(faq, "sets off the emergency rule")
    assert ("en/wordings/imaging.yaml:3:7", True) == (place, message.startswith("`emg`"))


def test_an_old_id_is_that_of_the_entry_that_took_it_over(tmp_path: Path) -> None:
    """For whoever still holds it; another one stays as it is."""
    content = loaded(tmp_path, mri=MRI + "    formerly: [scan, mri]\n").unwrap()
    assert ["mri_need", "mri_need", "mri_prep", "gone"] == [*map(content.current, ("scan", "mri", "mri_prep", "gone"))]
    assert "Do I need an MRI?" == content.titles["scan"]


def test_an_old_id_in_see_also_is_read_as_the_new_one(tmp_path: Path) -> None:
    """With a warning at the reference; never twice, and never to itself."""
    text = MRI.replace("[mri_need]", "[scan, mri_need, food]").replace(
        "question: Can", "formerly: [food]\n    question: Can"
    )
    found = loaded(tmp_path, mri=text + "    formerly: [scan]\n")
    expected = ("entries/mri.yaml:8:16", "`mri_prep` points to `scan`, which is now `mri_need`", "write `mri_need`")
    assert expected == told(tmp_path, found.problems)[0]
    assert ["warning", "warning"] == [problem.severity for problem in found.problems]
    assert ["mri_need"] == found.unwrap().entries["mri_prep"].see_also


def test_wordings_under_an_old_id_are_those_of_the_new_one(tmp_path: Path) -> None:
    """With a warning at the key."""
    found = loaded(tmp_path, mri=MRI + "    formerly: [scan]\n", more_mri="wordings:\n  scan: [scan me]\n")
    expected = ("wordings/mri.yaml:2:3", "wordings for `scan`, which is now `mri_need`", "write `mri_need`")
    assert [expected] == told(tmp_path, found.problems)
    assert "scan me" in found.unwrap().entries["mri_need"].phrasings


def test_what_a_word_stands_for_may_have_an_old_id(tmp_path: Path) -> None:
    """With a warning; the new id's own line wins."""
    (tmp_path / "words.yaml").write_text(
        "stands_for: {scan: a scan, food: a meal, mri_need: an MRI}\n", encoding="utf-8"
    )
    found = loaded(
        tmp_path,
        mri=MRI.replace("    question: Can", "    formerly: [food]\n    question: Can") + "    formerly: [scan]\n",
    )
    assert {"mri_prep": "a meal", "mri_need": "an MRI"} == found.unwrap().words.stands_for
    assert ["words.yaml:1:20", "words.yaml:1:34"] == [place for place, _, _ in told(tmp_path, found.problems)]


def test_an_old_id_that_is_a_live_one_is_an_error(tmp_path: Path) -> None:
    """Only ids that are gone can be taken over."""
    found = loaded(tmp_path, mri=MRI + "    formerly: [mri_prep]\n")
    message = "`mri_need` was formerly `mri_prep`, but there is an entry `mri_prep` (entries/mri.yaml:3:9)"
    assert [("entries/mri.yaml:11:16", message)] == [one[:2] for one in told(tmp_path, found.problems)]
    assert found.content is None


def test_an_old_id_that_two_entries_claim_is_an_error(tmp_path: Path) -> None:
    """At the second one, with the place of the first."""
    text = MRI.replace("    question: Can", "    formerly: [scan]\n    question: Can") + "    formerly: [scan]\n"
    found = loaded(tmp_path, mri=text)
    message = "`mri_need` was formerly `scan`, but `mri_prep` has taken it over (entries/mri.yaml:4:16)"
    assert [("entries/mri.yaml:12:16", message)] == [one[:2] for one in told(tmp_path, found.problems)]
    assert found.content is None


def test_an_old_id_in_the_guide_is_told(tmp_path: Path) -> None:
    """At the reference; the guide stays as it was signed."""
    faq = write_faq(tmp_path / "faq")
    guide, entries = faq / "en" / "guide.yaml", faq / "en" / "entries" / "imaging.yaml"
    guide.write_text(
        guide.read_text(encoding="utf-8").replace('related: ["danger_signs"]', 'related: ["scan"]', 1), "utf-8"
    )
    before = load(faq)
    entries.write_text(entries.read_text("utf-8").replace('"id": "emg"', '"id": "emg", "formerly": ["scan"]'), "utf-8")
    after = load(faq)
    ((place, message, hint),) = told(faq, after.problems)
    assert ("which is now `emg`" in message, hint) == (True, "write `emg`")
    assert place.startswith("en/guide.yaml:")
    assert after.unwrap().guide == before.unwrap().guide
