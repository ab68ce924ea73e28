"""A pooler in transaction mode before PostgreSQL: each transaction of a client may reach another session of the server.

It is the harshest of them: the session changes after every single transaction.
"""

from __future__ import annotations

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

SYNC, QUERY, FLUSH, TERMINATE = b"S", b"Q", b"H", b"X"  # of a client
READY, DESCRIBED, IDLE = b"Z", (b"T", b"n", b"E"), b"I"  # of the server
SESSIONS = 2
SOCKET = ".s.PGSQL.5432"


class Pooler:
    """Speaks PostgreSQL's protocol, as far as knowing where a transaction ends."""

    def __init__(self, socket: Path) -> None:
        """`socket`: of the server behind it, a file."""
        self._socket = socket
        self.changes = 0
        """How often a client was given another session."""

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One client, until it leaves."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await self._serve(reader, writer)
        writer.close()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        size = await reader.readexactly(4)
        start = size + await reader.readexactly(int.from_bytes(size) - 4)
        servers = []
        try:
            for number in range(SESSIONS):
                server = await asyncio.open_unix_connection(self._socket)
                servers.append(server)
                server[1].write(start)
                await _answered(server[0], writer if not number else None)
            while True:
                asked, kind = await _message(reader)
                server = servers[self.changes % SESSIONS]
                server[1].write(asked)
                if kind == TERMINATE:
                    return
                if kind == FLUSH:
                    await _answered(server[0], writer, *DESCRIBED)
                elif kind in (SYNC, QUERY) and await _answered(server[0], writer) == IDLE:
                    self.changes += 1
        finally:
            for _, to_server in servers:
                to_server.close()


async def _answered(reader: StreamReader, writer: StreamWriter | None, *last: bytes) -> bytes:
    """Hand on all messages up to "ready" or one of `last`; the state then: idle, or within a transaction."""
    while True:
        message, kind = await _message(reader)
        if writer is not None:
            writer.write(message)
        if kind in (READY, *last):
            return message[-1:]


async def _message(reader: StreamReader) -> tuple[bytes, bytes]:
    """One message as it came, and its kind."""
    head = await reader.readexactly(5)
    return head + await reader.readexactly(int.from_bytes(head[1:]) - 4), head[:1]


@asynccontextmanager
async def pooled(server_in: Path, here: Path) -> AsyncIterator[Pooler]:
    """A pooler on a socket in the folder `here`, before the server whose socket is in `server_in`."""
    pooler = Pooler(server_in / SOCKET)
    server = await asyncio.start_unix_server(pooler.serve, here / SOCKET)
    try:
        yield pooler
    finally:
        server.close()
        await server.wait_closed()
