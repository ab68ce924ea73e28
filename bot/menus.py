"""Everything that is tapped or commanded rather than asked: start, help, topics, kind refusals."""

from collections.abc import Sequence

from bot.answers import values
from bot.buttons import Button, Row, encode, key
from bot.content.base import fill
from bot.content.gathering import Group
from bot.content.loading import Content
from bot.incoming import Media
from bot.kept import NOTHING, Kept
from bot.said import Said, compose

PAGE = 8  # questions on one page of a topic


class Menus:
    """The bot's fixed messages, in the content's language."""

    def __init__(self, content: Content, kept: Kept = NOTHING) -> None:
        """`kept`: what /privacy and /forget tell."""
        assert content.messages and content.clinic, "checked by Replier"  # noqa: S101
        self._content, self._words, self._clinic = content, content.messages, content.clinic
        self._values = values(content)
        self._kept = kept
        self._groups = [shown for group in content.groups if (shown := _medical(group)).entries]

    def command(self, name: str) -> Said:
        """The message for a command; an unknown one gets help."""
        simple = {
            "help": self._words.help,
            "contact": self._words.contact,
            "privacy": self._privacy(),
            "forget": self._forget(),
        }
        if name == "start":
            return self._start()
        if name == "topics":
            return self.topics()
        if name in simple:
            return Said(self._say(simple[name]), (self._ways_on(),) if name in ("help", "contact") else ())
        return Said(self._say(self._words.help), (self._ways_on(),)).under(self._words.unknown_command)

    def _privacy(self) -> str:
        words = self._words
        marks = words.privacy_shared if self._kept.shared_sessions else words.privacy_memory
        lines = [words.privacy, marks, *([words.inbox.privacy] if self._kept.inbox else [])]
        return "\n".join(lines) + f"\n\n{words.privacy_end}"

    def _forget(self) -> str:
        words = self._words
        about = words.inbox.forget if self._kept.inbox else words.forget_words
        return f"{words.forget} {about}\n\n{words.forget_end}"

    def topics(self) -> Said:
        """The groups of the FAQ, one button each."""
        rows: list[Row] = [(Button(group.name, encode("group", key(group.name), "0")),) for group in self._groups]
        return Said(self._words.topics, (*rows, (self._guide_button(),)))

    def group(self, args: Sequence[str]) -> Said | None:
        """One page of a group's questions; None for a group or page that is not there."""
        wanted, page = (*args, "", "0")[:2] if args else ("", "0")
        group = next((group for group in self._groups if key(group.name) == wanted), None)
        if group is None or not page.isdecimal() or int(page) * PAGE >= len(group.entries):
            return None
        first = int(page) * PAGE
        rows: list[Row] = [
            (Button(entry.question, encode("entry", key(entry.id))),) for entry in group.entries[first : first + PAGE]
        ]
        turn = []
        if first:
            turn.append(Button(self._words.buttons.previous_page, encode("group", wanted, str(int(page) - 1))))
        if first + PAGE < len(group.entries):
            turn.append(Button(self._words.buttons.next_page, encode("group", wanted, str(int(page) + 1))))
        rows += [tuple(turn)] if turn else []
        rows.append((Button(self._words.buttons.all_groups, encode("topics", "1")),))
        return compose(("bold", group.name), ("", self._words.topics_group)).with_rows(*rows)

    def media(self, kind: Media) -> Said:
        """One kind sentence for what is not words."""
        return Said(self._say(getattr(self._words.media, kind)))

    def stale(self) -> Said:
        """A fresh start for a button that is no longer known."""
        return self._start().under(self._words.stale_button)

    def group_chat(self) -> Said:
        """In a group: only the way to the private chat."""
        return Said(
            self._say(self._words.group_chat), ((Button(self._words.buttons.private_chat, url="https://t.me/{bot}"),),)
        )

    def thanked(self) -> Said:
        """After "yes, this was it"."""
        return Said(self._words.feedback_yes)

    def late(self, said: Said, minutes: int, below: bool) -> Said:
        """The message with a word about when its question was written, above it or below."""
        word = fill(self._words.late, {**self._values, "minutes": str(minutes)})
        return said._replace(text=f"{said.text}\n\n{word}") if below else said.under(word)

    def flooded(self) -> Said:
        """When one person wrote too much at once."""
        return Said(self._say(self._words.flooded))

    def failure(self) -> Said:
        """When answering broke."""
        return Said(self._say(self._words.failure))

    def _start(self) -> Said:
        unsigned = any(entry.medical and not entry.signed for entry in self._content.entries.values())
        said = compose(
            ("", self._say(self._words.start)),
            ("italic", self._words.unsigned_faq if unsigned else ""),
            ("italic", self._words.placeholder_clinic if self._clinic.placeholder else ""),
        )
        return said.with_rows(self._ways_on())

    def _guide_button(self) -> Button:
        return Button(self._words.buttons.guide, encode("guide"))

    def _ways_on(self) -> Row:
        return (self._guide_button(), Button(self._words.buttons.topics, encode("topics")))

    def _say(self, text: str) -> str:
        return fill(text, self._values)


def _medical(group: Group) -> Group:
    return group._replace(entries=tuple(entry for entry in group.entries if entry.medical))
