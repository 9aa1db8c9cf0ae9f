"""Entries by month in PostgreSQL: made ahead, dropped as a whole when old, and nothing refused or counted twice."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CHANNEL, GUILD, NOW, TODAY, days_ago, entry, ids
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.retention import Retention
from bot.ledger import partitions
from bot.ledger.engine import for_writing, open_engine
from bot.ledger.partitions import Month
from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import totals
from bot.ledger.schema import entries, tombstones
from bot.ledger.types import moment_of
from bot.ledger.write import erasure, pruning
from bot.ledger.write.erasure import erase_person
from bot.ledger.write.writer import Writer

WEEK = timedelta(days=7)
KEPT = Retention.load(CONFIG_DIR)
EVER = period(ALL, TODAY)
MONTHS = [Month(2026, 7), Month(2026, 8), Month(2026, 9), Month(2026, 10), Month(2026, 11), Month(2026, 12)]

needs_server = pytest.mark.parametrize(
    "engine", [pytest.param("postgresql", marks=[pytest.mark.postgresql, NO_SERVER])], indirect=True
)


@given(st.integers(1_420_070_400, 7_000_000_000))
def test_months_follow_each_other_without_a_gap(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    found = list(partitions.months(moment))
    assert moment_of(found[0].first_id) <= moment < moment_of(found[0].next.first_id)
    assert [(one.year, one.month) for one in found[1:]] == [tuple(one.next) for one in found[:-1]]
    assert all(partitions.NAME.fullmatch(one.table) for one in found)


async def test_sqlite_has_none(lite: AsyncEngine) -> None:
    async with Writer(lite) as writer:
        assert await writer.run(partial(partitions.make_ahead, now=NOW)) == []
        assert await writer.run(partitions.existing) == []


async def made(writer: Writer, now: datetime) -> list[str]:
    return await writer.run(partial(partitions.make_ahead, now=now))


async def rows_of(engine: AsyncEngine, table: str) -> int:
    async with engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(text(table))) or 0


async def fill(writer: Writer, days: int = 130) -> None:
    """Partitions since July, then a message a day."""
    await made(writer, datetime(2026, 7, 1, tzinfo=UTC))
    await made(writer, datetime(2026, 10, 1, tzinfo=UTC))
    for day in range(days):
        at = days_ago(day)
        writer.record(entry(1, at=at, day=at.date()))
    await writer.flush()


@needs_server
async def test_months_are_made_ahead_once(engine: AsyncEngine, writer: Writer) -> None:
    assert await made(writer, NOW) == ["entries_y2026m11", "entries_y2026m12", "entries_y2027m01"]
    assert await made(writer, NOW) == []
    assert await made(writer, NOW + timedelta(days=10)) == ["entries_y2027m02"]
    writer.record(entry(1))
    writer.record(entry(1, at=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)))
    writer.record(entry(1, at=datetime(2027, 1, 1, tzinfo=UTC)))
    writer.record(entry(1, at=days_ago(200)))
    await writer.flush()
    tables = ("entries_y2026m11", "entries_y2026m12", "entries_y2027m01", "entries_default")
    assert [await rows_of(engine, one) for one in tables] == [1, 1, 1, 1]


@needs_server
async def test_a_month_that_began_without_one_stays_where_it_is(engine: AsyncEngine, writer: Writer) -> None:
    writer.record(entry(1))
    await writer.flush()
    assert await made(writer, NOW) == ["entries_y2026m12", "entries_y2027m01"]
    writer.record(entry(2))
    await writer.flush()
    assert await rows_of(engine, "entries_default") == 2


@needs_server
async def test_several_processes_make_them_once(engine: AsyncEngine) -> None:
    engines = [open_engine(str(SERVER)) for _ in range(4)]

    async def make(one: AsyncEngine) -> list[str]:
        async with for_writing(one).begin() as connection:
            return await connection.run_sync(partitions.make_ahead, NOW)

    found = await asyncio.gather(*(make(one) for one in engines))
    assert sum(len(one) for one in found) == partitions.AHEAD
    for one in engines:
        await one.dispose()


@needs_server
async def test_old_months_are_dropped_whole_and_the_rest_row_by_row(engine: AsyncEngine, writer: Writer) -> None:
    await fill(writer)
    before = await totals(engine, GUILD, EVER)
    assert await writer.run(partitions.existing) == MONTHS
    assert await pruning.prune(writer, NOW, WEEK, KEPT) == 39
    assert await writer.run(partitions.existing) == MONTHS[1:]  # 90 days ago it was the 25th of August
    assert await rows_of(engine, "entries_y2026m08") == 7
    assert (len(await ids(engine)), await rows_of(engine, "tombstones")) == (91, 0)
    assert await totals(engine, GUILD, EVER) == before
    assert await pruning.prune(writer, NOW, WEEK, KEPT) == 0


@needs_server
async def test_what_may_come_back_leaves_its_id(engine: AsyncEngine, writer: Writer) -> None:
    await fill(writer)
    before = await totals(engine, GUILD, EVER)
    assert await pruning.prune(writer, NOW, timedelta(days=120), KEPT) == 39
    assert MONTHS[0] in await writer.run(partitions.existing)
    async with engine.connect() as connection:
        bare = await connection.scalar(select(func.count()).select_from(tombstones))
    assert bare == 30  # days 91 to 120
    for day in range(120):
        writer.record(entry(1, at=days_ago(day), day=days_ago(day).date()))
    await writer.flush()
    assert await totals(engine, GUILD, EVER) == before


@needs_server
async def test_a_clock_that_jumps_ahead_drops_no_month_too_early(engine: AsyncEngine, writer: Writer) -> None:
    await fill(writer)
    before = await totals(engine, GUILD, EVER)
    assert await pruning.prune(writer, NOW + timedelta(days=4000), WEEK, KEPT) == 130
    assert await ids(engine) == []
    for day in range(7):
        writer.record(entry(1, at=days_ago(day), day=days_ago(day).date()))
    await writer.flush()
    assert await totals(engine, GUILD, EVER) == before


@needs_server
async def test_a_month_in_use_is_pruned_row_by_row(
    engine: AsyncEngine, writer: Writer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(partitions, "LOCK_TIMEOUT", "50ms")
    monkeypatch.setattr(partitions.log, "level", 20)
    await fill(writer)
    async with engine.connect() as reader:
        await reader.execute(select(entries.c.message_id).limit(1))
        assert await pruning.prune(writer, NOW, WEEK, KEPT) == 39
        assert MONTHS[0] in await writer.run(partitions.existing)
    assert len(await ids(engine)) == 91
    assert "entries_y2026m07 is in use" in caplog.text


@needs_server
async def test_erasing_somebody_reaches_every_month(
    engine: AsyncEngine, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "BATCH_SIZE", 7)
    await fill(writer)
    writer.record(entry(2, author=7))
    assert await erase_person(writer, engine, 500) == 130
    assert len(await ids(engine)) == 1
    for day in range(130):
        writer.record(entry(1, at=days_ago(day), day=days_ago(day).date(), channel=CHANNEL))
    await writer.flush()
    assert (await totals(engine, GUILD, EVER)).messages == 131
