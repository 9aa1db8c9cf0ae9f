"""`db copy` as a host uses it: on a terminal, stopped by Ctrl-C or killed, begun again, beside a bot."""

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from making import entry
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.coordination.server_time import now
from bot.ledger.engine import open_engine
from bot.ledger.entries import daily_rows, entry_row
from bot.ledger.schema import daily, entries, processes

ROOT = Path(__file__).parents[2]
ROWS = 15_000


@dataclass
class Terminal:
    """A command on a terminal of its own: what it showed, and how it ended."""

    process: subprocess.Popen[bytes]
    master: int
    shown: str = ""

    def read_until(self, pattern: str) -> None:
        while not re.search(pattern, self.shown):
            try:
                more = os.read(self.master, 4096)
            except OSError:  # that's how a terminal ends on Linux
                more = b""
            assert more, self.shown
            self.shown += more.decode(errors="replace")

    def end(self) -> int:
        try:
            while more := os.read(self.master, 4096):
                self.shown += more.decode(errors="replace")
        except OSError:
            pass
        os.close(self.master)
        return self.process.wait(60)


def own_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where a script runs the tests in its background
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def copy(source: str, target: str) -> Terminal:
    """Start the command on a terminal of 80 columns."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "db", "copy", "--locale", "en", "--from", source, "--to", target],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        preexec_fn=own_terminal,  # noqa: PLW1509 - Ctrl-C goes to the processes of a terminal
    )
    os.close(slave)
    return Terminal(process, master)


@pytest.fixture
async def filled(lite: AsyncEngine) -> AsyncEngine:
    made = [entry(number, author=number % 50) for number in range(ROWS)]
    async with lite.begin() as connection:
        for table, rows in ((entries, [entry_row(one) for one in made]), (daily, daily_rows(made))):
            await connection.run_sync(lambda c, t=table, r=rows: c.exec_driver_sql(str(t.insert().compile(c)), r))
    return lite


@pytest.fixture
async def server() -> AsyncIterator[AsyncEngine]:
    opened = open_engine(str(SERVER), "test")
    await migrate.downgrade(opened, "base")
    yield opened
    await opened.dispose()


async def rows(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(entries)) or 0


TRIES = 5
"""On a busy machine a copy may be whole before anybody gets round to stopping it."""


async def interrupted(source: str, folder: Path) -> tuple[Terminal, str]:
    """Press Ctrl-C while a copy is at work; return it, and its target."""
    for number in range(TRIES):
        target = f"sqlite+aiosqlite:///{folder}/target{number}.db"
        first = copy(source, target)
        await asyncio.to_thread(first.read_until, r"copying:.*\|")
        os.write(first.master, b"\x03")
        if await asyncio.to_thread(first.end):
            return first, target
    raise AssertionError("each copy was whole too soon")


async def test_ctrl_c_stops_it_and_the_same_command_goes_on(filled: AsyncEngine, tmp_path: Path) -> None:
    source = str(filled.url)
    first, target = await interrupted(source, tmp_path)
    assert first.process.returncode == 130
    assert "copy interrupted: the same command goes on" in first.shown
    assert "Traceback" not in first.shown
    again = copy(source, target)
    assert await asyncio.to_thread(again.end) == 0
    assert re.search(rf"comparing: 100%\|.*\| {ROWS + 50}/{ROWS + 50} ", again.shown)
    assert f"{ROWS + 50} rows copied" in again.shown
    opened = open_engine(target)
    assert await rows(opened) == ROWS
    await opened.dispose()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await condition():
            await asyncio.sleep(0.01)


async def at_work(server: AsyncEngine) -> bool:
    """Tell whether some of the month is there."""
    async with server.connect() as connection:
        if await connection.scalar(text("SELECT to_regclass('entries_y2026m11')")) is None:
            return False
    return await rows(server) > 0


async def cut_short(
    source: AsyncEngine, server: AsyncEngine, how: Callable[[Terminal], Awaitable[None]]
) -> tuple[Terminal, int]:
    """Let something befall a copy while it is in the middle of a month; return it, and how it ended."""
    for _ in range(TRIES):
        await migrate.downgrade(server, "base")
        first = copy(str(source.url), str(SERVER))
        await until(lambda: at_work(server))
        await how(first)
        if status := await asyncio.to_thread(first.end):
            return first, status
    raise AssertionError("each copy was whole too soon")


@pytest.mark.postgresql
@NO_SERVER
async def test_killed_in_the_middle_of_a_month_the_same_command_goes_on(
    filled: AsyncEngine, server: AsyncEngine
) -> None:
    async def kill(first: Terminal) -> None:
        first.process.send_signal(signal.SIGKILL)

    _, status = await cut_short(filled, server, kill)
    assert status == -signal.SIGKILL
    assert 0 < await rows(server) < ROWS
    again = copy(str(filled.url), str(SERVER))
    assert await asyncio.to_thread(again.end) == 0
    assert f"{ROWS + 50} rows copied" in again.shown
    assert await rows(server) == ROWS


@pytest.mark.postgresql
@NO_SERVER
async def test_a_bot_that_starts_on_the_source_meanwhile_makes_it_no_copy(
    filled: AsyncEngine, server: AsyncEngine, tmp_path: Path
) -> None:
    first = copy(str(filled.url), str(SERVER))
    assert await asyncio.to_thread(first.end) == 0
    back = copy(str(SERVER), f"sqlite+aiosqlite:///{tmp_path}/back.db")
    await asyncio.to_thread(back.read_until, r"copying:.*\|")
    async with server.begin() as connection:
        await connection.execute(insert(processes).values(holder="a", shard_count=1, until_at=now(600)))
    assert await asyncio.to_thread(back.end) == 2
    assert "A bot, or another command, uses this database" in back.shown


@pytest.mark.postgresql
@NO_SERVER
async def test_a_server_that_goes_away_is_one_sentence(filled: AsyncEngine, server: AsyncEngine) -> None:
    async def end_sessions(_: Terminal) -> None:
        async with server.connect() as connection:
            await connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'empreinte %'")
            )

    first, status = await cut_short(filled, server, end_sessions)
    assert status == 2
    assert "The copy stopped (" in first.shown
    assert "Traceback" not in first.shown
    again = copy(str(filled.url), str(SERVER))
    assert await asyncio.to_thread(again.end) == 0
