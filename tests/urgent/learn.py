"""Learns `faq/en/urgent_weights.tsv` from examples: `make learn`. Prints how well it would have done on unseen ones.

Three things are learned: what sounds like an emergency of the body and what like a crisis, both where no rule shows a
card; and what sounds harmless although one does.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.content.loading import load
from bot.content.weights import HEADS, KINDS, SOUNDS
from bot.urgent import Gate
from bot.urgent.second_look import EXCUSED, NEARLY
from tests.urgent.conftest import urgent_content
from tests.urgent.examples import EMERGENCIES, FOLDS, SMALL, WAYS, Example, firing, heard, questions, told
from tests.urgent.logistic import Doubles, Rows, fit
from tests.urgent.splices import splices
from tests.urgent.variations import buried

FAQ = Path(__file__).parents[2] / "faq"
MEANT = {"danger": "N", "crisis": "C", "harmless": "HOF"}  # of which labels a text sounds so
LEAST = 2  # texts that a feature must stand in
COST, ALIKE = 10.0, 2.0  # of an error; so much more of one about a look-alike or a wording of the FAQ
RARE = 7.0  # what the logarithm of rarity is divided by
DOUBT = 0.5  # what sounds like an emergency counts so much against its sounding harmless
ALARMS = 0.001  # of ordinary messages that nobody has learned from, of either kind: where the bars are set
ALARMS_LONG = 0.01  # of harmless long texts
SET_ASIDE = {"N": 0.003, "C": 0.008}  # of those that nobody has learned from and on which a rule fires, at most so many
SET_ASIDE_LONG = {"N": 0.002, "C": 0.015}  # crises deep in long posts: most of what is lost shows another kind's card
SURER = 0.05  # than any example of what must not happen
LIGHT = 0.4  # what adds less is left out
Chosen = npt.NDArray[np.bool_]


class Learned(NamedTuple):
    """Features, their weights for a kind (KINDS), and what every text begins with."""

    names: list[str]
    weights: dict[str, Doubles]
    starts: dict[str, float]


def say(line: str) -> None:
    """A line on the terminal."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Learn, set the bars by what was left out, write the file."""
    path = FAQ / "en" / "urgent_weights.tsv"
    if load(FAQ).content is None:  # perhaps for want of the very file that is to be written: rules do without
        path.write_text("".join(f"{head}\t9999\t9999\t9999\n" for head in HEADS), encoding="utf-8")
    content = load(FAQ).unwrap()
    urgent = urgent_content()
    gate = Gate(urgent)
    texts = told(content, urgent)
    examples = _telling([one for text, label in texts.items() for one in heard(gate, text, label)])
    fired = [one for text, label in texts.items() for one in firing(gate, text, label)]
    further = [one for text in EMERGENCIES for way in SMALL for one in firing(gate, text, "N", way)]
    further += [one for text in EMERGENCIES[::5] for one in firing(gate, text, "N", buried)]
    further += splices(gate, texts)
    written = [one for text in EMERGENCIES for way in WAYS for one in firing(gate, text, "N", way)]

    sounds = learned(examples, SOUNDS)
    harmless = learned([*fired, *further], ("harmless",))
    kept = _kept(sounds, harmless)  # the bars are for what is written: the difference decided a message
    pieces = [piece for one in fired for piece in heard(gate, one.text, one.label)]
    unseen = _left_out(examples, SOUNDS, [*examples, *fired, *pieces])
    asked = [one for text in questions(content) for one in heard(gate, text, "F")]
    bars, longs = _bars(examples, {kind: found[: len(examples)] for kind, found in unseen.items()}, kept, asked)
    of_fired = slice(len(examples), len(examples) + len(fired))
    doubts = DOUBT * sum(found[of_fired] for found in unseen.values())
    close = _nearly(pieces, {kind: found[of_fired.stop :] for kind, found in unseen.items()}, bars, longs)
    unseen_harmless = _left_out([*fired, *further], ("harmless",), fired)["harmless"] - doubts
    unseen_harmless[[one.text in close for one in fired]] = -np.inf
    known = _weighed(kept, written)["harmless"]
    short, long = (_bar_aside(fired, unseen_harmless, written, known, long) for long in (False, True))
    _write(path, kept, {**bars, "harmless": short}, {**longs, "harmless": short - long})


def _telling(examples: Sequence[Example]) -> list[Example]:
    """Of each long emergency only one part, that which tells of it: the loudest to who has learned from short texts."""
    weighed = _weighed(learned([one for one in examples if not one.long], SOUNDS), examples)
    loudest: dict[str, tuple[float, int]] = {}
    for number, one in enumerate(examples):
        if one.long and not one.harmless:
            kind = next(kind for kind in SOUNDS if one.label in MEANT[kind])
            loudest[one.text] = max(loudest.get(one.text, (-np.inf, -1)), (float(weighed[kind][number]), number))
    chosen = {number for _, number in loudest.values()}
    return [one for number, one in enumerate(examples) if not one.long or one.harmless or number in chosen]


def learned(examples: Sequence[Example], kinds: Sequence[str]) -> Learned:
    """A kind's examples against all others, but for those of the other kind of emergency."""
    found = [one.part.features() for one in examples]
    often = Counter(name for names in found for name in names)
    names = sorted(name for name, count in often.items() if count >= LEAST)
    scale = np.array([(np.log((len(examples) + 1) / (often[name] + 1)) + 1) / RARE for name in names])
    column = {name: number for number, name in enumerate(names)}
    weights, starts = {}, {}
    for kind in kinds:
        sound = kind in SOUNDS
        some = [n for n, one in enumerate(examples) if one.harmless or not sound or one.label in MEANT[kind]]
        right = np.array([examples[number].label in MEANT[kind] for number in some])
        alike = "HFS" if sound else MEANT[kind]
        cost = np.array([COST * (ALIKE if examples[number].label in alike else 1.0) for number in some])
        weights[kind], starts[kind] = fit(_rows([found[number] for number in some], column), scale, right, cost)
    return Learned(names, weights, starts)


def _rows(found: Sequence[Sequence[str]], column: dict[str, int]) -> Rows:
    known = [[column[name] for name in names if name in column] for names in found]
    starts = np.cumsum([0, *map(len, known)])
    values = np.array([1 / np.sqrt(max(1, len(names))) for names in found])
    return Rows(starts, np.array([number for row in known for number in row]), values, len(column))


def _weighed(one: Learned, examples: Sequence[Example]) -> dict[str, Doubles]:
    """What was learned says of each example."""
    rows = _rows([example.part.features() for example in examples], {name: n for n, name in enumerate(one.names)})
    return {kind: rows.times(weights) + one.starts[kind] for kind, weights in one.weights.items()}


def _left_out(examples: Sequence[Example], kinds: Sequence[str], asked: Sequence[Example]) -> dict[str, Doubles]:
    """The weights of each example that is asked for as learned from other texts, a fifth left out at a time."""
    lots = np.array([one.lot for one in asked])
    weighed = {kind: np.zeros(len(asked)) for kind in kinds}
    for fold in range(FOLDS):
        one = learned([example for example in examples if example.lot != fold], kinds)
        for kind, every in _weighed(one, asked).items():
            weighed[kind][lots == fold] = every[lots == fold]
    return weighed


def _bars(
    examples: Sequence[Example], unseen: dict[str, Doubles], kept: Learned, asked: Sequence[Example]
) -> tuple[dict[str, float], dict[str, float]]:
    """Of the emergencies: above all but ALARMS of the ordinary texts, and above every wording of the FAQ.

    `asked`: its test wordings, which nothing is learned from.

    And what is added for a piece of a long text: it has more than one chance to alarm.
    """
    silent = np.array([one.label == "O" and not one.fires and not one.long for one in examples])
    long = np.array([one.harmless and one.long for one in examples])
    ours = np.array([one.label == "F" for one in examples])
    bars, longs = {}, {}
    known, tested = _weighed(kept, examples), _weighed(kept, asked)
    room, room_asked = (np.array([EXCUSED / 100 * one.excused for one in some]) for some in (examples, asked))
    for kind, found in unseen.items():
        loudest = float(max((known[kind] + room)[ours].max(), (tested[kind] + room_asked).max())) + SURER
        few = float(np.quantile(found[silent], 1 - ALARMS))
        say(f"{kind}: few ordinary ones from {few:.2f} on, no wording of the FAQ from {loudest:.2f} on")
        bars[kind] = max(few, loudest)
        texts = {one.text for one, is_long in zip(examples, long, strict=True) if is_long}
        allowed = ALARMS_LONG * len(texts) / np.count_nonzero(long)
        longs[kind] = min(0.0, bars[kind] - float(np.quantile(found[long], 1 - allowed)))
        say(f"{kind}: from {bars[kind]:.2f} on, of {len(texts)} long texts from {bars[kind] - longs[kind]:.2f} on")
    over = [
        found + np.where([one.long for one in examples], longs[kind], 0.0) >= bars[kind]
        for kind, found in unseen.items()
    ]
    _tell("heard", examples, np.any(over, axis=0), False)
    _tell_excused(examples, unseen, bars, longs)
    return bars, longs


def _tell_excused(
    examples: Sequence[Example], unseen: dict[str, Doubles], bars: dict[str, float], longs: dict[str, float]
) -> None:
    """How many of those on which a rule would fire but for an excuse are heard so far below the bars."""
    excused = np.array([one.excused for one in examples])
    added = [np.where([one.long for one in examples], longs[kind], 0.0) - bars[kind] for kind in unseen]
    most = np.max([found + add for found, add in zip(unseen.values(), added, strict=True)], axis=0)
    for room in (0, EXCUSED, 2 * EXCUSED, 3 * EXCUSED):
        near = most >= -room / 100
        some = {label: excused & np.array([one.label == label for one in examples]) for label in "NCHOF"}
        told = (f"{label} {np.count_nonzero(one & near)} of {one.sum()}" for label, one in some.items())
        say(f"excused, from {room} below the bars on: {', '.join(told)}")


def _nearly(
    pieces: Sequence[Example], unseen: dict[str, Doubles], bars: dict[str, float], longs: dict[str, float]
) -> set[str]:
    """The texts that have a piece which nearly sounds like an emergency to who has not learned from it."""
    close: set[str] = set()
    for kind, found in unseen.items():
        over = found - bars[kind] + np.where([one.long for one in pieces], longs[kind], 0.0)
        close.update(one.text for one, much in zip(pieces, over.tolist(), strict=True) if much >= -NEARLY / 100)
    return close


def _bar_aside(
    fired: Sequence[Example], unseen: Doubles, written: Sequence[Example], known: Doubles, long: bool
) -> float:
    """Above all but few of the emergencies, and above those of the panel in whatever way they are written."""
    ones = [one for one in fired if one.long == long]
    weighed = unseen[[one.long == long for one in fired]]
    panel = float(known[[one.long == long for one in written]].max())
    labels = np.array([one.label for one in ones])
    allowed = SET_ASIDE_LONG if long else SET_ASIDE
    of_each = [np.quantile(weighed[labels == label], 1 - some, method="higher") for label, some in allowed.items()]
    bar = max(*map(float, of_each), panel) + SURER
    say(f"{'long' if long else 'short'} texts from {bar:.2f} on; the panel's loudest {panel:.2f}")
    _tell("set aside", ones, weighed >= bar, True)
    return bar


def _tell(what: str, examples: Sequence[Example], found: Chosen, fires: bool) -> None:
    for label in "NCSHOF":
        some = np.array([one.label == label and one.fires == fires for one in examples])
        say(f"  {label}, {'a' if fires else 'no'} rule fires: {np.count_nonzero(found & some)} of {some.sum()} {what}")


def _kept(sounds: Learned, harmless: Learned) -> Learned:
    """All three sums as they are written: in hundredths, without what adds little to each."""
    named = [dict(zip(sounds.names, sounds.weights[kind].tolist(), strict=True)) for kind in SOUNDS]
    own = dict(zip(harmless.names, harmless.weights["harmless"].tolist(), strict=True))
    starts = [sounds.starts[kind] for kind in SOUNDS]
    starts.append(harmless.starts["harmless"] - DOUBT * sum(starts))
    rows = {}
    for name in sorted({*sounds.names, *harmless.names}):
        adds = [kind.get(name, 0.0) for kind in named]
        adds.append(own.get(name, 0.0) - DOUBT * sum(adds))
        if max(map(abs, adds)) >= LIGHT:
            rows[name] = [round(100 * add) / 100 for add in adds]
    columns = np.array(list(rows.values())).T
    return Learned(list(rows), dict(zip(KINDS, columns, strict=True)), dict(zip(KINDS, starts, strict=True)))


def _write(path: Path, kept: Learned, bars: dict[str, float], longs: dict[str, float]) -> None:
    heads = [[one[kind] for kind in KINDS] for one in (bars, kept.starts, longs)]
    lines = [
        f"# How words speak for an emergency, learned by `make learn`: a feature, {', '.join(KINDS)}, in hundredths"
    ]
    lines += [_line(head, adds) for head, adds in zip(HEADS, heads, strict=True)]
    lines += map(_line, kept.names, np.array([kept.weights[kind] for kind in KINDS]).T.tolist())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"{len(kept.names)} features in {path.name}")


def _line(name: str, adds: Sequence[float]) -> str:
    return "\t".join([name, *(str(round(100 * add)) for add in adds)])


if __name__ == "__main__":
    main()
