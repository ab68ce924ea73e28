"""Updates posted to the bot as Telegram posts them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.workbench import LocalBotApi
from bot.workbench.webhook import Backoff
from tests.bot_api import Contract
from tests.workbench.doubles import Client, Hook, webhook

KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


@pytest.fixture
async def hook(api: LocalBotApi) -> AsyncIterator[Hook]:
    """A webhook, and pauses too short to be noticed."""
    api.board.webhook.backoff = Backoff(first=0.001, longest=0.01)
    async with webhook() as hook:
        yield hook


async def test_an_update_comes_with_the_secret(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """In Telegram's header, and in Telegram's form."""
    await bot.ok("setWebhook", url=hook.url, secret_token="s3cret")
    await api.say("hi")
    await hook.wait_for(1)
    await api.wait_until_settled()
    assert (hook.texts(), hook.secrets) == (["hi"], ["s3cret"])
    Contract.load().check_update(hook.updates[0])


async def test_what_waited_before_is_delivered_too(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """setWebhook loses nothing."""
    await api.say("early")
    await bot.ok("setWebhook", url=hook.url)
    await hook.wait_for(1)
    assert hook.texts() == ["early"]


async def test_a_refused_update_comes_again_before_the_next(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """The head of a chat's queue is tried until it is taken."""
    hook.answers = [web.Response(status=500), web.Response(status=503)]
    await bot.ok("setWebhook", url=hook.url)
    await api.say("a")
    await api.say("b")
    await hook.wait_for(4)
    await api.wait_until_settled()
    assert hook.texts() == ["a", "a", "a", "b"]
    info = await bot.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["pending_update_count"] == 0


async def test_the_pause_that_the_bot_asks_for_is_kept(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """Retry-After wins over a shorter pause of ours."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    api.board.webhook.sleep = note
    hook.answers = [web.Response(status=503, headers={"Retry-After": "7"}), web.Response(status=500)]
    await bot.ok("setWebhook", url=hook.url)
    await api.say("a")
    await api.wait_until_settled()
    assert pauses == [7.0, 0.001]


def test_pauses_grow_to_a_limit() -> None:
    """The first retry comes at once."""
    backoff = Backoff(first=0.1, factor=2, longest=5)
    assert [backoff.pause(tries) for tries in (1, 2, 3, 4, 9)] == [0.0, 0.1, 0.2, 0.4, 5]


async def test_one_chat_does_not_wait_for_another(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """Queues are per chat."""
    hook.hold = lambda update: update["message"]["text"] == "slow"
    await bot.ok("setWebhook", url=hook.url)
    await api.say("slow", user=1001)
    await api.say("behind", user=1001)
    await api.say("other", user=1002)
    await hook.wait_for(2)
    assert hook.texts() == ["slow", "other"]
    hook.release.set()
    await hook.wait_for(3)
    assert hook.texts()[2] == "behind"


async def test_taps_have_a_queue_of_their_own(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """A tap overtakes a message of the same person."""
    hook.hold = lambda update: "message" in update
    api.person()
    message = await bot.ok("sendMessage", chat_id=1001, text="x", reply_markup=KEYBOARD)
    await bot.ok("setWebhook", url=hook.url)
    await api.say("slow")
    await api.tap("Go", message)
    await hook.wait_for(2)
    assert hook.texts() == ["slow", "go"]


async def test_the_answer_may_carry_a_call(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """No request of the bot is needed then."""
    hook.answers = [web.json_response({"method": "sendMessage", "chat_id": 1001, "text": "Hello"})]
    await bot.ok("setWebhook", url=hook.url)
    await api.say("hi")
    assert (await api.wait_for_reply())["text"] == "Hello"


async def test_a_webhook_that_is_not_there_is_tried_again(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """And getWebhookInfo says so."""
    await bot.ok("setWebhook", url=hook.url.replace("/hook", "/elsewhere"))
    await api.say("hi")
    await api.wait_until(lambda: api.board.webhook.failure)
    assert (await bot.ok("getWebhookInfo"))["pending_update_count"] == 1
    await bot.ok("setWebhook", url=hook.url)
    await hook.wait_for(1)


async def test_a_webhook_may_be_removed_by_its_own_answer(api: LocalBotApi, bot: Client, hook: Hook) -> None:
    """Nothing hangs, and what came later waits for the next receiver."""
    hook.answers = [web.json_response({"method": "deleteWebhook"})]
    await bot.ok("setWebhook", url=hook.url)
    await api.say("a")
    await api.say("b")
    await api.wait_for_call("deleteWebhook")
    await api.wait_until(lambda: len(api.board.updates.waiting) == 1)
    assert [update["message"]["text"] for update in await bot.ok("getUpdates")] == ["b"]


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "ftp://example.org"}, "bad webhook"),
        ({"url": "https://example.org", "secret_token": "no blanks"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "https://example.org", "max_connections": 0}, "max_connections"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Client, params: dict[str, object], reason: str) -> None:
    """In Telegram's words where it has some."""
    assert reason in await bot.refusal("setWebhook", **params)
