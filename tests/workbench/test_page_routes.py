"""The page's own routes: what they do, and whom they refuse."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import aiohttp
import pytest

from bot.workbench import LocalBotApi
from bot.workbench.page import FILES
from tests.workbench.doubles import Client


async def _post(http: aiohttp.ClientSession, api: LocalBotApi, path: str, body: Any, **headers: str) -> int:
    async with http.post(f"{api.base_url}/{path}", json=body, headers=headers) as answer:
        return answer.status


async def _next(stream: aiohttp.ClientResponse, kind: str) -> dict[str, Any]:
    async for line in stream.content:
        if line.startswith(b"data: "):
            event: dict[str, Any] = json.loads(line[6:])
            if event["kind"] == kind:
                return event
    raise AssertionError(f"the stream ended without {kind!r}")


@pytest.mark.parametrize("name", ["", *FILES])
async def test_the_page_is_served_and_keeps_to_itself(api: LocalBotApi, http: aiohttp.ClientSession, name: str) -> None:
    """Every file is there, and none may load or be framed from elsewhere."""
    async with http.get(f"{api.base_url}/{name}") as answer:
        assert answer.status == 200
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_page_needs_nothing_from_elsewhere() -> None:
    """No address of another host in its files, but for the names of XML languages."""
    for name in FILES:
        text = resources.files("bot.workbench").joinpath("page", name).read_text(encoding="utf-8")
        rest = text.replace("http://www.w3.org/2000/svg", "").replace("https://${content}", "")
        assert "http://" not in rest, name
        assert "https://" not in rest, name
        assert "innerHTML" not in rest, name


async def test_the_stream_begins_with_all_and_goes_on_with_changes(
    api: LocalBotApi, bot: Client, http: aiohttp.ClientSession
) -> None:
    """A page opened late misses nothing."""
    await api.say("early")
    async with http.get(f"{api.base_url}/events") as stream:
        snapshot = await _next(stream, "snapshot")
        assert [message["text"] for message in snapshot["messages"]] == ["early"]
        await bot.ok("sendMessage", chat_id=1001, text="late")
        assert (await _next(stream, "message"))["message"]["text"] == "late"


async def test_the_page_knows_whether_the_bot_has_come(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """Until its first call it is getting ready."""
    async with http.get(f"{api.base_url}/events") as stream:
        assert (await _next(stream, "snapshot"))["awake"] is False
    async with http.get(f"{api.base_url}/bot{api.token}/getMe") as answer:
        assert answer.status == 200
    async with http.get(f"{api.base_url}/events") as stream:
        assert (await _next(stream, "snapshot"))["awake"] is True


async def test_why_is_told_where_somebody_can_tell(http: aiohttp.ClientSession) -> None:
    """Line by line, of a text taken alone."""
    async with LocalBotApi(why=lambda text: ["answer", f"closest to {text}"]) as api:
        async with http.post(f"{api.base_url}/why", json={"text": "hi"}) as answer:
            assert await answer.json() == {"lines": ["answer", "closest to hi"]}
        async with http.get(f"{api.base_url}/events") as stream:
            assert (await _next(stream, "snapshot"))["why"] is True


async def test_without_anybody_who_can_tell_there_is_no_why(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """No lines, and no switch on the page."""
    async with http.post(f"{api.base_url}/why", json={"text": "hi"}) as answer:
        assert await answer.json() == {"lines": []}
    async with http.get(f"{api.base_url}/events") as stream:
        assert (await _next(stream, "snapshot"))["why"] is False


async def test_the_stream_keeps_to_the_chat_on_the_page(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """Other chats are for tests."""
    async with http.get(f"{api.base_url}/events") as stream:
        await _next(stream, "snapshot")
        await api.say("elsewhere", user=5)
        await api.say("here")
        assert (await _next(stream, "message"))["message"]["text"] == "here"


async def test_a_new_chat_is_another_patient(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """So that the bot remembers nothing of the old one."""
    await api.say("old")
    async with http.get(f"{api.base_url}/events") as stream:
        old = await _next(stream, "snapshot")
        assert await _post(http, api, "new", {}) == 200
        new = await _next(stream, "snapshot")
    assert (new["messages"], new["chat_id"] == old["chat_id"]) == ([], False)


async def test_a_problem_is_pushed_when_it_appears(http: aiohttp.ClientSession) -> None:
    """And can be asked for."""
    problems: list[dict[str, Any]] = []
    async with LocalBotApi(problems=lambda: problems) as api, http.get(f"{api.base_url}/events") as stream:
        assert (await _next(stream, "snapshot"))["problems"] == []
        problems.append({"severity": "error", "place": None, "message": "Broken", "hint": ""})
        assert (await _next(stream, "problems"))["problems"] == problems
        async with http.get(f"{api.base_url}/problems") as answer:
            assert await answer.json() == problems


async def test_a_very_long_text_goes_out_in_parts(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """As Telegram's apps do it."""
    assert await _post(http, api, "say", {"text": "x" * 5000}) == 200
    assert [len(message["text"]) for message in api.messages()] == [4096, 904]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", {"text": " "}),
        ("say", []),
        ("say", {"text": "x", "reply_to": 99}),
        ("tap", {"data": "x"}),
        ("edit", {"message_id": 99, "text": "x"}),
        ("attach", {"what": "nothing"}),
    ],
)
async def test_nonsense_is_refused(api: LocalBotApi, http: aiohttp.ClientSession, path: str, body: Any) -> None:
    """With a 400, and nothing happens."""
    assert await _post(http, api, path, body) == 400
    assert api.board.updates.waiting == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "example.org"},
        {"Host": "127.0.0.1.example.org"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain"},
    ],
)
async def test_another_site_is_refused(api: LocalBotApi, http: aiohttp.ClientSession, headers: dict[str, str]) -> None:
    """Foreign origins, rebound names and plain forms get a 403, and nothing happens."""
    assert await _post(http, api, "say", {"text": "x"}, **headers) == 403
    assert api.board.updates.waiting == {}


async def test_localhost_is_at_home(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """Under both of its names."""
    port = api.base_url.rpartition(":")[2]
    home = f"localhost:{port}"
    assert await _post(http, api, "say", {"text": "x"}, Host=home, Origin=f"http://{home}") == 200


async def test_an_upload_that_is_no_picture_is_only_saved(
    api: LocalBotApi, bot: Client, http: aiohttp.ClientSession
) -> None:
    """A page within a document never runs as ours."""
    api.person()
    sent = await bot.multipart("sendDocument", {"document": b"<script>"}, kind="text/html", chat_id=1001)
    async with http.get(f"{api.base_url}/file/{sent['result']['document']['file_id']}") as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
    async with http.get(f"{api.base_url}/file/none") as answer:
        assert answer.status == 404
