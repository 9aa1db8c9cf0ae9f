"""A URL of two servers, of which one's machine is gone without a word: packets get lost, and nobody says no."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import hosts
from bot.ledger.engine import open_engine, open_read_only

pytestmark = [pytest.mark.postgresql, NO_SERVER]


@pytest.fixture
def silent() -> Iterator[int]:
    """A port where the system accepts connections, and nobody else does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def url_of(*ports: int | None) -> str:
    server = make_url(str(SERVER))
    named = "&".join(f"host={server.host}:{port}" for port in ports)
    return f"{server.drivername}://{server.username}@/{server.database}?{named}&target_session_attrs=read-write"


@pytest.fixture(params=[open_engine, open_read_only])
async def opened(request: pytest.FixtureRequest, silent: int) -> AsyncIterator[AsyncEngine]:
    opener: Callable[[str], AsyncEngine] = request.param
    engine = opener(url_of(silent, make_url(str(SERVER)).port))
    yield engine
    await engine.dispose()


async def test_the_other_one_is_found_and_remembered(opened: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    async with asyncio.timeout(30):
        async with opened.connect() as connection:
            assert await connection.scalar(text("SELECT 1")) == 1
        await opened.dispose()
        monkeypatch.setattr(hosts, "HEAD_START", 3600)  # nobody else is tried any more
        async with opened.connect() as connection:
            assert await connection.scalar(text("SELECT 1")) == 1


async def test_one_that_refuses_is_no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "HEAD_START", 3600)
    engine = open_engine(url_of(9, make_url(str(SERVER)).port))
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await engine.dispose()


async def test_where_none_answers_it_is_said() -> None:
    engine = open_engine(url_of(9, 10))
    with pytest.raises((SQLAlchemyError, OSError), match="Connect call failed"):
        await engine.connect()


async def test_who_stops_waiting_leaves_nothing_behind(silent: int) -> None:
    engine = open_engine(url_of(silent, silent))
    before = asyncio.all_tasks()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await engine.connect()
    assert asyncio.all_tasks() == before
