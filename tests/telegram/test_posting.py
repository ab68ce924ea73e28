"""Forms on the wire: what is written, what of the answer is read, and what becomes of the connection."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp.client_proto import ResponseHandler
from telegram.error import NetworkError, TimedOut

from bot.telegram import posting
from bot.telegram.posting import Answer
from bot.telegram.request import STALE, AiohttpRequest
from tests.support.serving import until

pytestmark = pytest.mark.loopback
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SOON = 0.2  # seconds
TIMEOUT = aiohttp.ClientTimeout()
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter, bytes], Awaitable[None]]


class Server:
    """A server that says what it is told to say, byte by byte."""

    def __init__(self, says: Talk | bytes) -> None:
        self._says = says
        self.connections = 0
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.url = ""

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
                self.heads.append(head)
                self.bodies.append(await reader.readexactly(int(lines.get(b"Content-Length", b"0"))))
                if isinstance(self._says, bytes):
                    writer.write(self._says)
                    await writer.drain()
                else:
                    await self._says(reader, writer, head)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def talking(says: Talk | bytes) -> AsyncIterator[tuple[Server, AiohttpRequest]]:
    """The server, and our side of it."""
    server = Server(says)
    listening = await asyncio.start_server(server.meet, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot42:token/sendMessage"
    request = AiohttpRequest()
    await request.initialize()
    try:
        yield server, request
    finally:
        await request.shutdown()
        listening.close()


async def test_a_form_is_posted_with_what_a_server_needs() -> None:
    """The path, the host with its port, the kind and the length of the body; and the body as it is."""
    async with talking(OK) as (server, request):
        assert Answer(200, b"ok") == await request.exchange(server.url, "chat_id=7&text=a+b", 1.0)
        host = server.url.split("/")[2]
        assert server.heads == [
            f"POST /bot42:token/sendMessage HTTP/1.1\r\nHost: {host}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 18\r\n\r\n".encode()
        ]
        assert [b"chat_id=7&text=a+b"] == server.bodies


async def test_one_connection_serves_one_call_after_another() -> None:
    """Nobody shakes hands again."""
    async with talking(OK) as (server, request):
        for number in range(5):
            await request.exchange(server.url, f"n={number}", 1.0)
        assert (1, [f"n={number}".encode() for number in range(5)]) == (server.connections, server.bodies)


async def test_calls_at_once_have_connections_of_their_own() -> None:
    """No answer goes to another's call."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        number = server.bodies[-1]
        await asyncio.sleep(0)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(number), number))

    async with talking(echo) as (server, request):
        calls = [request.exchange(server.url, f"n={number}", 1.0) for number in range(20)]
        assert [f"n={number}".encode() for number in range(20)] == [one.body for one in await asyncio.gather(*calls)]


@asynccontextmanager
async def forgetful(calls: int) -> AsyncIterator[tuple[Server, AiohttpRequest]]:
    """A server that has served so many connections once each, and closes one when it is used again."""
    seen: list[asyncio.StreamWriter] = []

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        if writer in seen:
            writer.transport.abort()
            return
        seen.append(writer)
        if len(seen) <= calls:
            await meeting.wait()  # until all are there: each has a connection of its own
        writer.write(OK)

    meeting = asyncio.Barrier(calls)
    async with talking(once) as (server, request):
        await asyncio.gather(*(request.exchange(server.url, "first=1", 1.0) for _ in range(calls)))
        yield server, request


async def test_connections_that_were_closed_in_a_quiet_hour_cost_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one is tried at once; whoever closes one closes many."""
    monkeypatch.setattr(posting, "QUIET", 0.0)
    async with forgetful(3) as (server, request):
        assert Answer(200, b"ok") == await request.exchange(server.url, "second=2", 1.0)
        assert 4 == server.connections


async def test_so_many_closed_connections_are_enough_for_one_try(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then whoever sends waits a moment, as for everything that may pass."""
    monkeypatch.setattr(posting, "QUIET", 0.0)
    async with forgetful(STALE + 1) as (server, request):
        with pytest.raises(NetworkError):
            await request.exchange(server.url, "second=2", 1.0)
        assert Answer(200, b"ok") == await request.exchange(server.url, "third=3", 1.0)


def idle(request: AiohttpRequest) -> list[ResponseHandler]:
    """The connections that wait for a call."""
    assert request._session is not None
    pool = request._session.connector._conns  # type: ignore[union-attr]
    return [connection for connections in pool.values() for connection, _ in connections]


async def test_an_answer_that_nobody_asked_for_is_nobodys() -> None:
    """Else every later answer on that connection would be the one before it: an error taken for a yes."""
    spoken = asyncio.Event()

    async def twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        number = len(server.bodies)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % number)
        await writer.drain()
        if number == 1:
            await asked.wait()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n9")
            await writer.drain()
            spoken.set()

    asked = asyncio.Event()
    async with talking(twice) as (server, request):
        assert b"1" == (await request.exchange(server.url, "a=1", 1.0)).body
        asked.set()
        await spoken.wait()
        await until(lambda: any(map(len, idle(request))))  # it is here
        assert b"2" == (await request.exchange(server.url, "a=2", 1.0)).body
        assert 2 == server.connections


async def test_a_connection_that_breaks_in_busy_hours_may_have_brought_the_call() -> None:
    """It is told, and not sent again at once."""
    async with forgetful(2) as (server, request):
        with pytest.raises(NetworkError):
            await request.exchange(server.url, "second=2", 1.0)
        assert 2 == server.connections


async def test_quiet_connections_ask_whether_the_other_side_is_there() -> None:
    """Within a minute: else routers forget them, and the next patient waits for a timeout."""
    async with talking(OK) as (server, request):
        await request.exchange(server.url, "a=b", 1.0)
        assert request._session is not None
        connection = await request._session.connector.connect(request._addresses[server.url].host, [], TIMEOUT)  # type: ignore[union-attr]
        one = connection.transport.get_extra_info("socket")  # type: ignore[union-attr]
        assert one.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert not hasattr(socket, "TCP_KEEPIDLE") or one.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) < 60
        connection.release()
        assert 1 == server.connections


async def test_what_need_not_leave_at_once_leaves_behind_what_must() -> None:
    """An emergency card does not wait for what else is sent in the same turn of the event loop."""
    async with talking(OK) as (server, request):
        await asyncio.gather(*(request.exchange(server.url, "first=1", 1.0) for _ in range(3)))  # three connections
        server.bodies.clear()
        forms = {"an": False, "answer": False, "card": True}
        await asyncio.gather(*(request.exchange(server.url, f"{form}=1", 1.0, now) for form, now in forms.items()))
        assert (b"card=1", {b"an=1", b"answer=1"}) == (server.bodies[0], set(server.bodies[1:]))


@pytest.mark.parametrize(
    "says",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK,
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK,
    ],
    ids=["in chunks", "after a hint to go on", "after early hints"],
)
async def test_an_answer_may_come_in_many_ways(says: bytes) -> None:
    """And the connection serves the next call."""
    async with talking(says) as (server, request):
        for _ in range(2):
            assert Answer(200, b"ok") == await request.exchange(server.url, "a=b", 1.0)
        assert 1 == server.connections


async def test_a_connection_that_the_server_ends_is_not_used_again() -> None:
    """It said so in its answer."""
    async with talking(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")) as (server, request):
        for _ in range(2):
            await request.exchange(server.url, "a=b", 1.0)
        assert 2 == server.connections


async def test_a_server_that_says_nothing_is_left_in_time() -> None:
    """The call may have arrived. Its connection is not used again: a late answer would be taken for the next one's."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        if server.connections > 1:
            writer.write(OK)

    async with talking(silent) as (server, request):
        with pytest.raises(TimedOut):
            await request.exchange(server.url, "a=b", SOON)
        assert Answer(200, b"ok") == await request.exchange(server.url, "a=c", 1.0)
        assert 2 == server.connections


async def test_an_answer_that_stops_half_way_is_left_in_time() -> None:
    """Its head came, the rest never does."""
    async with talking(OK.replace(b"Length: 2", b"Length: 9")) as (server, request):
        with pytest.raises(TimedOut):
            await request.exchange(server.url, "a=b", SOON)


@pytest.mark.parametrize(
    "says",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", b"no http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nConten"],
    ids=["before it answers", "half way", "after nonsense", "in its head"],
)
async def test_a_connection_that_breaks_is_told(says: bytes) -> None:
    """As something that may pass, and whoever comes next gets another one."""

    async def breaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        writer.write(OK if server.connections > 1 else says)
        if server.connections == 1:
            await writer.drain()
            writer.close()

    async with talking(breaking) as (server, request):
        with pytest.raises(NetworkError) as raised:
            await request.exchange(server.url, "text=zanzibar", 1.0)
        assert "zanzibar" not in repr(raised.value)
        assert Answer(200, b"ok") == await request.exchange(server.url, "a=b", 1.0)


async def test_whoever_gives_up_leaves_no_answer_to_the_next() -> None:
    """A call that is cancelled takes its connection with it."""
    asked = asyncio.Event()

    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        asked.set()
        if b"first" not in server.bodies[-1]:
            writer.write(OK)

    async with talking(late) as (server, request):
        call = asyncio.create_task(request.exchange(server.url, "first=1", 5.0))
        await asked.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert Answer(200, b"ok") == await request.exchange(server.url, "second=2", 1.0)
        assert 2 == server.connections


async def test_a_server_that_has_moved_is_followed() -> None:
    """The form goes along."""

    async def moved(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        new = server.url.replace("/bot", "/new/bot").encode()
        there = head.startswith(b"POST /new/")
        writer.write(OK if there else b"HTTP/1.1 308 Moved\r\nContent-Length: 0\r\nLocation: %b\r\n\r\n" % new)

    async with talking(moved) as (server, request):
        assert Answer(200, b"ok") == await request.exchange(server.url, "a=b", 1.0)
        assert {b"a=b"} == set(server.bodies)


async def test_a_name_and_a_password_in_the_address_are_told() -> None:
    """A Bot API server of one's own may ask for them."""
    async with talking(OK) as (server, request):
        await request.exchange(server.url.replace("http://", "http://me:secret@"), "a=b", 1.0)
        wanted = base64.b64encode(b"me:secret")
        assert b"Authorization: Basic " + wanted in server.heads[0]


async def test_nobody_there_is_told_at_once() -> None:
    """As something that may pass."""
    async with talking(OK) as (server, request):
        gone = server.url
    request = AiohttpRequest()
    await request.initialize()
    with pytest.raises(NetworkError):
        await request.exchange(gone, "a=b", 1.0)
    await request.shutdown()
    with pytest.raises(NetworkError, match="closed"):
        await request.exchange(gone, "a=b", 1.0)
