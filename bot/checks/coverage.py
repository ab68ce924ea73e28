"""Does the FAQ hold every topic that patients of a physiatry clinic ask about?"""

from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.checks.case import Case
from bot.checks.tables import table
from bot.content.base import Identifier, Strict, Text
from bot.problems import Problem

SLIP = 0.85  # a topic as near as this to a known one is misspelt


class Topics(Strict):
    """`topics.yaml`: each topic with what belongs to it."""

    topics: dict[Identifier, Text]


def coverage(case: Case) -> Iterator[Problem]:
    """Topics without an entry, in one line; and ids whose topic looks like a slip."""
    wanted = table("topics", Topics).topics
    held = {entry.topic for entry in case.medical}
    missing = [topic for topic in wanted if topic not in held]
    if missing:
        shown = ", ".join(missing[:6]) + (f" and {len(missing) - 6} more" if len(missing) > 6 else "")
        message = f"{len(missing)} of {len(wanted)} topics have no answer: {shown}"
        hint = f"add an entry with the id `{missing[0]}`: {wanted[missing[0]]}"
        yield Problem("warning", case.sources.folder("entries"), message, hint)
    for entry in case.medical:
        if entry.topic in wanted:
            continue
        slip = process.extractOne(entry.topic, wanted.keys(), scorer=OSA.normalized_similarity, score_cutoff=SLIP)
        if slip:
            where = case.sources.entry(entry.id)
            yield Problem(
                "warning", where, f"`{entry.id}`: unknown topic `{entry.topic}`", f"did you mean `{slip[0]}`?"
            )
