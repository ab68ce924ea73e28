"""Answers, suggestions and emergency cards as messages. Only text from `faq/` is ever put together here."""

from collections.abc import Sequence

from bot.buttons import Button, Row, encode, key
from bot.content.base import fill
from bot.content.loading import Content
from bot.decision import Decision
from bot.said import Said, compose
from bot.urgent import Verdict, card, reminder

RELATED = 2
ALTERNATIVES = 3


class Answers:
    """Renders what was decided, with the clinic's own details filled in."""

    def __init__(self, content: Content, require_review: bool = False, offer: Row | None = None) -> None:
        """`require_review`: unsigned medical answers are withheld. `offer`: what stands under "no answer" besides."""
        assert content.clinic and content.messages and content.urgent, "checked by Replier"  # noqa: S101
        self._content, self._clinic, self._urgent, self._messages = (
            content,
            content.clinic,
            content.urgent,
            content.messages,
        )
        self._require_review = require_review
        self._offer = (offer,) if offer else ()
        self._values = values(content)
        self._told: dict[str, Said] = {}  # answers as they were put together first: they stay the same
        self._rows: dict[str, Row] = {}  # and buttons

    def decided(self, decision: Decision, resume: Button | None = None) -> Said:
        """The message for a decision that is no emergency, with any lower tier's line or safety net around it.

        `resume`: the way back to the guide's open question.
        """
        if decision.entry is not None and decision.outcome == "answer":
            said = self.entry(decision.entry, decision.suggestions)
        elif decision.outcome == "suggest":
            said = self._suggest(decision.suggestions)
        elif decision.verdict.tier:
            said = Said("", (self._ways_on(),))
        else:
            said = self.nothing()
        verdict = decision.verdict
        if verdict.safety_net and not verdict.aside:
            said = said._replace(text=f"{said.text}\n\n{fill(verdict.safety_net, self._values)}")
        said = self.lined(said, verdict)
        return said.with_rows((resume,)) if resume else said

    def entry(self, identifier: str, others: Sequence[str] = ()) -> Said:
        """An answer: its question, the text, links, related questions, and "was this it?"."""
        said = self._told.get(identifier)
        if said is None:
            said = self._told[identifier] = self._entry(identifier)
        if not others or not self._asks(identifier):
            return said
        (yes, no), *rows = said.buttons
        data = encode("not_helpful", key(identifier), *map(key, others[:ALTERNATIVES]))
        return said._replace(buttons=((yes, no._replace(data=data)), *rows))

    def _asks(self, identifier: str) -> bool:
        """Does the answer ask whether it was the right one? Small talk does not, nor what is withheld."""
        entry = self._content.entries[identifier]
        return entry.medical and (entry.signed or not self._require_review)

    def _entry(self, identifier: str) -> Said:
        entry, words = self._content.entries[identifier], self._messages
        answer = fill(entry.answer, self._values)
        if not entry.medical:
            return Said(answer, self._after_small_talk(identifier))
        if not self._asks(identifier):
            return Said(self._say(words.withheld), (self._ways_on(),))
        draft = "" if entry.signed else words.draft
        said = compose(("bold", entry.question), ("", answer), ("italic", draft), ("", words.was_this_it))
        rows: list[Row] = [
            (
                Button(words.buttons.yes, encode("helpful", key(identifier))),
                Button(words.buttons.no, encode("not_helpful", key(identifier))),
            )
        ]
        rows += [(Button(link.text, url=link.url),) for link in entry.links]
        rows += [self._to(other) for other in entry.see_also[:RELATED] if other in self._content.entries]
        if entry.guide:
            rows.append((self._guide_button(),))
        return said.with_rows(*rows)

    def others(self, identifiers: Sequence[str]) -> Said:
        """After "no": the next candidates, or the ways on where there are none."""
        known = [identifier for identifier in identifiers if identifier in self._content.entries]
        if not known:
            return Said(self._say(self._messages.feedback_no_more), (self._ways_on(),))
        return Said(self._say(self._messages.feedback_no), (*map(self._to, known), self._none_button()))

    def nothing(self) -> Said:
        """ "I don't have an answer for that", with the clinic's phone, the guide and the topics."""
        return Said(self._say(self._messages.none), (self._ways_on(), *self._offer))

    def card(self, verdict: Verdict) -> Said:
        """The emergency card, with the one button under it."""
        text = card(self._urgent, verdict, self._clinic.country, self._clinic.phone, self._clinic.name)
        data = encode("not_happening", *map(key, verdict.rules[:9]))
        return Said(text, ((Button(self._messages.buttons.not_happening, data),),))

    def lined(self, said: Said, verdict: Verdict) -> Said:
        """The message under the line of a lower tier and that of caution, where there are such."""
        if verdict.tier:
            said = said.under(card(self._urgent, verdict, self._clinic.country, self._clinic.phone, self._clinic.name))
            said = said._replace(text=said.text.rstrip())
        return self.cautioned(said, verdict)

    def cautioned(self, said: Said, verdict: Verdict) -> Said:
        """The message under the line of caution, where a card was set aside."""
        aside = verdict.safety_net if verdict.aside else None
        return said.under(fill(aside, self._values)) if aside else said

    def reminded(self, said: Said) -> Said:
        """The message under one line that repeats the number, in the half hour after a card."""
        return said.under(reminder(self._urgent, self._clinic.country, self._clinic.phone, self._clinic.name))

    def relieved(self, said: Said | None) -> Said:
        """After "this is not happening now": a word, and the answer to what was asked."""
        word = self._say(self._messages.not_happening)
        return said.under(word) if said else Said(word, (self._ways_on(),))

    def _suggest(self, identifiers: Sequence[str]) -> Said:
        return Said(self._say(self._messages.suggest), (*map(self._to, identifiers), self._none_button()))

    def _after_small_talk(self, identifier: str) -> tuple[Row, ...]:
        return (
            (self._ways_on(),) if identifier.startswith("not_ours.") or self._content.entries[identifier].guide else ()
        )

    def _to(self, identifier: str) -> Row:
        row = self._rows.get(identifier)
        if row is None:
            button = Button(self._content.entries[identifier].question, encode("entry", key(identifier)))
            row = self._rows[identifier] = (button,)
        return row

    def _none_button(self) -> Row:
        return (Button(self._messages.buttons.none_of_these, encode("none")),)

    def _guide_button(self) -> Button:
        return Button(self._messages.buttons.guide, encode("guide"))

    def _ways_on(self) -> Row:
        return (self._guide_button(), Button(self._messages.buttons.topics, encode("topics")))

    def _say(self, text: str) -> str:
        return fill(text, self._values)


def values(content: Content) -> dict[str, str]:
    """What every placeholder stands for: the clinic's details and its country's verified numbers."""
    assert content.clinic and content.urgent, "checked by Replier"  # noqa: S101
    lines = content.urgent.lines[content.clinic.country]
    return {**content.clinic.values(), "emergency": lines.emergency, "crisis": lines.crisis, "poison": lines.poison}
