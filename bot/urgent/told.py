"""When something is told to have been: long ago, for long, or some days or weeks ago."""

from __future__ import annotations

from collections.abc import Mapping

from bot.urgent.clauses import Clauses
from bot.urgent.cues import Cues
from bot.urgent.index import Hit
from bot.urgent.small_words import SmallWords

TIMES = ("past", "chronic", "recent")
STILL = "still"
OPENING, CLOSING = 1, 5  # words beside the time in a clause that only tells it


class Told:
    """The times that one text tells, and what they speak for."""

    def __init__(self, clauses: Clauses, small: SmallWords, cues: Cues) -> None:
        self._clauses, self._small = clauses, small
        self._words = clauses.text.words
        self._times = {name: {clauses.clause[hit.start]: hit for hit in cues[name]} for name in TIMES}
        self._settled = {clauses.sentence[hit.start]: hit.start for hit in cues["settled"]}
        still = (place for place, word in enumerate(self._words) if word == STILL) if STILL in self._words else ()
        self._lasting = {clauses.clause[place] for place in still}

    def at(self, hit: Hit, time: str) -> bool:
        """Is the hit told as of that time: one of `TIMES`?"""
        cues = self._times[time]
        around = {self._clauses.clause[hit.start], self._clauses.clause[hit.end]}
        if around & self._clauses.now:
            return False
        return any(clause in cues for clause in around) or self._led(hit, cues) or self._closed(hit, cues)

    def still(self, hit: Hit, time: str) -> bool:
        """Is it told as still so after something of that time: one of `TIMES`?"""
        here, sentence = self._clauses.clause[hit.start], self._clauses.sentence
        return (
            here in self._lasting
            and here not in self._clauses.now
            and any(
                sentence[old.start] == sentence[hit.start] and old.start < hit.start
                for old in self._times[time].values()
            )
        )

    def settled(self, hit: Hit) -> bool:
        """Did a doctor clear it some time ago: said later in its sentence, where nothing is now and nothing turns?"""
        sentence = self._clauses.sentence[hit.start]
        if self._settled.get(sentence, -1) <= hit.end:
            return False
        here = [place for place, other in enumerate(self._clauses.sentence) if other == sentence]
        turned = any(self._words[place] in self._small.turns or self._words[place] == STILL for place in here)
        return not turned and not any(self._clauses.clause[place] in self._clauses.now for place in here)

    def _led(self, hit: Hit, cues: Mapping[int, Hit]) -> bool:
        """A short opening such as “two years ago, ...” speaks for the clause that follows, unless that turns away."""
        here, sentence = self._clauses.clause[hit.start], self._clauses.sentence
        found = cues.get(here - 1)
        return bool(
            found is not None
            and sentence[found.start] == sentence[hit.start]
            and self._clauses.text.breaks[self._clauses.begins[here]]
            and self._clauses.size[here - 1] <= found.end - found.start + 1 + OPENING
            and self._words[self._clauses.begins[here]] not in self._small.turns
        )

    def _closed(self, hit: Hit, cues: Mapping[int, Hit]) -> bool:
        """A short close such as “..., that was two years ago” or “..., since last year” speaks for what is before."""
        after, sentence = self._clauses.clause[hit.end] + 1, self._clauses.sentence
        found = cues.get(after)
        if found is None or sentence[found.start] != sentence[hit.end]:
            return False
        if self._words[self._clauses.begins[after]] in self._small.points:
            return self._clauses.size[after] <= found.end - found.start + 1 + CLOSING
        return not self._clauses.now and not self._beside(found)

    def _beside(self, cue: Hit) -> bool:
        """Does the clause of the cue say anything else?"""
        clause = self._clauses.clause[cue.start]
        begin = self._clauses.begins[clause]
        around = (*range(begin, cue.start), *range(cue.end + 1, begin + self._clauses.size[clause]))
        return any(
            self._words[place] not in self._small.fillers and not self._words[place].isdigit() for place in around
        )
