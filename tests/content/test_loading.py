"""A content directory becomes content, or every problem that is in the way, in one pass."""

# ruff: noqa: SIM300 - expected == actual is the house style

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.loading import Loaded, find_language, load
from bot.problems import ContentError, has_errors

SHIPPED = Path(__file__).parents[2] / "faq"
CLINIC = 'name: Rehab\nphone: "555"\nhours: all day\naddress: here\ncountry: US\n'
MRI = """group: Tests
entries:
  - id: mri_prep
    question: Can I eat before an MRI?
    answer: Mostly yes. Call {phone}.
    see_also: [mri_need]
  - id: mri_need
    question: Do I need an MRI?
    answer: Often not.
"""
MONEY = """group: Money
entries:
  - id: cost
    question: What does it cost?
    answer: Ask us.
"""
SMALL = {"clinic.yaml": CLINIC, "en/entries/mri.yaml": MRI, "en/entries/money.yaml": MONEY}


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a content directory."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def told(root: Path, loaded: Loaded) -> list[tuple[str, str]]:
    """Place (without the directory) and message of every problem."""
    return [(str(problem.place).removeprefix(f"{root.as_posix()}/"), problem.message) for problem in loaded.problems]


def test_a_small_directory_loads(tmp_path: Path) -> None:
    """Entries by id, whatever the order of files."""
    content = load(write(tmp_path, SMALL)).unwrap()
    assert ["cost", "mri_need", "mri_prep"] == list(content.entries)


def test_groups_keep_the_order_of_files_and_entries(tmp_path: Path) -> None:
    """Files by name, entries as they are written."""
    content = load(write(tmp_path, SMALL)).unwrap()
    expected = [("Money", ["cost"]), ("Tests", ["mri_prep", "mri_need"])]
    assert expected == [(group.name, [entry.id for entry in group.entries]) for group in content.groups]


def test_two_files_may_share_a_group(tmp_path: Path) -> None:
    """Their entries stand under one heading."""
    content = load(write(tmp_path, SMALL | {"en/entries/z.yaml": MONEY.replace("cost", "bills")})).unwrap()
    assert [("Money", 2), ("Tests", 2)] == [(group.name, len(group.entries)) for group in content.groups]


def test_what_a_directory_does_not_hold_is_none(tmp_path: Path) -> None:
    """Clinic, messages, guide and gate; who needs them says so."""
    content = load(write(tmp_path, {"entries/mri.yaml": MRI})).unwrap()
    assert (None, None, None, None) == (content.clinic, content.messages, content.guide, content.urgent)


def test_a_directory_with_entries_only_loads(tmp_path: Path) -> None:
    """It speaks English, whatever its name."""
    content = load(write(tmp_path / "some name", {"entries/mri.yaml": MRI})).unwrap()
    assert ("en", 2) == (content.language, len(content.entries))


def test_the_root_and_its_language_folder_give_the_same(tmp_path: Path) -> None:
    """Clinic included."""
    root = write(tmp_path, SMALL)
    assert load(root).unwrap() == load(root / "en").unwrap()


def test_a_language_folder_is_taken_by_its_name(tmp_path: Path) -> None:
    """Not by what the clinic says, when it is asked for."""
    root = write(tmp_path, SMALL | {"es/entries/mri.yaml": MRI})
    assert ("en", "es") == (load(root).unwrap().language, load(root / "es").unwrap().language)


def test_the_clinic_chooses_the_language(tmp_path: Path) -> None:
    """Among the folders."""
    files = {"clinic.yaml": CLINIC + "language: es\n", "en/entries/a.yaml": MRI, "es/entries/a.yaml": MONEY}
    content = load(write(tmp_path, files)).unwrap()
    assert ("es", ["cost"]) == (content.language, list(content.entries))


def test_a_language_without_a_folder_is_told(tmp_path: Path) -> None:
    """Another one in its place would be a surprise."""
    root = write(tmp_path, SMALL | {"clinic.yaml": CLINIC + "language: fr\n"})
    loaded = load(root)
    assert [("clinic.yaml:6:11", "language `fr`: there is no folder `fr` with entries")] == told(root, loaded)
    assert "write en, or add the folder" == loaded.problems[0].hint


def test_without_a_clinic_the_first_language_is_taken(tmp_path: Path) -> None:
    """By name."""
    write(tmp_path, {"fr/entries/a.yaml": MRI, "de/entries/a.yaml": MRI, "schema/x.json": "{}"})
    assert tmp_path / "de" == find_language(tmp_path)


@pytest.mark.parametrize("name", ["gone", "gone/deeper", "a_file"])
def test_a_missing_directory_is_told(tmp_path: Path, name: str) -> None:
    """With what it should hold; a file is no directory either."""
    (tmp_path / "a_file").write_text("x")
    (problem,) = load(tmp_path / name).problems
    assert (str(tmp_path / name), "no FAQ entries found here") == (str(problem.place), problem.message)
    assert "point FAQ_DIR or --faq at a folder that holds `<language>/entries/*.yaml`" == problem.hint


def test_an_empty_directory_is_told(tmp_path: Path) -> None:
    """The same way."""
    assert ["no FAQ entries found here"] == [problem.message for problem in load(tmp_path).problems]


@pytest.mark.parametrize("files", [{}, {"en/entries/a.yaml": "group: A\nentries: []\n"}])
def test_a_directory_without_any_entry_is_told(tmp_path: Path, files: dict[str, str]) -> None:
    """No file, or none with an entry."""
    (tmp_path / "en" / "entries").mkdir(parents=True)
    root = write(tmp_path, files)
    assert [("en/entries", "no entries")] == told(root, load(root))


def test_a_duplicate_id_across_files_is_told(tmp_path: Path) -> None:
    """At the second one, with the place of the first."""
    root = write(tmp_path, SMALL | {"en/entries/z.yaml": MONEY.replace("Money", "Bills")})
    first = (root / "en/entries/money.yaml").as_posix()
    assert [("en/entries/z.yaml:3:9", f"the id `cost` is taken ({first}:3:9)")] == told(root, load(root))


def test_a_duplicate_id_within_a_file_is_told(tmp_path: Path) -> None:
    """The same way."""
    root = write(tmp_path, {"en/entries/mri.yaml": MRI.replace("id: mri_need", "id: mri_prep")})
    assert "en/entries/mri.yaml:7:9" == told(root, load(root))[0][0]


def test_a_dangling_see_also_is_told_with_a_suggestion(tmp_path: Path) -> None:
    """At the very reference."""
    root = write(tmp_path, SMALL | {"en/entries/mri.yaml": MRI.replace("[mri_need]", "[cost, mri_ned]")})
    loaded = load(root)
    expected = [("en/entries/mri.yaml:6:22", "`mri_prep` points to `mri_ned`, which does not exist")]
    assert expected == told(root, loaded)
    assert "did you mean `mri_need`?" == loaded.problems[0].hint


def test_a_dangling_see_also_like_no_other_gets_plain_advice(tmp_path: Path) -> None:
    """No suggestion is better than a silly one."""
    root = write(tmp_path, SMALL | {"en/entries/mri.yaml": MRI.replace("[mri_need]", "[zzzzzzzz]")})
    assert ["remove it from see_also"] == [problem.hint for problem in load(root).problems]


def test_a_see_also_may_point_into_another_file(tmp_path: Path) -> None:
    """Forwards and backwards."""
    root = write(tmp_path, SMALL | {"en/entries/mri.yaml": MRI.replace("[mri_need]", "[cost]")})
    assert () == load(root).problems


def test_a_broken_file_does_not_make_references_into_it_dangle(tmp_path: Path) -> None:
    """Only its own problem is told."""
    files = {"en/entries/a.yaml": MONEY + "    see_also: [mri_need]\n", "en/entries/mri.yaml": MRI + "    guide: 1\n"}
    root = write(tmp_path, files)
    assert ["en/entries/mri.yaml:10:12"] == [place for place, _ in told(root, load(root))]


def test_an_unknown_country_is_told(tmp_path: Path) -> None:
    """At its line, with the verified ones: emergency numbers are never guessed."""
    root = write(tmp_path, SMALL | {"clinic.yaml": CLINIC.replace("US", "FR")})
    shipped = ("urgent.yaml", "urgent_weights.tsv")
    write(root, {f"en/{name}": (SHIPPED / "en" / name).read_bytes() for name in shipped})
    loaded = load(root)
    assert [("clinic.yaml:5:10", "country `FR`: its emergency and crisis numbers are not verified")] == told(
        root, loaded
    )
    assert "use one of CA, US, or have the numbers verified in urgent.yaml first" == loaded.problems[0].hint


def test_weights_that_rules_need_are_missed(tmp_path: Path) -> None:
    """At the concept that is weighed by them, with what to do."""
    root = write(tmp_path, SMALL | {"en/urgent.yaml": (SHIPPED / "en" / "urgent.yaml").read_bytes()})
    problem = next(problem for problem in load(root).problems if problem.severity == "error")
    assert "the concept sounds_urgent is weighed by urgent_weights.tsv, which is not there" == problem.message
    assert ("weighed: danger", "make learn" in problem.hint) == (problem.place.text.strip(), True)


def test_all_problems_of_all_files_come_in_one_pass(tmp_path: Path) -> None:
    """Whatever their kind: the parser's, the form's and those between files."""
    files = {
        "clinic.yaml": CLINIC.replace("country: US", "contry: US"),
        "en/words.yaml": "same_as: {no: not}\n",
        "en/guide.yaml": "",
        "en/entries/a.yaml": "group: A\nentries:\n\t- id: a\n",
        "en/entries/b.yaml": "group: B\nentries: [x\n\n",
        "en/entries/c.yaml": b"group: caf\xe9\n",
        "en/entries/d.yaml": MONEY,
        "en/entries/e.yaml": MONEY,
    }
    root = write(tmp_path, files)
    expected = [
        "clinic.yaml:1:1",
        "clinic.yaml:5:1",
        "en/words.yaml:1:11",
        "en/guide.yaml",
        "en/entries/a.yaml:3:1",
        "en/entries/b.yaml:2:10",
        "en/entries/c.yaml:1:11",
        "en/entries/e.yaml:3:9",
    ]
    assert expected == [place for place, _ in told(root, load(root))]


def test_duplicates_and_dangling_references_come_together(tmp_path: Path) -> None:
    """As long as every file of entries could be read; a broken words.yaml does not hide them."""
    files = {"words.yaml": "x: 1\n", "entries/a.yaml": MRI.replace("[mri_need]", "[cost]"), "entries/b.yaml": MRI}
    root = write(tmp_path, files)
    expected = ["words.yaml:1:1", "entries/b.yaml:3:9", "entries/b.yaml:7:9", "entries/a.yaml:6:16"]
    assert expected == [place for place, _ in told(root, load(root))]


def test_places_are_paths_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor or GitHub finds the file, for the root and for a language folder."""
    write(tmp_path / "content" / "faq", SMALL | {"en/words.yaml": "x: 1\n"})
    monkeypatch.chdir(tmp_path)
    found = [load(Path(given)).problems[0].place for given in ("content/faq", "content/faq/en")]
    assert ["content/faq/en/words.yaml:1:1"] * 2 == [str(place) for place in found]


def test_a_problem_holds_the_line_itself(tmp_path: Path) -> None:
    """As it stands in the file."""
    root = write(tmp_path, {"entries/mri.yaml": MRI.replace("question: Do", "qestion: Do")})
    found = [problem.place.text for problem in load(root).problems]
    assert ["  - id: mri_need", "    qestion: Do I need an MRI?"] == found


def test_unwrap_raises_with_every_error(tmp_path: Path) -> None:
    """In the words of the terminal."""
    root = write(tmp_path, {"entries/mri.yaml": MRI + "    x: 1\n    y: 2\n"})
    with pytest.raises(ContentError, match="unknown key `x`") as caught:
        load(root).unwrap()
    assert load(root).problems == caught.value.problems


@pytest.mark.parametrize("name", ["clinic.yaml", "en/entries/mri.yaml", "en/entries/money.yaml"])
def test_the_hash_changes_with_every_file(tmp_path: Path, name: str) -> None:
    """A change of words is a change of content."""
    before = load(write(tmp_path, SMALL)).unwrap().hash
    write(tmp_path, {name: SMALL[name] + "# a comment\n"})
    assert before != load(tmp_path).unwrap().hash


def test_the_hash_does_not_depend_on_the_place_or_the_line_ends(tmp_path: Path) -> None:
    """The same words are the same content on Windows and elsewhere."""
    windows = {name: text.replace("\n", "\r\n") for name, text in SMALL.items()}
    roots = [write(tmp_path / "a", SMALL), write(tmp_path / "b", windows)]
    assert 1 == len({load(root).unwrap().hash for root in roots})


def test_loading_twice_gives_the_same(tmp_path: Path) -> None:
    """Nothing is left over from the first time."""
    root = write(tmp_path, SMALL)
    assert load(root)[:2] == load(root)[:2]


def test_a_file_name_of_any_bytes_is_fine(tmp_path: Path) -> None:
    """Names come from other systems."""
    root = write(tmp_path, {"entries/caf\udce9 & \U0001f600.yaml": MRI})
    assert () == load(root).problems


TRAPS = [
    *(
        "yes",
        "12:30",
        "010",
        " #",
        "\t",
        "&a",
        "*a",
        "<<: ",
        "!!x ",
        "---\n",
        "...\n",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        ": ",
    ),
    *(
        "- ",
        "\n",
        "\r",
        "|",
        ">",
        "?",
        "@",
        "%",
        "\\",
        "\0",
        "\x07",
        "\u2028",
        "\ufeff",
        "\ud7ff",
        "{phone",
        "~",
        "null",
    ),
    *("1e999", "9" * 400, "  ", ",", "=", "-", "\U0001f600", "entries:", "id: mri_prep\n", "\x85", "\udcff"),
]


def mutated(text: str, chance: random.Random) -> bytes:
    """`text` after one to four accidents."""
    data = text.encode()
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice([0, 0, 1, 3, 20]))
        trap = chance.choice(TRAPS).encode(errors="surrogateescape")
        middle = chance.choice([trap, b"", data[start:end] * 2, bytes([chance.randrange(256)])])
        data = data[:start] + middle + data[end:]
    return data


@pytest.mark.parametrize("seed", range(400))
def test_no_accident_makes_loading_raise(tmp_path: Path, seed: int) -> None:
    """There is content, or there are errors, each with a place that exists."""
    chance = random.Random(seed)  # noqa: S311 - the same accidents every time
    files = dict[str, str | bytes](SMALL)
    name = chance.choice(sorted(SMALL))
    files[name] = mutated(SMALL[name], chance)
    loaded = load(write(tmp_path, files))
    assert (loaded.content is None) == has_errors(loaded.problems)
    for problem in loaded.problems:
        lines = (tmp_path / name).read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        assert 0 <= problem.place.line <= lines
        assert problem.message
        assert problem.hint
        assert problem.as_text().isprintable() or "\n" in problem.as_text()
        assert json.loads(json.dumps(problem.as_dict()))
        assert "\n" not in problem.as_github()
