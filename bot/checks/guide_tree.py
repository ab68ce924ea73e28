"""The guide's tree: everything that is pointed to exists and is reached, every path ends, none is too long."""

from collections.abc import Collection, Iterator

from bot.checks.guide_faults import Fault, did_you_mean, options, repeated
from bot.content.guide import Guide
from bot.guide import meaning, paths

TAPS = 8  # on the longest path
DATA = 64  # bytes; Telegram's limit for a button's data


def names(guide: Guide) -> Iterator[Fault]:
    """Ids are there once, and whatever is pointed to exists: otherwise a path would end in nothing."""
    known = [node.id for node in guide.questions] + [node.id for node in guide.outcomes]
    for name in repeated(known):
        yield f"`{name}` is the id of more than one question or outcome", "give each an id of its own"
    if guide.start not in known:
        yield f"`start` names `{guide.start}`, which does not exist", did_you_mean(guide.start, known)
    for question, option in options(guide):
        if option.to not in known:
            message = f"question `{question.id}`, option `{option.id}`: `to` names `{option.to}`, which does not exist"
            yield message, did_you_mean(option.to, known)
    for question in guide.questions:
        if not question.options:
            yield f"question `{question.id}` has no options, so a path ends there in nothing", "add its options"
        for name in repeated(option.id for option in question.options):
            yield f"question `{question.id}` has more than one option `{name}`", "give each option a letter of its own"


def circles(guide: Guide) -> Iterator[Fault]:
    """No question can come back: every path ends."""
    targets = {question.id: {option.to for option in question.options} for question in guide.questions}
    left = dict(targets)
    while ended := [name for name, ahead in left.items() if not ahead & left.keys()]:
        for name in ended:
            del left[name]
    for name in left:
        if name in _ahead(targets, name):
            yield f"question `{name}` can come back: a path runs in a circle", "let one of its answers lead elsewhere"


def _ahead(targets: dict[str, set[str]], name: str) -> set[str]:
    seen: set[str] = set()
    ahead = list(targets[name])
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += targets.get(here, ())
    return seen


def unreached(guide: Guide) -> Iterator[Fault]:
    """Nothing is written that nobody can come to."""
    targets = {question.id: {option.to for option in question.options} for question in guide.questions}
    targets.setdefault(guide.start, set())
    seen = _ahead(targets, guide.start) | {guide.start}
    for kind, nodes in (("question", guide.questions), ("outcome", guide.outcomes)):
        for node in nodes:
            if node.id not in seen:
                yield f"{kind} `{node.id}` is never reached", "let an option lead `to` it, or remove it"


def lengths(guide: Guide) -> Iterator[Fault]:
    """No path is too long for a person, or for a button."""
    found = sorted((path for path, _ in paths(guide)), key=len)
    if not found:
        return
    longest = found[-1]
    if len(longest) > TAPS:
        message = f"path `{longest}` takes {len(longest)} taps; {TAPS} is the most"
        yield message, "join two questions on it, or end it earlier"
    size = len(f"1w:{meaning(guide)}:{longest}".encode())
    if size > DATA:
        yield f"path `{longest}` needs {size} bytes in a button; {DATA} is the most", "shorten it"


def references(guide: Guide, entry_ids: Collection[str]) -> Iterator[Fault]:
    """Every related answer exists."""
    for outcome in guide.outcomes:
        for name in outcome.related:
            if name not in entry_ids:
                yield f"outcome `{outcome.id}`: there is no answer `{name}`", did_you_mean(name, entry_ids)
