"""The normal form of a message: lower case, straight quotes, chat spellings written out, lay names brought together."""

import re
import unicodedata
from collections.abc import Mapping

QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
TOKEN = re.compile(r"[^\W_]+(?:[&'][^\W_]+)*")
POSSESSIVE = re.compile(r"'s?$")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\s]+|\n+|(?<=[?!])(?=\w)")
STRETCHED = re.compile(r"(\w)\1{2,}")
THRICE = re.compile(r"(.)\1\1")  # looked for first: cheaper than STRETCHED, and hardly ever there


def plain(text: str) -> str:
    """NFKC, lower case, straight quotes and dashes; "soooo" becomes "soo"."""
    if not text.isascii():
        return STRETCHED.sub(r"\1\1", unicodedata.normalize("NFKC", text).translate(QUOTES).lower())
    text = text.replace("`", "'").lower()  # in NFKC already
    return STRETCHED.sub(r"\1\1", text) if THRICE.search(text) else text


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; line breaks end a sentence as well."""
    return [part.strip() for part in SENTENCE_END.split(text) if part and part.strip()]


class Tokens:
    """Splits text into words and replaces runs of words by what `words.yaml` says they stand for."""

    def __init__(self, *replacements: Mapping[str, str]) -> None:
        self._stages = [_compile(stage) for stage in replacements if stage]

    def __call__(self, text: str) -> list[str]:
        """The words of `text` in normal form."""
        text = plain(text)
        found: list[str] = TOKEN.findall(text)
        told = text
        for runs in self._stages:
            if not runs.keys().isdisjoint(found):
                found = _replace(found, runs)
                told = "'"  # there may be one now
        if "'" not in told:
            return found
        bare = (POSSESSIVE.sub("", token).replace("'", "") if "'" in token else token for token in found)
        return [token for token in bare if token]


Runs = dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]


def _compile(stage: Mapping[str, str]) -> Runs:
    runs: Runs = {}
    for typed, meant in stage.items():
        source = tuple(TOKEN.findall(plain(typed)))
        if source:
            runs.setdefault(source[0], []).append((source, tuple(TOKEN.findall(plain(meant)))))
    for options in runs.values():
        options.sort(key=lambda option: (-len(option[0]), option[0]))  # the longest run wins
    return runs


def _replace(tokens: list[str], runs: Runs) -> list[str]:
    replaced: list[str] = []
    done = 0  # so many of the tokens
    for place, token in enumerate(tokens):
        if token not in runs or place < done:
            continue
        for source, meant in runs[token]:
            if len(source) == 1 or tuple(tokens[place : place + len(source)]) == source:
                replaced += tokens[done:place]
                replaced += meant
                done = place + len(source)
                break
    return replaced + tokens[done:] if done else tokens
