""" "Pass my question to the clinic": asked first, kept only on "yes", taken back with one tap.

Nothing is kept on the way: the words come back with each tap, in the message that the bot replied to.
"""

import secrets
from collections.abc import Callable

from bot.answers import values
from bot.buttons import Button, Row, encode
from bot.content.base import fill
from bot.content.loading import Content
from bot.errand import Errand
from bot.said import Said
from bot.scrub import Scrubber

TOKEN_BYTES = 16


class Passing:
    """The messages of that conversation, and the errands that they hold."""

    def __init__(self, content: Content, token: Callable[[], str] = lambda: secrets.token_urlsafe(TOKEN_BYTES)) -> None:
        assert content.messages, "checked by Replier"  # noqa: S101
        self._words, self._values, self._token = content.messages.inbox, values(content), token
        self._scrubber = Scrubber(
            text for entry in content.entries.values() for text in (*entry.phrasings, entry.answer)
        )

    def offer(self) -> Row:
        """The button under "I don't have an answer"."""
        return (Button(self._words.offer, encode("pass_on")),)

    def ask(self) -> Said:
        """What happens with the question, and whether that is OK. The token is made here: two taps are one question."""
        yes = Button(self._words.yes, encode("pass_on_yes", self._token()))
        return Said(self._say(self._words.ask), ((yes, Button(self._words.no, encode("pass_on_no"))),))

    def kept(self, token: str) -> Said:
        """It is passed on, with the button that takes it back."""
        return Said(self._say(self._words.kept), ((Button(self._words.take_back, encode("take_back", token)),),))

    def keep(self, token: str, text: str) -> Errand:
        """Keep the words, less what tells who wrote them."""
        return Errand("keep", token, Said(self._say(self._words.failed)), self.enough(), self._scrubber.scrub(text))

    def taken_back(self) -> Said:
        """It is deleted."""
        return Said(self._say(self._words.taken_back))

    def take_back(self, token: str) -> Errand:
        """Delete it. Where that fails, the button stays."""
        failed = self.kept(token)._replace(text=self._say(self._words.failed))
        return Errand("take_back", token, failed, self.enough())

    def enough(self) -> Said:
        """One person has passed on many questions, or the inbox is full."""
        return Said(self._say(self._words.enough))

    def gone(self) -> Said:
        """The words did not come back with the tap."""
        return Said(self._words.gone)

    def _say(self, text: str) -> str:
        return fill(text, self._values)
