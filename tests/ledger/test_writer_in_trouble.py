"""The database is locked, full or away; the data is refused; the writer is closed or its callers are cancelled."""

import asyncio
import logging
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from making import CHANNEL, FIRST, GUILD, counted, entry, expected, ids
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import sqlite
from bot.ledger.queries.watermarks import load_watermarks
from bot.ledger.schema import servers
from bot.ledger.write.transactions import InThread
from bot.ledger.write.writer import Writer

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 20)


@pytest.fixture
def holder(tmp_path: Path, lite: AsyncEngine) -> Iterator["subprocess.Popen[bytes]"]:
    """Another process that has the database locked until its standard input ends."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "ledger.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


async def test_locked_for_a_while(
    lite: AsyncEngine, holder: "subprocess.Popen[bytes]", caplog: pytest.LogCaptureFixture
) -> None:
    async with Writer(lite, max_age=0.01) as writer:
        for n in range(800):
            assert writer.record(entry(n))
        await asyncio.sleep(0.5)
        assert writer.state.queued == 800
        assert "locked" in str(writer.state.last_error)
        holder.communicate(b"")
        await writer.flush()
        assert writer.state.last_error is None
    assert await counted(lite) == expected(entry(n) for n in range(800))
    said = [record.levelno for record in caplog.records if record.name == "bot.ledger.write.backoff"]
    assert said == [logging.ERROR, logging.WARNING]


async def test_what_does_not_fit_is_dropped_and_its_channel_held(
    lite: AsyncEngine, holder: "subprocess.Popen[bytes]"
) -> None:
    told: list[int] = []
    async with Writer(lite, max_age=0.01, capacity=10, on_dropped=told.append) as writer:
        taken = [writer.record(entry(n)) for n in range(13)]
        assert taken == [True] * 10 + [False] * 3
        assert told == [CHANNEL]
        assert writer.held == {CHANNEL}
        assert writer.state.dropped == 3
        holder.communicate(b"")
        await writer.flush()
        assert writer.record(entry(20))
        await writer.flush()
        assert (await load_watermarks(lite))[CHANNEL].message_id == FIRST + 9
        for n in range(21):
            await writer.put(entry(n))
        await writer.release(CHANNEL, GUILD, FIRST + 20, writer.holds.session(GUILD))
        assert writer.held == frozenset()
    assert (await load_watermarks(lite))[CHANNEL].message_id == FIRST + 20
    assert len(await ids(lite)) == 21


async def test_history_waits_for_room(lite: AsyncEngine, holder: "subprocess.Popen[bytes]") -> None:
    async with Writer(lite, max_age=0.01, capacity=2) as writer:
        await writer.put(entry(1))
        await writer.put(entry(2))
        waiting = asyncio.create_task(writer.put(entry(3)))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        holder.communicate(b"")
        await waiting
    assert len(await ids(lite)) == 3


async def test_disk_full(lite: AsyncEngine) -> None:
    def limit(connection: Connection, pages: int) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    async with Writer(lite, max_age=0.01) as writer:
        await writer.run(lambda connection: limit(connection, 1))  # SQLite takes the present size at least
        for n in range(2000):
            assert writer.record(entry(n, author=n))
        await asyncio.sleep(0.5)
        assert "full" in str(writer.state.last_error)
        assert await counted(lite) == expected(entry(n, author=n) for n in range(len(await ids(lite))))
        assert isinstance(writer._transactions, InThread)
        writer._transactions._engine.dispose()  # the next connection has room again
        await writer.flush()
    assert len(await ids(lite)) == 2000


async def test_a_caller_is_told_when_the_database_stays_locked(
    lite: AsyncEngine, holder: "subprocess.Popen[bytes]"
) -> None:
    async with Writer(lite, max_age=0.01, patience=0.2) as writer:
        writer.record(entry(1))
        with pytest.raises(UserError) as caught:
            await writer.flush()
        assert caught.value.key == "error.database_busy"
        holder.communicate(b"")


async def test_closing_gives_up_in_the_end(
    lite: AsyncEngine, holder: "subprocess.Popen[bytes]", caplog: pytest.LogCaptureFixture
) -> None:
    writer = Writer(lite, max_age=0.01, patience=0.2)
    writer.start()
    writer.record(entry(1))
    await writer.close()
    assert any("lost at the end" in record.message for record in caplog.records)
    assert holder.poll() is None


async def test_a_refused_entry_harms_no_other(lite: AsyncEngine, caplog: pytest.LogCaptureFixture) -> None:
    bad = entry(5)._replace(prompt_tokens=2**70)
    worse = entry(6)._replace(zone=cast("str", None))
    async with Writer(lite, max_age=0.01) as writer:
        for one in (entry(1), bad, entry(2), worse, entry(3)):
            writer.record(one)
        await writer.flush()
        assert (writer.state.refused, writer.state.entries) == (2, 3)
    assert await counted(lite) == expected([entry(1), entry(2), entry(3)])
    assert sum("refuses entry" in record.message for record in caplog.records) == 2


async def test_close_writes_what_waits_and_takes_no_more(lite: AsyncEngine) -> None:
    writer = Writer(lite, max_age=60)
    writer.start()
    for n in range(700):
        writer.record(entry(n))
    await writer.close()
    assert len(await ids(lite)) == 700
    assert not writer.record(entry(701))
    with pytest.raises(UserError):
        await writer.put(entry(702))
    with pytest.raises(UserError):
        await writer.flush()
    await writer.close()


async def test_a_cancelled_flush_loses_nothing(lite: AsyncEngine) -> None:
    async with Writer(lite, max_age=0.01) as writer:
        for n in range(1200):
            writer.record(entry(n))
        flushing = asyncio.create_task(writer.flush())
        await asyncio.sleep(0.002)
        flushing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await flushing
        await writer.flush()
        assert writer.state.entries == 1200
    assert len(await ids(lite)) == 1200


async def test_a_write_that_nobody_waits_for_is_left_out(lite: AsyncEngine) -> None:
    ran: list[Connection] = []
    async with Writer(lite, max_age=0.01) as writer:
        blocked = asyncio.create_task(writer.run(lambda _: time.sleep(0.1)))
        cancelled = asyncio.create_task(writer.run(ran.append))
        await asyncio.sleep(0.02)
        cancelled.cancel()
        await blocked
        await writer.flush()
    assert ran == []


async def test_other_writes_keep_their_place_and_their_errors(engine: AsyncEngine, writer: Writer) -> None:
    def add(connection: Connection) -> int:
        connection.execute(servers.insert().values(guild_id=1))
        return len(connection.exec_driver_sql("SELECT * FROM entries").all())

    writer.record(entry(1))
    running = asyncio.gather(writer.run(add), writer.run(add), return_exceptions=True)
    await asyncio.sleep(0)
    writer.record(entry(2))
    first, second = await running
    assert first == 1
    assert isinstance(second, IntegrityError)
    await writer.flush()
    assert len(await ids(engine)) == 2


async def test_entries_held_back_for_a_moment_come_before_other_writes(engine: AsyncEngine) -> None:
    held = [entry(n) for n in range(4)]

    def known(connection: Connection) -> int:
        return len(connection.exec_driver_sql("SELECT * FROM entries").all())

    def hand_on() -> None:
        if held:
            writer.record(held.pop())

    writer = Writer(engine, max_age=0.01)
    writer.hand_on = hand_on
    writer.start()
    assert await writer.run(known) == 1
    done: list[int] = []
    writer.submit(lambda connection: done.append(known(connection)))
    await writer.flush()
    assert done == [2]
    await writer.close()
    assert len(await ids(engine)) == 4, "the last one came as it was closed"


async def test_the_file_is_a_sound_database(lite: AsyncEngine, tmp_path: Path) -> None:
    async with Writer(lite, max_age=0.01) as writer:
        writer.record(entry(1))
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
