"""From a content directory to `Content`: everything the bot can say, or every problem that is in the way."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from bot.content.clinic import Clinic
from bot.content.entries import Entry, EntryFile
from bot.content.guide import Guide
from bot.content.messages import Messages
from bot.content.sources import Sources
from bot.content.strict_yaml import Document, read, yaml_files
from bot.content.urgent import Urgent
from bot.content.validate import nearest, validate
from bot.content.words import Words
from bot.problems import ContentError, Place, Problem, has_errors
from bot.urgent import Gate

Model = TypeVar("Model", bound=BaseModel)


class Group(NamedTuple):
    """A heading of the topics menu and the entries under it, in the order of the file."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Content:
    """Everything the bot can say in one language. What a directory does not hold is None."""

    language: str
    hash: str
    groups: tuple[Group, ...]
    clinic: Clinic | None = None
    messages: Messages | None = None
    words: Words = field(default_factory=Words)
    guide: Guide | None = None
    urgent: Urgent | None = None

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All entries by id, in the order of their ids: nothing may depend on the order of files."""
        return {entry.id: entry for entry in sorted((e for g in self.groups for e in g.entries), key=lambda e: e.id)}

    @cached_property
    def gate(self) -> Gate | None:
        """The emergency rules, compiled once for everybody who asks: it takes a third of a second."""
        return Gate(self.urgent) if self.urgent else None


class Loaded(NamedTuple):
    """What came out of a directory: the content, unless there are errors, all the problems, and where things stand."""

    content: Content | None
    problems: tuple[Problem, ...]
    sources: Sources

    def unwrap(self) -> Content:
        """The content; raises ContentError with all problems where there is none."""
        if self.content is None:
            raise ContentError(problem for problem in self.problems if problem.severity == "error")
        return self.content


class _Reader:
    """Reads files one by one, gathering problems and the hash of all that was read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()
        self.sources = Sources()

    def read(self, path: Path, model: type[Model]) -> tuple[Model | None, Document]:
        document = read(path, path.as_posix())
        name = path.name.encode(errors="surrogateescape")
        self.digest.update(name + b"\0" + "\n".join(document.lines).encode() + b"\0")
        built = validate(document, model)
        self.problems += document.problems
        self.sources.add(f"entries/{path.name}" if model is EntryFile else path.name, document)
        return built, document

    def optional(self, path: Path, model: type[Model]) -> Model | None:
        return self.read(path, model)[0] if path.is_file() else None

    def error(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(Problem("error", place, message, hint))


def find_language(root: Path, wanted: str | None = None) -> Path | None:
    """The language folder to use: `root` itself if it has entries, else the wanted one, else the first by name."""
    if (root / "entries").is_dir():
        return root
    folders = sorted(path.parent for path in root.glob("*/entries") if path.is_dir())
    return next((folder for folder in folders if folder.name == wanted), folders[0] if folders else None)


def load(root: Path) -> Loaded:
    """Read a whole content directory. Never raises for what is in it: all problems are reported in one pass."""
    reader = _Reader()
    home = root if (root / "clinic.yaml").is_file() or not (root / "entries").is_dir() else root.parent
    known = (home / "clinic.yaml").is_file()
    clinic, clinic_file = reader.read(home / "clinic.yaml", Clinic) if known else (None, None)
    folder = find_language(root, clinic.language if clinic else None)
    if folder is None:
        hint = "point FAQ_DIR or --faq at a folder that holds `<language>/entries/*.yaml`"
        nothing = Problem("error", Place(str(root)), "no FAQ entries found here", hint)
        return Loaded(None, (*reader.problems, nothing), reader.sources)
    messages = reader.optional(folder / "messages.yaml", Messages)
    words = reader.optional(folder / "words.yaml", Words)
    guide = reader.optional(folder / "guide.yaml", Guide)
    urgent = reader.optional(folder / "urgent.yaml", Urgent)
    groups = _groups(reader, folder)
    if clinic and clinic_file and urgent and clinic.country not in urgent.lines:
        reader.error(
            clinic_file.place_of("country"),
            f"country `{clinic.country}`: its emergency and crisis numbers are not verified",
            f"use one of {', '.join(sorted(urgent.lines))}, or have the numbers verified in urgent.yaml first",
        )
    if clinic and clinic_file and folder != root and folder.name != clinic.language:
        reader.error(
            clinic_file.place_of("language"),
            f"language `{clinic.language}`: there is no folder `{clinic.language}` with entries",
            f"write {folder.name}, or add the folder",
        )
    if has_errors(reader.problems):
        return Loaded(None, tuple(reader.problems), reader.sources)
    own_name = folder != root or (clinic is not None and home != root)  # a bare folder may be called anything
    language = folder.name if own_name else clinic.language if clinic else "en"
    content = Content(language, reader.digest.hexdigest(), groups, clinic, messages, words or Words(), guide, urgent)
    return Loaded(content, tuple(reader.problems), reader.sources)


def _groups(reader: _Reader, folder: Path) -> tuple[Group, ...]:
    groups: dict[str, list[Entry]] = {}
    seen: dict[str, Place] = {}
    references: list[tuple[Place, str, str]] = []
    complete = True
    for path in yaml_files(folder / "entries"):
        file, document = reader.read(path, EntryFile)
        complete = complete and file is not None
        for position, entry in enumerate(file.entries if file else ()):
            place = document.place_of("entries", position, "id")
            if entry.id in seen:
                reader.error(
                    place,
                    f"the id `{entry.id}` is taken ({seen[entry.id]})",
                    "give this entry an id of its own, such as `topic.detail`",
                )
            seen.setdefault(entry.id, place)
            reader.sources.add_entry(entry.id, document, position)
            references += [
                (document.place_of("entries", position, "see_also", number), entry.id, other)
                for number, other in enumerate(entry.see_also)
            ]
        if file:
            groups.setdefault(file.group, []).extend(file.entries)
    if complete:  # otherwise every reference into a file that failed to load would look wrong
        _dangling(reader, references, seen)
    if complete and not seen:
        reader.error(Place((folder / "entries").as_posix()), "no entries", "add at least one entry")
    return tuple(Group(name, tuple(entries)) for name, entries in groups.items())


def _dangling(reader: _Reader, references: Iterable[tuple[Place, str, str]], known: Mapping[str, Place]) -> None:
    for place, entry, other in references:
        if other not in known:
            guess = nearest(other, known)
            hint = f"did you mean `{guess}`?" if guess else "remove it from see_also"
            reader.error(place, f"`{entry}` points to `{other}`, which does not exist", hint)
