"""A review is written in its place, and nothing else in the file moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.signing import Unwritable, with_reviews
from bot.content.strict_yaml import read, yaml_files

REVIEW = {"by": "Dr. A", "date": "2026-01-31", "due": "2027-01-31", "hash": "0f"}
FLOW = '{by: "Dr. A", date: "2026-01-31", due: "2027-01-31", hash: "0f"}'
SHIPPED = Path(__file__).parents[2] / "faq" / "en"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nreview: {by: null, date: null, due: null}  # soon\nb: 2\n", f"a: 1\nreview: {FLOW}  # soon\nb: 2\n"),
        ("a: 1\nreview: null\nb: 2\n", f"a: 1\nreview: {FLOW}\nb: 2\n"),
        ("a: 1\nreview:\nb: 2\n", f"a: 1\nreview: {FLOW}\nb: 2\n"),
        ("a: 1\nreview: {}\n", f"a: 1\nreview: {FLOW}\n"),
        ("a: 1\n\n# the end\n", f"a: 1\nreview: {FLOW}\n\n# the end\n"),
        ("a: 1  # one\n", f"a: 1  # one\nreview: {FLOW}\n"),
        ("a: |\n  one\n\n  two\n\n\n", f"a: |\n  one\n\n  two\nreview: {FLOW}\n\n\n"),
        ("a: |\n  one\n  two", f"a: |\n  one\n  two\nreview: {FLOW}\n"),
        ("a: >-\n  one\n  two\n# next\n", f"a: >-\n  one\n  two\nreview: {FLOW}\n# next\n"),
        ("a: [1,\n  2]\n", f"a: [1,\n  2]\nreview: {FLOW}\n"),
        ("a:\n  - x: 1\n    y: 'é'\n", f"a:\n  - x: 1\n    y: 'é'\nreview: {FLOW}\n"),
        ("{a: 1}\n", f"{{a: 1, review: {FLOW}}}\n"),
        (
            '{a: 1, review: {due: "x", by: "B", date: "C"}}\n',
            '{a: 1, review: {due: "2027-01-31", by: "Dr. A", date: "2026-01-31", hash: "0f"}}\n',
        ),
        (
            "review:\n  # who\n  by: null  # a name\n  date: 2025-01-01\n  due: ~\na: 1\n",
            'review:\n  # who\n  by: "Dr. A"  # a name\n  date: "2026-01-31"\n'
            '  due: "2027-01-31"\n  hash: "0f"\na: 1\n',
        ),
        (
            "review:\n  by:\n  date:\n  due:\n  hash:\n",
            'review:\n  by: "Dr. A"\n  date: "2026-01-31"\n  due: "2027-01-31"\n  hash: "0f"\n',
        ),
    ],
)
def test_the_review_is_written_and_all_else_stays(before: str, after: str) -> None:
    """Comments, blank lines, order and style."""
    assert after == with_reviews("x.yaml", before, {(): REVIEW})
    assert after.replace("\n", "\r\n") == with_reviews("x.yaml", before.replace("\n", "\r\n"), {(): REVIEW})


def test_several_at_once() -> None:
    """Each in its own place."""
    text = "entries:\n  - id: a\n    answer: |\n      One.\n\n  - {id: b, answer: Two.}\n  - id: c\n"
    after = with_reviews("x.yaml", text, {("entries", 0): REVIEW, ("entries", 1): REVIEW, ("entries", 2): REVIEW})
    assert (
        f"entries:\n  - id: a\n    answer: |\n      One.\n    review: {FLOW}\n\n"
        f"  - {{id: b, answer: Two., review: {FLOW}}}\n  - id: c\n    review: {FLOW}\n"
    ) == after


def test_signing_twice_is_signing_once() -> None:
    """The second name takes the place of the first."""
    once = with_reviews("x.yaml", "a: 1\n", {(): {**REVIEW, "by": "Dr. B"}})
    assert with_reviews("x.yaml", "a: 1\n", {(): REVIEW}) == with_reviews("x.yaml", once, {(): REVIEW})


def test_a_name_is_written_so_that_it_is_read_back() -> None:
    """Quotes, backslashes, accents and a hash in it."""
    name = 'Dr. "Zoë" O\'Neil \\ #1: {MD}'
    text = with_reviews("x.yaml", "a: 1\n", {(): {**REVIEW, "by": name}})
    assert name in (with_reviews("x.yaml", text, {(): REVIEW}), name)
    assert '\\"Zoë\\"' in text


@pytest.mark.parametrize("text", ["- 1\n", "a: |+\n  one\n\n\n", ""])
def test_what_cannot_be_written_without_other_changes_is_refused(text: str) -> None:
    """A list has no review; blank lines that belong to a text must not move."""
    with pytest.raises(Unwritable, match=r"x\.yaml"):
        with_reviews("x.yaml", text, {(): REVIEW})


@pytest.mark.parametrize("path", [*yaml_files(SHIPPED / "entries")], ids=lambda path: path.stem)
def test_every_shipped_entry_can_be_signed(path: Path) -> None:
    """Only lines with a review change."""
    text = path.read_text(encoding="utf-8")
    entries = read(path).data["entries"]  # type: ignore[index]
    after = with_reviews(path.name, text, {("entries", number): REVIEW for number in range(len(entries))})
    kept = [line for line in after.splitlines() if "review:" not in line]
    assert [line for line in text.splitlines() if "review:" not in line] == kept
    assert len(entries) == after.count(FLOW)
