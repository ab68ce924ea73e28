"""From what a person typed to plain words: small letters, no accents, no apostrophes, one spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

PAUSE, STOP = 1, 2
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<stop>[.!?;]+)|(?P<pause>[,\n:()•*…]|\s[-–—]+\s|—)"
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f"
_CLEANED = str.maketrans({**dict.fromkeys("’‘`´ʼʹ′＇", "'"), **dict.fromkeys(_INVISIBLE, "")})
_CLITIC = re.compile(r"'(?:s|m|re|ve|ll|d)$")
_LONG_DRAWN = re.compile(r"([^\W\d_])\1{2,}")


class Text(NamedTuple):
    """Words, and how strong the break before each is (0, PAUSE or STOP)."""

    words: list[str]
    breaks: list[int]


def plain(text: str) -> str:
    """Small letters, one kind of apostrophe, no accents, nothing invisible."""
    text = text.translate(_CLEANED)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_CLEANED))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return _LONG_DRAWN.sub(r"\1\1", text.lower())


def _break(kind: str, mark: str) -> int:
    if kind == "stop":
        return PAUSE if mark.startswith("..") else STOP
    return PAUSE


class Reader:
    """Reads a text with one table of spellings; its keys and values may be two words."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._single = {old: new for old, new in spellings.items() if " " not in old}
        self._double: dict[str, dict[str, str]] = {}
        for old, new in spellings.items():
            first, _, second = old.partition(" ")
            if second:
                self._double.setdefault(second, {})[first] = new

    def read(self, text: str, correct: Callable[[list[str]], list[str]] = list) -> Text:
        """The words of a text, their slips mended, in one spelling, and the breaks between them."""
        raw, pauses = _split(plain(text))
        words: list[str] = []
        breaks: list[int] = []
        for token, pause in zip(correct(raw), pauses, strict=True):
            token = self._single.get(token, token)
            before = self._double.get(token)
            if before and words and not pause and words[-1] in before:
                first, *others = before[words[-1]].split(" ")
                words[-1:] = [first, *others]
                breaks += [0] * len(others)
                continue
            for number, part in enumerate(token.split(" ")):
                words.append(part)
                breaks.append(0 if number else pause)
        return Text(words, breaks)


def _split(text: str) -> tuple[list[str], list[int]]:
    """The words as typed, without apostrophes, and the break before each."""
    words: list[str] = []
    breaks: list[int] = []
    pending = STOP
    for found in _TOKEN.finditer(text):
        kind, token = found.lastgroup, found.group()
        if kind in ("stop", "pause"):
            pending = max(pending, _break(kind, token))
            continue
        words.append(_CLITIC.sub("", token).replace("'", "") if "'" in token else token)
        breaks.append(pending)
        pending = 0
    return words, breaks
