"""One update: answered once, in its chat's order, without waiting for other chats."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.incoming import Incoming
from bot.reply import Replier, Reply
from bot.session import Session
from bot.storage import claims
from bot.storage.claims import Claim
from bot.storage.keeping import Keeping
from bot.telegram import handling
from bot.telegram.handling import Handler
from bot.telegram.sending import NotDelivered, Sender
from bot.workbench.errors import ApiError, bad
from tests.support.chat import Chat
from tests.support.serving import until


class Gated:
    """A replier that holds back each text until it is let go, and notes the order in which texts came."""

    def __init__(self, replier: Replier) -> None:
        self._replier = replier
        self.begun: list[str] = []
        self.gates: dict[str, threading.Event] = {}

    @property
    def decider(self) -> Gated:
        """Itself: only `quick` is asked of it."""
        return self

    @property
    def quick(self) -> bool:
        """It blocks, so it must not run on the event loop."""
        return False

    def hold(self, text: str) -> threading.Event:
        """Hold this text back."""
        return self.gates.setdefault(text, threading.Event())

    def reply(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply | None, Session]:
        """As the real one, later."""
        self.begun.append(incoming.text)
        if incoming.text in self.gates:
            assert self.gates[incoming.text].wait(5)
        return self._replier.reply(incoming, session, now)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._replier, name)


@pytest.fixture
def gated(tiny_replier: Replier) -> Iterator[Gated]:
    """A bot whose answers wait; all are let go in the end."""
    gated = Gated(tiny_replier)
    yield gated
    for gate in gated.gates.values():
        gate.set()


async def started(chat: Chat) -> Chat:
    """A chat whose bot knows its own name."""
    await chat.say("/help")
    chat.line.request.calls.clear()
    return chat


def said(chat: Chat, text: str) -> dict[str, Any]:
    """An update that is not handled yet."""
    chat._person.say(text)
    update = list(chat.line.board.updates.waiting.values())[-1]
    chat.line.board.updates.done(update["update_id"])
    return chat.line.checked(update)


async def test_the_same_update_at_the_same_time_gets_one_reply(chat: Chat) -> None:
    """The repeat waits for the first."""
    await started(chat)
    update = said(chat, "do i need an mri")
    await asyncio.gather(*(chat.line.handler.handle(update) for _ in range(5)))
    assert 1 == len(chat.line.request.of("sendMessage"))


async def test_the_same_update_later_gets_none(chat: Chat) -> None:
    """Telegram brings it again when our word was lost."""
    await started(chat)
    update = said(chat, "do i need an mri")
    await chat.line.handler.handle(update)
    await chat.line.handler.handle(update)
    assert 1 == len(chat.line.request.of("sendMessage"))


async def test_update_numbers_may_start_again(chat: Chat) -> None:
    """After a quiet week Telegram begins anywhere."""
    await started(chat)
    data = said(chat, "/help")
    for number in (900, 3, 450):
        await chat.line.handler.handle(data | {"update_id": number})
    assert 3 == len(chat.line.request.of("sendMessage"))


async def test_what_was_not_delivered_is_answered_when_it_comes_again(chat: Chat) -> None:
    """With the session as it was before: the emergency is an emergency again."""
    await started(chat)
    chat.line.handler._sender = Sender(chat.line.bot, deadline=0.0)
    update = said(chat, "crushing chest pain")
    chat.line.request.script("sendMessage", ApiError(500, "Internal Server Error"))
    with pytest.raises(NotDelivered):
        await chat.line.handler.handle(update)
    await chat.line.handler.handle(update)
    assert [False, True] == [call.ok for call in chat.line.request.of("sendMessage")]


async def test_messages_of_one_chat_are_answered_in_order(gated: Gated) -> None:
    """The second waits, however quick it is."""
    chat = await started(Chat(gated))  # type: ignore[arg-type]
    gate = gated.hold("do i need an mri")
    both = [asyncio.create_task(chat.line.handler.handle(said(chat, text))) for text in ("do i need an mri", "thanks")]
    await until(lambda: "do i need an mri" in gated.begun)
    await asyncio.sleep(0.02)
    assert "thanks" not in gated.begun
    gate.set()
    await asyncio.gather(*both)
    texts = [call.params["text"] for call in chat.line.request.of("sendMessage")]
    assert ["Do I need an MRI?", "You're welcome."] == [text.splitlines()[0] for text in texts]


async def test_other_chats_do_not_wait(gated: Gated) -> None:
    """One slow answer is one person's."""
    chat = await started(Chat(gated))  # type: ignore[arg-type]
    gate = gated.hold("do i need an mri")
    slow = asyncio.create_task(chat.line.handler.handle(said(chat, "do i need an mri")))
    await until(lambda: "do i need an mri" in gated.begun)
    await chat.line.handler.handle(said(chat.other(), "thanks"))
    assert ["You're welcome."] == [call.params["text"] for call in chat.line.request.of("sendMessage")]
    gate.set()
    await slow


async def test_draining_ends_when_the_time_is_up(gated: Gated) -> None:
    """What hangs does not hold up the end."""
    chat = await started(Chat(gated))  # type: ignore[arg-type]
    gate = gated.hold("thanks")
    waiting = asyncio.create_task(chat.line.handler.handle(said(chat, "thanks")))
    await until(lambda: "thanks" in gated.begun)
    await chat.line.handler.drain(0.01)
    assert not waiting.done()
    gate.set()
    await waiting


async def test_only_so_many_updates_are_remembered(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go first; no lock of a chat stays behind."""
    monkeypatch.setattr(claims, "REMEMBERED", 3)
    await started(chat)
    for _ in range(6):
        await chat.line.handler.handle(said(chat, "/help"))
    assert 3 == len(chat.line.handler._keeping.claims)  # type: ignore[arg-type]
    await asyncio.sleep(0)
    assert (0, {}, {}) == (len(chat.line.handler._turns), chat.line.handler._open, chat.line.handler._overtaken)


async def test_a_reply_that_cannot_be_rendered_becomes_the_failure_line(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours after the decision is no reason for silence."""
    await started(chat)
    send = Sender.send

    async def stumbling(self: Sender, envelope: Any, reply: Reply) -> None:
        if reply.said.text.startswith("You're welcome"):
            raise ValueError("a fault of ours")
        await send(self, envelope, reply)

    monkeypatch.setattr(Sender, "send", stumbling)
    await chat.line.handler.handle(said(chat, "thanks"))
    (call,) = chat.line.request.of("sendMessage")
    assert call.params["text"].startswith("Something went wrong on my side.")


async def test_a_refused_reply_does_not_come_again(chat: Chat) -> None:
    """It would be refused for a day. Its words alone are tried once, for buttons and styles may be what offends."""
    await started(chat)
    chat.line.request.script("sendMessage", bad("BUTTON_DATA_INVALID"), bad("MESSAGE_TOO_LONG"))
    await chat.line.handler.handle(said(chat, "thanks"))
    assert 2 == len(chat.line.request.of("sendMessage"))


async def test_a_tap_is_acknowledged_while_it_is_answered(chat: Chat) -> None:
    """And answered even where the acknowledgement fails."""
    await chat.say("/topics")
    chat.line.request.script("answerCallbackQuery", bad("query is too old and response timeout expired"))
    await chat.tap("Treatment")
    assert ["Treatment"] == chat.last.bold


async def test_a_tap_is_acknowledged_first(chat: Chat) -> None:
    """Then the clock on the button stops, however long the reply takes."""
    await chat.say("/topics")
    await chat.tap("Treatment")
    assert ["answerCallbackQuery", "editMessageText"] == [call.method for call in chat.line.request.calls[-2:]]


class Shared:
    """Claims that another process holds, until it is done or gives up; `fails`: nobody can be asked."""

    def __init__(self, *answers: Claim, fails: bool = False) -> None:
        self.answers, self.fails = list(answers), fails
        self.told: list[str] = []

    async def claim(self, update: int) -> Claim:
        """The next answer; the last one stays."""
        return self._say("claim") or (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])

    async def done(self, update: int) -> None:
        """Noted."""
        self._say("done")

    async def release(self, update: int) -> None:
        """Noted."""
        self._say("release")

    def _say(self, what: str) -> None:
        self.told.append(what)
        if self.fails:
            raise OSError("the database is away")


async def shared(replier: Replier, claims: Shared) -> Chat:
    """A chat whose bot shares its claims."""
    chat = Chat(replier)
    chat.line.handler = Handler(replier, chat.line.bot, chat.clock, Keeping(claims))
    await chat.line.bot.initialize()
    return chat


async def test_what_another_process_has_answered_is_not_answered_again(tiny_replier: Replier) -> None:
    """It is acknowledged all the same."""
    chat = await shared(tiny_replier, Shared("done"))
    await chat.say("thanks")
    assert [] == chat.line.request.of("sendMessage")


async def test_what_another_process_is_at_is_waited_for(tiny_replier: Replier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is done; where it died, its lease runs out and we answer."""
    monkeypatch.setattr(handling, "LOOK_AGAIN", 0.001)
    for last, replies in (("done", 0), ("mine", 1)):
        chat = await shared(tiny_replier, Shared("busy", "busy", last))
        await chat.say("thanks")
        assert replies == len(chat.line.request.of("sendMessage"))


async def test_what_another_process_is_at_for_too_long_comes_again(
    tiny_replier: Replier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram would give up waiting."""
    monkeypatch.setattr(handling, "ELSEWHERE", 0.0)
    chat = await shared(tiny_replier, Shared("busy"))
    with pytest.raises(NotDelivered):
        await chat.say("thanks")


async def test_an_emergency_does_not_wait_for_a_process_that_may_be_dead(
    tiny_replier: Replier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may come twice; anything else waits."""
    monkeypatch.setattr(handling, "URGENT_ELSEWHERE", 0.0)
    claims = Shared("busy")
    chat = await shared(tiny_replier, claims)
    await chat.say("crushing chest pain")
    assert ["🚨 Call 911 now."] == [c.params["text"].splitlines()[0] for c in chat.line.request.of("sendMessage")]
    assert "done" == claims.told[-1]
    monkeypatch.setattr(handling, "ELSEWHERE", 0.0)
    with pytest.raises(NotDelivered):
        await chat.say("thanks")


async def test_a_claim_is_given_back_when_the_reply_was_not_delivered(tiny_replier: Replier) -> None:
    """So that whoever gets it next need not wait for the lease; and kept when it was."""
    claims = Shared("mine")
    chat = await shared(tiny_replier, claims)
    chat.line.handler._sender = Sender(chat.line.bot, deadline=0.0)
    chat.line.request.script("sendMessage", ApiError(500, "Internal Server Error"))
    with pytest.raises(NotDelivered):
        await chat.say("thanks")
    await chat.line.deliver()
    assert ["claim", "release", "claim", "done"] == claims.told


async def test_claims_that_nobody_can_ask_cost_no_answer(tiny_replier: Replier) -> None:
    """Once in this process, though."""
    chat = await shared(tiny_replier, Shared("mine", fails=True))
    update = said(chat, "thanks")
    await chat.line.handler.handle(update)
    await chat.line.handler.handle(update)
    assert 1 == len(chat.line.request.of("sendMessage"))


async def test_an_emergency_overtakes_what_waits_in_its_chat(gated: Gated) -> None:
    """And its marks stay when the earlier answer is out at last."""
    chat = await started(Chat(gated))  # type: ignore[arg-type]
    gate = gated.hold("do i need an mri")
    slow = asyncio.create_task(chat.line.handler.handle(said(chat, "do i need an mri")))
    await until(lambda: "do i need an mri" in gated.begun)
    await chat.line.handler.handle(said(chat, "crushing chest pain"))
    assert ["🚨 Call 911 now."] == [c.params["text"].splitlines()[0] for c in chat.line.request.of("sendMessage")]
    gate.set()
    await slow
    assert (await chat.line.handler._keeping.sessions.get((1001, 1001))).card is not None
    await asyncio.sleep(0)
    assert (0, {}) == (len(chat.line.handler._turns), chat.line.handler._overtaken)


async def test_a_flood_gets_one_notice_and_emergencies_their_card(chat: Chat) -> None:
    """Whoever else writes is answered as ever, and so is the person after a minute."""
    for _ in range(30):
        await chat.say("thanks")
    texts = [bubble.text for bubble in chat.seen]
    assert (20, 1) == (texts.count("You're welcome."), sum(text.startswith("That was a lot") for text in texts))
    assert 21 == len(texts)
    await chat.say("crushing chest pain")
    assert "Call 911" in chat.last.text
    other = chat.other()
    await other.say("thanks")
    assert "You're welcome." == other.last.text
    chat.clock.turn(minutes=1)
    await chat.say("/help")
    assert 1 == len(chat.replies)


async def test_an_outage_of_telegrams_is_no_flood_of_the_patients(chat: Chat) -> None:
    """Whatever comes again and again because nothing can be sent is counted once, when it is answered."""
    await started(chat)
    chat.line.handler._sender = Sender(chat.line.bot, deadline=0.0)
    update = said(chat, "thanks")
    for _ in range(40):
        chat.line.request.script("sendMessage", ApiError(500, "Internal Server Error"))
        with pytest.raises(NotDelivered):
            await chat.line.handler.handle(update)
    await chat.line.handler.handle(update)
    assert "You're welcome." == chat.line.request.of("sendMessage")[-1].params["text"]


async def test_an_answer_after_an_outage_says_when_its_question_was_written(chat: Chat) -> None:
    """From ten minutes on; styles stay where they belong."""
    await started(chat)
    for minutes, late in ((9, False), (45, True)):
        update = said(chat, "do i need an mri")
        update["message"]["date"] = int(chat.clock.now) - 60 * minutes
        await chat.line.handler.handle(update)
        assert late == chat.seen[-1].text.startswith("You wrote this 45 minutes ago.")
        assert ["Do I need an MRI?"] == chat.seen[-1].bold


async def test_an_emergency_card_after_an_outage_begins_with_the_card(chat: Chat) -> None:
    """The word about the time stands below."""
    await started(chat)
    update = said(chat, "crushing chest pain")
    update["message"]["date"] = int(chat.clock.now) - 7200
    await chat.line.handler.handle(update)
    assert chat.seen[-1].text.startswith("🚨 Call 911 now.")
    assert chat.seen[-1].text.splitlines()[-1].startswith("You wrote this 120 minutes ago.")


class Threads:
    """A replier that notes in which thread it was asked, and how many were at work at once; its own decider."""

    def __init__(self, replier: Replier, quick: bool) -> None:
        self._replier = replier
        self.decider, self.quick = self, quick
        self._at_work = 0
        self.threads: list[threading.Thread] = []
        self.at_once: list[int] = []

    def reply(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply | None, Session]:
        """As the real one."""
        self.threads.append(threading.current_thread())
        self._at_work += 1
        self.at_once.append(self._at_work)
        try:
            return self._replier.reply(incoming, session, now)
        finally:
            self._at_work -= 1

    def alarming(self, incoming: Incoming) -> bool:
        """As the real one."""
        self.threads.append(threading.current_thread())
        return self._replier.alarming(incoming)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._replier, name)


def threaded(tiny_replier: Replier, quick: bool = True) -> tuple[Chat, Threads]:
    """A chat with a bot that tells its threads."""
    replier = Threads(tiny_replier, quick)
    return Chat(replier), replier  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quick", "text", "in_the_loop"), [(True, "hi", True), (True, "hi " * 50, False), (False, "hi", False)]
)
async def test_what_takes_long_is_decided_in_a_thread(
    tiny_replier: Replier, quick: bool, text: str, in_the_loop: bool
) -> None:
    """A long text, and every text where the sentence model may be asked: nobody else waits for it."""
    chat, replier = threaded(tiny_replier, quick)
    await chat.say(text)
    assert [in_the_loop] == [thread is threading.main_thread() for thread in replier.threads]


async def test_long_texts_are_decided_one_at_a_time(tiny_replier: Replier) -> None:
    """Each thread that computes makes the event loop wait for its turn."""
    chat, replier = threaded(tiny_replier)
    await started(chat)
    replier.at_once.clear()
    updates = [said(chat.other(person), "hi " * 1300) for person in range(1, 9)]
    await asyncio.gather(*(chat.line.handler.handle(update) for update in updates))
    assert [1] * 8 == replier.at_once


async def test_whether_a_long_text_is_an_emergency_is_read_in_a_thread_too(gated: Gated) -> None:
    """While its chat is busy; and nothing comes in between."""
    replier = Threads(gated, quick=False)  # type: ignore[arg-type]
    chat = await started(Chat(replier))  # type: ignore[arg-type]
    gate = gated.hold("do i need an mri")
    texts = ("do i need an mri", f"hi {'and ' * 100}hi", "thanks")
    tasks = [asyncio.create_task(chat.line.handler.handle(said(chat, text))) for text in texts]
    await until(lambda: len(replier.threads) > 2)
    gate.set()
    await asyncio.gather(*tasks)
    assert any(thread is not threading.main_thread() for thread in replier.threads)
    assert list(texts) == gated.begun[-3:]


async def test_an_emergency_stays_on_record_though_two_answers_were_under_way(gated: Gated) -> None:
    """One began before it and one while it was at work: neither puts back what it had found before."""
    chat = await started(Chat(gated))  # type: ignore[arg-type]
    first, card = gated.hold("do i need an mri"), gated.hold("crushing chest pain")
    second = gated.hold("thanks")
    tasks = []
    for text in ("do i need an mri", "thanks", "crushing chest pain"):
        tasks.append(asyncio.create_task(chat.line.handler.handle(said(chat, text))))
        await asyncio.sleep(0.01)
    await until(lambda: "crushing chest pain" in gated.begun)
    first.set()
    await until(lambda: "thanks" in gated.begun)
    card.set()
    await tasks[2]
    second.set()
    await asyncio.gather(*tasks)
    assert (await chat.line.handler._keeping.sessions.get((1001, 1001))).card is not None
