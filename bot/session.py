"""The little that one chat's last half hour needs. Never a word of what was typed."""

from typing import NamedTuple

LIFETIME = 30 * 60.0  # seconds
CONCEPTS_LAST = 10 * 60.0  # two messages make one emergency when they come within this time


class Session(NamedTuple):
    """Marks with the time they were made, in seconds of one clock."""

    seen: tuple[tuple[str, float], ...] = ()  # concepts of the gate
    silenced: tuple[tuple[str, float], ...] = ()  # rules the person said are not happening
    card: float | None = None  # when an emergency card was shown
    guide: str | None = None  # the mark of the guide's open question
    guide_at: float = 0.0  # when it was asked
    entry: str | None = None  # the last entry answered with
    touched: float = 0.0
    album: str | None = None  # Telegram's id of the photos that were last answered together
    strayed: bool = False  # something else was said since the guide's question: a bare "no" may be meant for that

    def at(self, now: float) -> "Session":
        """The session as it stands `now`: what has run out is gone."""
        if not (self.seen or self.silenced or self.card is not None or self.guide or self.entry or self.album):
            return self if self.touched == now else self._replace(touched=now)
        return self._replace(
            seen=tuple(mark for mark in self.seen if now - mark[1] <= CONCEPTS_LAST),
            silenced=tuple(mark for mark in self.silenced if now - mark[1] <= LIFETIME),
            card=self.card if self.card is not None and now - self.card <= LIFETIME else None,
            guide=self.guide if now - self.touched <= LIFETIME else None,
            entry=self.entry if now - self.touched <= LIFETIME else None,
            album=self.album if now - self.touched <= LIFETIME else None,
            touched=now,
        )

    def saw(self, concepts: frozenset[str], now: float) -> "Session":
        """Remember which concepts of the gate were seen, each by its last time."""
        if not concepts:
            return self
        kept = tuple(mark for mark in self.seen if mark[0] not in concepts)
        return self._replace(seen=(*kept, *((name, now) for name in sorted(concepts))))

    def heard(self, after: "Session") -> "Session":
        """The same session with what the gate has heard since; one that was emptied (/forget) stays empty."""
        return self._replace(seen=after.seen) if self.touched else self

    def asks(self, now: float) -> bool:
        """Does a typed answer count for the guide's open question? Later it is asked again instead."""
        return self.guide is not None and now - self.guide_at <= LIFETIME

    def asked_before(self, written: float | None) -> bool:
        """Was the guide's open question there when these words were written? Telegram tells whole seconds."""
        return written is None or written >= int(self.guide_at)

    def strayed_from_guide(self, strayed: bool) -> "Session":
        """Whether the last thing that was said to this person is not the guide's open question."""
        strayed = strayed and self.guide is not None
        return self if strayed == self.strayed else self._replace(strayed=strayed)

    def interrupted(self, now: float) -> "Session":
        """An emergency card came between: no word typed from here on is taken for an answer to the guide."""
        return self._replace(guide_at=now - LIFETIME - 1)

    def silence(self, rules: tuple[str, ...], now: float) -> "Session":
        """The person said that these rules are not about what is happening now."""
        kept = tuple(mark for mark in self.silenced if mark[0] not in rules)
        return self._replace(silenced=(*kept, *((rule, now) for rule in rules)), card=None, seen=())
