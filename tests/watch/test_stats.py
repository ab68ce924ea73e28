"""What /stats shows comes from counts alone, as text and as a picture."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import io

from PIL import Image

from bot.storage.counters import HOUR, Count
from bot.watch.picture import COLOURS, HEIGHT, WIDTH, draw
from bot.watch.stats import DAYS, OUTCOMES, TOP, first_hour, summary

DAY = 20_000
NOON = (DAY * 24 + 12) * HOUR
COUNTS = {
    Count(DAY * 24, "answer", "mri_need"): 3,
    Count(DAY * 24 + 1, "answer", "xray"): 1,
    Count(DAY * 24 + 2, "opened", "xray"): 4,
    Count((DAY - 1) * 24, "none", ""): 2,
    Count((DAY - 1) * 24, "urgent", ""): 1,
    Count(DAY * 24, "helpful", "xray"): 5,
    Count(DAY * 24, "not_helpful", "xray"): 6,
    Count(DAY * 24, "passed_on", ""): 7,
    Count((DAY - DAYS) * 24, "answer", "old"): 100,
}


def test_outcomes_are_counted_by_day() -> None:
    """Fourteen days, oldest first; what is older is left out."""
    stats = summary(COUNTS, NOON)
    assert DAYS == len(stats.days)
    assert ({"none": 2, "urgent": 1}, 4) == (stats.days[-2][1], stats.days[-1][1]["answer"])
    assert (4, 0, 2, 1) == tuple(map(stats.total, OUTCOMES))


def test_the_top_questions_are_those_that_were_read() -> None:
    """Answered or opened, most first."""
    assert (("xray", 5), ("mri_need", 3)) == summary(COUNTS, NOON).top
    many = {Count(DAY * 24, "answer", f"entry{number}"): 1 for number in range(30)}
    assert TOP == len(summary(many, NOON).top)


def test_an_old_id_counts_for_the_entry_that_took_it_over() -> None:
    """Its counts are added to those of the new id."""
    now = {"xray": "mri_need"}
    assert (("mri_need", 8),) == summary(COUNTS, NOON, lambda entry: now.get(entry, entry)).top


def test_feedback_and_what_was_passed_on_are_counted() -> None:
    """Beside the outcomes."""
    stats = summary(COUNTS, NOON)
    assert (5, 6, 7) == (stats.helpful, stats.not_helpful, stats.passed_on)


def test_no_older_hours_are_asked_for() -> None:
    """Than the first day shows."""
    assert (DAY - DAYS + 1) * 24 == first_hour(NOON)


def test_the_text_holds_everything() -> None:
    """For whoever cannot see the picture."""
    text = summary(COUNTS, NOON).as_text()
    for line in ("Last 14 days: 7 questions", "none: 2", "was this it: 5 yes, 6 no", "5 × xray"):
        assert line in text
    assert len(text) < 1024


def test_the_picture_shows_every_outcome_that_there_was() -> None:
    """In its colour; nothing at all is a picture too."""
    picture = Image.open(io.BytesIO(draw(summary(COUNTS, NOON)))).convert("RGB")
    assert ("PNG", (WIDTH, HEIGHT)) == (Image.open(io.BytesIO(draw(summary({}, NOON)))).format, picture.size)
    colours = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in picture.getcolors(1 << 20) or ()}
    assert {COLOURS[outcome] for outcome in OUTCOMES} <= colours
