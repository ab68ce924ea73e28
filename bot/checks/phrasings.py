"""Are the ways to ask an entry enough to find it, and those of patients?"""

from collections.abc import Iterator

from bot.checks.case import Case
from bot.problems import Problem

FEWEST, MOST = 8, 20
TRADE_WORD = "physiatr"  # most patients have never heard it
MOSTLY = 0.5


def phrasings(case: Case) -> Iterator[Problem]:
    """Too few or too many wordings, and wordings in the trade's words."""
    for entry in case.content.entries.values():
        number = len(entry.phrasings) - 1
        where = case.sources.entry(entry.id, "asked_as")
        if number < FEWEST:
            message = f"`{entry.id}`: only {number} wordings besides the question"
            hint = f"{FEWEST} or more, in different words, are what makes an entry found"
            yield Problem("warning", where, message, hint)
        if number > MOST and entry.medical:
            message = f"`{entry.id}`: {number} wordings besides the question"
            hint = f"{MOST} are enough: keep those that differ most in words, or split the entry"
            yield Problem("warning", where, message, hint)
        trade = sum(TRADE_WORD in text.casefold() for text in entry.asked_as)
        if trade > MOSTLY * max(len(entry.asked_as), 1):
            message = f"`{entry.id}`: “physiatrist” is in {trade} of {len(entry.asked_as)} wordings"
            hint = "patients say “rehab doctor”, “back doctor”, “PM&R”, or no doctor's name at all"
            yield Problem("warning", where, message, hint)
