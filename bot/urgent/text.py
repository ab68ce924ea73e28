"""From what a person typed to plain words: small letters, no accents, no apostrophes, one spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

PAUSE, STOP = 1, 2
STOPS, PAUSES = ".!?;", ",\n:()•*…—"
_LETTER, _PLAIN_LETTER = r"[^\W\d_]", "[a-z]"
_TOKEN, _PLAIN_TOKEN = (  # what is said in ASCII only is read in half the time
    re.compile(rf"{letter}+(?:'{letter}+)*|\d+(?:[.,]\d+)?|[{STOPS}]+|[{PAUSES}]|\s[-–—]+\s")
    for letter in (_LETTER, _PLAIN_LETTER)
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f"
_CLEANED = str.maketrans({**dict.fromkeys("’‘`´ʼʹ′＇", "'"), **dict.fromkeys(_INVISIBLE, "")})
_CLITIC = re.compile(r"'(?:s|m|re|ve|ll|d)$")
_THRICE = re.compile(r"(.)\1\1")
_LONG_DRAWN = re.compile(rf"({_LETTER})\1{{2,}}")


class Text(NamedTuple):
    """Words, and how strong the break before each is (0, PAUSE or STOP)."""

    words: list[str]
    breaks: list[int]


def plain(text: str) -> str:
    """Small letters, one kind of apostrophe, no accents, nothing invisible."""
    if text.isascii():
        text = text.replace("`", "'").lower()
    else:
        text = unicodedata.normalize("NFKC", text.translate(_CLEANED)).translate(_CLEANED)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return _LONG_DRAWN.sub(r"\1\1", text) if _THRICE.search(text) else text


def _break(mark: str) -> int:
    """How strong a break a mark is; 0 for a word or a number."""
    if mark[0] in STOPS:
        return PAUSE if mark.startswith("..") else STOP
    return PAUSE if mark[0] in PAUSES or mark[0].isspace() else 0


class Reader:
    """Reads a text with one table of spellings; its keys and values may be two words."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._single = {old: new for old, new in spellings.items() if " " not in old}
        self._double: dict[str, dict[str, str]] = {}
        for old, new in spellings.items():
            first, _, second = old.partition(" ")
            if second:
                self._double.setdefault(second, {})[first] = new
        self._respelt = frozenset([*self._single, *self._double])

    def read(self, text: str, correct: Callable[[list[str]], list[str]] = list) -> Text:
        """The words of a text, their slips mended, in one spelling, and the breaks between them."""
        raw, pauses = _split(plain(text))
        typed = correct(raw)
        if self._respelt.isdisjoint(typed):
            return Text(typed, pauses)
        words: list[str] = []
        breaks: list[int] = []
        for token, pause in zip(typed, pauses, strict=True):
            if token not in self._respelt:
                words.append(token)
                breaks.append(pause)
                continue
            token = self._single.get(token, token)
            before = self._double.get(token)
            if before and words and not pause and words[-1] in before:
                first, *others = before[words[-1]].split(" ")
                words[-1:] = [first, *others]
            else:
                first, *others = token.split(" ") if " " in token else (token,)
                words += (first, *others)
                breaks.append(pause)
            if others:
                breaks += [0] * len(others)
        return Text(words, breaks)


def _split(text: str) -> tuple[list[str], list[int]]:
    """The words as typed, without apostrophes, and the break before each."""
    words: list[str] = []
    breaks: list[int] = []
    pending = STOP
    for token in (_PLAIN_TOKEN if text.isascii() else _TOKEN).findall(text):
        pause = 0 if token[0].isalpha() else _break(token)
        if pause:
            pending = max(pending, pause)
            continue
        words.append(_CLITIC.sub("", token).replace("'", "") if "'" in token else token)
        breaks.append(pending)
        pending = 0
    return words, breaks
