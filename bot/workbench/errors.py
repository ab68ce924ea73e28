"""Errors of the Bot API, in Telegram's own words."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refused call: becomes `{"ok": false, "error_code": ..., "description": ...}`."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """The JSON that Telegram answers with."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad(reason: str) -> ApiError:
    """400, the commonest refusal."""
    return ApiError(400, f"Bad Request: {reason}")


def conflict(reason: str) -> ApiError:
    """409: two receivers want the same updates."""
    return ApiError(409, f"Conflict: {reason}")


def not_found() -> ApiError:
    """404: there is no such method."""
    return ApiError(404, "Not Found")


def unauthorized() -> ApiError:
    """401: the token is not the one this workbench was started with."""
    return ApiError(401, "Unauthorized")


def too_many(retry_after: int) -> ApiError:
    """429: the flood limit."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
