"""Reads the files of a content directory one by one, gathering problems, places and a hash of all that was read."""

import hashlib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.content.entries import EntryFile
from bot.content.sources import Sources
from bot.content.strict_yaml import Document, read
from bot.content.validate import validate
from bot.content.weights import Weights, read_weights
from bot.content.wordings import WordingFile
from bot.problems import Place, Problem, Severity

Model = TypeVar("Model", bound=BaseModel)
FOLDERS: dict[type[BaseModel], str] = {EntryFile: "entries/", WordingFile: "wordings/"}


class Reader:
    """One for each reading of a directory."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()
        self.sources = Sources()

    def read(self, path: Path, model: type[Model]) -> tuple[Model | None, Document]:
        """The file as its model, None where that has failed, and the document behind it."""
        document = read(path, path.as_posix())
        name = path.name.encode(errors="surrogateescape")
        self.digest.update(name + b"\0" + "\n".join(document.lines).encode() + b"\0")
        built = validate(document, model)
        document.let_go()
        self.problems += document.problems
        self.sources.add(FOLDERS.get(model, "") + path.name, document)
        return built, document

    def optional(self, path: Path, model: type[Model]) -> Model | None:
        """The same; None where there is no such file."""
        return self.read(path, model)[0] if path.is_file() else None

    def weights(self, path: Path) -> tuple[Weights | None, str]:
        """What was learned about words, and its hash; None and "" where there is no such file, or it has failed."""
        if not path.is_file():
            return None, ""
        weights, problems, data = read_weights(path)
        self.digest.update(path.name.encode() + b"\0" + data + b"\0")
        self.problems += problems
        return weights, hashlib.sha256(data).hexdigest()

    def tell(self, severity: Severity, place: Place, message: str, hint: str) -> None:
        """One more problem."""
        self.problems.append(Problem(severity, place, message, hint))

    def error(self, place: Place, message: str, hint: str) -> None:
        """One more error."""
        self.tell("error", place, message, hint)
