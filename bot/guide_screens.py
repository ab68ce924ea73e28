"""The guide's screens as messages: a question, an end, the list of answers to change, and the ways between them."""

from typing import NamedTuple

from bot.answers import values
from bot.buttons import Button, Row, encode, key
from bot.content.base import fill
from bot.content.loading import Content
from bot.content.urgent import TIERS
from bot.guide import URGENT_ENDS, Screen, Walker, spoken
from bot.said import Said, compose

LONGEST = 44  # characters of a button across the whole width of a phone


class Shown(NamedTuple):
    """A screen, the mark of the question on it that waits for an answer, and whether it is about an emergency call."""

    said: Said
    mark: str | None = None
    urgent: bool = False
    asks: bool = True  # the question itself can be read on it
    tier: str | None = None  # of an end
    tapped: bool = False  # the words were a button's own, in full

    def goes_before(self, tier: str | None) -> bool:
        """May it be shown where the gate has a line of this tier to say, and no card?

        If the gate has none, if it is help that comes no later, or if a tap on the same words would show it too."""
        tiers: list[str] = list(TIERS)
        return tier is None or self.tapped or (self.tier in tiers and tiers.index(self.tier) <= tiers.index(tier))


class GuideScreens:
    """Renders what the walker finds, in the content's language."""

    def __init__(self, content: Content, require_review: bool = False) -> None:
        """`require_review`: a guide that no clinician has signed is withheld."""
        assert content.messages and content.guide and content.clinic, "checked by Replier"  # noqa: S101
        self._content, self._words, self._values = content, content.messages, values(content)
        self._signed = content.guide.signed
        self._withheld = require_review and not self._signed
        self.walker = Walker(content.guide)

    def show(self, path: str) -> Shown:
        """The screen at `path`, which must exist."""
        screen = None if self._withheld else self.walker.screen(path)
        if screen is None:
            return Shown(Said(self._say(self._words.guide_unavailable)))
        urgent = screen.tier in URGENT_ENDS
        draft = "" if screen.tier is None or urgent or self._signed else self._words.draft
        said = compose(("bold", self._say(screen.title)), ("", self._say(screen.text)), ("italic", draft))
        said = said.with_rows(*self._choices(screen), *self._turn(path))
        return Shown(said, self.walker.mark(path) if screen.tier is None else None, urgent, tier=screen.tier)

    def chosen(self, path: str, text: str) -> Shown:
        """The screen at `path`, to which these words led."""
        label = self.walker.answers(path)[-1][1]
        return self.show(path)._replace(tapped=not self._withheld and spoken(label) == spoken(text))

    def change(self, path: str) -> Said | None:
        """The answers given so far, a button each; None for a path that leads nowhere."""
        answers = self.walker.answers(path)
        if not answers or self._withheld:
            return None
        rows: list[Row] = [
            (Button(_clipped(f"{question} {answer}"), self._data(path[:number])),)
            for number, (question, answer) in enumerate(answers)
        ]
        return Said(self._words.guide_change).with_rows(*rows, (Button(self._words.buttons.back, self._data(path)),))

    def restarted(self, shown: Shown) -> Shown:
        """The first screen, under a friendly line: the guide means something else by now, or the button was forged."""
        return shown._replace(said=shown.said.under(self._words.stale_guide))

    def lapsed(self, shown: Shown) -> Shown:
        """The question again, under a friendly line: what was typed came too late to count as its answer."""
        return shown._replace(said=shown.said.under(self._words.guide_lapsed))

    def unclear(self, shown: Shown) -> Shown:
        """The question again, under a friendly line: a "yes" says nothing to "which fits?"."""
        return shown._replace(said=shown.said.under(self._words.guide_unclear))

    def turned(self, path: str, text: str) -> Shown | None:
        """The screen for a turn that was typed as its button says: back, change, start over."""
        words, typed = self._words.buttons, spoken(text)
        if typed == spoken(words.start_over):
            return self.show("")
        if path and typed == spoken(words.back):
            return self.show(path[:-1])
        changes = self.change(path) if typed == spoken(words.change_answer) else None
        return Shown(changes, self.walker.mark(path), asks=False) if changes else None

    def resume(self, mark: str | None) -> Button | None:
        """The way back to an open question, good for ever."""
        path = None if mark is None else self.walker.marked(mark)
        if path is None:
            return None
        return Button(self._words.buttons.resume_guide, encode("resume", self.walker.version, path))

    def _choices(self, screen: Screen) -> list[Row]:
        entries = self._content.entries
        related = [name for name in dict.fromkeys(map(self._content.current, screen.related)) if name in entries]
        return [
            *((Button(label, self._data(following)),) for label, following in screen.options),
            *((Button(entries[name].question, encode("entry", key(name))),) for name in related),
        ]

    def _turn(self, path: str) -> tuple[Row, ...]:
        if not path:
            return ()
        words = self._words.buttons
        change = (Button(words.change_answer, encode("change", self.walker.version, path)),) if len(path) > 1 else ()
        return ((Button(words.back, self._data(path[:-1])), *change, Button(words.start_over, self._data(""))),)

    def _data(self, path: str) -> str:
        return encode("guide", self.walker.version, path, *(() if path else ("0",)))

    def _say(self, text: str) -> str:
        return fill(text, self._values)


def _clipped(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
