"""Contents of messages that are not text, as Telegram writes them. Nothing can be fetched by their file ids."""

from __future__ import annotations

from bot.workbench.fields import Json
from bot.workbench.person import captioned


def photo(caption: str = "") -> Json:
    """A photo, with words under it or without."""
    return {"photo": [_file("photo") | {"width": 1280, "height": 960}], **(captioned(caption) if caption else {})}


def document(caption: str = "") -> Json:
    """A file."""
    about = _file("document") | {"file_name": "letter.pdf", "mime_type": "application/pdf"}
    return {"document": about, **(captioned(caption) if caption else {})}


def voice() -> Json:
    """A voice message."""
    return {"voice": _file("voice") | {"duration": 4, "mime_type": "audio/ogg"}}


def sticker() -> Json:
    """A sticker."""
    return {
        "sticker": _file("sticker")
        | {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "\N{WAVING HAND SIGN}",
        }
    }


def location() -> Json:
    """A place on the map."""
    return {"location": {"latitude": 43.65, "longitude": -79.38}}


def contact() -> Json:
    """Someone's phone number."""
    return {"contact": {"phone_number": "+15550100", "first_name": "Example"}}


def of(kind: str, caption: str = "") -> Json:
    """The sample by its name; KeyError for a name that is none."""
    plain = {"voice": voice, "sticker": sticker, "location": location, "contact": contact}
    worded = {"photo": photo, "document": document}
    return worded[kind](caption) if kind in worded else plain[kind]()


def _file(kind: str) -> Json:
    return {"file_id": f"sample-{kind}", "file_unique_id": f"s-{kind}", "file_size": 20_000}
