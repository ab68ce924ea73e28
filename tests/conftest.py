"""What all tests share: no network, and content that is built once."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.content.loading import Content, load
from bot.reply import Replier
from tests.support.chat import Chat
from tests.support.databases import database, database_url, postgres
from tests.support.kernels import both_ways, compiled_kernel, kernel_file
from tests.support.matching import build_replier
from tests.support.tiny import write_faq

__all__ = ["both_ways", "compiled_kernel", "database", "database_url", "kernel_file", "postgres"]  # fixtures
ROOT = Path(__file__).parent
THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


class NetworkForbidden(BaseException):
    """A test reached for the network. No `except Exception` may hide it."""


def pytest_configure(config: pytest.Config) -> None:
    """Name our marker."""
    config.addinivalue_line("markers", "loopback: may talk to servers on this machine; no test may talk to others")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The workbench's tests are tests of a server."""
    for item in items:
        if item.path.is_relative_to(ROOT / "workbench"):
            item.add_marker(pytest.mark.loopback)


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing outside this machine can be reached, and this machine only with the marker `loopback`."""
    loopback = request.node.get_closest_marker("loopback") is not None
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def allowed(host: Any) -> bool:
        return loopback and host in (*THIS_MACHINE, None)

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not allowed(address[0]):
            raise NetworkForbidden(f"{address}")
        connect(self, address)

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        if not allowed(host):
            raise NetworkForbidden(f"{host}")
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield


@pytest.fixture(scope="session")
def tiny_faq(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny FAQ as files. Read only: a test that changes files writes its own."""
    return write_faq(tmp_path_factory.mktemp("tiny") / "faq")


@pytest.fixture(scope="session")
def tiny_content(tiny_faq: Path) -> Content:
    """The tiny FAQ, loaded."""
    return load(tiny_faq).unwrap()


@pytest.fixture(scope="session")
def tiny_replier(tiny_content: Content) -> Replier:
    """The bot on the tiny FAQ."""
    return build_replier(tiny_content)


@pytest.fixture(scope="session")
def shipped_replier() -> Replier:
    """The bot on the FAQ that ships. Slow to build: for the few tests that need it."""
    return build_replier(load(ROOT.parent / "faq").unwrap())


@pytest.fixture
def chat(tiny_replier: Replier) -> Chat:
    """A new chat of a new person."""
    return Chat(tiny_replier)
