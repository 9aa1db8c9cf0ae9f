"""A ledger copied from SQLite to PostgreSQL and back: every row, also after an interruption."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from making import entry
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import copying, migrate
from bot.ledger.engine import for_writing, open_engine
from bot.ledger.records import SILENT, WHOLE_SERVER, ChannelMode
from bot.ledger.schema import daily, entries, servers
from bot.ledger.types import moment_of
from bot.ledger.write import people, settings
from bot.ledger.write.writer import Writer


def ignored(_: int) -> None:
    """Nobody looks at the progress."""


async def fill(engine: AsyncEngine) -> None:
    async with Writer(engine, max_age=0.01) as writer:
        for number in range(2500):
            assert writer.record(entry(number, author=number % 90 + 1, channel=number % 7 + 1))
        await writer.run(lambda c: settings.put_server(c, 7, model="openai/gpt-4o", left_at=moment_of(1 << 22)))
        await writer.run(lambda c: settings.put_channel(c, ChannelMode(7, WHOLE_SERVER, SILENT, 1, moment_of(1 << 40))))
        await writer.run(lambda c: people.put_person(c, 42, opted_out_at=moment_of(1 << 50), quiet=True))


async def copied(source: AsyncEngine, target: AsyncEngine) -> None:
    await copying.copy_ledger(source, target, "source", ignored)
    await copying.compare_ledgers(source, target, ignored)


@pytest.fixture
async def lite_copy(tmp_path: Path, migrated: Path) -> AsyncIterator[AsyncEngine]:
    shutil.copyfile(migrated, tmp_path / "copy.db")
    opened = open_engine(f"sqlite+aiosqlite:///{tmp_path}/copy.db")
    yield opened
    await opened.dispose()


@pytest.mark.postgresql
@NO_SERVER
async def test_to_postgresql_and_back(lite: AsyncEngine, lite_copy: AsyncEngine) -> None:
    server = open_engine(str(SERVER))
    await migrate.downgrade(server, "base")
    await migrate.upgrade(server)
    await fill(lite)
    await copied(lite, server)
    await copying.copy_ledger(server, lite_copy, "server", ignored)
    await copying.compare_ledgers(lite, lite_copy, ignored)
    await server.dispose()


async def test_stopped_half_way_it_goes_on(engine: AsyncEngine, lite_copy: AsyncEngine) -> None:
    await fill(engine)
    done = 0

    def stop_in_the_middle(rows: int) -> None:
        nonlocal done
        done += rows
        if done > 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await copying.copy_ledger(engine, lite_copy, "source", stop_in_the_middle)
    total, done = await copying.count_rows(engine), 0

    def add(rows: int) -> None:
        nonlocal done
        done += rows

    await copying.copy_ledger(engine, lite_copy, "source", add)
    assert done == total == await copying.count_rows(lite_copy)
    await copying.compare_ledgers(engine, lite_copy, ignored)


async def test_a_target_with_something_else_in_it_is_refused(lite: AsyncEngine, lite_copy: AsyncEngine) -> None:
    await fill(lite)
    await copying.copy_ledger(lite, lite_copy, "source", ignored)
    with pytest.raises(UserError, match="copy_target"):
        await copying.copy_ledger(lite, lite_copy, "another", ignored)
    await copying.compare_ledgers(lite, lite_copy, ignored)
    await copying.call_whole(lite_copy)
    with pytest.raises(UserError, match="copy_target"):
        await copying.copy_ledger(lite, lite_copy, "source", ignored)


@pytest.mark.parametrize("harm", [update(daily).values(messages=9), delete(entries).where(entries.c.author_id == 3)])
async def test_a_row_that_differs_is_found(lite: AsyncEngine, lite_copy: AsyncEngine, harm: object) -> None:
    await fill(lite)
    await copying.copy_ledger(lite, lite_copy, "source", ignored)
    async with for_writing(lite_copy).begin() as connection:
        await connection.execute(harm)  # pyright: ignore[reportCallIssue, reportArgumentType]
    with pytest.raises(UserError, match="copy_differs"):
        await copying.compare_ledgers(lite, lite_copy, ignored)


async def test_a_row_too_many_is_found(lite: AsyncEngine, lite_copy: AsyncEngine) -> None:
    await fill(lite)
    await copying.copy_ledger(lite, lite_copy, "source", ignored)
    async with for_writing(lite_copy).begin() as connection:
        await connection.execute(servers.insert().values(guild_id=99))
    with pytest.raises(UserError, match="copy_differs"):
        await copying.compare_ledgers(lite, lite_copy, ignored)
