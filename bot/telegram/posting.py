"""Posting forms over a pool of aiohttp's connections, with as little as that takes.

For each call aiohttp builds a request, a response, headers, cookies and a task that writes; that was a quarter of what
an update costs. A form to Telegram is always the same but for its body: connections, TLS and the parser are aiohttp's,
the bytes between are written here.
"""

import asyncio
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

CONNECT = 5.0  # seconds for a new connection
QUIET = 5.0  # seconds without a call, after which a connection may have been closed unnoticed
FORM = "application/x-www-form-urlencoded"
_answered: WeakKeyDictionary[ResponseHandler, float] = WeakKeyDictionary()  # when a connection last served a call


class Stale(aiohttp.ClientError):
    """A connection that had been quiet was closed before it answered: as a rule all the while. Or it talks unasked."""


class Answer(NamedTuple):
    """What came back: the HTTP status and the body."""

    status: int
    body: bytes


class Address(NamedTuple):
    """Where forms are posted to: what tells aiohttp which connection, and the request up to its length."""

    host: aiohttp.ClientRequest
    head: bytes

    @classmethod
    def of(cls, url: URL, session: aiohttp.ClientSession) -> "Address | None":
        """None where the request would have to say more: a name and a password in the address."""
        if url.raw_user is not None or url.raw_password is not None:
            return None
        host = aiohttp.ClientRequest("POST", url, loop=asyncio.get_running_loop(), session=session)
        head = f"POST {url.raw_path_qs} HTTP/1.1\r\nHost: {url.host_port_subcomponent}\r\nContent-Type: {FORM}\r\n"
        return cls(host, head.encode("ascii") + b"Content-Length: ")


async def post(
    connector: aiohttp.BaseConnector, to: Address, form: bytes, seconds: float, at_once: bool = True
) -> Answer:
    """Post a form. Raises TimeoutError, ClientError or OSError: then it may have arrived or not. Stale is one of them.

    Unless `at_once`, it leaves together with all else that this turn of the event loop sends: to wake whoever receives
    costs more than to write, and under load one waking for each reply is a tenth of all processor time.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()
    ends = began + seconds
    connection = await connector.connect(to.host, [], _connecting(seconds))
    protocol, transport = connection.protocol, connection.transport
    if protocol is None or transport is None:
        connection.close()
        raise aiohttp.ServerDisconnectedError
    if len(protocol):  # it has said what nobody asked for: whose answer comes next could not be told
        connection.close()
        raise Stale
    late = loop.call_at(ends, transport.abort)  # whoever waits for an answer is told that the connection was lost
    try:
        protocol.set_response_params(read_until_eof=True)
        request = b"%b%d\r\n\r\n%b" % (to.head, len(form), form)
        if at_once:
            transport.write(request)
        else:
            loop.call_soon(transport.write, request)
        answer = await _answer(protocol)
    except BaseException as error:
        connection.close()
        if isinstance(error, aiohttp.ClientError) and loop.time() >= ends:
            raise TimeoutError from None
        if isinstance(error, aiohttp.ClientConnectionError) and _answered.get(protocol, began) < began - QUIET:
            raise Stale from None
        raise
    finally:
        late.cancel()
    _answered[protocol] = loop.time()
    connection.release()
    return answer


@lru_cache(maxsize=8)
def _connecting(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(connect=min(CONNECT, seconds), ceil_threshold=2 * CONNECT)


async def _answer(protocol: ResponseHandler) -> Answer:
    """The first answer that is one: what only says that more will come is passed over."""
    try:
        message, body = await protocol.read()
        while message.code < 200:
            message, body = await protocol.read()
    except HttpProcessingError as error:
        raise aiohttp.ClientPayloadError(type(error).__name__) from None
    return Answer(message.code, await body.read())
