"""`urgent_weights.tsv`: how much words and pairs of words speak for an emergency. Learned from examples, not edited.

First the bars, then a line a feature (`bot.urgent.second_look`): the feature, what it adds to the weight of an
emergency of the body, and what it adds to that of a crisis, in hundredths. They are kept by the hash of the feature:
the words themselves would take ten times the memory.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.problems import Place, Problem

HEADS = ("bar", "start")
KINDS = ("danger", "crisis")
MEND = "restore the file as it came, or write it anew with `make learn`"
LAST = 2**32 - 1  # no feature has a greater hash: what is sought always has a place, and the last one adds nothing
Hashes = npt.NDArray[np.uint32]
Adds = npt.NDArray[np.int32]


class Weights(NamedTuple):
    """Features by their hash, in order, LAST at the end, (features,); what each adds for a kind, (features, kinds).

    `bars`: from which sum on a text sounds so; `starts`: what the sum begins with. All in hundredths.
    """

    hashes: Hashes
    adds: Adds
    bars: tuple[int, int]
    starts: tuple[int, int]


def hashes(words: Sequence[str]) -> Hashes:
    """The numbers that stand for the features of some words, in their order (`bot.urgent.second_look.features`).

    The CRC-32 of each, the same on every machine; reckoned on from word to word, since this is done for every message.
    """
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    single = list(map(crc32, encoded))
    after, apart = [b" " + word for word in encoded], [b" _ " + word for word in encoded]
    pairs = [crc32(after[0], crc32(b"^")), *map(crc32, after[1:], single), crc32(b" $", single[-1])] if words else []
    found = dict.fromkeys([*single, *pairs, *map(crc32, apart[2:], single)])
    return np.fromiter(found, dtype=np.uint32, count=len(found))


def read_weights(path: Path) -> tuple[Weights | None, list[Problem], bytes]:
    """The weights, or what is wrong with the file; and its bytes, for a hash of the content."""
    data = path.read_bytes()
    cells = [line.split(b"\t") for line in data.split(b"\n") if line and not line.startswith(b"#")]  # bytes: quicker
    if tuple(cell[0].decode("utf-8", "replace") for cell in cells[: len(HEADS)]) != HEADS:
        message = f"the first lines are not {' and '.join(HEADS)}"
        return None, [Problem("error", Place(path.as_posix(), 1, 1), message, MEND)], data
    try:
        names, *columns = zip(*cells, strict=True)
        adds = np.array([list(map(int, column)) for column in columns], dtype=np.int16).T.astype(np.int32)
    except (ValueError, OverflowError):
        return None, [_broken(path, data.decode("utf-8", "replace").split("\n"))], data
    bars, starts = adds[: len(HEADS)].tolist()
    numbers = np.array([*map(crc32, names[len(HEADS) :]), LAST], dtype=np.uint32)
    adds = np.append(adds[len(HEADS) :], np.zeros((1, len(KINDS)), dtype=np.int32), axis=0)
    order = np.argsort(numbers, kind="stable")
    return Weights(numbers[order], adds.take(order, axis=0), tuple(bars), tuple(starts)), [], data


def _broken(path: Path, lines: Sequence[str]) -> Problem:
    """The first line that cannot be read."""
    sound = re.compile(r"#.*|[^\t]+\t-?\d{1,4}\t-?\d{1,4}|")
    number = next((number for number, line in enumerate(lines, 1) if not sound.fullmatch(line)), len(lines))
    place = Place(path.as_posix(), number, 1, lines[number - 1])
    return Problem("error", place, "a line is not a feature, a tab, a weight, a tab and a weight", MEND)
