"""The machine of the database vanishes without a word, or what stands between forgets a connection: nobody waits on."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from making import counted, entry, expected
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import make_url
from swallowing import Way

from bot.ledger import migrate, silence
from bot.ledger.coordination import change_listener, prompt_transaction
from bot.ledger.coordination.job_claims import JobClaims
from bot.ledger.engine import open_engine
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.records import SILENT, WHOLE_SERVER, ChannelMode
from bot.ledger.write import write_loop

pytestmark = [pytest.mark.postgresql, NO_SERVER]

PATIENCE = 60
EVERYWHERE = ChannelMode(7, WHOLE_SERVER, SILENT, 1, datetime(2026, 11, 27, tzinfo=UTC))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BATCH_SECONDS", "JOB_SECONDS"):
        monkeypatch.setattr(write_loop, name, 0.5)
    for module in (change_listener, prompt_transaction):
        monkeypatch.setattr(module, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(change_listener, "LISTENING_SECONDS", 0.5)
    monkeypatch.setattr(silence, "CLOSING_SECONDS", 0.5)


@pytest.fixture
async def way() -> AsyncIterator[Way]:
    engine = open_engine(str(SERVER))
    await migrate.downgrade(engine, "base")
    await migrate.upgrade(engine)
    await engine.dispose()
    way = Way(make_url(str(SERVER)))
    async with way.opened():
        yield way


async def until(holds: object) -> None:
    assert callable(holds)
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.02)


async def listening(ledger: Ledger) -> "asyncio.Task[None]":
    """Follow changes, by notifications."""
    task = asyncio.create_task(ledger.follow_changes())
    await asyncio.sleep(0.5)
    return task


async def test_batches_and_changes_go_on_by_other_connections(way: Way) -> None:
    async with open_ledger(str(SERVER)) as near, open_ledger(way.url) as far:
        following = await listening(far)
        assert far.writer.record(entry(1))
        await far.writer.flush()
        way.lose()
        assert far.writer.record(entry(2))
        await near.preferences.set_channel(near.writer, EVERYWHERE)
        await until(lambda: far.writer.state.last_error is not None)
        await until(lambda: far.preferences.counts_in(7))
        await until(lambda: far.writer.state.entries == 2)
        assert await counted(near.engine) == expected([entry(1), entry(2)])
        assert far.coordination
        way.lose()
        with pytest.raises(TimeoutError):
            await JobClaims(far.coordination.engine).claim("something", timedelta(hours=1))
        assert await JobClaims(far.coordination.engine).claim("something", timedelta(hours=1))
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        way.lose()
    # and it ends, though nobody says goodbye


async def test_a_change_that_could_not_be_read_is_read_later(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_ledger(str(SERVER)) as near, open_ledger(way.url) as far:
        reload_server, failures = far.preferences.reload_server, [OSError("the primary is gone")]

        async def reload_or_fail(*args: Any) -> None:
            if failures:
                raise failures.pop()
            await reload_server(*args)

        monkeypatch.setattr(far.preferences, "reload_server", reload_or_fail)
        following = await listening(far)
        await near.preferences.set_channel(near.writer, EVERYWHERE)
        await until(lambda: far.preferences.counts_in(7))
        assert not failures
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def test_the_system_probes_connections() -> None:
    engine = open_engine(str(SERVER))
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        one = driver._transport.get_extra_info("socket")
        assert one.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        for name, value in silence.OPTIONS.items():
            assert one.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) == value
    await engine.dispose()
