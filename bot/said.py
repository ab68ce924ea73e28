"""A message as it will be read: plain text, bold and italic stretches, rows of buttons."""

from typing import Literal, NamedTuple

from bot.buttons import Row


class Stretch(NamedTuple):
    """A stretch of the text in a style. Offsets count characters of Python's; Telegram's UTF-16 units come later."""

    style: Literal["bold", "italic"]
    start: int
    length: int


class Said(NamedTuple):
    """One message."""

    text: str
    buttons: tuple[Row, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    def under(self, line: str) -> "Said":
        """The same message under one more line."""
        moved = tuple(stretch._replace(start=stretch.start + len(line) + 2) for stretch in self.stretches)
        return self._replace(text=f"{line}\n\n{self.text}", stretches=moved)

    def with_rows(self, *rows: Row) -> "Said":
        """The same message with more rows of buttons."""
        return self._replace(buttons=(*self.buttons, *rows))


def compose(*parts: tuple[str, str]) -> Said:
    """Build a message of (style, text) paragraphs; style is "bold", "italic" or "" and empty texts are left out."""
    text = ""
    stretches: list[Stretch] = []
    for style, part in parts:
        if not part:
            continue
        text += "\n\n" if text else ""
        if style == "bold" or style == "italic":
            stretches.append(Stretch("bold" if style == "bold" else "italic", len(text), len(part)))
        text += part
    return Said(text, (), tuple(stretches))
