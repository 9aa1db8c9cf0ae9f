"""The commands for backups of PostgreSQL, as docs/hosting.md has them, word for word."""

import asyncio
import os
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from making import GUILD, TODAY, counted, days_ago, entry
from postgresql_server import NO_SERVER
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import partitions
from bot.ledger.ledger import open_ledger
from bot.ledger.partitions import Month
from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import totals
from bot.ledger.schema import entries
from bot.ledger.write.writer import Writer
from bot.usecases.ledger_reader import LedgerReader
from scripts.postgresql_pair import Server, single

pytestmark = [pytest.mark.postgresql, NO_SERVER]

PAGE = (Path(__file__).parents[2] / "docs" / "hosting.md").read_text(encoding="utf-8")
EVER = period(ALL, TODAY)


def commands(about: str) -> list[str]:
    """Return the commands of the section that begins so, in their order."""
    return re.findall(r"^\$ (.*)$", PAGE[PAGE.index(about) :].split("\n**")[0], re.M)


def grants() -> str:
    """Return the statements that make a role for readers."""
    return PAGE[PAGE.index("**Readers that can't write.**") :].split("```sql\n")[1].split("```")[0]


@pytest.fixture
def server() -> Iterator[Server]:
    with single() as one:
        run(one, Path("/"), "psql --quiet --dbname=postgres --command='CREATE ROLE empreinte LOGIN'")
        run(one, Path("/"), "createdb --owner=empreinte empreinte")
        yield one


def run(server: Server, folder: Path, command: str) -> None:
    """Run it as somebody on the server's own machine would, who may do everything."""
    address = {"PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": "tests"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=os.environ | address, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), command


def url(server: Server, database: str, role: str = "empreinte") -> str:
    return f"postgresql+asyncpg://{role}@127.0.0.1:{server.port}/{database}"


async def record(writer: Writer) -> None:
    """Record messages of four months, for ever."""
    number = 0
    while True:
        at = days_ago(number % 80)
        writer.record(entry(number, at=at, day=at.date(), author=number % 9 + 1))
        number += 1
        await asyncio.sleep(0 if number % 50 else 0.01)


async def rows(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(entries)) or 0


async def test_a_backup_of_a_running_bot_is_restored_whole(server: Server, tmp_path: Path) -> None:
    dump, *restore = commands("**Backups** of PostgreSQL")
    assert dump.startswith("pg_dump")
    assert len(restore) == 3
    async with open_ledger(url(server, "empreinte")) as ledger:
        ids_of_days = [entry(0, at=days_ago(n)).message_id for n in range(80)]
        (tmp_path / "grants.sql").write_text(grants())
        await asyncio.to_thread(run, server, tmp_path, "psql --quiet --dbname=empreinte --file=grants.sql")
        await ledger.writer.run(lambda c: partitions.make_for(c, ids_of_days))
        recording = asyncio.create_task(record(ledger.writer))
        await asyncio.sleep(0.5)
        await asyncio.to_thread(run, server, tmp_path, dump)
        recording.cancel()
        await asyncio.gather(recording, return_exceptions=True)
        await ledger.writer.flush()
        months = await ledger.writer.run(partitions.existing)
        await ledger.writer.run(lambda c: partitions.make_for(c, [Month(2027, 6).first_id]))  # unknown to the backup
        later = await rows(ledger.engine)
    for command in restore:
        await asyncio.to_thread(run, server, tmp_path, command)
    restored = url(server, "empreinte_restored")
    async with open_ledger(restored, url(server, "empreinte_restored", "empreinte_reader")) as ledger:
        found = await rows(ledger.engine)
        assert 0 < found <= later
        assert sum((await counted(ledger.engine)).values()) == found
        read = await LedgerReader(ledger.engine, ledger.replica).read(totals, GUILD, EVER)
        assert read == await totals(ledger.engine, GUILD, EVER)
        assert read.messages == found
        assert await ledger.writer.run(partitions.existing) == months
        ledger.writer.record(entry(1, at=datetime(2027, 1, 2, tzinfo=UTC)))
        await ledger.writer.flush()
        assert ledger.replica is not None
        assert await rows(ledger.replica.engine) == found + 1
