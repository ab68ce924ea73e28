"""Further wordings: `faq/<language>/wordings/*.yaml`, beside the entries, for matching to learn from."""

from typing import Annotated

from pydantic import Field

from bot.content.base import Identifier, Strict, Text


class WordingFile(Strict):
    """More ways to ask what entries answer. Only matching reads them: no clinician signs them."""

    wordings: dict[Identifier, Annotated[list[Text], Field(min_length=1)]] = Field(
        min_length=1, description="By the id of an entry: further ways to ask it, beyond the 20 of its `asked_as`."
    )
