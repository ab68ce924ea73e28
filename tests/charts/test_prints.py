"""The guide on paper: all of it is there, it is well-formed, and nothing runs off a page."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.charts.prints import Prints, printed
from bot.charts.svg import HEIGHT, WIDE, WIDTH
from bot.content.entries import Review
from bot.content.guide import Guide
from bot.content.loading import Content, load
from bot.guide import paths

SVG = "{http://www.w3.org/2000/svg}"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def content() -> Content:
    """The content that ships."""
    return load(ROOT / "faq").unwrap()


@pytest.fixture(scope="module")
def guide(content: Content) -> Guide:
    """The guide that ships."""
    assert content.guide is not None
    return content.guide


@pytest.fixture(scope="module")
def prints(content: Content) -> Prints:
    """It, printed."""
    found = printed(content)
    assert found is not None
    return found


def texts(svg: str) -> Iterator[ElementTree.Element]:
    """All lines of text in a picture."""
    yield from ElementTree.fromstring(svg).iter(f"{SVG}text")  # noqa: S314 - our own


def said(prints: Prints) -> str:
    """All words on paper, without regard to where lines are broken."""
    return " ".join("".join(line.itertext()) for line in texts(prints.svg))


def test_every_word_of_the_guide_is_on_paper(prints: Prints, guide: Guide) -> None:
    """Questions, answers, ends, what may be typed, the safety net: all that a signature covers."""
    paper = re.sub(r"\s+", " ", said(prints))
    words = [question.short for question in guide.questions]
    words += [line for question in guide.questions for line in question.text.splitlines()]
    words += [option.label for question in guide.questions for option in question.options]
    words += [text for question in guide.questions for option in question.options for text in option.says]
    says = guide.says
    words += [text for texts in (says.affirms, says.clear, says.unsure, says.fillers) for text in texts]
    words += [text for end in guide.outcomes for text in (*end.text.splitlines(), *end.do_next, *end.bring, end.id)]
    words += [end.title for end in guide.outcomes]
    words += [*guide.safety_net.splitlines(), guide.safety_net_er, guide.disclaimer]
    filled = [word.replace("{emergency}", "911").replace("{crisis}", "988") for word in words]
    plain = [word.strip() for word in filled if word.strip() and "{" not in word]
    assert [] == [word for word in plain if word not in paper]
    assert len(plain) > 500
    assert "{" not in paper


def test_every_end_says_from_where_it_is_reached(prints: Prints) -> None:
    """A clinician can walk backwards."""
    assert "From: Q1 y, Q1 b, Q2 h" in said(prints)


def test_the_place_to_sign_names_the_very_text(prints: Prints, guide: Guide) -> None:
    """Its hash is on every page, so that no page of another version can be slipped in."""
    assert all(page.count(guide.fingerprint) >= 2 for page in prints.pages)
    assert "draft: no clinician has signed this text" in prints.pages[0]
    assert [True] == ["Signature" in page for page in prints.pages if "Signature" in page]


def test_a_signed_guide_names_who_signed(content: Content, guide: Guide) -> None:
    """In the head of each page."""
    review = Review(by="Dr. Example", date="2026-01-15", hash=guide.fingerprint)
    prints = printed(replace(content, guide=guide.model_copy(update={"review": review})))
    assert prints is not None
    assert "signed by Dr. Example, 2026-01-15" in prints.pages[0]


def test_nothing_runs_off_a_page(prints: Prints) -> None:
    """Every line of text is inside the paper's edges, as wide as its letters usually are."""
    for page in prints.pages:
        for line in texts(page):
            x, y, size = (float(line.get(name, "0")) for name in ("x", "y", "font-size"))
            assert 30 <= x
            assert x + len("".join(line.itertext())) * size * WIDE <= WIDTH - 16
            assert 30 <= y <= HEIGHT - 20


def test_no_two_lines_of_text_lie_on_each_other(prints: Prints) -> None:
    """Text that begins on the same height leaves room for what stands left of it."""
    for page in prints.pages:
        rows: dict[float, list[tuple[float, float]]] = {}
        for line in texts(page):
            x, y, size = (float(line.get(name, "0")) for name in ("x", "y", "font-size"))
            rows.setdefault(y, []).append((x, x + len("".join(line.itertext())) * size * 0.5))
        for row in rows.values():
            ordered = sorted(row)
            assert all(end <= start + 4 for (_, end), (start, _) in pairwise(ordered))


def test_the_whole_is_its_pages_one_below_the_other(prints: Prints) -> None:
    """Letter paper: one file to print."""
    root = ElementTree.fromstring(prints.svg)  # noqa: S314 - our own
    assert (str(WIDTH), str(HEIGHT * len(prints.pages))) == (root.get("width"), root.get("height"))


def test_an_arrow_leads_to_each_question_on_the_same_page(prints: Prints, guide: Guide) -> None:
    """Others say that the question is on another page."""
    to_questions = {question.id for question in guide.questions}
    wanted = sum(option.to in to_questions for question in guide.questions for option in question.options)
    arrows = prints.svg.count('marker-end="url(#head)"')
    assert wanted == arrows + said(prints).count("on another page")


def test_the_table_has_a_row_for_each_path(prints: Prints, guide: Guide) -> None:
    """Where it ends, what the title says there, and each answer under its question."""
    read = list(csv.DictReader(io.StringIO(prints.csv, newline="")))
    assert dict(paths(guide)) == {row["path"]: row["end"].split()[1] for row in read}
    row = next(row for row in read if row["path"] == "nw")
    assert ("2", "er_today", "🚨 Go to the ER today") == (row["taps"], row["tier"], row["title"])
    answers = {name: value for name, value in row.items() if name.startswith("Q") and value}
    assert ["No, none of these", "Weak, or trouble walking"] == list(answers.values())
    assert len(prints.rows) == len(read) + 1


def test_no_cell_is_a_formula(content: Content, guide: Guide) -> None:
    """A spreadsheet would run it."""
    options = [guide.questions[0].options[0].model_copy(update={"label": "=1+1"}), *guide.questions[0].options[1:]]
    questions = [guide.questions[0].model_copy(update={"options": options}), *guide.questions[1:]]
    prints = printed(replace(content, guide=guide.model_copy(update={"questions": questions})))
    assert prints is not None
    assert ",=1+1" not in prints.csv
    assert ",'=1+1" in prints.csv


def test_without_a_guide_there_is_nothing_to_print(content: Content) -> None:
    """Nor without a clinic, or the numbers to call."""
    assert printed(replace(content, guide=None)) is None
    assert printed(replace(content, urgent=None)) is None
