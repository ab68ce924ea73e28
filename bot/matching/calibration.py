"""An honest confidence from the FAQ alone: each of its wordings is held out of its own neighbourhood."""

from collections.abc import Iterator
from hashlib import sha256

import numpy as np

from bot.matching import confidence
from bot.matching.confidence import Confidence, Evidence
from bot.matching.index import Index, declines
from bot.matching.reading import HeldOut
from bot.matching.rows import Numbers

SAMPLE = 2_400  # wordings that are held out; another draw moves a confidence near a threshold by 0.01 to 0.02
# An admin writes wordings that are all different, so one that is left out is harder to place than a message is, and its
# words are stranger. On unseen messages to this FAQ and to two public question sets, with both engines, the lead over
# the second topic weighed 1.3 to 2.7 times what held-out wordings say, and strange words -0.8 to -3.5, -2 in the mean.
LEADS_MORE, HIGHER = 1.8, 0.5
STRANGER = -2.0  # strange words weigh this at least
MOSTLY = 0.25  # the share of strange words that a message has as a rule: there, the confidence stays as it was
ENOUGH = 20  # entries that decline, from which they tell what strangers ask
UNTAUGHT = Confidence(4.0, 2.0, -1.0, -2.0)  # too few wordings to learn from


def calibrate(reader: HeldOut) -> Confidence:
    """Held-out rows of two kinds: a wording left out should find its class; a stranger should find none.

    Where enough entries decline ("not ours"), their wordings are the strangers, each with its whole
    class left out; else every wording is. A class to which the wording's own entry points by `see_also` is as good as
    its own: such an answer helps.
    """
    own = np.flatnonzero(reader.index.positive)
    if len(own) < 2 or len(reader.index.classes) < 2:
        return UNTAUGHT
    sample = _drawn(reader.index, own)
    rows = [*_left_out(reader, sample), *_strangers(reader, sample)]
    evidence, right = np.array([row for row, _ in rows]), np.array([float(found) for _, found in rows])
    fitted = confidence.fit(evidence, right)
    strange = min(fitted.strange, STRANGER)
    bias = fitted.bias + HIGHER + MOSTLY * (fitted.strange - strange)
    return fitted._replace(margin=LEADS_MORE * fitted.margin, strange=strange, bias=bias)


def _drawn(index: Index, own: Numbers) -> Numbers:
    """A sample by lots that the wordings draw for themselves: where others come or go, nearly the same are held out."""
    named = ((index.ids[index.owners[wording]], index.phrasings[wording]) for wording in own)
    lots = [sha256(repr(names).encode()).digest() for names in named]
    return own[sorted(range(len(own)), key=lots.__getitem__)[:SAMPLE]]


def _left_out(reader: HeldOut, sample: Numbers) -> Iterator[tuple[Evidence, bool]]:
    index = reader.index
    for wording in sample.tolist():
        read = reader.read(wording, np.array([wording]))
        yield read.evidence, bool(index.related[index.owners[wording], read.best])


def _strangers(reader: HeldOut, sample: Numbers) -> Iterator[tuple[Evidence, bool]]:
    index = reader.index
    classes = index.class_of[index.owners]
    declining = [declines(kind) for kind in index.classes]
    told = sum(declining) >= ENOUGH
    for wording in sample.tolist():
        if told and not declining[classes[wording]]:
            continue
        read = reader.read(wording, np.flatnonzero(classes == classes[wording]))
        if not declining[read.best] and not index.related[index.owners[wording], read.best]:
            yield read.evidence, False
