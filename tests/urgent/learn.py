"""Learns `faq/en/urgent_weights.tsv` from examples: `make learn`. Prints how well it would have done on unseen ones.

Emergencies: what the rules must fire on (`urgent.yaml`, the panel), and `heard/*.txt`. Not so: what must stay quiet
there, all wordings of the FAQ, and `heard/*.txt`. Those files hold a label, a tab and a message each line: N needs help
now, C crisis, H harmless though it sounds like one, O ordinary.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.content.loading import Content, load
from bot.content.urgent import CARD_TIERS, Urgent
from bot.content.weights import KINDS
from bot.urgent import Gate
from bot.urgent.second_look import MOST, features, parts
from bot.urgent.text import Text
from tests.urgent.conftest import PANEL, urgent_content
from tests.urgent.logistic import Doubles, Rows, fit

HERE = Path(__file__).parent
FAQ = HERE.parents[1] / "faq"
HARMLESS = "HOF"
CRISIS = {"self_harm_danger", "suicide", "voices"}  # rules for which the card of a crisis is right
LEAST = 2  # texts that a feature must stand in
COST, ALIKE = 10.0, 2.0  # of an error; so much more of one about a look-alike or a wording of the FAQ
RARE = 7.0  # what the logarithm of rarity is divided by
FOLDS = 5
ALARMS = 0.001  # of ordinary messages that nobody has learned from, of either kind: where the bars are set
LIGHT = 40  # hundredths: what adds less is left out


class Example(NamedTuple):
    """One text in the gate's words, and what it is: N, C, H, O, or a wording of the FAQ, which is ordinary too (F)."""

    label: str
    words: tuple[str, ...]
    fires: bool


class Learned(NamedTuple):
    """Features, their weights for a kind (KINDS), and what every text begins with."""

    names: list[str]
    weights: dict[str, Doubles]
    starts: dict[str, float]


def say(line: str) -> None:
    """A line on the terminal."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Learn, set the bar by what was left out, write the file."""
    if load(FAQ).content is None:  # perhaps for want of the very file that is to be written: rules do without
        (FAQ / "en" / "urgent_weights.tsv").write_text("bar\t9999\t9999\nstart\t0\t0\n", encoding="utf-8")
    content = load(FAQ).unwrap()
    urgent = urgent_content()
    examples = list(_examples(content, urgent, Gate(urgent)))
    left_out = _left_out(examples)
    silent = np.array([one.label == "O" and not one.fires for one in examples])
    bars = {kind: float(np.quantile(left_out[kind][silent], 1 - ALARMS)) for kind in KINDS}
    _tell(examples, left_out, bars)
    whole = learned(examples)
    for kind, weighed in _weighed(whole, examples).items():  # no wording of the FAQ may sound like an emergency
        ours, text = max((weight, one.words) for weight, one in zip(weighed, examples, strict=True) if one.label == "F")
        say(f"{kind}: bar {bars[kind]:.2f}; the loudest wording of the FAQ {ours:.2f}: {' '.join(text)}")
        bars[kind] = max(bars[kind], float(ours) + 0.05)
    _write(FAQ / content.language / "urgent_weights.tsv", whole, bars)


def _examples(content: Content, urgent: Urgent, gate: Gate) -> Iterator[Example]:
    told: dict[str, str] = {}
    tiers = {rule.id: rule.tier for rule in urgent.rules}
    for name, texts in PANEL["fires"].items():
        if tiers[name] in CARD_TIERS:
            told |= dict.fromkeys(texts, "C" if name in CRISIS else "N")
    for tier, texts in PANEL["fires_more"].items():
        if tier in CARD_TIERS:
            told |= dict.fromkeys(texts, "C" if tier == "crisis" else "N")
    for rule in urgent.rules:
        if rule.tier in CARD_TIERS:
            told |= dict.fromkeys(rule.fires_on, "C" if rule.id in CRISIS else "N")
        told |= dict.fromkeys(rule.quiet_on, "H")
    told |= dict.fromkeys([*chain(*PANEL["quiet"].values()), *PANEL["quiet_more"]], "H")
    for file in sorted((HERE / "heard").glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            label, _, text = line.partition("\t")
            told[text] = label
    entries = [entry for entry in content.entries.values() if entry.topic != "danger_signs"]  # those may alarm
    told |= {text: "F" for entry in entries for text in (entry.question, *entry.phrasings)}
    for text, label in told.items():
        read = gate.read(text)
        fires = bool(gate.check(text).rules)
        whole = len(read.words) <= MOST
        for start, end in _telling(read, label):
            yield Example(label, tuple(read.words[start:end]), fires and whole)


def _telling(read: Text, label: str) -> list[tuple[int, int]]:
    """The parts to learn from. Of a long emergency the last one: as a rule the sign comes late."""
    found = list(parts(read)) or [(0, len(read.words))]
    return found if label in HARMLESS else found[-1:]


def learned(examples: Sequence[Example]) -> Learned:
    """Either kind against what is harmless; the other kind is left out."""
    found = [features(one.words) for one in examples]
    often = Counter(name for names in found for name in names)
    names = sorted(name for name, count in often.items() if count >= LEAST)
    scale = np.array([(np.log((len(examples) + 1) / (often[name] + 1)) + 1) / RARE for name in names])
    column = {name: number for number, name in enumerate(names)}
    weights, starts = {}, {}
    for kind, label in zip(KINDS, "NC", strict=True):
        some = [number for number, one in enumerate(examples) if one.label in (label, *HARMLESS)]
        right = np.array([examples[number].label == label for number in some])
        cost = np.array([COST * (ALIKE if examples[number].label in "HF" else 1.0) for number in some])
        weights[kind], starts[kind] = fit(_rows([found[number] for number in some], column), scale, right, cost)
    return Learned(names, weights, starts)


def _rows(found: Sequence[Sequence[str]], column: dict[str, int]) -> Rows:
    known = [[column[name] for name in names if name in column] for names in found]
    starts = np.cumsum([0, *map(len, known)])
    values = np.array([1 / np.sqrt(max(1, len(names))) for names in found])
    return Rows(starts, np.array([number for row in known for number in row]), values, len(column))


def _weighed(one: Learned, examples: Sequence[Example]) -> dict[str, Doubles]:
    """What was learned says of each example."""
    rows = _rows([features(example.words) for example in examples], {name: n for n, name in enumerate(one.names)})
    return {kind: rows.times(one.weights[kind]) + one.starts[kind] for kind in KINDS}


def _left_out(examples: Sequence[Example]) -> dict[str, Doubles]:
    """The weights of each text as learned from the others, a fifth of them at a time."""
    lots = np.array([sum(map(ord, " ".join(one.words))) % FOLDS for one in examples])
    weighed = {kind: np.zeros(len(examples)) for kind in KINDS}
    for fold in range(FOLDS):
        one = learned([example for example, lot in zip(examples, lots, strict=True) if lot != fold])
        for kind, every in _weighed(one, examples).items():
            weighed[kind][lots == fold] = every[lots == fold]
    return weighed


def _tell(examples: Sequence[Example], left_out: dict[str, Doubles], bars: dict[str, float]) -> None:
    heard = np.any([left_out[kind] >= bars[kind] for kind in KINDS], axis=0)
    for label in "NCHOF":
        some = np.array([one.label == label and not one.fires for one in examples])
        say(f"{label}, no rule fires: {np.count_nonzero(heard & some)} of {np.count_nonzero(some)} heard")


def _write(path: Path, one: Learned, bars: dict[str, float]) -> None:
    columns = [np.rint(100 * one.weights[kind]).astype(int).tolist() for kind in KINDS]
    lines = [
        "# How words speak for an emergency, learned by `make learn`: a feature, danger, crisis, in hundredths",
        "\t".join(["bar", *(str(round(100 * bars[kind])) for kind in KINDS)]),
        "\t".join(["start", *(str(round(100 * one.starts[kind])) for kind in KINDS)]),
    ]
    for name, *adds in zip(one.names, *columns, strict=True):
        if max(map(abs, adds)) >= LIGHT:
            lines.append("\t".join([name, *map(str, adds)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"{len(lines) - 3} features in {path.name}")


if __name__ == "__main__":
    main()
