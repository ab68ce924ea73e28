"""No wording may stand in two entries: a patient who types it can get only one of the answers."""

from collections.abc import Iterator

from bot.content.loading import Content
from bot.matching.text import Tokens
from bot.problems import Place, Problem

FEWEST = 8


def overlaps(content: Content) -> Iterator[Problem]:
    """Wordings that two entries share, and entries with too few wordings to be found."""
    tokens = Tokens(content.words.spelled_out)
    owner: dict[tuple[str, ...], str] = {}
    for entry in content.entries.values():
        for text in entry.phrasings:
            form = tuple(tokens(text))
            if form and owner.setdefault(form, entry.id) != entry.id:
                yield Problem(
                    "error",
                    Place(f"entry {entry.id}"),
                    f"the wording {text!r} also stands in `{owner[form]}`",
                    "keep it where it belongs",
                )
        if len(entry.phrasings) <= FEWEST:
            yield Problem(
                "warning",
                Place(f"entry {entry.id}"),
                f"only {len(entry.phrasings) - 1} wordings besides the question",
                f"{FEWEST} or more, in different words, are what makes an entry found",
            )
