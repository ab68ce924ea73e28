"""From an entry or a key back to the file, line and column where it stands."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.loading import load
from bot.content.sources import Sources
from tests.support.tiny import CLINIC

ENTRIES = """\
group: "Tests"
entries:
  - id: emg
    question: "Does it hurt?"
    asked_as:
      - "is it painful"
      - "needles"
    answer: |
      It stings a little.

      Then it is over.
  - id: xray
    question: "What is it?"
    answer: "A picture."
"""


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """Those of two entries, in a file that has the name of another one."""
    folder = tmp_path / "faq" / "en" / "entries"
    folder.mkdir(parents=True)
    (tmp_path / "faq" / "clinic.yaml").write_text(CLINIC, encoding="utf-8")
    (folder / "clinic.yaml").write_text(ENTRIES, encoding="utf-8")
    return load(tmp_path / "faq").sources


def test_an_entry_stands_where_its_id_is(sources: Sources) -> None:
    """File, line, column and the line itself."""
    place = sources.entry("xray")
    assert ("clinic.yaml", 12, 9, "  - id: xray") == (Path(place.file).name, *place[1:])


def test_a_wording_has_a_place_of_its_own(sources: Sources) -> None:
    """By its number in the list."""
    assert (7, 9) == sources.entry("emg", "asked_as", 1)[1:3]


def test_a_word_of_an_answer_has_a_place(sources: Sources) -> None:
    """On its line of a block, and at the key where the answer is on one line."""
    assert (11, 15) == sources.answer("emg", "It stings a little.\n\nThen it is over.".index("is over"))[1:3]
    assert (14, 13) == sources.answer("xray", 2)[1:3]


def test_what_is_not_there_gets_the_nearest_place(sources: Sources) -> None:
    """A missing key: the entry; an unknown entry: its name."""
    assert 3 == sources.entry("emg", "links").line
    assert "entry nothing" == sources.entry("nothing").file
    assert "entry nothing" == sources.answer("nothing", 3).file


def test_all_entries_together_stand_in_their_folder(sources: Sources) -> None:
    """As an editor, or GitHub, can find it."""
    assert sources.folder("entries").file.endswith("/faq/en/entries")
    assert "entries" == Sources().folder("entries").file


def test_the_clinics_file_is_not_taken_for_entries_of_that_name(sources: Sources) -> None:
    """`clinic.yaml` is both a file of entries and the clinic's own."""
    assert (2, 8) == sources.file("clinic.yaml", "phone")[1:3]
    assert (1, 8) == sources.file("entries/clinic.yaml", "group")[1:3]
    assert "guide.yaml" == str(sources.file("guide.yaml", "start"))
