"""The short way in says what aiohttp says, whatever comes and in whatever pieces; and what is odd goes to aiohttp."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import gc
import json
import re
import weakref
from collections.abc import Iterator
from typing import Any, cast

import pytest
from aiohttp import web

from bot.telegram import entrance, listening
from bot.telegram.entrance import Entrance
from bot.telegram.listening import Door
from bot.telegram.sending import NotDelivered
from bot.telegram.webhook import HEADER, Webhook
from tests.support.serving import SECRET, until

STATUS = re.compile(rb"HTTP/(1\.[01]) (\d+)")


class Wire(asyncio.Transport):
    """A connection of which both ends are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = self.paused = False
        self.protocol: asyncio.Protocol

    def connect(self, protocol: asyncio.Protocol) -> None:
        """Somebody is there."""
        self.protocol = protocol
        protocol.connection_made(self)

    def say(self, *pieces: bytes) -> None:
        """What comes in, piece by piece."""
        for piece in pieces:
            if not self.closed:
                self.protocol.data_received(piece)

    @property
    def statuses(self) -> list[int]:
        """What was answered."""
        return [int(status) for _, status in STATUS.findall(self.written)]

    def write(self, data: Any) -> None:
        """What goes out."""
        assert not self.closed
        self.written += bytes(data)

    def close(self) -> None:
        """The end."""
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    abort = close

    def is_closing(self) -> bool:
        """Is it over?"""
        return self.closed

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Nothing is known."""
        return default

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Somebody else goes on."""
        self.protocol = cast(asyncio.Protocol, protocol)

    def pause_reading(self) -> None:
        """Enough."""
        self.paused = True

    def resume_reading(self) -> None:
        """More."""
        self.paused = False


class House:
    """The door, with connections on wires of ours."""

    def __init__(self, short: bool) -> None:
        self.taken: list[Any] = []
        self.ended = 0
        self.fault: Exception | None = None
        self.go = asyncio.Event()
        self.go.set()
        self.webhook = Webhook(SECRET, self.handle)
        self.webhook.open = True
        app = web.Application()
        app.add_routes([*self.webhook.routes(), web.get("/livez", self.alive)])
        self.door = Door(app, self.webhook if short else None)

    async def handle(self, update: Any) -> None:
        """One update."""
        self.taken.append(update)
        await self.go.wait()
        self.ended += 1
        if self.fault:
            raise self.fault

    async def alive(self, request: web.Request) -> web.Response:
        """Another route."""
        return web.Response(text="alive")

    def connect(self) -> Wire:
        """A connection."""
        wire = Wire()
        wire.connect(self.door._enter())
        return wire

    async def at_work(self) -> Wire:
        """A connection whose delivery is being handled, until `go`."""
        wire = self.connect()
        self.go.clear()
        wire.say(plain(1))
        await until(lambda: self.taken)
        return wire

    async def __aenter__(self) -> House:
        await self.door.open("127.0.0.1", 0)
        return self

    async def __aexit__(self, *error: object) -> None:
        self.go.set()
        await self.door.close()


def head(method: str = "POST", path: str = "/telegram", version: str = "1.1", **headers: str | None) -> bytes:
    """A request up to its body; a header that is None is left out."""
    named: dict[str, str | None] = {"Host": "bot.example", HEADER: SECRET} | headers
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items() if value is not None]
    return f"{method} {path} HTTP/{version}\r\n{''.join(lines)}\r\n".encode()


def plain(update: Any = 1, **headers: str | None) -> bytes:
    """A delivery as Telegram makes it."""
    body = json.dumps({"update_id": update}).encode()
    return head(Content_Type="application/json", Content_Length=str(len(body)), **headers) + body


BODY = b'{"update_id": 7}'
LENGTH = str(len(BODY))
REQUESTS = {
    "plain": plain(),
    "small letters": plain().replace(b"Content-Length", b"content-length").replace(b"X-Tele", b"x-tele"),
    "kept alive": plain(Connection="keep-alive"),
    "to be closed": plain(Connection="close"),
    "no body": head(Content_Length="0"),
    "no length": head(),
    "chunked": head(Transfer_Encoding="chunked") + b"10\r\n" + BODY + b"\r\n0\r\n\r\n",
    "chunked and long": head(Transfer_Encoding="chunked", Content_Length=LENGTH) + b"10\r\n" + BODY + b"\r\n0\r\n\r\n",
    "two lengths": head(Content_Length=LENGTH).replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n") + BODY,
    "a negative length": head(Content_Length="-1") + BODY,
    "a length with a sign": head(Content_Length=f"+{LENGTH}") + BODY,
    "a length in words": head(Content_Length="sixteen") + BODY,
    "no secret": plain(**{HEADER: None}),
    "wrong secret": plain(**{HEADER: "wrong"}),
    "a secret of odd bytes": plain(**{HEADER: "s\u00e9cret"}),
    "two secrets": plain(**{HEADER: "wrong"}).replace(b"\r\n\r\n", f"\r\n{HEADER}: {SECRET}\r\n\r\n".encode()),
    "another path": head("GET", "/livez"),
    "another method": head("GET"),
    "a path that is not there": head("POST", "/nowhere", Content_Length=LENGTH) + BODY,
    "a question": head(path="/telegram?x=1", Content_Length=LENGTH) + BODY,
    "the whole address": head(path="http://bot.example/telegram", Content_Length=LENGTH) + BODY,
    "an old version": head(version="1.0", Content_Length=LENGTH) + BODY,
    "an old version, kept alive": head(version="1.0", Content_Length=LENGTH, Connection="keep-alive") + BODY,
    "expecting": head(Expect="100-continue", Content_Length=LENGTH) + BODY,
    "upgrading": head(Upgrade="websocket", Connection="upgrade", Content_Length=LENGTH) + BODY,
    "compressed": head(Content_Encoding="gzip", Content_Length=LENGTH) + BODY,
    "not JSON": head(Content_Length="1") + b"{",
    "a space in a name": head(Content_Length=LENGTH).replace(b"Host:", b"Host :") + BODY,
    "a folded line": head(Content_Length=LENGTH).replace(b"bot.example", b"bot\r\n .example") + BODY,
    "a long line": head(Content_Length=LENGTH, X="x" * 9000) + BODY,
    "many lines": head(Content_Length=LENGTH, **{f"X{number}": "x" for number in range(200)}) + BODY,
    "only line feeds": plain().replace(b"\r\n", b"\n"),
    "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "an empty line first": b"\r\n" + plain(),
    "no host": plain(Host=None),
}  # fmt: skip


def cuts(request: bytes) -> Iterator[list[bytes]]:
    """The same bytes in different pieces."""
    ends = request.find(b"\r\n\r\n") + 4
    yield [request]
    for place in (1, 10, ends // 2, ends - 1, ends, (ends + len(request)) // 2, len(request) - 1):
        yield [request[:place], request[place:]]
    yield [request[place : place + 1] for place in range(len(request))]


async def told(house: House, pieces: list[bytes]) -> tuple[list[tuple[bytes, bytes]], list[Any], bool]:
    """What is answered to these pieces, what was handled, and whether the connection is open after it."""
    house.taken.clear()
    wire = house.connect()
    wire.say(*pieces)
    await until(lambda: wire.statuses or wire.closed)
    before = len(wire.statuses)
    wire.say(head("GET", "/livez"))  # whoever is there answers this one too
    await until(lambda: len(wire.statuses) > before or wire.closed)
    result = STATUS.findall(wire.written), list(house.taken), wire.closed
    wire.close()
    return result


@pytest.mark.parametrize("name", REQUESTS)
async def test_whatever_comes_is_answered_as_aiohttp_answers_it(name: str) -> None:
    """In one piece, in two, and byte by byte."""
    request = REQUESTS[name]
    async with House(short=True) as ours, House(short=False) as theirs:
        for pieces in cuts(request):
            assert await told(theirs, pieces) == await told(ours, pieces)
        assert (ours.webhook.unreadable > 0) == (theirs.webhook.unreadable > 0)


SHORT = {"plain", "small letters", "kept alive", "no body", "not JSON", "an empty line first"}


@pytest.mark.parametrize("name", REQUESTS)
async def test_only_plain_deliveries_go_the_short_way(name: str) -> None:
    """All else is aiohttp's, which has an answer for it."""
    async with House(short=True) as house:
        wire = house.connect()
        wire.say(REQUESTS[name])
        assert (name in SHORT) == isinstance(wire.protocol, Entrance)
        await until(lambda: wire.statuses)


@pytest.mark.parametrize("pieces", [1, 2, 3, 7, 1000])
async def test_what_comes_behind_each_other_is_answered_in_order(pieces: int) -> None:
    """Deliveries, and others between them."""
    requests = plain(1) + plain(2) + head("GET", "/livez") + plain(3) + plain(4, **{HEADER: "wrong"}) + plain(5)
    size = -(-len(requests) // pieces)
    async with House(short=True) as house:
        wire = house.connect()
        wire.say(*(requests[place : place + size] for place in range(0, len(requests), size)))
        await until(lambda: wire.closed)
        assert [200, 200, 200, 200, 401] == wire.statuses
        assert [1, 2, 3] == [update["update_id"] for update in house.taken]


async def test_a_delivery_goes_the_short_way() -> None:
    """One after the other over one connection, and the next one waits until the one before it is answered."""
    async with House(short=True) as house:
        wire = await house.at_work()
        wire.say(plain(2)[:20], plain(2)[20:])
        await asyncio.sleep(0)
        assert ([], 1) == (wire.statuses, len(house.taken))
        house.go.set()
        await until(lambda: len(wire.statuses) == 2)
        assert isinstance(wire.protocol, Entrance)
        assert [200, 200] == wire.statuses
        assert b"\r\nContent-Length: 0\r\n" in wire.written


async def test_what_could_not_be_answered_comes_again() -> None:
    """503, with when."""
    async with House(short=True) as house:
        house.fault = NotDelivered(2.5)
        wire = house.connect()
        wire.say(plain())
        await until(lambda: wire.statuses)
        assert [503] == wire.statuses
        assert b"\r\nRetry-After: 3\r\n" in wire.written


async def test_nothing_is_taken_while_it_is_closed() -> None:
    """503 from the moment that the bot is stopping, over connections that were open before too."""
    async with House(short=True) as house:
        wire = house.connect()
        wire.say(plain(1))
        await until(lambda: wire.statuses)
        house.webhook.open = False
        wire.say(plain(2))
        await until(lambda: len(wire.statuses) == 2)
        assert [200, 503] == wire.statuses
        assert 1 == len(house.taken)


async def test_a_connection_that_floods_is_not_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes while a delivery is handled has its limit; it is read on after that."""
    monkeypatch.setattr(entrance, "LARGEST", 300)
    async with House(short=True) as house:
        wire = await house.at_work()
        wire.say(plain("x" * 400))
        assert wire.paused
        house.go.set()
        await until(lambda: len(wire.statuses) == 2)
        assert not wire.paused
        assert [200, 200] == wire.statuses


async def test_what_is_no_http_ends_the_connection() -> None:
    """Also behind a delivery: with what came together with it, as aiohttp has it."""
    async with House(short=True) as house:
        wire = house.connect()
        wire.say(plain(1))
        await until(lambda: wire.statuses)
        wire.say(plain(2) + b"\x16\x03\x01\r\n\r\n")
        await until(lambda: wire.closed)
        assert [200, 400] == wire.statuses


async def test_closing_lets_the_delivery_in_work_end() -> None:
    """Its connection closes after the answer, those that are quiet at once."""
    async with House(short=True) as house:
        quiet, busy = house.connect(), await house.at_work()
        await house.door.close()
        assert (True, False) == (quiet.closed, busy.closed)
        house.go.set()
        await until(lambda: busy.closed)
        assert [200] == busy.statuses


async def test_nothing_is_left_of_a_connection_that_has_gone() -> None:
    """Handed over or lost, in the middle of a body or after it: no sweep is needed for what was read."""
    async with House(short=True) as house:
        over, half, done = house.connect(), house.connect(), house.connect()
        entrances = [wire.protocol for wire in (over, half, done)]
        over.say(plain(**{HEADER: "wrong"}))
        half.say(plain()[:-1])
        done.say(plain())
        await until(lambda: done.statuses)
        for wire in (half, done):
            wire.close()
        await until(lambda: not house.door._entrances)
        left = [weakref.ref(entrances.pop()) for _ in (over, half, done)]
        for wire in (half, done):
            del wire.protocol
        await until(lambda: over.closed)
        gc.disable()
        try:
            await asyncio.sleep(0)
            assert [None, None, None] == [entrance() for entrance in left]
        finally:
            gc.enable()


async def test_a_connection_that_is_lost_meanwhile_breaks_nothing() -> None:
    """The delivery is handled to its end."""
    async with House(short=True) as house:
        wire = await house.at_work()
        wire.close()
        await until(lambda: not house.door._entrances)
        assert 0 == house.ended
        house.go.set()
        await until(lambda: house.ended)
        await asyncio.sleep(0)  # and what would be said then
        await asyncio.sleep(0)
        assert [] == wire.statuses


async def test_a_body_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """408, and the connection ends."""
    monkeypatch.setattr(entrance, "READ_WITHIN", 0.01)
    async with House(short=True) as house:
        wire = house.connect()
        wire.say(plain()[:-1])
        await until(lambda: wire.closed)
        assert [408] == wire.statuses


async def test_the_limit_is_for_reading_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body in two pieces whose delivery takes longer than that is answered."""
    monkeypatch.setattr(entrance, "READ_WITHIN", 0.01)
    async with House(short=True) as house:
        wire, other = house.connect(), house.connect()
        house.go.clear()
        wire.say(plain()[:-1], plain()[-1:])
        other.say(plain()[:-1])
        await until(lambda: other.closed)
        house.go.set()
        await until(lambda: wire.statuses)
        assert ([200], False) == (wire.statuses, wire.closed)


async def test_half_a_head_behind_a_delivery_is_shown_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted from when it begins: whoever was quiet before may take as long as others."""
    monkeypatch.setattr(listening, "SPEAK_WITHIN", 0.03)
    async with House(short=True) as house:
        slow, quiet, clock = house.connect(), house.connect(), house.connect()
        for wire in (slow, quiet):
            wire.say(plain())
        await until(lambda: clock.closed)
        quiet.say(head("GET", "/livez")[:10])
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        quiet.say(head("GET", "/livez")[10:])
        slow.say(plain()[:30])
        await until(lambda: slow.closed)
        assert ([200], [200, 200], False) == (slow.statuses, quiet.statuses, quiet.closed)


@pytest.mark.parametrize("short", [True, False])
async def test_whoever_says_nothing_or_half_a_head_is_shown_out(short: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was answered is not."""
    monkeypatch.setattr(listening, "SPEAK_WITHIN", 0.02)
    async with House(short=short) as house:
        quiet, slow, answered = house.connect(), house.connect(), house.connect()
        slow.say(plain()[:30])
        answered.say(plain())
        await until(lambda: quiet.closed and slow.closed)
        assert [200] == answered.statuses
        assert not answered.closed


async def test_whoever_was_quiet_for_an_hour_is_shown_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """But not while a delivery is handled, however long that takes."""
    monkeypatch.setattr(listening, "SPEAK_WITHIN", 0.01)
    monkeypatch.setattr(listening, "KEEP_ALIVE", 0.03)
    async with House(short=True) as house:
        quiet, busy = house.connect(), house.connect()
        quiet.say(plain(1))
        await until(lambda: quiet.statuses)
        house.go.clear()
        busy.say(plain(2))
        await until(lambda: quiet.closed)
        house.go.set()
        await until(lambda: busy.statuses)
        assert not busy.closed
        await until(lambda: busy.closed)
        assert [200] == busy.statuses
