"""What the words around a concept do to it: a no before it, an ago beside it, a mere question about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.content.urgent import Lowering, Sense
from bot.urgent.index import MARK, Hit
from bot.urgent.text import Text

CUES = (
    "negators",
    "not_negators",
    "now",
    "past",
    "chronic",
    "recent",
    "asking",
    "topics",
    "supposing",
    "aftercare",
    "figures",
    "animals",
    "doubts",
)
STILL = "still"
REACH, SHORT, OPENING, CLOSING = 8, 2, 1, 5


def cue(name: str) -> str:
    """The name under which a cue's patterns are indexed beside the concepts."""
    return MARK + name


class Judge:
    """Knows the sense words; reads one text at a time."""

    def __init__(self, sense: Sense) -> None:
        self.turns = frozenset(sense.turns)
        self.limits = self.turns.union(sense.limits)
        self.restarts = frozenset(sense.restarts)
        self.persons = frozenset(sense.persons)
        self.points = frozenset(sense.points)
        self.near_nos = frozenset(sense.near_nos)
        self.fillers = frozenset(sense.fillers)
        self.others = self.turns | self.persons.difference(sense.beasts)

    def read(self, text: Text, hits: Iterable[Hit]) -> Reading:
        """The sense of one text, from the cues among its hits."""
        return Reading(self, text, hits)


class Reading:
    """Where the cues of one text stand, and what they reach."""

    def __init__(self, judge: Judge, text: Text, hits: Iterable[Hit]) -> None:
        self._judge, self._text = judge, text
        cues: dict[str, list[Hit]] = {cue(name): [] for name in CUES}
        for hit in hits:
            if hit.concept in cues:
                cues[hit.concept].append(hit)
        excused = _places(cues[cue("not_negators")])
        self._nos = {hit.end for hit in cues[cue("negators")] if hit.end not in excused}
        self._figures = _places(cues[cue("figures")])
        self._aftercare = bool(cues[cue("aftercare")])
        self._segment, self.sentence = self._divide({hit.start for hit in cues[cue("now")]})
        self._size = Counter(self._segment)
        self._begins = {segment: place for place, segment in reversed(list(enumerate(self._segment)))}
        self._now = {self._segment[hit.start] for hit in cues[cue("now")]}
        self._people = {self.sentence[i] for i, word in enumerate(text.words) if word in judge.persons}
        self._told_in = {name: self._by(self._segment, cues[cue(name)]) for name in ("past", "chronic", "recent")}
        self._lasting = {self._segment[i] for i, word in enumerate(text.words) if word == STILL}
        self._topics = self._by(self.sentence, cues[cue("topics")])
        self._asking = self._first([hit for hit in cues[cue("asking")] if self._opens(hit.start)])
        self._supposing = self._ends(cues[cue("supposing")])
        self._doubts = {self.sentence[hit.start]: hit.start for hit in cues[cue("doubts")]}
        self._animals = {place for hit in cues[cue("animals")] for place in self._about(hit)}

    @staticmethod
    def _by(numbers: list[int], hits: Iterable[Hit]) -> dict[int, Hit]:
        return {numbers[hit.start]: hit for hit in hits}

    def _first(self, hits: list[Hit]) -> dict[int, int]:
        """Where the first question of each sentence begins."""
        return {self.sentence[hit.start]: hit.start for hit in reversed(hits)}

    @staticmethod
    def _ends(hits: Iterable[Hit]) -> set[int]:
        return {hit.end for hit in hits}

    def _divide(self, nows: set[int]) -> tuple[list[int], list[int]]:
        """Number the clauses (up to a pause, a turn, a now) and the sentences."""
        words, breaks = self._text
        segments, sentences, segment, sentence = [], [], -1, -1
        for place, word in enumerate(words):
            sentence += breaks[place] > 1
            segment += bool(breaks[place] or word in self._judge.turns or place in nows or self._restart(place))
            segments.append(segment)
            sentences.append(sentence)
        return segments, sentences

    def _restart(self, place: int) -> bool:
        words = self._text.words
        return words[place] in self._judge.restarts and place > 0 and words[place - 1] == "and"

    def _about(self, animal: Hit) -> Iterator[int]:
        """What is said of an animal: the rest of its sentence, up to the first person or turn."""
        for place in range(animal.start, len(self.sentence)):
            if self.sentence[place] != self.sentence[animal.start] or self._text.words[place] in self._judge.others:
                return
            yield place

    def figure(self, hit: Hit) -> bool:
        """Is the hit only part of a figure of speech?"""
        return bool(self._figures) and not self._figures.isdisjoint(range(hit.start, hit.end + 1))

    def lowered(self, hit: Hit, kinds: Iterable[Lowering]) -> bool:
        """Do the words around take the hit's weight away?"""
        return any(_TESTS[kind](self, hit) for kind in kinds)

    def negated(self, hit: Hit) -> bool:
        """Does a no reach it?"""
        if not self._nos:
            return False
        words, breaks = self._text
        inside = range(hit.start, hit.end + 1)
        if any(words[place] not in hit.nos for place in self._nos.intersection(inside)):
            return True
        if hit.nos and any(words[place] in hit.nos for place in inside):
            return False
        if self._nos.isdisjoint(range(hit.start - REACH, hit.start)):
            return False
        fresh = paused = False
        for place in range(hit.start - 1, max(-1, hit.start - 1 - REACH), -1):
            pause = breaks[place + 1]
            if pause > 1 or (pause and (fresh or self._restarts(place + 1, hit))):
                return False
            paused = paused or bool(pause)
            if place in self._nos:
                return not pause and not (paused and words[place] in self._judge.near_nos)
            if words[place] in self._judge.limits:
                return False
            fresh = fresh or (words[place + 1] in self._judge.restarts and words[place] == "and")
            if fresh:
                return False
        return False

    def _restarts(self, start: int, hit: Hit) -> bool:
        return any(word in self._judge.restarts for word in self._text.words[start : hit.end + 1])

    def past(self, hit: Hit) -> bool:
        """Is it told as long ago, as still so after something that is long past, or of an animal?"""
        of_an_animal = hit.start in self._animals and hit.end in self._animals
        return of_an_animal or self._told(hit, "past") or self._still(hit)

    def chronic(self, hit: Hit) -> bool:
        """Is it told as long known?"""
        return self._told(hit, "chronic")

    def _still(self, hit: Hit) -> bool:
        here = self._segment[hit.start]
        return (
            here in self._lasting
            and here not in self._now
            and any(
                self.sentence[old.start] == self.sentence[hit.start] and old.start < hit.start
                for old in self._told_in["past"].values()
            )
        )

    def recent(self, hit: Hit) -> bool:
        """Is it told as some days or weeks ago?"""
        return self._told(hit, "recent")

    def _told(self, hit: Hit, name: str) -> bool:
        cues = self._told_in[name]
        if not cues:
            return False
        around = {self._segment[hit.start], self._segment[hit.end]}
        if around & self._now:
            return False
        return any(segment in cues for segment in around) or self._led(hit, cues) or self._closed(hit, cues)

    def _led(self, hit: Hit, cues: dict[int, Hit]) -> bool:
        """A short opening such as “two years ago, ...” speaks for the clause that follows, unless that turns away."""
        here = self._segment[hit.start]
        found = cues.get(here - 1)
        return (
            found is not None
            and self.sentence[found.start] == self.sentence[hit.start]
            and self._size[here - 1] <= found.end - found.start + 1 + OPENING
            and self._text.words[self._begins[here]] not in self._judge.turns
        )

    def _closed(self, hit: Hit, cues: dict[int, Hit]) -> bool:
        """A short close such as “..., that was two years ago” or “..., since last year” speaks for what is before."""
        after = self._segment[hit.end] + 1
        found = cues.get(after)
        if found is None or self.sentence[found.start] != self.sentence[hit.end]:
            return False
        if self._text.words[self._begins[after]] in self._judge.points:
            return self._size[after] <= found.end - found.start + 1 + CLOSING
        return not self._now and not self._beside(found)

    def _beside(self, cue: Hit) -> bool:
        """Does the clause of the cue say anything else?"""
        clause, words = self._segment[cue.start], self._text.words
        begin = self._begins[clause]
        around = (*range(begin, cue.start), *range(cue.end + 1, begin + self._size[clause]))
        return any(words[place] not in self._judge.fillers and not words[place].isdigit() for place in around)

    def asking(self, hit: Hit) -> bool:
        """Is it only asked about, with nobody meant and no time told, or only supposed?"""
        if self._segment[hit.start] in self._now:
            return False
        if self._supposed(hit):
            return True
        if self._now:
            return False
        sentence = self.sentence[hit.start]
        if sentence in self._people:
            return False
        if self._asking.get(sentence, hit.start) < hit.start:
            return True
        return sentence in self._topics and self._doubts.get(sentence, -1) <= hit.end

    def _supposed(self, hit: Hit) -> bool:
        """Does “the risk of”, “can cause” or the like stand right before, with nobody meant?"""
        for end in range(hit.start - 1, max(-1, hit.start - 2 - SHORT), -1):
            if end in self._supposing and self.sentence[end] == self.sentence[hit.start]:
                return not any(word in self._judge.persons for word in self._text.words[end + 1 : hit.end + 1])
        return False

    def _opens(self, place: int) -> bool:
        """Does a clause begin here?"""
        return (
            place == 0
            or self._segment[place - 1] != self._segment[place]
            or self._text.words[place - 1] in self._judge.turns
        )

    def aftercare(self, hit: Hit) -> bool:
        """Is the message about the time after, and who helps then?"""
        return self._aftercare and self._segment[hit.start] not in self._now


_TESTS = {
    "figure": Reading.figure,
    "negated": Reading.negated,
    "past": Reading.past,
    "chronic": Reading.chronic,
    "recent": Reading.recent,
    "asking": Reading.asking,
    "aftercare": Reading.aftercare,
}


def _places(hits: Iterable[Hit]) -> set[int]:
    return {place for hit in hits for place in range(hit.start, hit.end + 1)}
