"""An honest confidence from the FAQ alone: each of its wordings is held out of its own neighbourhood."""

import numpy as np

from bot.matching import confidence
from bot.matching.confidence import Confidence
from bot.matching.reading import Reader, Scored

SAMPLE = 600  # wordings that are held out; more do not change the weights much
# A class that is left out is a harder stranger than patients send: its near-twins stay behind.
STRANGERS = 0.1  # the weight of these rows
# An admin writes wordings that are all different, so one that is left out is harder to place than a message: on test
# wordings and on messages of others, the logit was 1.7 times as steep, and 0.5 higher, as on held-out wordings.
STEEPER, HIGHER = 1.7, 0.5
UNTAUGHT = Confidence(4.0, 2.0, -1.0, -2.0)  # too few wordings to learn from


def calibrate(reader: Reader) -> Confidence:
    """Held-out rows: a wording left out should find its class; where its class is left out, nothing is right.

    A wording that finds a class to which its own entry's `see_also` points counts as right in the first set, and is
    left out of the second: such an answer helps.
    """
    index = reader.index
    own = np.flatnonzero(index.positive)
    if len(own) < 2 or len(index.classes) < 2:
        return UNTAUGHT
    classes = index.class_of[index.owners]
    rows: list[Scored] = []
    right: list[float] = []
    weights: list[float] = []
    for wording in own[np.unique(np.linspace(0, len(own) - 1, min(SAMPLE, len(own))).astype(int))]:
        related = index.related[index.owners[wording]]
        alone = reader.read_wording(int(wording), np.array([wording]))
        rows.append(alone)
        right.append(float(related[alone.best]))
        weights.append(1.0)
        stranger = reader.read_wording(int(wording), np.flatnonzero(classes == classes[wording]))
        if not related[stranger.best]:
            rows.append(stranger)
            right.append(0.0)
            weights.append(STRANGERS)
    fitted = confidence.fit(np.array([row.evidence for row in rows]), np.array(right), np.array(weights))
    steep = Confidence(*(STEEPER * weight for weight in fitted))
    return steep._replace(bias=steep.bias + HIGHER)
