"""Are the ways to ask an entry enough to find it, and those of patients?"""

from collections.abc import Iterator
from pathlib import PurePath

from bot.checks.case import Case
from bot.problems import Problem

FEWEST, MOST = 8, 20
TRADE_WORD = "physiatr"  # most patients have never heard it
MOSTLY = 0.5


def phrasings(case: Case) -> Iterator[Problem]:
    """Too few or too many wordings in an entry, and wordings in the trade's words."""
    for entry in case.content.entries.values():
        number = len({*entry.asked_as} - {entry.question})
        where = case.sources.entry(entry.id, "asked_as")
        if number < FEWEST:
            message = f"`{entry.id}`: only {number} wordings besides the question"
            hint = f"{FEWEST} or more, in different words, are what makes an entry found"
            yield Problem("warning", where, message, hint)
        if number > MOST:
            message = f"`{entry.id}`: {number} wordings besides the question"
            file = _file(case, entry.id)
            hint = f"keep the {MOST} that differ most in words, and move the rest to {file}"
            yield Problem("warning", where, message, hint)
        trade = sum(TRADE_WORD in text.casefold() for text in entry.asked_as)
        if trade > MOSTLY * max(len(entry.asked_as), 1):
            message = f"`{entry.id}`: “physiatrist” is in {trade} of {len(entry.asked_as)} wordings"
            hint = "patients say “rehab doctor”, “back doctor”, “PM&R”, or no doctor's name at all"
            yield Problem("warning", where, message, hint)


def misfiled(case: Case) -> Iterator[Problem]:
    """Further wordings under the name of another file than the entry's: nobody would look for them there."""
    for entry in case.content.entries.values():
        for place in case.sources.wording_files(entry.id):
            if PurePath(place.file).stem != case.sources.group(entry.id):
                message = f"`{entry.id}`: further wordings stand in another group's file"
                yield Problem("warning", place, message, f"move them to {_file(case, entry.id)}")


def _file(case: Case, entry: str) -> str:
    """Where the further wordings of an entry belong."""
    return f"faq/{case.content.language}/wordings/{case.sources.group(entry) or '<group>'}.yaml"
