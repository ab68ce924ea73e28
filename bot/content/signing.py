"""Writes a review into a YAML file by position, so that comments and layout stay as the clinic's people made them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import NamedTuple

import yaml

from bot.content.strict_yaml import Document

KEYS = ("by", "date", "due", "hash")
LINE_ENDS = re.compile("\r\n|\r|\n")
Path = tuple[int | str, ...]
Values = Mapping[str, str | None]


class Unwritable(Exception):
    """The review cannot be written here without touching something else; the message says what to do by hand."""


class Edit(NamedTuple):
    """Replace what stands between two positions. Lines and columns count from 0, in characters."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def with_reviews(file: str, text: str, reviews: Mapping[Path, Values]) -> str:
    """The text of a file with a `review` written into the mapping at each path; `()` is the file as a whole.

    The last line gets its line end where it had none. `reviews`: by, date, due and hash for each. Raises Unwritable
    where anything else would change.
    """
    newline = found.group() if (found := LINE_ENDS.search(text)) else "\n"
    text = text if text.endswith(("\n", "\r")) else text + newline
    document = Document(file, text)
    edits = [edit for path, values in reviews.items() for edit in _edits(document, path, values)]
    written = _applied(text, edits, newline)
    expected = deepcopy(document.data)
    for path, values in reviews.items():
        item = _at(expected, path)
        before = item.get("review")
        item["review"] = {**(before if isinstance(before, dict) else {}), **values}
    again = Document(file, written)
    if again.problems or again.data != expected:
        raise Unwritable(f"{file}: a review cannot be written there without changing other text")
    return written


def _edits(document: Document, path: Path, values: Values) -> Iterator[Edit]:
    item, found = document.node(path)
    if not found or not isinstance(item, yaml.MappingNode) or not item.value:
        raise Unwritable(f"{document.file}: nothing to sign at {path}")
    review = next((value for key, value in item.value if key.value == "review"), None)
    if isinstance(review, yaml.MappingNode) and review.value:
        yield from _changed(document, review, values)
    elif review is not None:
        start, end = review.start_mark, review.end_mark
        gap = "" if start.column and document.lines[start.line][: start.column].endswith(" ") else " "
        yield Edit(start.line, start.column, end.line, end.column, f"{gap}{_flow(values)}")
    else:
        yield _added(document, item, f"review: {_flow(values)}")


def _changed(document: Document, review: yaml.MappingNode, values: Values) -> Iterator[Edit]:
    """Each value in its place; keys that are missing come after the last one."""
    known = {key.value: value for key, value in review.value}
    for name in KEYS:
        if name in known:
            node, said = known[name], _scalar(values[name])
            start, end = node.start_mark, node.end_mark
            gap = " " if document.lines[start.line][: start.column].endswith(":") else ""
            yield Edit(start.line, start.column, end.line, end.column, f"{gap}{said}")
    missing = [f"{name}: {_scalar(values[name])}" for name in KEYS if name not in known]
    if missing and review.flow_style:
        end = review.value[-1][1].end_mark
        yield Edit(end.line, end.column, end.line, end.column, "".join(f", {said}" for said in missing))
    elif missing:
        indent = " " * review.value[0][0].start_mark.column
        line = _line_after(document, review)
        yield Edit(line, 0, line, 0, "".join(f"{indent}{said}\n" for said in missing))


def _added(document: Document, item: yaml.MappingNode, said: str) -> Edit:
    if item.flow_style:
        end = item.value[-1][1].end_mark
        return Edit(end.line, end.column, end.line, end.column, f", {said}")
    line = _line_after(document, item)
    return Edit(line, 0, line, 0, f"{' ' * item.value[0][0].start_mark.column}{said}\n")


def _line_after(document: Document, node: yaml.Node) -> int:
    """The line after the last one that holds text of a block: blank lines and comments below stay below."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    line = node.end_mark.line + (1 if node.end_mark.column else 0)
    while line > 0 and not document.lines[line - 1].strip():
        line -= 1
    return line


def _applied(text: str, edits: Iterable[Edit], newline: str) -> str:
    """Edits from the last to the first, so that positions stay true."""
    starts = [0, *(found.end() for found in LINE_ENDS.finditer(text))]
    for edit in sorted(edits, reverse=True):
        start, end = starts[edit.line] + edit.column, starts[edit.end_line] + edit.end_column
        text = text[:start] + edit.text.replace("\n", newline) + text[end:]
    return text


def _flow(values: Values) -> str:
    return f"{{{', '.join(f'{name}: {_scalar(values[name])}' for name in KEYS)}}}"


def _scalar(value: str | None) -> str:
    return "null" if value is None else json.dumps(value, ensure_ascii=False)


def _at(data: object, path: Path) -> dict[str, object]:
    for step in path:
        data = data[step]  # type: ignore[index]
    assert isinstance(data, dict)  # noqa: S101 - its node was a mapping
    return data
