"""What the parts of the guide's proof share: a fault, and how they name one."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.content.guide import Guide, Option, Question
from bot.content.validate import nearest

Fault = tuple[str, str]  # what is wrong, and how to mend it


def options(guide: Guide) -> Iterator[tuple[Question, Option]]:
    """Every option, with its question."""
    return ((question, option) for question in guide.questions for option in question.options)


def repeated(things: Iterable[str]) -> list[str]:
    """What is there more than once, each thing once."""
    return [thing for thing, times in Counter(things).items() if times > 1]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """How to mend a name that does not exist."""
    guess = nearest(name, known)
    return f"did you mean `{guess}`?" if guess else "add it, or name one that exists"
