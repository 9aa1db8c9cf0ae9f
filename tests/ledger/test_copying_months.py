"""A ledger copied between SQLite and PostgreSQL's months, and databases that nothing is copied from or into."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from making import GUILD, TODAY, entry
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import RowMapping, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import copying, migrate, partitions, sessions
from bot.ledger.coordination.server_time import now
from bot.ledger.engine import for_writing, open_engine, open_read_only
from bot.ledger.ledger import open_ledger
from bot.ledger.partitions import Month
from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import totals
from bot.ledger.records import Entry
from bot.ledger.schema import entries, key_value, processes, servers
from bot.ledger.types import moment_of
from bot.ledger.write.writer import Writer

pytestmark = [pytest.mark.postgresql, NO_SERVER]

EVER = period(ALL, TODAY)
MONTHS = [Month(2019, 2), Month(2026, 8), Month(2026, 9), Month(2026, 10), Month(2026, 12), Month(2027, 1)]


def edges() -> list[Entry]:
    """Messages at the first and at the last id of each month, and many in one of them."""
    made = [
        entry(0, at=moment_of(id_)) for month in MONTHS for id_ in (month.first_id, month.next.first_id - (1 << 22))
    ]
    made += [entry((1 << 22) - 1, at=moment_of(month.next.first_id - (1 << 22))) for month in MONTHS]
    return made + [entry(number, at=datetime(2026, 9, 7, tzinfo=UTC), author=number % 9) for number in range(3500)]


@pytest.fixture
async def server() -> AsyncIterator[AsyncEngine]:
    opened = open_engine(str(SERVER), "test")
    await migrate.downgrade(opened, "base")
    await migrate.upgrade(opened)
    yield opened
    await opened.dispose()


async def record(engine: AsyncEngine, made: list[Entry]) -> None:
    async with Writer(engine, max_age=0.01) as writer:
        for one in made:
            await writer.put(one)
        await writer.flush()


def ignored(_: int) -> None:
    """Nobody looks at the progress."""


async def copied(source: AsyncEngine, target: AsyncEngine) -> None:
    await copying.copy_ledger(source, target, "source", ignored)
    await copying.compare_ledgers(source, target, ignored)
    await copying.call_whole(target)


async def everything(engine: AsyncEngine) -> list[list[RowMapping]]:
    """Return all rows of all tables but those about processes, in the order of their keys."""
    async with engine.connect() as connection:
        return [
            list((await connection.execute(select(table).order_by(*table.primary_key))).mappings())
            for table in copying.COPIED
        ]


async def by_partition(engine: AsyncEngine) -> dict[str, int]:
    query = "SELECT tableoid::regclass::text, count(*) FROM entries GROUP BY 1"
    async with engine.connect() as connection:
        return {row[0]: row[1] for row in await connection.execute(text(query))}


async def test_to_months_and_back_row_for_row(lite: AsyncEngine, server: AsyncEngine, tmp_path: object) -> None:
    await record(lite, edges())
    before = await totals(lite, GUILD, EVER)
    await copied(lite, server)
    assert await by_partition(server) == {month.table: 3 + 3500 * (month == (2026, 9)) for month in MONTHS}
    assert await totals(server, GUILD, EVER) == before
    back = open_engine(f"sqlite+aiosqlite:///{tmp_path}/back.db")
    await migrate.upgrade(back)
    await copied(server, back)
    assert await everything(lite) == await everything(server) == await everything(back)
    await back.dispose()


async def test_rows_without_a_month_of_their_own_are_copied_too(
    lite: AsyncEngine, server: AsyncEngine, tmp_path: object
) -> None:
    """The default partition lies across the months: rows still come in the order of their ids."""
    made = edges()
    await record(server, made[:10])
    async with for_writing(server).begin() as connection:
        assert (
            await connection.run_sync(partitions.make_for, [Month(2026, 9).first_id]) == []
        )  # it began in the default one
        assert await connection.run_sync(partitions.make_for, [Month(2026, 11).first_id]) == ["entries_y2026m11"]
    await record(server, [entry(number) for number in range(1500)])
    await record(server, made[10:])
    await copied(server, lite)
    assert await everything(lite) == await everything(server)


async def test_stopped_in_the_middle_of_a_month_it_goes_on(lite: AsyncEngine, server: AsyncEngine) -> None:
    await record(lite, edges())
    rows = 0

    def stop_within_september(more: int) -> None:
        nonlocal rows
        rows += more
        if rows > 2500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await copying.copy_ledger(lite, server, "source", stop_within_september)
    assert 0 < (await by_partition(server))["entries_y2026m09"] < 3503
    with pytest.raises(UserError, match="copy_unfinished"):
        async with open_ledger(str(SERVER)):
            pass
    await copied(lite, server)
    assert await everything(lite) == await everything(server)
    async with open_ledger(str(SERVER)) as ledger:
        assert (await totals(ledger.engine, GUILD, EVER)).messages == len(edges())


async def lease(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(insert(processes).values(holder="a", shard_count=1, until_at=now(60)))


async def test_a_database_that_processes_have_leases_in_is_in_use(server: AsyncEngine) -> None:
    await sessions.require_unused(server)
    await lease(server)
    with pytest.raises(UserError, match="database_served"):
        await sessions.require_unused(server)
    async with server.begin() as connection:
        await connection.execute(update(processes).values(until_at=now(-1)))
    await sessions.require_unused(server)


@pytest.mark.parametrize("opened", [open_engine, open_read_only])
async def test_so_is_one_that_a_bot_or_a_command_is_connected_to(
    server: AsyncEngine, opened: Callable[[str], AsyncEngine]
) -> None:
    bot, own = opened(str(SERVER)), open_engine(str(SERVER), sessions.COPYING)
    async with bot.connect() as connection:
        await connection.scalar(select(1))
        with pytest.raises(UserError, match="database_served"):
            await sessions.require_unused(own)
    await bot.dispose()
    await sessions.require_unused(own)
    await own.dispose()


async def test_another_ledger_is_refused_before_it_is_migrated(server: AsyncEngine) -> None:
    await migrate.downgrade(server, "0008")
    await copying.require_target(server, "source")
    async with server.begin() as connection:
        await connection.execute(insert(servers).values(guild_id=1))
    with pytest.raises(UserError, match="copy_target"):
        await copying.require_target(server, "source")
    assert await migrate.current(server) == "0008"


async def test_an_empty_database_without_tables_may_be_a_target(server: AsyncEngine) -> None:
    await migrate.downgrade(server, "base")
    await copying.require_target(server, "source")
    await sessions.require_unused(server)


async def test_what_else_a_bot_remembers_makes_a_target_of_its_own(server: AsyncEngine) -> None:
    async with server.begin() as connection:
        await connection.execute(insert(key_value).values(name="retention", value="1"))
    with pytest.raises(UserError, match="copy_target"):
        await copying.require_target(server, "source")


async def test_rows_that_are_written_meanwhile_are_found(lite: AsyncEngine, server: AsyncEngine) -> None:
    await record(server, edges())
    await copying.copy_ledger(server, lite, "source", ignored)
    await record(server, [entry(9999)])
    with pytest.raises(UserError, match="copy_differs"):
        await copying.compare_ledgers(server, lite, ignored)
    async with server.begin() as connection:
        await connection.execute(
            delete(entries).where(entries.c.message_id == entry(9999).message_id, entries.c.guild_id == GUILD)
        )
        assert await connection.scalar(select(func.count()).select_from(entries)) == len(edges())
    with pytest.raises(UserError, match="copy_differs"):  # the daily totals
        await copying.compare_ledgers(server, lite, ignored)
