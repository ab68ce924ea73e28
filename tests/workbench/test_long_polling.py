"""getUpdates: nothing is lost, nothing comes twice once it is confirmed."""

from __future__ import annotations

import asyncio

from bot.workbench import LocalBotApi
from tests.workbench.doubles import Client


async def test_an_update_comes_again_until_it_is_confirmed(api: LocalBotApi, bot: Client) -> None:
    """Only a higher offset confirms it."""
    await api.say("hi")
    first = await bot.ok("getUpdates")
    assert await bot.ok("getUpdates", offset=first[0]["update_id"]) == first
    assert await bot.ok("getUpdates", offset=first[0]["update_id"] + 1) == []


async def test_a_long_poll_ends_with_the_first_update(api: LocalBotApi, bot: Client) -> None:
    """It waits, and answers at once when something comes."""
    poll = asyncio.create_task(bot.ok("getUpdates", timeout=50))
    await _waiting(api)
    await api.say("hi")
    assert [update["message"]["text"] for update in await poll] == ["hi"]


async def test_the_limit_is_kept_and_the_order_too(api: LocalBotApi, bot: Client) -> None:
    """The oldest come first."""
    for text in ("a", "b", "c"):
        await api.say(text)
    assert [update["message"]["text"] for update in await bot.ok("getUpdates", limit=2)] == ["a", "b"]


async def test_a_negative_offset_forgets_the_older(api: LocalBotApi, bot: Client) -> None:
    """-1 leaves the newest only."""
    for text in ("a", "b", "c"):
        await api.say(text)
    assert [update["message"]["text"] for update in await bot.ok("getUpdates", offset=-1)] == ["c"]


async def test_a_second_poller_ends_the_first(api: LocalBotApi, bot: Client) -> None:
    """With a 409, as when two bots run with one token."""
    first = asyncio.create_task(bot.refusal("getUpdates", timeout=50))
    await _waiting(api)
    assert await bot.ok("getUpdates") == []
    assert (await first).startswith("Conflict: terminated by other getUpdates request")


async def test_polling_and_a_webhook_exclude_each_other(api: LocalBotApi, bot: Client) -> None:
    """setWebhook ends a poll under way, and deleteWebhook lets the next one in."""
    poll = asyncio.create_task(bot.refusal("getUpdates", timeout=50))
    await _waiting(api)
    await bot.ok("setWebhook", url=f"{api.base_url}/nowhere")
    assert await poll == "Conflict: terminated by setWebhook request"
    assert "use deleteWebhook" in await bot.refusal("getUpdates")
    await bot.ok("deleteWebhook")
    assert await bot.ok("getUpdates") == []


async def test_only_the_wanted_kinds_are_queued(api: LocalBotApi, bot: Client) -> None:
    """allowed_updates stays until it is changed; a kind that is none is refused."""
    await bot.ok("getUpdates", allowed_updates=["edited_message"])
    said = await api.say("hi")
    await api.edit(said, "hello")
    assert [list(update)[1] for update in await bot.ok("getUpdates")] == ["edited_message"]
    assert "no update type" in await bot.refusal("getUpdates", allowed_updates=["mesage"])


async def test_pending_updates_are_dropped_on_wish(api: LocalBotApi, bot: Client) -> None:
    """As deleteWebhook offers it."""
    await api.say("hi")
    await bot.ok("deleteWebhook", drop_pending_updates=True)
    assert await bot.ok("getUpdates") == []


async def test_a_poll_ends_when_the_server_closes(bot: Client, api: LocalBotApi) -> None:
    """It does not hold the server up."""
    poll = asyncio.create_task(bot("getUpdates", timeout=50))
    await _waiting(api)
    await api.board.close()
    assert (await poll)["error_code"] == 500


async def _waiting(api: LocalBotApi) -> None:
    await api.wait_until(lambda: api.board.updates.polled)
