"""FAQ entries: `faq/<language>/entries/*.yaml`."""

from collections.abc import Iterable
from functools import cached_property
from typing import Self

from pydantic import Field, PrivateAttr

from bot.content.base import Identifier, Strict, Template, Text, Web
from bot.content.signature import fingerprint


class Link(Strict):
    """A page that deserves trust, and the words on its button."""

    text: Text = Field(description="The words on the button: who wrote the page, and its subject.")
    url: Web = Field(description="The page's public address, beginning with https://.")


class Review(Strict):
    """Who signed a text, when, until when, and a hash of what was signed. All null: a draft."""

    by: str | None = Field(None, description="Who signed. Written by `faqbot sign`, never by hand.")
    date: str | None = Field(None, description="When.")
    due: str | None = Field(None, description="When it should be read again.")
    hash: str | None = Field(None, description="What was signed: an edit makes it a draft again.")

    def covers(self, fingerprint: str) -> bool:
        """Has a clinician put their name under just this text? An edit changes its fingerprint, and it is a draft."""
        return self.named and self.hash == fingerprint

    @property
    def named(self) -> bool:
        """Is there a name, and a day? It may be that of a text that was changed since."""
        return bool(self.by and self.date)


class Entry(Strict):
    """One question that patients ask, the words they use for it, and its answer."""

    id: Identifier = Field(description="<topic> or <topic>.<detail>, such as mri_prep.metal. Stable for ever.")
    question: Text = Field(description="The heading over the answer, and the words on a button: 60 characters at most.")
    answer: Template = Field(description="Plain text, 600 characters at most. {phone} and the like are filled in.")
    formerly: list[Identifier] = Field([], description="Old ids of entries that this one has taken over.")
    asked_as: list[Text] = Field(
        [], description="How patients really say it: 8 to 20, all different in words. More stand under wordings/."
    )
    not_for: list[Text] = Field([], description="Look-alikes that must not get this answer.")
    links: list[Link] = Field([], description="Pages to read on, one button each; one is enough.")
    see_also: list[Identifier] = Field([], description="Ids of related entries; the first two become buttons.")
    guide: bool = Field(False, description="Show the button of the guide “Who should I see?” under the answer.")
    sources: list[Web] = Field(
        [], description="Addresses of the pages that the facts come from. Patients do not see them."
    )
    review: Review = Field(Review(), description="Who signed the answer. Leave it to `faqbot sign`.")
    _further: tuple[str, ...] = PrivateAttr(())  # from the files under wordings/, never from the entry itself

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

    def with_wordings(self, further: Iterable[str]) -> Self:
        """The same entry with these further wordings, in the place of others."""
        copy = self.model_copy()
        copy._further = tuple(further)
        return copy

    @property
    def wordings(self) -> tuple[str, ...]:
        """The question, `asked_as`, and the further wordings, as they are written: some may stand twice."""
        return (self.question, *self.asked_as, *self._further)

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Every wording that this entry answers, the question first, each once."""
        return tuple(dict.fromkeys(self.wordings))


class EntryFile(Strict):
    """One file of entries: a heading of the topics menu and what stands under it."""

    group: Text = Field(description="The heading in the menu of /topics: 32 characters at most.")
    entries: list[Entry] = Field(description="The questions under it, in the order of the menu.")
