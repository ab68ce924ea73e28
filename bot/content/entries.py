"""FAQ entries: `faq/<language>/entries/*.yaml`."""

from functools import cached_property

from bot.content.base import Identifier, Strict, Template, Text, Web
from bot.content.signature import fingerprint


class Link(Strict):
    """A page that deserves trust, and the words on its button."""

    text: Text
    url: Web


class Review(Strict):
    """Who signed a text, when, until when, and a hash of what was signed. All null: a draft."""

    by: str | None = None
    date: str | None = None
    due: str | None = None
    hash: str | None = None

    def covers(self, fingerprint: str) -> bool:
        """Has a clinician put their name under just this text? An edit changes its fingerprint, and it is a draft."""
        return self.named and self.hash == fingerprint

    @property
    def named(self) -> bool:
        """Is there a name, and a day? It may be that of a text that was changed since."""
        return bool(self.by and self.date)


class Entry(Strict):
    """One question that patients ask, the words they use for it, and its answer."""

    id: Identifier
    question: Text
    answer: Template
    asked_as: list[Text] = []
    not_for: list[Text] = []
    links: list[Link] = []
    see_also: list[Identifier] = []
    guide: bool = False
    sources: list[Web] = []
    review: Review = Review()

    @property
    def topic(self) -> str:
        """The part of the id before the first dot."""
        return self.id.split(".", 1)[0]

    @property
    def medical(self) -> bool:
        """Is this an answer for a clinician to sign (not small talk, not "we don't treat that")?"""
        return self.topic not in ("chat", "not_ours")

    @cached_property
    def fingerprint(self) -> str:
        """Of what is sent: question, answer, links. More wordings or sources are no other answer."""
        return fingerprint(self.question, self.answer, [[link.text, link.url] for link in self.links])

    @property
    def signed(self) -> bool:
        """Did a clinician sign this very text?"""
        return self.review.covers(self.fingerprint)

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Every wording that this entry answers, the question first, each once."""
        return tuple(dict.fromkeys((self.question, *self.asked_as)))


class EntryFile(Strict):
    """One file of entries: a heading of the topics menu and what stands under it."""

    group: Text
    entries: list[Entry]
