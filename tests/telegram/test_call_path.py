"""What Telegram answers is taken for what it is, and what is not Telegram's answer for something that may pass."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.telegram.calling import encoded, result


def told(status: int, **more: Any) -> Exception:
    """The error that a refusal becomes."""
    with pytest.raises(Exception) as raised:
        result(status, json.dumps({"ok": False, "error_code": status, "description": "Told"} | more).encode())
    return raised.value


def test_a_result_is_handed_on() -> None:
    """As it came; nothing and no are results too."""
    assert [5, None, False] == [
        result(200, json.dumps({"ok": True, "result": one}).encode()) for one in (5, None, False)
    ]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, InvalidToken),
        (403, Forbidden),
        (409, Conflict),
        (500, NetworkError),
        (418, NetworkError),
    ],
)
def test_each_refusal_has_its_kind(status: int, kind: type[Exception]) -> None:
    """The library's own, so that its calls and ours fail alike."""
    assert kind is type(told(status))


def test_a_flood_limit_says_how_long() -> None:
    """And a second where it does not."""
    waits = [told(429, parameters={"retry_after": 7}), told(429), told(429, parameters={"retry_after": "soon"})]
    assert [7, 1, 1] == [wait.retry_after.total_seconds() for wait in waits if isinstance(wait, RetryAfter)]


def test_a_group_that_moved_says_where() -> None:
    """The new number."""
    moved = told(400, parameters={"migrate_to_chat_id": -1001})
    assert isinstance(moved, ChatMigrated)
    assert -1001 == moved.new_chat_id


@pytest.mark.parametrize("status", [200, 502])
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"{", b"[]", b"null", b'"ok"', b"\xff", b'{"ok":true}', b'{"ok":"yes","result":1}', b"[" * 9999],
)
def test_what_is_not_an_answer_may_pass(status: int, body: bytes) -> None:
    """A proxy's page, half a JSON, a yes without a result: whatever the status says, it is tried again."""
    with pytest.raises(NetworkError) as raised:
        result(status, body)
    assert NetworkError is raised.type


def test_a_no_in_a_success_is_a_no() -> None:
    """The code in the body counts."""
    with pytest.raises(Forbidden):
        result(200, b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}')


def test_a_proxy_that_forbids_is_no_patient_that_blocks() -> None:
    """403 with a page: nobody blocked us, so the reply is not dropped."""
    with pytest.raises(NetworkError) as raised:
        result(403, b"<html>403 Forbidden</html>")
    assert NetworkError is raised.type


def test_no_words_of_an_answer_get_into_an_error() -> None:
    """It may hold a patient's."""
    with pytest.raises(NetworkError) as raised:
        result(200, b'{"ok":true,"result":{"text":"zanzibarquokka"}')
    assert "zanzibarquokka" not in f"{raised.value!r} {raised.value.__cause__!r}"


def test_a_form_holds_text_as_it_is_and_the_rest_as_json() -> None:
    """None is left out."""
    assert "text=a+%26+%F0%9F%A6%B5&n=5&on=true&l=%5B1%5D" == encoded(
        {"text": "a & 🦵", "n": 5, "on": True, "l": [1], "none": None}
    )
