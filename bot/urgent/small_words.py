"""The single words of the sense, as sets."""

from __future__ import annotations

from bot.content.urgent import Sense


class SmallWords:
    """Turns, limits, persons and the like: compiled once, read by everything that judges a text."""

    def __init__(self, sense: Sense) -> None:
        self.turns = frozenset(sense.turns)
        self.limits = self.turns.union(sense.limits)
        self.restarts = frozenset(sense.restarts)
        self.verbs = frozenset(sense.verbs)
        self.present = frozenset(sense.present)
        self.thought = frozenset(sense.thought)
        self.joined = frozenset(sense.negative).union(sense.fillers, ("or", "nor", "and"))
        self.openers = frozenset(sense.openers)
        self.dates = frozenset(sense.dates)
        self.binds = frozenset(sense.binds)
        self.persons = frozenset(sense.persons)
        self.points = frozenset(sense.points)
        self.near_nos = frozenset(sense.near_nos)
        self.fillers = frozenset(sense.fillers)
        self.others = self.turns | self.persons.difference(sense.beasts)  # they end what is said of an animal
