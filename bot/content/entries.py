"""FAQ entries: `faq/<language>/entries/*.yaml`."""

from bot.content.base import Identifier, Strict, Template, Text, Web


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

    @property
    def signed(self) -> bool:
        """Has a clinician put their name under it?"""
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

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Every wording that this entry answers, the question first, each once."""
        return tuple(dict.fromkeys((self.question, *self.asked_as)))


class EntryFile(Strict):
    """One file of entries: a heading of the topics menu and what stands under it."""

    group: Text
    entries: list[Entry]
