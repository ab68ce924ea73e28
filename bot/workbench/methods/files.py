"""Photos and documents from the bot; the bytes stay in memory."""

from __future__ import annotations

from bot.workbench import messages
from bot.workbench.board import Board
from bot.workbench.fields import Json, Kind, Method, Upload
from bot.workbench.methods.sending import MANNER, TARGET

CAPTION = {"caption": Kind.STRING, "parse_mode": Kind.STRING, "caption_entities": Kind.ARRAY}
PNG_SIZE = slice(16, 24)


async def send_photo(board: Board, call: Json) -> Json:
    """A picture with a caption."""
    chat = board.chats.get(call["chat_id"])
    caption = messages.text(call, "caption")
    kept = _keep(board, call["photo"])
    upload = board.files.get(kept["file_id"])
    width, height = _size(upload.content if upload else b"")
    return messages.new(board, chat, call, {"photo": [kept | {"width": width, "height": height}], **caption})


async def send_document(board: Board, call: Json) -> Json:
    """Any file with a caption."""
    chat = board.chats.get(call["chat_id"])
    caption = messages.text(call, "caption")
    kept = _keep(board, call["document"])
    upload = board.files.get(kept["file_id"])
    named = {"file_name": upload.name, "mime_type": upload.content_type} if upload else {}
    return messages.new(board, chat, call, {"document": kept | named, **caption})


def _keep(board: Board, file: Upload | str) -> Json:
    """A reference to an upload, or to the address or file id that was given instead (which is not fetched)."""
    if isinstance(file, str):
        known = board.files.get(file)
        return {"file_id": file, "file_unique_id": f"u{file}"} | ({"file_size": len(known.content)} if known else {})
    number = f"file{len(board.files) + 1}"
    board.files[number] = file
    return {"file_id": number, "file_unique_id": f"u{number}", "file_size": len(file.content)}


def _size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; something plausible for all else."""
    if not content.startswith(b"\x89PNG") or len(content) < PNG_SIZE.stop:
        return 640, 480
    size = content[PNG_SIZE]
    return int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")


METHODS = (
    Method(
        "sendPhoto",
        send_photo,
        {
            **TARGET,
            "photo": Kind.FILE,
            **CAPTION,
            "show_caption_above_media": Kind.BOOLEAN,
            "has_spoiler": Kind.BOOLEAN,
            **MANNER,
        },
        ("chat_id", "photo"),
    ),
    Method(
        "sendDocument",
        send_document,
        {
            **TARGET,
            "document": Kind.FILE,
            "thumbnail": Kind.FILE,
            **CAPTION,
            "disable_content_type_detection": Kind.BOOLEAN,
            **MANNER,
        },
        ("chat_id", "document"),
    ),
)
