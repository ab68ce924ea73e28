"""From a content directory to `Content`: everything the bot can say, or every problem that is in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bot.content.clinic import Clinic
from bot.content.entries import Entry
from bot.content.gathering import Group, gather, renamed_guide, renamed_words
from bot.content.guide import Guide
from bot.content.messages import Messages
from bot.content.reader import Reader
from bot.content.sources import Sources
from bot.content.urgent import Urgent
from bot.content.weights import MEND, Weights
from bot.content.words import Words
from bot.problems import ContentError, Place, Problem, has_errors
from bot.urgent import Gate


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
    weights: Weights | None = None

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All entries by id, in the order of their ids: nothing may depend on the order of files."""
        return {entry.id: entry for entry in sorted((e for g in self.groups for e in g.entries), key=lambda e: e.id)}

    @cached_property
    def formerly(self) -> Mapping[str, str]:
        """Old id -> the id of the entry that has taken it over."""
        return {old: entry.id for entry in self.entries.values() for old in entry.formerly}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The question of each entry by its id, and by its old ones."""
        own = {entry.id: entry.question for entry in self.entries.values()}
        return {**{old: own[entry] for old, entry in self.formerly.items()}, **own}

    def current(self, identifier: str) -> str:
        """The id that an entry has today; one that nobody has taken over stays as it is."""
        return self.formerly.get(identifier, identifier)

    @cached_property
    def gate(self) -> Gate | None:
        """The emergency rules, compiled once for everybody who asks: it takes a fifth of a second."""
        return Gate(self.urgent, self.weights) if self.urgent else None


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


def find_language(root: Path, wanted: str | None = None) -> Path | None:
    """The language folder to use: `root` itself if it has entries, else the wanted one, else the first by name."""
    if (root / "entries").is_dir():
        return root
    folders = sorted(path.parent for path in root.glob("*/entries") if path.is_dir())
    return next((folder for folder in folders if folder.name == wanted), folders[0] if folders else None)


def load(root: Path) -> Loaded:
    """Read a whole content directory. Never raises for what is in it: all problems are reported in one pass."""
    reader = Reader()
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
    weights = _learned(reader, folder / "urgent_weights.tsv", urgent)
    groups, names = gather(reader, folder)
    if guide:
        renamed_guide(reader, guide, names)
    words = renamed_words(reader, words or Words(), names)
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
    content = Content(language, reader.digest.hexdigest(), groups, clinic, messages, words, guide, urgent, weights)
    return Loaded(content, tuple(reader.problems), reader.sources)


def _learned(reader: Reader, path: Path, urgent: Urgent | None) -> Weights | None:
    """What the gate's second look has learned; an error where rules need it and it is not there."""
    weights, told = reader.weights(path)
    if urgent:
        urgent.know(told)
        weighed = next((name for name, concept in urgent.concepts.items() if concept.weighed), None)
        if weighed is not None and not path.is_file():
            place = reader.sources.file("urgent.yaml", "concepts", weighed, "weighed")
            reader.error(place, f"the concept {weighed} is weighed by {path.name}, which is not there", MEND)
    return weights
