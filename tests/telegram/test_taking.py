"""Other content is taken while patients are in the middle of something: nothing of theirs is lost."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import aiohttp
import pytest
import structlog

from bot.content.loading import Content, load
from bot.reply import Replier
from bot.workbench.errors import bad
from bot.workbench.faults import Fault
from tests.support.matching import build_replier
from tests.support.serving import free_port, quick_api, served, settings
from tests.support.tiny import CLINIC, write_faq

pytestmark = pytest.mark.loopback


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Content, Replier]:
    """The tiny FAQ with another answer and another phone number."""
    root = write_faq(tmp_path_factory.mktemp("changed") / "faq")
    file = root / "en" / "entries" / "imaging.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("An X-ray shows bones.", "An X-ray shows your bones."), encoding="utf-8")
    (root / "clinic.yaml").write_text(CLINIC.replace("Example Clinic", "Another Clinic"), encoding="utf-8")
    content = load(root).unwrap()
    return content, build_replier(content)


async def test_sessions_survive(tiny_content: Content, tiny_replier: Replier, changed: tuple[Content, Replier]) -> None:
    """After an emergency card, the new answer still begins with the reminder; the guide goes on where it was."""
    async with quick_api() as api, served(settings(api), tiny_content, tiny_replier) as service:
        await api.say("crushing chest pain")
        assert (await api.wait_for_reply())["text"].startswith("🚨 Call 911 now.")
        await api.say("/guide", user=2000)
        question = (await api.wait_for_reply())["text"]
        service.take(*changed)
        await api.say("what does an x-ray show")
        reply = (await api.wait_for_reply())["text"]
        assert "An X-ray shows your bones." in reply
        assert "911" in reply.splitlines()[0]
        await api.say("none of these", user=2000)
        following = (await api.wait_for_reply())["text"]
        assert following not in (question, "")
        assert "•" in following


async def test_health_tells_the_content_that_answers(
    tiny_content: Content, tiny_replier: Replier, changed: tuple[Content, Replier]
) -> None:
    """The new hash, at once."""
    async with quick_api() as api:
        wanted = settings(api, free_port())
        async with served(wanted, tiny_content, tiny_replier) as service, aiohttp.ClientSession() as http:
            service.take(*changed)
            async with http.get(f"http://127.0.0.1:{wanted.port}/readyz") as answer:
                assert changed[0].hash[:12] == (await answer.json())["content"]


async def test_it_introduces_itself_anew(
    tiny_content: Content, tiny_replier: Replier, changed: tuple[Content, Replier]
) -> None:
    """When the clinic or its messages changed, and only then."""
    async with quick_api() as api, served(settings(api), tiny_content, tiny_replier) as service:
        service.take(tiny_content, tiny_replier)
        service.take(*changed)
        again = await api.wait_for_call("setMyShortDescription", 2)
        assert "Another Clinic" in again.params["short_description"]
    assert 2 == len(api.calls_of("setMyShortDescription"))


async def test_a_refused_introduction_changes_nothing(
    tiny_content: Content, tiny_replier: Replier, changed: tuple[Content, Replier]
) -> None:
    """Patients are answered all the same."""
    async with quick_api() as api, served(settings(api), tiny_content, tiny_replier) as service:
        api.faults.add("setMyCommands", Fault(bad("BOT_COMMAND_INVALID")))
        with structlog.testing.capture_logs() as logs:
            service.take(*changed)
            await api.say("thanks")
            assert "You're welcome." == (await api.wait_for_reply())["text"]
    assert "Telegram did not take what the bot says of itself" in [entry["event"] for entry in logs]
