"""The one sender: what may pass is tried again until the deadline, what never will is dropped, and nothing else."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import datetime as dtm
from types import SimpleNamespace

import pytest
import telegram
from telegram.error import NetworkError, TimedOut

from bot.buttons import Button, encode
from bot.decision import Decision
from bot.incoming import Incoming
from bot.reply import Reply
from bot.said import Said, compose
from bot.telegram import sending
from bot.telegram.reading import Envelope
from bot.telegram.sending import DEADLINE, NotDelivered, Sender
from bot.workbench.board import Board
from bot.workbench.errors import ApiError, bad, too_many
from bot.workbench.person import Person
from tests.support.recording import Recorder

SOON = 0.3  # seconds; the first pause with its jitter
HELLO = Reply(Said("Hello"))
URGENT = Reply(Said("Call 911 now."), decision=Decision("urgent"))
SERVER_ERROR = ApiError(500, "Internal Server Error")
BLOCKED = ApiError(403, "Forbidden: bot was blocked by the user")
REVOKED = ApiError(401, "Unauthorized")


class Time:
    """A clock that sleeping moves, and nothing else."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        """Seconds."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Time passes at once."""
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The sender's time."""
    time = Time()
    monkeypatch.setattr(sending, "asyncio", SimpleNamespace(sleep=time.sleep))
    monkeypatch.setattr(sending, "time", time)
    return time


@pytest.fixture
def request_() -> Recorder:
    """Telegram, with one chat in which the bot has sent message 2."""
    board = Board("42:test")
    Person(board, board.chats.private(1001), 1001).say("hi")
    return Recorder(board)


@pytest.fixture
async def sender(request_: Recorder, time: Time) -> Sender:
    """The sender of a bot that knows its name."""
    bot = telegram.Bot("42:test", request=request_, get_updates_request=request_)
    await bot.initialize()
    await bot.send_message(1001, "Before")
    request_.calls.clear()
    return Sender(bot)


def to(tapped: int | None = None, message: int | None = 1) -> Envelope:
    """To the one chat."""
    return Envelope(1001, 1001, message, Incoming("hi"), tapped=tapped)


def edit(text: str) -> Reply:
    """A reply in the place of the tapped message."""
    return Reply(Said(text), edit=True)


async def test_only_a_card_leaves_at_once(sender: Sender, request_: Recorder) -> None:
    """Other replies leave together with what else is sent at that moment."""
    for reply in (HELLO, URGENT, HELLO):
        await sender.send(to(), reply)
    assert [False, True, False] == request_.at_once


async def test_a_reply_that_is_taken_is_sent_once(sender: Sender, request_: Recorder, time: Time) -> None:
    """Without any pause."""
    await sender.send(to(), HELLO)
    assert (["sendMessage"], []) == ([call.method for call in request_.calls], time.pauses)


async def test_a_flood_limit_waits_as_told(sender: Sender, request_: Recorder, time: Time) -> None:
    """429 with retry_after: so long and a little longer, so that not all come back at once."""
    request_.script("sendMessage", too_many(3), too_many(2))
    await sender.send(to(), HELLO)
    assert ([3, 2], True) == ([int(pause) for pause in time.pauses], request_.calls[-1].ok)


async def test_an_emergency_is_back_first_after_a_flood_limit(sender: Sender, request_: Recorder, time: Time) -> None:
    """To the moment: the others come a little later."""
    request_.script("sendMessage", too_many(3))
    await sender.send(to(), URGENT)
    assert ([3.0], True) == (time.pauses, request_.calls[-1].ok)


async def test_an_emergency_that_must_wait_comes_again_soon(sender: Sender, request_: Recorder, time: Time) -> None:
    """Telegram asks for an hour: it is asked again within seconds. The rest waits as told."""
    for reply, after in ((URGENT, 3.0), (HELLO, 3600.0)):
        request_.script("sendMessage", too_many(3600))
        with pytest.raises(NotDelivered) as raised:
            await sender.send(to(), reply)
        assert after == int(raised.value.after)


@pytest.mark.parametrize("fault", [SERVER_ERROR, ApiError(502, "Bad Gateway"), TimedOut(), NetworkError("reset")])
async def test_what_may_pass_is_tried_again(
    sender: Sender, request_: Recorder, time: Time, fault: ApiError | Exception
) -> None:
    """5xx, timeouts, broken connections: with growing pauses. Twice is better than never."""
    request_.script("sendMessage", fault, fault, fault)
    await sender.send(to(), HELLO)
    assert 4 == len(request_.calls)
    assert request_.calls[-1].ok
    assert time.pauses[0] <= SOON < time.pauses[0] + time.pauses[1] + time.pauses[2]


async def test_the_deadline_ends_in_not_delivered(sender: Sender, request_: Recorder, time: Time) -> None:
    """Then the update must come again; it is never waited for longer."""
    request_.script("sendMessage", *[SERVER_ERROR] * 100)
    with pytest.raises(NotDelivered):
        await sender.send(to(), HELLO)
    assert DEADLINE - 3.0 < time.now <= DEADLINE


async def test_a_pause_beyond_the_deadline_is_not_begun(sender: Sender, request_: Recorder, time: Time) -> None:
    """Telegram asks for a minute: the update comes again instead."""
    request_.script("sendMessage", too_many(60))
    with pytest.raises(NotDelivered):
        await sender.send(to(), HELLO)
    assert time.pauses == []


@pytest.mark.parametrize("fault", [BLOCKED, bad("chat not found"), bad("user is deactivated")])
async def test_what_never_will_pass_is_dropped(sender: Sender, request_: Recorder, time: Time, fault: ApiError) -> None:
    """Tried once, done: it would come again for a day and hold up the chat."""
    request_.script("sendMessage", fault)
    await sender.send(to(), HELLO)
    assert (1, []) == (len(request_.calls), time.pauses)


async def test_a_group_that_became_a_supergroup_is_answered_there(sender: Sender, request_: Recorder) -> None:
    """Telegram tells its new number."""
    request_.script("sendMessage", telegram.error.ChatMigrated(-1001))
    await sender.send(to(), HELLO)
    assert [1001, -1001] == [call.params["chat_id"] for call in request_.calls]


async def test_what_telegram_calls_wrong_is_sent_as_bare_words(sender: Sender, request_: Recorder) -> None:
    """A fault of ours in styles, buttons or place is no reason for silence."""
    request_.script("sendMessage", bad("BUTTON_DATA_INVALID"))
    said = compose(("bold", "Title")).with_rows((Button("Go", encode("none")),))
    await sender.send(to(), Reply(said, quote=True))
    assert [{"chat_id": 1001, "text": "Title"}] == [call.params for call in request_.calls if call.ok]


async def test_a_token_that_was_revoked_loses_nothing(sender: Sender, request_: Recorder) -> None:
    """The process with the new one gets the update."""
    request_.script("sendMessage", REVOKED)
    with pytest.raises(NotDelivered):
        await sender.send(to(), HELLO)


async def test_an_edit_changes_the_tapped_message(sender: Sender, request_: Recorder) -> None:
    """In place."""
    await sender.send(to(tapped=2), edit("After"))
    assert ["editMessageText"] == [call.method for call in request_.calls]
    assert 2 == request_.calls[0].params["message_id"]


async def test_not_modified_is_as_good_as_done(sender: Sender, request_: Recorder) -> None:
    """A second tap on the same button."""
    await sender.send(to(tapped=2), edit("Before"))
    assert ["editMessageText"] == [call.method for call in request_.calls]
    assert "not modified" in request_.calls[0].answer["description"]


@pytest.mark.parametrize("reason", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"])
async def test_what_cannot_be_edited_any_more_is_sent_anew(sender: Sender, request_: Recorder, reason: str) -> None:
    """Deleted, or too old."""
    request_.script("editMessageText", bad(reason))
    await sender.send(to(tapped=2), edit("After"))
    assert ["editMessageText", "sendMessage"] == [call.method for call in request_.calls]


async def test_an_edit_without_a_message_is_sent_anew(sender: Sender, request_: Recorder) -> None:
    """The tapped one is out of reach."""
    await sender.send(to(), edit("After"))
    assert ["sendMessage"] == [call.method for call in request_.calls]


async def test_an_edit_is_tried_again_too(sender: Sender, request_: Recorder, time: Time) -> None:
    """As a new message is."""
    request_.script("editMessageText", SERVER_ERROR)
    await sender.send(to(tapped=2), edit("After"))
    assert ["editMessageText"] * 2 == [call.method for call in request_.calls]


@pytest.mark.parametrize("fault", [bad("query is too old and response timeout expired"), SERVER_ERROR, TimedOut()])
async def test_a_tap_that_cannot_be_acknowledged_is_no_fault(
    sender: Sender, request_: Recorder, fault: ApiError | Exception
) -> None:
    """The reply itself matters."""
    request_.script("answerCallbackQuery", fault)
    await sender.acknowledge("1")
    assert 1 == len(request_.calls)


async def test_a_quote_survives_that_its_message_is_gone(sender: Sender, request_: Recorder) -> None:
    """The person deleted it: the reply comes all the same."""
    await sender.send(to(message=1), Reply(Said("Hello"), quote=True))
    await sender.send(to(message=99), Reply(Said("Hello"), quote=True))
    assert [True, False] == ["reply_to_message" in call.answer["result"] for call in request_.calls]
    assert [True, True] == [call.params["reply_parameters"]["allow_sending_without_reply"] for call in request_.calls]


async def test_text_styles_and_buttons_arrive(sender: Sender, request_: Recorder) -> None:
    """Offsets in UTF-16 units; `{bot}` in an address becomes the bot's name."""
    said = compose(("", "🦵🦵"), ("bold", "Knée 🦵"), ("italic", "end"))
    rows = ((Button("Go", encode("none")), Button("Page", url="https://t.me/{bot}")),)
    await sender.send(to(), Reply(said.with_rows(*rows)))
    params = request_.calls[0].params
    assert [("bold", 6, 7), ("italic", 15, 3)] == [(e["type"], e["offset"], e["length"]) for e in params["entities"]]
    expected = [[{"text": "Go", "callback_data": "1n"}, {"text": "Page", "url": "https://t.me/workbench_bot"}]]
    assert expected == params["reply_markup"]["inline_keyboard"]


async def test_a_text_too_long_for_telegram_is_cut(sender: Sender, request_: Recorder) -> None:
    """With its styles: a cut text is better than none."""
    await sender.send(to(), Reply(compose(("bold", "Title"), ("", "🦵" * 3000), ("italic", "end"))))
    assert request_.calls[0].ok
    assert request_.calls[0].params["text"].endswith("…")
    assert ["bold"] == [entity["type"] for entity in request_.calls[0].params["entities"]]


def test_the_library_tells_pauses_as_durations() -> None:
    """Else it warns of each 429, and warnings are errors here."""
    assert dtm.timedelta(seconds=3) == telegram.error.RetryAfter(3).retry_after
