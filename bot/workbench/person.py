"""The person's side of a chat: saying, tapping, editing, sending a photo."""

from __future__ import annotations

from bot.workbench import entities, markup
from bot.workbench.board import Board, Query
from bot.workbench.chats import Chat, person
from bot.workbench.fields import Json


class Person:
    """Someone who writes in a chat. Everything done here becomes an update for the bot."""

    def __init__(self, board: Board, chat: Chat, user_id: int) -> None:
        self._board = board
        self._chat = chat
        self._user = person(user_id)

    def say(self, text: str, reply_to: int | None = None) -> Json:
        """Type a text and send it. Telegram trims it and marks commands, links and mentions."""
        return self.send(spoken(text), reply_to)

    def send(self, content: Json, reply_to: int | None = None) -> Json:
        """Send a message with any content: see `samples`."""
        message = self._new(content)
        if reply_to is not None:
            message["reply_to_message"] = self._chat.find(reply_to, "be replied")
        self._board.keep(self._chat, message, "message")
        self._board.post("channel_post" if self._chat.about["type"] == "channel" else "message", message)
        return message

    def edit(self, message_id: int, text: str) -> Json:
        """Change the words of an own message (of a photo: its caption)."""
        old = self._chat.find(message_id, "edit")
        media = "text" not in old
        kept = {key: value for key, value in old.items() if key not in ("entities", "caption_entities")}
        message = kept | (captioned(text) if media else spoken(text)) | {"edit_date": self._board.now()}
        self._board.keep(self._chat, message, "edit")
        channel = self._chat.about["type"] == "channel"
        self._board.post("edited_channel_post" if channel else "edited_message", message)
        return message

    def tap(self, message_id: int, data: str) -> Query:
        """Press the button with this data, whether or not it is (still) there."""
        board = self._board
        query = Query(str(4_000_000_000 + len(board.queries) + 1), self._chat.id, message_id, data)
        board.queries[query.id] = query
        message = self._chat.messages.get(message_id)
        shown = message or {"chat": self._chat.about, "message_id": message_id, "date": 0}
        board.post(
            "callback_query",
            {
                "id": query.id,
                "from": self._user,
                "message": shown,
                "chat_instance": str(abs(self._chat.id)),
                "data": data,
            },
        )
        return query

    def find_button(self, wanted: str, message_id: int | None = None) -> tuple[int, str]:
        """Message and data of the newest button with this label or data."""
        for number, message in reversed(self._chat.messages.items()):
            for button in markup.buttons(message) if message_id in (None, number) else ():
                if "callback_data" in button and wanted in (button["text"], button["callback_data"]):
                    return number, button["callback_data"]
        raise LookupError(f"no button {wanted!r} in the chat")

    def _new(self, content: Json) -> Json:
        head: Json = {
            "message_id": self._board.chats.next_message_id(),
            "chat": self._chat.about,
            "date": self._board.now(),
        }
        if self._chat.about["type"] == "channel":
            return head | {"sender_chat": self._chat.about} | content
        return head | {"from": self._user} | content


def spoken(text: str) -> Json:
    """The content of a text message."""
    words, marks = entities.settle(text, [])
    return {"text": words, **({"entities": marks} if marks else {})}


def captioned(text: str) -> Json:
    """The words under a photo."""
    words, marks = entities.settle(text, [])
    return {"caption": words, **({"caption_entities": marks} if marks else {})}
