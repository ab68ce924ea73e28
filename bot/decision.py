"""What the bot decides about a text: the one function behind `faqbot ask`, the workbench and Telegram."""

from typing import Any, Literal, NamedTuple

from bot.content.loading import Content
from bot.matching.decide import changes, choose
from bot.matching.follow_up import FollowUps, believed
from bot.matching.matcher import NOTHING, Match, Matcher
from bot.session import Session
from bot.urgent import Verdict, shows_card

Outcome = Literal["answer", "suggest", "none", "urgent"]
NO_VERDICT = Verdict()


class Decision(NamedTuple):
    """The outcome and everything it rests on. Lists are never None."""

    outcome: Outcome
    entry: str | None = None
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    verdict: Verdict = NO_VERDICT
    gate_failed: bool = False
    match: Match = NOTHING

    def as_dict(self, why: list[str]) -> dict[str, Any]:
        """The JSON form that other programs read."""
        return {
            "outcome": self.outcome,
            "entry": self.entry,
            "suggestions": list(self.suggestions),
            "confidence": round(self.confidence, 4),
            "ranking": [[entry, round(score, 4)] for entry, score in self.ranking[:5]],
            "rule": self.verdict.rules[0] if self.verdict.rules else None,
            "rules": list(self.verdict.rules),
            "tier": "call_911" if self.gate_failed else self.verdict.tier,
            "why": why,
        }


class Decider:
    """Gate first, then matching. Built once from the content."""

    def __init__(self, content: Content, matcher: Matcher) -> None:
        self.gate = content.gate
        self.current = content.current  # the id that an entry has today, by one that it had
        self.matcher = matcher
        self.follow_ups = FollowUps(content.words)

    @property
    def quick(self) -> bool:
        """Whether a short text is decided within about 2 ms: with engine A. The sentence model takes longer."""
        return self.matcher.engine == "A"

    def decide(self, text: str, session: Session, now: float) -> tuple[Decision, Session]:
        """Decide about a text. A gate that breaks ends in an emergency card, never in an answer."""
        session = session.at(now)
        if session.entry:
            session = session._replace(entry=self.current(session.entry))
        try:
            verdict = self._check(text, session)
        except Exception:  # whatever breaks in the gate, the person must not be held back
            return Decision("urgent", gate_failed=True), session._replace(card=now)
        session = session.saw(verdict.concepts, now)
        if shows_card(verdict):
            return Decision("urgent", verdict=verdict), session._replace(card=now)
        match = self._matched(text, session.entry)
        choice = choose(match)
        decision = Decision(
            choice.zone, choice.entry, choice.suggestions, match.confidence, match.ranking, verdict, False, match
        )
        return decision, session._replace(entry=choice.entry) if choice.entry else session

    def _matched(self, text: str, last: str | None) -> Match:
        """The match of a text; where it points back to the last answer, with what that was about if that fits."""
        read_as = self.follow_ups.reading(text, last)
        if read_as is None:
            return self.matcher.match(text)
        plain, read = self.matcher.matches([text, read_as])
        return read._replace(read_as=read_as) if believed(plain, read, str(last)) else plain

    def urgent(self, text: str) -> bool:
        """Whether these words alone show an emergency card; nothing is matched. A gate that breaks says yes."""
        try:
            return shows_card(self._check(text, Session()))
        except Exception:
            return True

    def why(self, decision: Decision) -> list[str]:
        """The reasons, in words an admin understands."""
        verdict, match = decision.verdict, decision.match
        lines = [f"emergency gate: {rule}" for rule in verdict.rules] + [f"gate: {line}" for line in verdict.why]
        if decision.gate_failed:
            return ["the emergency gate failed: the emergency card is shown"]
        if not match.ranking:
            return lines
        match = self.matcher.explain(match)
        best, score = match.ranking[0]
        if match.read_as:
            lines.append(f"read as: {match.read_as!r}, after the last answer")
        lines.append(f"closest: {best} ({score:.2f}), by its wording {match.phrasing!r}")
        if match.carried:
            lines.append("carried by: " + ", ".join(match.carried))
        if match.understood.corrected:
            lines.append("spelling: " + ", ".join(f"{typed} -> {meant}" for typed, meant in match.understood.corrected))
        if match.understood.unknown:
            lines.append("not in the FAQ: " + ", ".join(match.understood.unknown[:12]))
        if len(match.ranking) > 1:
            lines.append(f"runner-up: {match.ranking[1][0]} ({match.ranking[1][1]:.2f})")
        return [*lines, *changes(decision.outcome, match)]

    def _check(self, text: str, session: Session) -> Verdict:
        if self.gate is None:
            return NO_VERDICT
        seen = frozenset(name for name, _ in session.seen)
        return self.gate.check(text, seen, frozenset(rule for rule, _ in session.silenced))
