"""Words that fill the same places of the patterns: they are told apart no further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Forms = Callable[[str], Iterable[str]]


class Family(NamedTuple):
    """The places that a word fills, in order, and all forms of words that fill just these."""

    places: tuple[int, ...]
    forms: list[str]


def families(filled_by: Mapping[str, list[int]], lists: Mapping[str, tuple[str, ...]], forms: Forms) -> list[Family]:
    """`filled_by`: a word, or a list as `<name>`, -> the places that it fills; `word!` stands for no other form."""
    written: dict[str, tuple[str, ...]] = {}  # form -> the words that it is a form of, and their lists
    for word, names in _names(filled_by, lists).items():
        for form in (word[:-1],) if word.endswith("!") else forms(word):
            others = written.get(form)
            written[form] = names if others is None else others + names
    relatives: dict[tuple[str, ...], list[str]] = {}
    for form, names in written.items():
        relatives.setdefault(names, []).append(form)
    found: dict[tuple[int, ...], Family] = {}
    for names, own in relatives.items():
        places = _places(filled_by, names)
        found.setdefault(places, Family(places, [])).forms.extend(own)
    return list(found.values())


def _places(filled_by: Mapping[str, list[int]], names: Sequence[str]) -> tuple[int, ...]:
    """In order, for they tell families apart."""
    if len(names) == 1:
        return tuple(filled_by[names[0]])
    return tuple(sorted(set().union(*(filled_by[name] for name in names))))


def _names(filled_by: Iterable[str], lists: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Each word, and under which names it fills places: its own and those of its lists."""
    found: dict[str, tuple[str, ...]] = {name: (name,) for name in filled_by if not name.startswith("<")}
    for name in filled_by:
        for word in lists[name[1:-1]] if name.startswith("<") else ():
            found[word] = (*found.get(word, ()), name)
    return found
