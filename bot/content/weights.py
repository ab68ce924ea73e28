"""`urgent_weights.tsv`: how much words and pairs of words speak for an emergency. Learned from examples, not edited.

First the bars, then a line a feature (`bot.urgent.features`): the feature, and what it adds, in hundredths, to the
weight of an emergency of the body, to that of a crisis, and to that of a harmless text on which a rule fires. They are
kept by the hash of the feature: the words themselves would take ten times the memory.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.problems import Place, Problem

HEADS = ("bar", "start", "long")
SOUNDS = ("danger", "crisis")
KINDS = (*SOUNDS, "harmless")
WIDTH = 1 + len(KINDS)  # cells of a line
_SAYS_NOTHING = re.compile(rb"(#.*)?\n")
MEND = "restore the file as it came, or write it anew with `make learn`"
LAST = 2**32 - 1  # no feature has a greater hash: what is sought always has a place, and the last one adds nothing
Hashes = npt.NDArray[np.uint32]
Adds = npt.NDArray[np.int16]


class Weights(NamedTuple):
    """Features by their hash, in order, LAST at the end, (features,); what each adds for a kind, (features, kinds).

    `bars`: from which sum on a text sounds so; `starts`: what the sum begins with; `longs`: what is added for a piece
    of a long text. All in hundredths.
    """

    hashes: Hashes
    adds: Adds
    bars: tuple[int, int, int]
    starts: tuple[int, int, int]
    longs: tuple[int, int, int]


def hashes(words: Sequence[str], marks: Iterable[str] = ()) -> Hashes:
    """The numbers that stand for the features of some words and for marks, in order (`bot.urgent.features`).

    The CRC-32 of each, the same on every machine; reckoned on from word to word, since this is done for every message.
    """
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    single = list(map(crc32, encoded))
    after, apart = [b" " + word for word in encoded], [b" _ " + word for word in encoded]
    pairs = [crc32(after[0], crc32(b"^")), *map(crc32, after[1:], single), crc32(b" $", single[-1])] if words else []
    told = [crc32(mark.encode()) for mark in marks]
    found = dict.fromkeys([*single, *pairs, *map(crc32, apart[2:], single), *told])
    return np.fromiter(found, dtype=np.uint32, count=len(found))


def read_weights(path: Path) -> tuple[Weights | None, list[Problem], bytes]:
    """The weights, or what is wrong with the file; and its bytes, for a hash of the content."""
    data = path.read_bytes()
    says_nothing = _SAYS_NOTHING.match(data)
    told = data[says_nothing.end() if says_nothing else 0 :].removesuffix(b"\n")
    cells = told.replace(b"\n", b"\t\n\t").split(b"\t")  # all at once: a list a line takes twice as long
    names, ends = cells[:: WIDTH + 1], set(cells[WIDTH :: WIDTH + 1])
    if tuple(name.decode("utf-8", "replace") for name in names[: len(HEADS)]) != HEADS:
        message = f"the first lines are not {', '.join(HEADS)}"
        return None, [Problem("error", Place(path.as_posix(), 1, 1), message, MEND)], data
    try:
        if ends != {b"\n"} or len(cells) % (WIDTH + 1) != WIDTH:
            raise ValueError("as many weights as kinds")
        adds = np.array([list(map(int, cells[kind :: WIDTH + 1])) for kind in range(1, WIDTH)], dtype=np.int16).T
    except (ValueError, OverflowError):
        return None, [_broken(path, data.decode("utf-8", "replace").split("\n"))], data
    heads = map(tuple, adds[: len(HEADS)].tolist())
    numbers = np.array([*map(crc32, names[len(HEADS) :]), LAST], dtype=np.uint32)
    adds = np.append(adds[len(HEADS) :], np.zeros((1, len(KINDS)), dtype=np.int16), axis=0)
    order = np.argsort(numbers, kind="stable")
    return Weights(numbers[order], adds.take(order, axis=0), *heads), [], data


def _broken(path: Path, lines: Sequence[str]) -> Problem:
    """The first line that cannot be read."""
    sound = re.compile(rf"[^\t]+(\t-?\d{{1,4}}){{{len(KINDS)}}}")
    first = 2 if not lines[0] or lines[0].startswith("#") else 1
    number = next((n for n, line in enumerate(lines[first - 1 :], first) if not sound.fullmatch(line)), len(lines))
    place = Place(path.as_posix(), number, 1, lines[number - 1])
    return Problem("error", place, f"a line is not a feature and {len(KINDS)} weights, with a tab before each", MEND)
