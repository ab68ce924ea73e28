"""From the files of entries and wordings to entries that belong together: ids, old ids, references, wordings."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.content.entries import Entry, EntryFile
from bot.content.guide import Guide
from bot.content.reader import Reader
from bot.content.strict_yaml import Document, yaml_files
from bot.content.validate import nearest
from bot.content.wordings import WordingFile
from bot.content.words import Words
from bot.problems import Place


class Group(NamedTuple):
    """A heading of the topics menu and the entries under it, in the order of the file."""

    name: str
    entries: tuple[Entry, ...]


class Held(NamedTuple):
    """An entry and where it stands."""

    entry: Entry
    group: str
    document: Document
    position: int

    def place(self, *path: int | str) -> Place:
        """A spot in the entry."""
        return self.document.place_of("entries", self.position, *path)


class Names(NamedTuple):
    """All entries by their ids, and the old ids with the entries that have taken them over."""

    live: Mapping[str, Held]
    old: Mapping[str, str]


def gather(reader: Reader, folder: Path) -> tuple[tuple[Group, ...], Names]:
    """All groups of a language's folder; what is wrong with them is told to the reader."""
    read = [reader.read(path, EntryFile) for path in yaml_files(folder / "entries")]
    pool = folder / "wordings"
    further = [reader.read(path, WordingFile) for path in yaml_files(pool)] if pool.is_dir() else []
    held = [
        Held(entry, file.group, document, position)
        for file, document in read
        if file
        for position, entry in enumerate(file.entries)
    ]
    live = _ids(reader, held)
    names = Names(live, _old_ids(reader, held, live))
    entries = [one.entry for one in held]
    if all(file for file, _ in read):  # otherwise every reference into a file that failed to load would look wrong
        entries = [_with_references(reader, one, names) for one in held]
        wordings = _wordings(reader, further, names)
        entries = [entry.with_wordings(wordings.get(entry.id, ())) for entry in entries]
        if not held:
            reader.error(Place((folder / "entries").as_posix()), "no entries", "add at least one entry")
    groups: dict[str, list[Entry]] = {file.group: [] for file, _ in read if file}
    for one, entry in zip(held, entries, strict=True):
        groups[one.group].append(entry)
    return tuple(Group(name, tuple(entries)) for name, entries in groups.items()), names


def _ids(reader: Reader, held: Iterable[Held]) -> dict[str, Held]:
    seen: dict[str, Held] = {}
    for one in held:
        identifier = one.entry.id
        if identifier in seen:
            message = f"the id `{identifier}` is taken ({seen[identifier].place('id')})"
            reader.error(one.place("id"), message, "give this entry an id of its own, such as `topic.detail`")
        seen.setdefault(identifier, one)
        reader.sources.add_entry(identifier, one.document, one.position)
    return seen


def _old_ids(reader: Reader, held: Iterable[Held], live: Mapping[str, Held]) -> dict[str, str]:
    claimed: dict[str, tuple[Held, int]] = {}
    for one in held:
        for number, old in enumerate(one.entry.formerly):
            if old in live:
                where = live[old].place("id")
                message = f"`{one.entry.id}` was formerly `{old}`, but there is an entry `{old}` ({where})"
                hint = "only ids that are gone belong here: remove this one, or that entry"
                reader.error(one.place("formerly", number), message, hint)
            elif old in claimed:
                owner, position = claimed[old]
                where = owner.place("formerly", position)
                message = f"`{one.entry.id}` was formerly `{old}`, but `{owner.entry.id}` has taken it over ({where})"
                hint = "keep it under the entry that answers what it answered"
                reader.error(one.place("formerly", number), message, hint)
            claimed.setdefault(old, (one, number))
    return {old: owner.entry.id for old, (owner, _) in claimed.items() if old not in live}


def _with_references(reader: Reader, one: Held, names: Names) -> Entry:
    """The entry, whose `see_also` has live ids only."""
    entry = one.entry
    for number, other in enumerate(entry.see_also):
        if other in names.old:
            place = one.place("see_also", number)
            _renamed(reader, place, f"`{entry.id}` points to `{other}`", names.old[other])
        elif other not in names.live:
            guess = nearest(other, names.live)
            hint = f"did you mean `{guess}`?" if guess else "remove it from see_also"
            place = one.place("see_also", number)
            reader.error(place, f"`{entry.id}` points to `{other}`, which does not exist", hint)
    if names.old.keys().isdisjoint(entry.see_also):
        return entry
    now = dict.fromkeys(names.old.get(other, other) for other in entry.see_also)
    return entry.model_copy(update={"see_also": [other for other in now if other != entry.id]})


def _wordings(
    reader: Reader, files: Iterable[tuple[WordingFile | None, Document]], names: Names
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file, document in files:
        for written, texts in (file.wordings if file else {}).items():
            entry = names.old.get(written, written)
            if entry != written:
                _renamed(reader, _heading(document, written), f"wordings for `{written}`", entry)
            if entry not in names.live:
                guess = nearest(entry, names.live)
                hint = f"did you mean `{guess}`?" if guess else "write the id of an entry, or delete them"
                place = _heading(document, written)
                reader.error(place, f"wordings for `{entry}`, which does not exist", hint)
                continue
            found.setdefault(entry, []).extend(texts)
            reader.sources.add_wordings(entry, document, written, len(texts))
    return found


def _heading(document: Document, written: str) -> Place:
    key = document.key(document.node(("wordings",))[0], written)
    return document.place(key.start_mark if key is not None else None)


def renamed_guide(reader: Reader, guide: Guide, names: Names) -> None:
    """Tells of old ids in the guide. It stays as it was signed: whoever shows it looks up what they are now."""
    for number, outcome in enumerate(guide.outcomes):
        for position, name in enumerate(outcome.related):
            if name in names.old:
                place = reader.sources.file("guide.yaml", "outcomes", number, "related", position)
                _renamed(reader, place, f"outcome `{outcome.id}` points to `{name}`", names.old[name])


def renamed_words(reader: Reader, words: Words, names: Names) -> Words:
    """The words, whose `stands_for` has live ids only."""
    topics = {name.split(".", 1)[0] for name in names.live}
    old = [name for name in words.stands_for if name in names.old and name not in topics]
    for name in old:
        place = reader.sources.file("words.yaml", "stands_for", name)
        _renamed(reader, place, f"`stands_for` has `{name}`", names.old[name])
    if not old:
        return words
    now = {names.old[name]: words.stands_for[name] for name in old}
    kept = {name: noun for name, noun in words.stands_for.items() if name not in old}
    return words.model_copy(update={"stands_for": {**now, **kept}})


def _renamed(reader: Reader, place: Place, what: str, entry: str) -> None:
    reader.tell("warning", place, f"{what}, which is now `{entry}`", f"write `{entry}`")
