"""Beside the rules: do the words of a text, taken together, sound like an emergency, or harmless?

Rules know what somebody thought of. This weighs every word and pair of words, as learned from thousands of examples of
both kinds (`make learn`). It has the second word. Where no rule shows a card, it hears signs told in a way that nobody
thought of. Where one does, it sets a card aside only for what sounds harmless by far: told of long ago, asked in
general, a figure of speech; then the answer comes with a line that says when to call. Who names a wish to die keeps
the card.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from bot.content.weights import KINDS, SOUNDS, Weights
from bot.urgent.features import Scales, marked, parts
from bot.urgent.text import Text

HARMLESS = KINDS.index("harmless")
NEARLY = 100
"""Hundredths below the bar from which a part nearly sounds like an emergency. Of the long ones that sound harmless as a
whole, half have such a part; of harmless ones hardly any."""
EXCUSED = 20
"""Hundredths by which the bar is lower where a rule would show a card but for a set phrase, an excuse, a time, a no or
a question: they are written for ordinary messages, and now and then stand beside an emergency."""


class Heard(NamedTuple):
    """What a text sounds like (one of KINDS), from which word to which, and the features that say it loudest."""

    kind: str
    start: int
    end: int
    loudest: tuple[str, ...]


class SecondLook:
    """Pure: the same words weigh the same on every machine."""

    def __init__(self, weights: Weights) -> None:
        self._scales = Scales(weights)

    def sounds(self, text: Text, excused: Callable[[], bool] = bool) -> list[Heard]:
        """What the text sounds like, if like an emergency: of either kind its loudest part.

        `excused`: would a rule show a card, had nothing taken its weight? Asked only of what nearly sounds like one.
        """
        loudest: dict[str, tuple[float, Heard]] = {}
        for part in parts(text):
            for row, over in enumerate(self._scales.over(part)[: len(SOUNDS)]):
                kind = KINDS[row]
                if over >= -EXCUSED and (kind not in loudest or over > loudest[kind][0]):
                    heard = Heard(kind, part.start, part.end - 1, self._scales.loudest(part, row))
                    loudest[kind] = over, heard
        clear = any(over >= 0 for over, _ in loudest.values())
        bar = 0 if clear or not loudest or not excused() else -EXCUSED
        return [heard for over, heard in loudest.values() if over >= bar]

    def doubtful(self, text: Text) -> bool:
        """Is there a part that nearly sounds like an emergency, of either kind? Then it does not sound harmless."""
        return any(max(self._scales.over(part)[: len(SOUNDS)]) >= -NEARLY for part in parts(text))

    def harmless(self, text: Text, found: Collection[str], rules: Sequence[str]) -> Heard | None:
        """Why the text sounds harmless, though rules fire. `found`: the names of the concepts found in it."""
        part = marked(text, found, rules)
        if part is None or self._scales.over(part)[HARMLESS] < 0 or self.doubtful(text):
            return None
        return Heard(KINDS[HARMLESS], part.start, part.end - 1, self._scales.loudest(part, HARMLESS))
