"""JSON schemas of the content files, for editors: they complete keys and mark mistakes while somebody types."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from bot.content.clinic import Clinic
from bot.content.entries import EntryFile
from bot.content.guide import Guide
from bot.content.messages import Messages
from bot.content.urgent import Urgent
from bot.content.wordings import WordingFile
from bot.content.words import Words

MODELS: Mapping[str, type[BaseModel]] = {
    "clinic": Clinic,
    "entries": EntryFile,
    "guide": Guide,
    "messages": Messages,
    "urgent": Urgent,
    "wordings": WordingFile,
    "words": Words,
}


def schema(name: str) -> dict[str, Any]:
    """The JSON schema of one kind of file, as the loader reads it."""
    found = MODELS[name].model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def rendered(name: str) -> str:
    """The text of `faq/schema/<name>.json`."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
