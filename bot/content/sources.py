"""Where everything stands that was loaded: from an entry or a key back to file, line and column."""

from collections.abc import Iterator
from pathlib import PurePath

from bot.content.strict_yaml import Document, Spot
from bot.problems import Place


class Sources:
    """The documents behind a content directory. Big, so only `faqbot check` and a reload keep them for a moment."""

    def __init__(self) -> None:
        self._files: dict[str, Document] = {}
        self._entries: dict[str, tuple[Document, int]] = {}
        self._wordings: dict[str, list[tuple[Document, str, int]]] = {}

    def add(self, name: str, document: Document) -> None:
        """`name`: the file's path within its language, such as `guide.yaml`."""
        self._files[name] = document

    def add_entry(self, identifier: str, document: Document, position: int) -> None:
        """The entry at `position` of a file of entries; the first one keeps the id."""
        self._entries.setdefault(identifier, (document, position))

    def add_wordings(self, identifier: str, document: Document, key: str, number: int) -> None:
        """An entry's further wordings: so many under this key. The order is that of the entry's own list of them."""
        self._wordings.setdefault(identifier, []).append((document, key, number))

    def file(self, name: str, *path: int | str) -> Place:
        """A spot in a file of the content; the name alone where the content was not read from files."""
        document = self._files.get(name)
        return document.place_of(*path) if document is not None else Place(name)

    def folder(self, otherwise: str) -> Place:
        """The folder of the entries, for what is wrong with all of them together."""
        document, _ = next(iter(self._entries.values()), (None, 0))
        return Place(document.file.rpartition("/")[0] if document is not None else otherwise)

    def entry(self, identifier: str, *path: int | str) -> Place:
        """A spot in an entry: its id, or what stands at `path`, or the deepest of it that there is."""
        if identifier not in self._entries:
            return Place(f"entry {identifier}")
        document, position = self._entries[identifier]
        return document.place_of("entries", position, *(path or ("id",)))

    def wording(self, identifier: str, number: int) -> Place:
        """A further wording of an entry, by its position among them; the entry where that is unknown."""
        for document, key, held in self._wordings.get(identifier, ()):
            if number < held:
                return document.place_of("wordings", key, number)
            number -= held
        return self.entry(identifier)

    def wording_files(self, identifier: str) -> Iterator[Place]:
        """Where an entry's further wordings begin, in each file that has some."""
        for document, key, _ in self._wordings.get(identifier, ()):
            yield document.place_of("wordings", key)

    def group(self, identifier: str) -> str | None:
        """The name of the file that an entry was read from, without `.yaml`; None where it was not read from one."""
        held = self._entries.get(identifier)
        return PurePath(held[0].file).stem if held else None

    def answer(self, identifier: str, start: int) -> Place:
        """The line of an entry's answer that holds the character at `start`; its first line where that is unknown."""
        place = self.entry(identifier, "answer")
        if identifier not in self._entries:
            return place
        document, position = self._entries[identifier]
        node, found = document.node(("entries", position, "answer"))
        if node is None or not found or getattr(node, "style", None) != "|":
            return place
        before = node.value[:start]
        line = node.start_mark.line + 1 + before.count("\n")  # a literal block begins on the line after its key
        text = document.lines[line]
        column = len(text) - len(text.lstrip()) + start - (before.rfind("\n") + 1)
        return document.place(Spot(line, column))

    def holder(self, identifier: str) -> tuple[str, int]:
        """The file that an entry was read from, and its position there. Raises KeyError for an unknown one."""
        document, position = self._entries[identifier]
        return document.file, position

    def path(self, name: str) -> str:
        """The file that was read as `name`. Raises KeyError where there was none."""
        return self._files[name].file

    def lines(self, file: str, *path: int | str) -> range:
        """The lines of what stands at `path` in a file that was read, counted from 1; all for an empty path."""
        document = next(one for one in self._files.values() if one.file == file)
        node, _ = document.node(path)
        if not path or node is None:
            return range(len(document.lines) + 1)
        return range(node.start_mark.line + 1, node.end_mark.line + 2)
