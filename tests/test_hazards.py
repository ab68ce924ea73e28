"""The list of hazards is honest: every control has tests, and each of them exists and runs."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.content.strict_yaml import read

ROOT = Path(__file__).parent.parent
AREAS = {"gate", "guide", "matching", "transport", "privacy", "content"}
KEYS = {"id", "area", "hazard", "cause", "harm", "control", "tests", "left"}
COLLECT = """
import json, sys, pytest

class Seen:
    def pytest_collection_finish(self, session):
        found = {}
        for item in session.items:
            name = item.nodeid.split("[")[0]
            still = any(item.get_closest_marker(mark) for mark in ("skip", "xfail"))
            found[name] = found.get(name, False) or not still
        with open(sys.argv[1], "w") as out:
            json.dump(found, out)

sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *sys.argv[2:]], plugins=[Seen()]))
"""


def hazards() -> list[dict[str, Any]]:
    """All of docs/hazards.yaml."""
    document = read(ROOT / "docs" / "hazards.yaml", "docs/hazards.yaml")
    assert [] == [problem.as_text() for problem in document.problems]
    assert isinstance(document.data, dict)
    found: list[dict[str, Any]] = document.data["hazards"]
    return found


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bool]:
    """Each test of the files that are named, by its node id without parameters, and whether it is run."""
    files = sorted({test.split("::")[0] for hazard in hazards() for test in hazard["tests"]})
    there = [file for file in files if (ROOT / file).is_file()]
    out = tmp_path_factory.mktemp("collected") / "tests.json"
    done = subprocess.run([sys.executable, "-c", COLLECT, str(out), *there], cwd=ROOT, capture_output=True, text=True)
    assert 0 == done.returncode, done.stdout[-2000:]
    found: dict[str, bool] = json.loads(out.read_text(encoding="utf-8"))
    return found


def test_every_control_has_tests_that_exist_and_run(collected: Mapping[str, bool]) -> None:
    """A test that was renamed, removed, skipped or expected to fail proves nothing."""
    named = [(hazard["id"], test) for hazard in hazards() for test in hazard["tests"]]
    assert [] == [(hazard, test) for hazard, test in named if not collected.get(test)]


def test_every_hazard_is_told_in_full() -> None:
    """What, why, whom it harms, what stands in its way, and what is left."""
    for hazard in hazards():
        assert KEYS == set(hazard)
        assert all(hazard[key] for key in KEYS)
        assert hazard["id"].startswith(f"{hazard['area']}.")


def test_every_area_has_hazards_and_no_id_stands_twice() -> None:
    """Gate, guide, matching, transport, privacy, content."""
    found = hazards()
    assert AREAS == {hazard["area"] for hazard in found}
    assert [] == [name for name, times in Counter(hazard["id"] for hazard in found).items() if times > 1]


def test_no_test_is_named_twice_for_one_hazard() -> None:
    """A slip of copying."""
    for hazard in hazards():
        assert len(hazard["tests"]) == len(set(hazard["tests"])), hazard["id"]
