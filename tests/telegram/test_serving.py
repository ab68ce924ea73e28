"""The whole service on real HTTP: it introduces itself, answers by polling and by webhook, and ends cleanly."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
import structlog
from telegram.error import BadRequest, InvalidToken

from bot.content.loading import Content
from bot.reply import MENU_COMMANDS, Replier
from bot.settings import Settings
from bot.telegram import polling, sending
from bot.telegram.serving import Service
from bot.telegram.webhook import HEADER
from bot.workbench import LocalBotApi
from bot.workbench.errors import bad, too_many
from bot.workbench.faults import Fault
from tests.support.serving import SECRET, by_webhook, free_port, quick_api, served, settings, until

pytestmark = pytest.mark.loopback
ROOT = Path(__file__).parents[2]
BOTH_WAYS = pytest.mark.parametrize("way", [settings, by_webhook], ids=["polling", "webhook"])
Way = Callable[[LocalBotApi], Settings]


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """Telegram."""
    async with quick_api() as api:
        yield api


async def ended(service: Service) -> None:
    """Run a service that must end by itself."""
    async with asyncio.timeout(10):
        await service.run(asyncio.Event())


@BOTH_WAYS
async def test_a_patient_is_answered(api: LocalBotApi, tiny_content: Content, tiny_replier: Replier, way: Way) -> None:
    """A question, a button, the guide in place, an emergency; then nothing waits any more."""
    async with served(way(api), tiny_content, tiny_replier):
        await api.say("do i need an mri")
        assert (await api.wait_for_reply())["text"].startswith("Do I need an MRI?")
        await api.tap("What does an X-ray show?")
        assert (await api.wait_for_reply())["text"].startswith("What does an X-ray show?")
        await api.say("/guide")
        question = await api.wait_for_reply()
        await api.tap("No, none of these")
        assert question["message_id"] == (await api.wait_for_reply())["message_id"]
        await api.say("crushing chest pain")
        assert (await api.wait_for_reply())["text"].startswith("🚨 Call 911 now.")
        await api.wait_until_settled()
    assert [] == [call.answer for call in api.calls if not call.ok and call.method != "getUpdates"]


@BOTH_WAYS
async def test_many_people_at_once_are_answered_once_each(
    api: LocalBotApi, tiny_content: Content, tiny_replier: Replier, way: Way
) -> None:
    """Each in their own chat."""
    async with served(way(api), tiny_content, tiny_replier):
        for person in range(2000, 2030):
            await api.say("do i need an mri", user=person)
        await api.wait_until_settled()
    assert 30 == len(api.calls_of("sendMessage"))
    assert 30 == len({call.params["chat_id"] for call in api.calls_of("sendMessage")})


@BOTH_WAYS
async def test_what_came_before_the_start_is_answered(
    api: LocalBotApi, tiny_content: Content, tiny_replier: Replier, way: Way
) -> None:
    """Nothing is dropped."""
    await api.say("do i need an mri")
    async with served(way(api), tiny_content, tiny_replier):
        assert (await api.wait_for_reply())["text"].startswith("Do I need an MRI?")


@BOTH_WAYS
async def test_a_reply_that_telegram_refused_for_a_while_comes(
    api: LocalBotApi, tiny_content: Content, tiny_replier: Replier, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the sender's deadline the update comes again."""
    async with served(way(api), tiny_content, tiny_replier) as service:
        monkeypatch.setattr(service.handler._sender, "_deadline", 0.0)
        monkeypatch.setattr(sending, "AGAIN", 0.0)
        monkeypatch.setattr(polling, "RETRY_FROM", 0.01)
        api.faults.add("sendMessage", Fault.server_error(), times=2)
        await api.say("do i need an mri")
        assert (await api.wait_for_reply(10))["text"].startswith("Do I need an MRI?")
        await api.wait_until_settled()
    assert 1 == len(api.calls_of("sendMessage"))


async def test_it_introduces_itself(api: LocalBotApi, tiny_content: Content, tiny_replier: Replier) -> None:
    """The commands menu, and what it says of itself, with the clinic's name and numbers."""
    async with served(settings(api), tiny_content, tiny_replier):
        await api.wait_for_call("setMyShortDescription")
    commands = api.calls_of("setMyCommands")[0].params["commands"]
    assert MENU_COMMANDS == tuple(command["command"] for command in commands)
    assert "call 911" in api.calls_of("setMyDescription")[0].params["description"]
    assert "Example Clinic" in api.calls_of("setMyShortDescription")[0].params["short_description"]


@pytest.mark.parametrize("fault", [Fault(bad("BOT_COMMAND_INVALID")), Fault(too_many(3000))])
async def test_a_refused_introduction_does_not_keep_patients_waiting(
    api: LocalBotApi, tiny_content: Content, tiny_replier: Replier, fault: Fault
) -> None:
    """Flood limits on descriptions last an hour."""
    api.faults.add("setMyCommands", fault)
    async with served(settings(api), tiny_content, tiny_replier):
        await api.say("thanks")
        assert "You're welcome." == (await api.wait_for_reply())["text"]


async def test_a_telegram_that_is_down_at_the_start_is_waited_for(
    api: LocalBotApi, tiny_content: Content, tiny_replier: Replier
) -> None:
    """Until then it is alive, but not ready."""
    api.faults.add("getMe", Fault.server_error())
    async with served(settings(api), tiny_content, tiny_replier):
        await api.say("thanks")
        assert "You're welcome." == (await api.wait_for_reply())["text"]


async def test_health_is_told(api: LocalBotApi, tiny_content: Content, tiny_replier: Replier) -> None:
    """Alive, and ready with this content."""
    wanted = settings(api, free_port())
    async with served(wanted, tiny_content, tiny_replier) as service, aiohttp.ClientSession() as http:
        async with http.get(f"http://127.0.0.1:{wanted.port}/livez") as answer:
            assert (200, {"alive": True}) == (answer.status, await answer.json())
        async with http.get(f"http://127.0.0.1:{wanted.port}/readyz") as answer:
            told = await answer.json()
        assert (200, True, tiny_content.hash[:12], "A") == (
            answer.status,
            told["ready"],
            told["content"],
            told["engine"],
        )
        async with http.get(f"http://127.0.0.1:{wanted.port}/metrics") as answer:
            page = await answer.text()
        assert (200, True) == (answer.status, "faqbot_ready 1.0\n" in page)
        await until(lambda: f'hash="{tiny_content.hash[:12]}"' in service.meter.page().decode())
        assert "faqbot_gate_faults 0.0" in service.meter.page().decode()
        service.ready = False
        async with http.get(f"http://127.0.0.1:{wanted.port}/readyz") as answer:
            assert 503 == answer.status


async def test_the_webhook_is_set_as_it_is_served(
    api: LocalBotApi, tiny_content: Content, tiny_replier: Replier
) -> None:
    """Address, secret, the kinds of updates; it stays when the process ends: the next one may be running."""
    wanted = by_webhook(api)
    async with served(wanted, tiny_content, tiny_replier), aiohttp.ClientSession() as http:
        async with http.post(f"{wanted.webhook_url}/telegram", json={"update_id": 1}) as answer:
            assert 401 == answer.status
        async with http.post(
            f"{wanted.webhook_url}/telegram", json={"update_id": 1}, headers={HEADER: SECRET}
        ) as answer:
            assert 200 == answer.status
    call = api.calls_of("setWebhook")[0]
    assert (f"{wanted.webhook_url}/telegram", SECRET) == (call.params["url"], call.params["secret_token"])
    assert ["message", "edited_message", "callback_query"] == call.params["allowed_updates"]
    assert [] == api.calls_of("deleteWebhook")


async def test_polling_takes_a_webhook_away_and_keeps_what_waits(
    api: LocalBotApi, tiny_content: Content, tiny_replier: Replier
) -> None:
    """Whoever switches from webhook to polling loses nothing."""
    await api.say("thanks")
    async with served(settings(api), tiny_content, tiny_replier):
        assert "You're welcome." == (await api.wait_for_reply())["text"]
    assert not api.calls_of("deleteWebhook")[0].params.get("drop_pending_updates")


async def test_an_unknown_token_ends_it(api: LocalBotApi, tiny_content: Content, tiny_replier: Replier) -> None:
    """No use in trying again."""
    wrong = settings(api, TELEGRAM_BOT_TOKEN="43:other")
    with pytest.raises(InvalidToken):
        await ended(Service(wrong, tiny_content, tiny_replier))


async def test_a_refused_webhook_ends_it(api: LocalBotApi, tiny_content: Content, tiny_replier: Replier) -> None:
    """The operator must mend the address; trying again for ever would only look like patience."""
    api.faults.add("setWebhook", Fault(bad("bad webhook: An HTTPS URL must be provided for webhook")))
    with pytest.raises(BadRequest, match=r"(?i)https url"):
        await ended(Service(by_webhook(api), tiny_content, tiny_replier))


async def test_a_host_that_telegram_cannot_find_yet_is_tried_again(
    api: LocalBotApi, tiny_content: Content, tiny_replier: Replier
) -> None:
    """A new name takes minutes to spread, and an old one may fail for a moment: no reason to end."""
    api.faults.add("setWebhook", Fault(bad("bad webhook: Failed to resolve host: Name or service not known")))
    with structlog.testing.capture_logs() as logs:
        async with served(by_webhook(api), tiny_content, tiny_replier):
            await api.say("thanks")
            assert "You're welcome." == (await api.wait_for_reply())["text"]
    assert 1 == sum("WEBHOOK_URL" in line["event"] for line in logs)


async def test_a_taken_port_ends_it(api: LocalBotApi, tiny_content: Content, tiny_replier: Replier) -> None:
    """Before Telegram hears of us."""
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            await ended(Service(settings(api, taken.getsockname()[1]), tiny_content, tiny_replier))
    assert [] == api.calls


async def test_the_token_and_the_secret_are_never_logged(
    api: LocalBotApi,
    tiny_content: Content,
    tiny_replier: Replier,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """On a good day and on a bad one."""
    caplog.set_level("INFO")
    api.faults.add("getMe", Fault.dropped())
    api.faults.add("sendMessage", Fault.bad_gateway())
    with structlog.testing.capture_logs() as logs:
        async with served(by_webhook(api), tiny_content, tiny_replier):
            await api.say("thanks")
            await api.wait_for_reply()
    told = f"{logs}{caplog.text}{capfd.readouterr()}"
    assert (False, False) == (api.token in told, SECRET in told)


@BOTH_WAYS
async def test_sigterm_finishes_what_is_in_flight(api: LocalBotApi, tiny_faq: Path, tmp_path: Path, way: Way) -> None:
    """The real command: it answers, is told to stop while it answers, several times over, and ends with 0."""
    wanted = way(api)
    environ = {
        "PATH": "/usr/bin:/bin",
        "TELEGRAM_BOT_TOKEN": api.token,
        "TELEGRAM_API_URL": api.base_url,
        "PORT": str(wanted.port),
        "WEBHOOK_URL": wanted.webhook_url or "",
        "WEBHOOK_SECRET": SECRET,
        "FAQ_DIR": str(tiny_faq),
        "CACHE_DIR": str(tmp_path),
        "LOG_FORMAT": "json",
    }
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", "from bot.commands.main import run; run()", "serve"),
        cwd=ROOT,
        env=environ,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await api.say("do i need an mri")
        assert (await api.wait_for_reply(30))["text"].startswith("Do I need an MRI?")
        api.faults.add("sendMessage", Fault.slow(0.3))
        await api.say("thanks")
        await asyncio.sleep(0.15)
        for _ in range(3):
            bot.send_signal(signal.SIGTERM)
        assert "You're welcome." == (await api.wait_for_reply())["text"]
        _, logged = await asyncio.wait_for(bot.communicate(), 15)
    finally:
        if bot.returncode is None:
            bot.kill()
    assert 0 == bot.returncode, logged.decode()
    assert b"Traceback" not in logged
    assert {} == api.board.updates.waiting
    assert 2 == len(api.calls_of("sendMessage"))
