"""YAML as a clinic admin means it: every trap of YAML 1.1 is an error with its place, no silent change."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import yaml

from bot.problems import Place, Problem

try:
    from yaml import CSafeLoader as BaseLoader
except ImportError:  # PyYAML built without libyaml: slower, same meaning
    from yaml import SafeLoader as BaseLoader  # type: ignore[assignment]

MAX_DEPTH = 30
QUOTED = ('"', "'", "|", ">")  # libyaml tells a plain value by an empty style, PyYAML's own parser by None
BARE_BOOLEAN = re.compile(r"(?i:yes|no|on|off)|TRUE|FALSE|True|False")
NUMBER_TRAP = re.compile(
    r"[-+]?([0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|0[0-7]+|0[xXbB][0-9a-fA-F_]+|[0-9]+_[0-9_]*(\.[0-9_]*)?)"
)
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")  # more digits than that are text: Python refuses to count them
FLOAT = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
HIDDEN = re.compile("[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOST_TEXT = re.compile(r"[ \t]+#")
BRACE_FIRST = re.compile(r"(?:^|[:-]) *\{\w+\}")
COMMENT = re.compile(r"(?:[ \t]{2,}|^)#(?: |$)")


class Mark(Protocol):
    """A parser's mark; libyaml and PyYAML each have a class of their own. Both count from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class Spot(NamedTuple):
    """A mark of our own."""

    line: int
    column: int


class Document:
    """A parsed file: its plain `data`, the nodes behind it for places, and the problems found on the way."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self._root: yaml.Node | None = None
        self._let_go = False
        self.data: object = None
        self._read(text)

    def let_go(self) -> None:
        """Drop `data` and the nodes, which are many times the text: whoever asks for a place has them made again.

        What is read next takes their room; kept to the end, they would leave holes that no system gets back.
        """
        if not self.problems:
            self._root, self._let_go, self.data = None, True, None

    def place(self, mark: Mark | None) -> Place:
        """The place of a parser's mark, with the line it is on."""
        if mark is None:
            return Place(self.file)
        if mark.line >= len(self.lines):  # the parser stopped after the end: show the last line
            return Place(self.file, len(self.lines), len(self.lines[-1]) + 1, self.lines[-1])
        return Place(self.file, mark.line + 1, mark.column + 1, self.lines[mark.line])

    def node(self, path: tuple[int | str, ...]) -> tuple[yaml.Node | None, bool]:
        """The deepest node along `path` (keys and list positions), and whether the whole path was found."""
        if self._let_go:
            self._root, self._let_go = yaml.compose("\n".join(self.lines), Loader=BaseLoader), False
        node = self._root
        for step in path:
            following = self._child(node, step)
            if following is None:
                return node, False
            node = following
        return node, True

    def place_of(self, *path: int | str) -> Place:
        """The place of the deepest node along `path`."""
        node, _ = self.node(path)
        return self.place(node.start_mark if node is not None else None)

    def key(self, node: yaml.Node | None, name: str) -> yaml.Node | None:
        """The node of a mapping's key itself."""
        if isinstance(node, yaml.MappingNode):
            for key, _ in reversed(node.value):
                if key.value == name:
                    return key  # type: ignore[no-any-return]
        return None

    def _child(self, node: yaml.Node | None, step: int | str) -> yaml.Node | None:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            return node.value[step]  # type: ignore[no-any-return]
        if isinstance(node, yaml.MappingNode):
            for key, value in reversed(node.value):  # of two equal keys the last one holds
                if key.value == str(step):
                    return value  # type: ignore[no-any-return]
        return None

    def _error(self, mark: Mark | None, message: str, hint: str) -> None:
        self.problems.append(Problem("error", self.place(mark), message, hint))

    def _read(self, text: str) -> None:
        for number, line in enumerate(self.lines):
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent:
                mark = Spot(number, indent.index("\t"))
                self._error(mark, "a tab in the indentation", "use spaces; YAML does not accept tabs there")
            if hidden := HIDDEN.search(line):
                self._hidden(Spot(number, hidden.start()), hidden[0])
        if self.problems or not self._safe_events(text):
            return
        try:
            self._root = yaml.compose(text, Loader=BaseLoader)
        except yaml.YAMLError as error:  # duplicate anchors and the like, seen only when composing
            self._syntax(error)
            return
        if self._root is not None:
            self.data = self._build(self._root, 0)

    def _hidden(self, mark: Mark, character: str) -> None:
        self._error(mark, f"an invisible character (U+{ord(character):04X})", "delete it, or type the line anew")

    def _safe_events(self, text: str) -> bool:
        """Refuse aliases, tags and depth before anything is built, so that no file can blow up."""
        depth = documents = 0
        try:
            for event in yaml.parse(text, Loader=BaseLoader):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self._error(event.start_mark, "a second document (`---`)", "keep one document a file")
                        return False
                self._refuse_extras(event)
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                    if depth > MAX_DEPTH:
                        self._error(event.start_mark, "nested too deeply", f"{MAX_DEPTH} levels at most")
                        return False
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
        except yaml.YAMLError as error:
            self._syntax(error)
            return False
        return not self.problems

    def _refuse_extras(self, event: yaml.Event) -> None:
        if self.problems and self.problems[-1].place.line == self.place(event.start_mark).line:
            return  # a line full of aliases is told once
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._error(
                event.start_mark,
                "`&` or `*` at the start of a value is YAML's way to copy text",
                "put the text in quotes, or write it out where it is needed",
            )
        elif tag == "!" or (tag and not any(_implicit(event))):
            self._error(event.start_mark, f"a YAML tag ({tag})", "remove it; plain text is enough")

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark: Mark | None = getattr(error, "problem_mark", None)
        opened: Mark | None = getattr(error, "context_mark", None)
        context = str(getattr(error, "context", ""))
        problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
        far = mark is not None and opened is not None and (opened.line < mark.line or "end of stream" in problem)
        if far and ("quoted" in context or "flow" in context):
            self._error(opened, "what opens here is not closed", "close the quote or bracket that opens here")
            return
        if opened and "simple key" in context:
            mark = opened
        line = self.place(mark).text
        self._error(mark, f"this is not readable as YAML: {problem}", _remedy(problem, line))

    def _build(self, node: yaml.Node, depth: int) -> object:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, depth + 1) for item in node.value]
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - the only kind that is left
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, object]:
        built: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._error(key.start_mark, "a key must be a single word", "write `name: value`")
                continue
            self._traps(key)
            if key.value == "<<":
                self._error(key.start_mark, "`<<` merges other keys in", "write the keys out")
            elif key.value in built:
                self._error(
                    key.start_mark,
                    f"`{key.value}` stands here twice",
                    "keep one of them; the other would be lost without a word",
                )
            built[key.value] = self._build(value, depth + 1)
        return built

    def _traps(self, node: yaml.ScalarNode) -> None:
        text = node.value
        if hidden := HIDDEN.search(text.replace("\n", "")):
            self._hidden(node.start_mark, hidden[0])
        if node.style in QUOTED:
            return
        if BARE_BOOLEAN.fullmatch(text):
            self._error(
                node.start_mark,
                f"bare `{text}` is not text in YAML: it becomes true or false",
                f'write "{text}" in quotes (or true / false in small letters where a switch is meant)',
            )
        elif NUMBER_TRAP.fullmatch(text):
            self._error(
                node.start_mark, f"bare `{text}` turns into another number in YAML", f'write "{text}" in quotes'
            )
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if LOST_TEXT.match(rest) and not COMMENT.match(rest):
            place = self.place(end)
            self.problems.append(
                Problem(
                    "error",
                    place,
                    f"the text after ` #` is lost: {rest.strip()[:40]!r}",
                    "put the whole value in quotes (a comment needs two spaces before and one after the #)",
                )
            )

    def _scalar(self, node: yaml.ScalarNode) -> object:
        text: str = node.value
        self._traps(node)
        if node.style in QUOTED:
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if INTEGER.fullmatch(text):
            return int(text)
        return float(text) if FLOAT.fullmatch(text) else text


def _implicit(event: yaml.Event) -> tuple[bool, ...]:
    implicit = getattr(event, "implicit", True)
    return implicit if isinstance(implicit, tuple) else (bool(implicit),)


def _remedy(problem: str, line: str) -> str:
    if BRACE_FIRST.search(line):
        return "a value cannot start with {: put it in quotes"
    if "expected ':'" in problem:
        return "write `name: value`, with a colon and a space; text of several lines needs quotes or a |"
    if "mapping values are not allowed" in problem:
        return "a colon followed by a space inside the text? Put the whole value in quotes"
    if "expected <block end>" in problem or "did not find expected" in problem:
        return "check the indentation here and on the line above, and that every quote is closed"
    if "cannot start any token" in problem:
        return "a value cannot start with this character: put it in quotes"
    return "check this line and the one above: quotes, colons, indentation"


def read(path: Path, shown_as: str | None = None) -> Document:
    """Read one YAML file strictly. Never raises for what is in the file; its `problems` say what is wrong."""
    name = shown_as or str(path)
    try:
        raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").split("\n")
        line = raw.split(b"\n")[len(before) - 1].decode("utf-8", "replace").rstrip("\r")
        document = Document(name, "")
        document.problems.append(
            Problem(
                "error",
                Place(name, len(before), len(before[-1]) + 1, line),
                "not readable as UTF-8 text",
                "save the file as UTF-8 (in Windows Notepad: Save as, Encoding: UTF-8)",
            )
        )
        return document
    except OSError as error:
        document = Document(name, "")
        document.problems.append(
            Problem("error", Place(name), f"cannot be read: {error.strerror}", "check that it exists")
        )
        return document
    return Document(name, text)


def yaml_files(folder: Path) -> Iterator[Path]:
    """All YAML files of a folder by name, so that the order is the same on every machine; no editor's hidden copies."""
    yield from sorted(
        path for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".")
    )
