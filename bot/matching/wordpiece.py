"""Text into the word pieces that the sentence model knows: BERT's uncased WordPiece, as its tokenizer.json asks."""

import string
import unicodedata
from collections.abc import Iterator, Mapping

LIMIT = 128
"""Most pieces of one text, the two marks included; what comes after is cut off."""
LONGEST_WORD = 100
"""Characters; a longer word is unknown as a whole."""
IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
"""Code points that are words by themselves (the tokenizer's own list, its gap included)."""


class WordPiece:
    """Built once from a vocabulary; holds nothing about the texts it has seen."""

    def __init__(self, vocabulary: Mapping[str, int], limit: int = LIMIT) -> None:
        """`vocabulary`: piece -> id; a piece inside a word begins with `##`."""
        self._vocabulary = vocabulary
        self._limit = limit
        self._start, self._end, self._unknown = (vocabulary[mark] for mark in ("[CLS]", "[SEP]", "[UNK]"))

    def ids(self, text: str) -> list[int]:
        """The ids of a text between its two marks: 2 to `limit` of them."""
        ids = [self._start]
        for word in words(text):
            ids += self._pieces(word)
            if len(ids) >= self._limit:
                break
        return [*ids[: self._limit - 1], self._end]

    def _pieces(self, word: str) -> list[int]:
        """The longest known pieces from the left; one unknown where they do not cover the word."""
        if len(word) > LONGEST_WORD:
            return [self._unknown]
        pieces: list[int] = []
        start = 0
        while start < len(word):
            found = self._longest(word, start)
            if found is None:
                return [self._unknown]
            start, piece = found
            pieces.append(piece)
        return pieces

    def _longest(self, word: str, start: int) -> tuple[int, int] | None:
        """Where the longest known piece from `start` ends, and its id."""
        mark = "##" if start else ""
        for end in range(len(word), start, -1):
            piece = self._vocabulary.get(mark + word[start:end])
            if piece is not None:
                return end, piece
        return None


def words(text: str) -> Iterator[str]:
    """Lower-case words without accents; each punctuation mark and each ideograph is a word."""
    spaced = "".join(_cleaned(char) for char in text)
    plain = "".join(char for char in unicodedata.normalize("NFD", spaced) if unicodedata.category(char) != "Mn")
    for word in plain.lower().split():
        yield from _parts(word)


def _cleaned(char: str) -> str:
    """A character as the tokenizer reads it: white space is a space, controls vanish, ideographs stand alone."""
    if char.isascii() and char.isprintable():
        return char
    if char in "\t\n\r" or unicodedata.category(char) in ("Zs", "Zl", "Zp"):
        return " "
    if char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs"):
        return ""
    point = ord(char)
    return f" {char} " if any(low <= point <= high for low, high in IDEOGRAPHS) else char


def _parts(word: str) -> Iterator[str]:
    """A word cut at punctuation; each mark is kept as a part."""
    start = 0
    for place, char in enumerate(word):
        if char in string.punctuation or unicodedata.category(char)[0] == "P":
            if start < place:
                yield word[start:place]
            yield char
            start = place + 1
    if start < len(word):
        yield word[start:]
