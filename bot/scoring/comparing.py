"""Matchers side by side: the bot's own decisions and the plain baselines, on the same wordings in the same run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bot.content.entries import Entry
from bot.scoring.baselines import BM25, Baseline, Owned, Scores, token_set, wratio
from bot.scoring.judging import Judge, Judged
from bot.scoring.questions import Wording

FIRST = 3
CUTOFF = 80.0  # of rapidfuzz, as one finds it in tutorials
MOST_WRONG = 0.05  # of all messages


class Attempt(NamedTuple):
    """What a matcher made of a wording: kinds best first, its score, and whether it answers with the first."""

    wanted: str | None
    kinds: tuple[str, ...]
    score: float
    answers: bool

    @property
    def right(self) -> bool:
        """Is the first the one that is wanted?"""
        return self.wanted is not None and self.kinds[:1] == (self.wanted,)

    @property
    def harmful(self) -> bool:
        """Would answering with the first be a wrong answer? "We don't treat that" is none where nothing is wanted."""
        if not self.kinds or self.right:
            return False
        return self.wanted is not None or not self.kinds[0].startswith(("chat.", "not_ours."))


class Row(NamedTuple):
    """Shares of the wordings that an entry answers, but `wrong` of all and `outside` of the others."""

    name: str
    first: float
    among_three: float
    answered: float
    wrong: float
    outside: float
    best: float  # answered right where at most 5 % of all get a wrong answer, with the threshold set in hindsight


def row(name: str, attempts: Sequence[Attempt]) -> Row:
    """The figures of one matcher."""
    inside = [one for one in attempts if one.wanted is not None]
    others = [one for one in attempts if one.wanted is None]
    return Row(
        name,
        _share(one.right for one in inside),
        _share(one.wanted in one.kinds[:FIRST] for one in inside),
        _share(one.answers and one.right for one in inside),
        _share(one.answers and one.harmful for one in attempts),
        _share(one.answers and one.harmful for one in others),
        _at_five_percent(attempts) / max(1, len(inside)),
    )


def own(judged: Iterable[Judged], judge: Judge) -> list[Attempt]:
    """The bot's decisions as attempts. A wording that fires an emergency card is not matched at all."""
    attempts = []
    for one in judged:
        kinds = tuple(dict.fromkeys(judge.kind(entry) for entry, _ in one.decision.ranking))
        wanted = judge.kind(one.wording.entry) if one.wording.entry else None
        answers = one.decision.outcome == "answer"
        attempts.append(Attempt(wanted, kinds[:FIRST], one.decision.confidence, answers))
    return attempts


def baselines(wordings: Sequence[Wording], entries: Mapping[str, Entry], judge: Judge) -> Iterator[Row]:
    """Plain rapidfuzz and BM25 on the same wordings."""
    owned = Owned(entries, judge)
    texts = [wording.text for wording in wordings]
    wanted = [judge.kind(wording.entry) if wording.entry else None for wording in wordings]
    asked: tuple[tuple[str, Baseline, float], ...] = (
        (f"rapidfuzz WRatio >= {CUTOFF:g}", wratio, CUTOFF),
        (f"rapidfuzz token_set_ratio >= {CUTOFF:g}", token_set, CUTOFF),
        ("BM25, always answers", BM25(owned.phrasings), 0.0),
    )
    for name, baseline, cutoff in asked:
        scores = owned.scores(baseline, texts)
        yield row(name, [_attempt(*pair, owned.kinds, cutoff) for pair in zip(wanted, scores, strict=True)])


def _attempt(wanted: str | None, scores: Scores, kinds: Sequence[str], cutoff: float) -> Attempt:
    best = np.argsort(-scores, kind="stable")[:FIRST]
    named = tuple(kinds[number] for number in best if scores[number] > 0)
    top = float(scores[best[0]])
    return Attempt(wanted, named, top, bool(named) and top >= cutoff)


def _at_five_percent(attempts: Sequence[Attempt]) -> int:
    """How many are answered right by the most generous threshold that keeps wrong answers at 5 % of all."""
    most, right, wrong = 0, 0, 0
    ordered = sorted(attempts, key=lambda one: -one.score)
    for number, one in enumerate(ordered):
        right += one.right
        wrong += one.harmful
        ends = number + 1 == len(ordered) or ordered[number + 1].score < one.score
        if ends and wrong <= MOST_WRONG * len(attempts):
            most = max(most, right)
    return most


def _share(marks: Iterable[bool]) -> float:
    values = list(marks)
    return sum(values) / len(values) if values else 0.0
