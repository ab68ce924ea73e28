"""The schemas for editors are those of the models, and the handbook explains every key."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from bot.commands.main import app
from bot.content.schema import MODELS, rendered, schema
from bot.content.strict_yaml import Document, read

ROOT = Path(__file__).parents[2]
FAQ = ROOT / "faq"
HANDBOOK = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
FOLDERS = ("entries", "wordings")
HEADINGS = {name: f"{name}.yaml" for name in MODELS} | {"entries": "an entry", "wordings": "a file of wordings"}


def files(name: str) -> list[Path]:
    """The shipped files of one kind."""
    return sorted(FAQ.rglob(f"{name}/*.yaml")) if name in FOLDERS else [
        path for path in (FAQ / f"{name}.yaml", FAQ / "en" / f"{name}.yaml") if path.is_file()
    ]  # fmt: skip


def keys(found: Any) -> Iterator[str]:
    """Every key of a schema, the nested ones too."""
    for part in (found, *found.get("$defs", {}).values()):
        yield from part.get("properties", {})


@pytest.mark.parametrize("name", MODELS)
def test_the_committed_schema_is_current(name: str) -> None:
    """To write it anew: make schema."""
    assert rendered(name) == (FAQ / "schema" / f"{name}.json").read_text(encoding="utf-8"), "run: make schema"


@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_files_are_what_the_schema_says(name: str) -> None:
    """An editor must not mark what the loader takes."""
    check = jsonschema.Draft202012Validator(schema(name))
    assert files(name)
    assert [] == [error.message for path in files(name) for error in check.iter_errors(read(path).data)]


def test_a_misspelt_key_is_marked() -> None:
    """As the loader does it."""
    data = {"group": "A", "entries": [{"id": "a", "question": "b", "anwser": "c"}]}
    messages = [error.message for error in jsonschema.Draft202012Validator(schema("entries")).iter_errors(data)]
    assert [
        "'answer' is a required property",
        "Additional properties are not allowed ('anwser' was unexpected)",
    ] == sorted(messages)


@pytest.mark.parametrize("name", MODELS)
def test_the_handbook_explains_every_key(name: str) -> None:
    """In the section of its file."""
    section = HANDBOOK.split(f"## Every key of {HEADINGS[name]}\n", 1)[1].split("\n## ", 1)[0]
    explained = set(re.findall(r"`(\w+)`", section))
    assert [] == [key for key in keys(schema(name)) if key not in explained]


def test_the_handbook_explains_no_key_that_is_gone() -> None:
    """Its tables name keys only, in their first column."""
    known = {key for name in MODELS for key in keys(schema(name))}
    tables = HANDBOOK.split("## Every key of an entry\n", 1)[1].split("\n## Common mistakes", 1)[0]
    first = [
        name for row in re.findall(r"^\| (`.*?) \| ", tables, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    ]
    assert len(first) > 80
    assert [] == [name for name in first if name not in known]


def test_the_handbooks_entry_is_an_entry() -> None:
    """Whoever copies it finds that it works."""
    (example,) = re.findall(r"```yaml\n( +- id:.*?)```", HANDBOOK, re.DOTALL)
    text = "group: Test\nentries:\n" + "\n".join(line.removeprefix("   ") for line in example.splitlines())
    document = Document("handbook", text)
    assert [] == document.problems
    data: Any = document.data
    assert [] == [error.message for error in jsonschema.Draft202012Validator(schema("entries")).iter_errors(data)]
    assert 8 == len(data["entries"][0]["asked_as"])


def test_editors_are_told_where_the_schemas_are() -> None:
    """VS Code finds each by itself."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert {f"faq/schema/{name}.json" for name in MODELS} == set(settings["yaml.schemas"])


def test_the_command_writes_them(tmp_path: Path) -> None:
    """All of them, into the folder that is named."""
    result = CliRunner().invoke(app, ["schema", str(tmp_path / "new")])
    assert 0 == result.exit_code, result.output
    assert {f"{name}.json" for name in MODELS} == {path.name for path in (tmp_path / "new").iterdir()}
