"""Boards from a streaming standby that lags, is away, is promoted or cancels: never older than the question."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from making import AUTHOR, GUILD, NOW, TODAY, entry
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate, partitions, replica
from bot.ledger.engine import open_engine
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.partitions import Month
from bot.ledger.periods import ALL, period
from bot.ledger.queries.leaderboards import leaderboard
from bot.ledger.queries.totals import totals
from bot.ledger.records import Board
from bot.ledger.replica import Replica
from bot.ledger.write.erasure import erase_person
from bot.usecases.ledger_reader import LedgerReader
from scripts.postgresql_pair import Pair, pair, single

pytestmark = [pytest.mark.postgresql, NO_SERVER]

ROOT = Path(__file__).parents[2]
EVER = period(ALL, TODAY)
BOARD = Board(GUILD, EVER)


@pytest.fixture
def both() -> Iterator[Pair]:
    with pair("-c max_standby_streaming_delay=0", synchronous=False) as servers:
        yield servers


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "AWAY_SECONDS", 0.1)


@asynccontextmanager
async def opened(database: str, standby: str) -> AsyncIterator[tuple[Ledger, LedgerReader]]:
    async with open_ledger(database, standby) as ledger:
        yield ledger, LedgerReader(ledger.engine, ledger.replica)


async def ask(url: str, *statements: str) -> None:
    """Run statements as a host would."""
    engine = open_engine(url, "test").execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def port(engine: AsyncEngine) -> int | None:
    """Return which server answers."""
    async with engine.connect() as connection:
        return await connection.scalar(text("SELECT inet_server_port()"))


async def answers(reader: LedgerReader, server: int) -> None:
    """Return once that server answers."""
    async with asyncio.timeout(60):
        while await reader.read(port) != server:
            await asyncio.sleep(0.05)


async def put(ledger: Ledger, *numbers: int) -> None:
    for number in numbers:
        assert ledger.writer.record(entry(number, author=AUTHOR + number % 2))
    await ledger.writer.flush()


async def members(reader: LedgerReader) -> set[int]:
    return {row.id for row in await reader.read(leaderboard, BOARD)}


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.message for one in caplog.records if one.name == replica.log.name and one.levelno >= logging.WARNING]


async def test_one_that_stands_still_shows_nothing_old(both: Pair, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(both.primary.url, both.standby.url) as (ledger, reader):
        await put(ledger, 1, 2, 3)
        await answers(reader, both.standby.port)
        assert await members(reader) == {AUTHOR, AUTHOR + 1}
        await ask(both.standby.url, "SELECT pg_wal_replay_pause()")
        await put(ledger, 4, 5)
        for _ in range(3):
            assert (await reader.read(totals, GUILD, EVER)).messages == 5
        await erase_person(ledger.writer, ledger.engine, AUTHOR)
        assert await members(reader) == {AUTHOR + 1}
        await ledger.preferences.opt_out(ledger.writer, AUTHOR + 1, NOW)
        assert await members(reader) == set()
        await asyncio.sleep(0.2)
        assert await reader.read(port) == both.primary.port
        (said,) = warnings(caplog)
        assert "behind the primary" in said
        await ask(both.standby.url, "SELECT pg_wal_replay_resume()")
        await answers(reader, both.standby.port)
        assert await members(reader) == set()
        assert len(warnings(caplog)) == 2


async def test_a_little_lag_is_waited_for(
    both: Pair, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(replica, "PATIENCE", 30)
    async with opened(both.primary.url, both.standby.url) as (ledger, reader):
        await put(ledger, 1)
        await answers(reader, both.standby.port)
        await ask(both.standby.url, "ALTER SYSTEM SET recovery_min_apply_delay = '300ms'", "SELECT pg_reload_conf()")
        for number in range(2, 5):
            await put(ledger, number)
            assert await reader.read(port) == both.standby.port
            assert (await reader.read(totals, GUILD, EVER)).messages == number
        assert warnings(caplog) == []


async def test_while_it_is_down_the_primary_answers(both: Pair, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(both.primary.url, both.standby.url) as (ledger, reader):
        await put(ledger, 1)
        await answers(reader, both.standby.port)
        asked = asyncio.create_task(reader.read_within(30, slow_count))
        await asyncio.sleep(0.3)
        await asyncio.to_thread(both.standby.stop)
        assert await asked == 1
        for number in range(2, 5):
            await put(ledger, number)
            assert (await reader.read(totals, GUILD, EVER)).messages == number
        assert len(warnings(caplog)) == 1
        await asyncio.to_thread(both.standby.start)
        await answers(reader, both.standby.port)
        assert (await reader.read(totals, GUILD, EVER)).messages == 4


async def test_promoted_it_counts_only_where_it_is_written_to(both: Pair, caplog: pytest.LogCaptureFixture) -> None:
    standby = both.standby.url
    async with AsyncExitStack() as stack:
        _, alone = await stack.enter_async_context(opened(both.primary.url, standby))
        ledger, reader = await stack.enter_async_context(opened(both.url, standby))
        await put(ledger, 1)
        await answers(alone, both.standby.port)
        await answers(reader, both.standby.port)
        await asyncio.to_thread(both.standby.promote)
        await put(ledger, 2)  # the old primary is still there: two that take writes
        assert (await alone.read(totals, GUILD, EVER)).messages == 2
        assert await alone.read(port) == both.primary.port
        assert any("was promoted" in one for one in warnings(caplog))
        await asyncio.to_thread(both.primary.kill)
        await put(ledger, 3)
        await answers(reader, both.standby.port)
        assert (await reader.read(totals, GUILD, EVER)).messages == 2  # 1 and 3: 2 died with the old one


async def slow_count(engine: AsyncEngine) -> int | None:
    """Count entries, and take seconds for it where that is a standby."""
    async with engine.connect() as connection:
        slow = "SELECT count(*), pg_sleep(CASE WHEN pg_is_in_recovery() THEN 20 ELSE 0 END) FROM entries"
        return await connection.scalar(text(slow))


async def test_a_question_that_replay_cancels_is_put_to_the_primary(
    both: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    """Pruning drops a month on the primary; the standby cancels whoever reads it."""
    async with opened(both.primary.url, both.standby.url) as (ledger, reader):
        old = datetime(2026, 2, 3, tzinfo=UTC)
        await ledger.writer.run(lambda c: partitions.make_for(c, [Month(2026, 2).first_id]))
        ledger.writer.record(entry(1, at=old, day=old.date()))
        await put(ledger, 2)
        await answers(reader, both.standby.port)
        asked = asyncio.create_task(reader.read_within(60, slow_count))
        await asyncio.sleep(0.5)
        assert await ledger.writer.run(lambda c: partitions.drop(c, Month(2026, 2))) == 1
        assert await asked == 1
        assert await reader.read(port) == both.standby.port
        assert warnings(caplog) == []


def doctor(database: str, reading: str) -> str:
    urls = {"EMPREINTE_DATABASE_URL": database, "EMPREINTE_DATABASE_READ_URL": reading}
    command = [sys.executable, "-m", "bot", "doctor", "--locale", "en"]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | urls, stdout=subprocess.PIPE, text=True, check=False
    ).stdout


async def test_another_database_is_never_read(caplog: pytest.LogCaptureFixture) -> None:
    other = open_engine(str(SERVER), "test")
    await migrate.downgrade(other, "base")
    await migrate.upgrade(other)
    await other.dispose()
    with single() as server:
        empty = open_engine(server.url, "test")
        await migrate.upgrade(empty)
        await empty.dispose()
        async with opened(str(SERVER), server.url) as (ledger, reader):
            await put(ledger, 1)
            assert (await reader.read(totals, GUILD, EVER)).messages == 1
            assert await reader.read(port) != server.port
        said = await asyncio.to_thread(doctor, str(SERVER), server.url)
        assert "all the same: it is another database" in said
    (said,) = warnings(caplog)
    assert "another database" in said


async def test_one_that_never_answers_costs_one_question_a_second(
    both: Pair, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As a host that is cut off: packets get lost, and nobody says no."""
    monkeypatch.setattr(replica, "AWAY_SECONDS", 3600)
    monkeypatch.setattr(replica, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # the system accepts connections, nobody else does
        url = f"postgresql+asyncpg://tests@127.0.0.1:{silent.getsockname()[1]}/postgres"
        async with opened(both.primary.url, url) as (_, reader):
            for _ in range(20):
                assert await reader.read(port) == both.primary.port
    assert len(warnings(caplog)) == 1


async def test_other_queries_on_its_engine_ask_for_nothing(both: Pair) -> None:
    engine = open_engine(both.primary.url, "test")
    other = Replica(open_engine(both.standby.url, "test"), engine)
    assert await port(other.engine) == both.standby.port
    assert await other.read(2, port) == both.standby.port
    assert await other.trouble() is None
    await engine.dispose()
    await other.engine.dispose()
