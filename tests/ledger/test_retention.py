"""What is let go, in bounded pieces, and taken up again after a crash; a replay brings nothing back."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from making import CHANNEL, GUILD, NOW, TODAY, counted, days_ago, entry, ids
from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.retention import Retention
from bot.ledger.periods import ALL, period
from bot.ledger.preferences import Preferences
from bot.ledger.queries.people import load_people
from bot.ledger.queries.totals import totals
from bot.ledger.queries.watermarks import list_gaps
from bot.ledger.records import SILENT, ChannelMode, Gap
from bot.ledger.schema import channels, daily, entries, gaps, purges, servers, tombstones
from bot.ledger.schema import watermarks as marks
from bot.ledger.write import erasure, pruning, retention, retention_plan
from bot.ledger.write.watermarks import add_gap
from bot.ledger.write.writer import Writer

WEEK = timedelta(days=7)
KEPT = Retention.load(CONFIG_DIR)
EVER = period(ALL, TODAY)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (erasure, pruning, retention):
        monkeypatch.setattr(module, "BATCH_SIZE", 7)
    monkeypatch.setattr(retention, "LOOK_THROUGH", 11)


async def rows(engine: AsyncEngine, table: Table) -> int:
    async with engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0


async def fill(writer: Writer) -> None:
    """Two servers, a message a day each for a hundred days."""
    for day in range(100):
        at = days_ago(day)
        for guild in (GUILD, GUILD + 1):
            writer.record(entry(guild, at=at, day=at.date(), guild=guild, channel=CHANNEL + guild))
    await writer.flush()


async def test_entries_are_pruned_and_sums_stay(engine: AsyncEngine, writer: Writer) -> None:
    await fill(writer)
    before = await totals(engine, GUILD, EVER)
    assert await pruning.prune(writer, NOW, WEEK, KEPT) == 18
    assert await pruning.prune(writer, NOW, WEEK, KEPT) == 0
    assert await totals(engine, GUILD, EVER) == before
    assert (await rows(engine, entries), await rows(engine, tombstones)) == (182, 0)


async def test_pruned_entries_that_may_come_back_leave_their_ids(engine: AsyncEngine, writer: Writer) -> None:
    await fill(writer)
    await pruning.prune(writer, NOW, timedelta(days=95), KEPT)
    assert await rows(engine, tombstones) == 10
    before = await totals(engine, GUILD, EVER)
    for day in range(95):
        writer.record(entry(GUILD, at=days_ago(day), day=days_ago(day).date(), channel=CHANNEL + GUILD))
    await writer.flush()
    assert await totals(engine, GUILD, EVER) == before


async def test_a_clock_that_jumps_ahead_counts_nothing_twice(engine: AsyncEngine, writer: Writer) -> None:
    await fill(writer)
    before = await totals(engine, GUILD, EVER)
    await pruning.prune(writer, NOW + timedelta(days=4000), WEEK, KEPT)
    assert await rows(engine, entries) == 0
    for day in range(7):
        writer.record(entry(GUILD, at=days_ago(day), day=days_ago(day).date(), channel=CHANNEL + GUILD))
    await writer.flush()
    assert await totals(engine, GUILD, EVER) == before


async def test_an_empty_ledger_is_pruned_too(engine: AsyncEngine, writer: Writer) -> None:
    assert await pruning.prune(writer, NOW, WEEK, KEPT) == 0
    assert await ids(engine) == []


async def test_old_gaps_are_forgotten(engine: AsyncEngine, writer: Writer) -> None:
    for days in (10, 100):
        gap = Gap(CHANNEL + days, GUILD, 1, 2, days_ago(days))
        await writer.run(partial(add_gap, gap=gap))
    await pruning.prune(writer, NOW, WEEK, KEPT)
    assert [gap.channel_id for gap in await list_gaps(engine)] == [CHANNEL + 10]


async def test_reset(engine: AsyncEngine, writer: Writer) -> None:
    await fill(writer)
    preferences = await Preferences.load(engine)
    for guild in (GUILD, GUILD + 1):
        await preferences.set_server(writer, guild, model="openai/gpt-4o")
        await preferences.set_channel(writer, ChannelMode(guild, CHANNEL + guild, SILENT, 1, NOW))
        await writer.run(partial(add_gap, gap=Gap(guild, guild, 1, 2, NOW)))
    kept = await totals(engine, GUILD + 1, EVER)
    preferences.forget_server(GUILD)
    await retention.reset(writer, GUILD, NOW)
    assert preferences.guilds_with_settings() == {GUILD + 1}
    assert (await totals(engine, GUILD, EVER)).messages == 0
    assert await totals(engine, GUILD + 1, EVER) == kept
    for table in (servers, channels, gaps, marks):
        assert await rows(engine, table) == 1
    assert (await rows(engine, entries), await rows(engine, daily), await rows(engine, purges)) == (100, 100, 0)


async def test_a_reset_that_was_cut_short_is_finished(engine: AsyncEngine, writer: Writer) -> None:
    """Killed after the first transaction; counting began anew in between, and stays."""
    await fill(writer)
    await writer.run(partial(retention._begin, guild_id=GUILD, now=NOW))
    at = NOW + timedelta(minutes=1)
    writer.record(entry(1, at=at, day=TODAY - timedelta(days=1), guild=GUILD))
    await writer.flush()
    assert await retention.purge_left(writer, engine, NOW, KEPT) == []
    assert (await totals(engine, GUILD, EVER)).messages == 1
    assert (await totals(engine, GUILD + 1, EVER)).messages == 100
    assert (await rows(engine, entries), await rows(engine, purges)) == (101, 0)


@pytest.mark.parametrize(("left_at", "purged"), [(days_ago(31), True), (days_ago(29), False), (None, False)])
async def test_servers_that_removed_the_bot(
    engine: AsyncEngine, writer: Writer, left_at: datetime | None, purged: bool
) -> None:
    await fill(writer)
    preferences = await Preferences.load(engine)
    await preferences.set_server(writer, GUILD, left_at=left_at)
    assert await retention.purge_left(writer, engine, NOW, KEPT) == ([GUILD] if purged else [])
    assert (GUILD, 500, CHANNEL + GUILD) in await counted(engine) or purged
    assert (await totals(engine, GUILD, EVER)).messages == (0 if purged else 100)
    assert await rows(engine, servers) == (0 if purged else 1)


async def test_people_who_are_counted_again_are_forgotten(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    for user_id in (5, 6, 7):
        await preferences.opt_out(writer, user_id, NOW)
    await preferences.opt_in(writer, 5, NOW)
    await preferences.opt_in(writer, 6, NOW)
    await preferences.set_quiet(writer, 6, True)
    await pruning.prune(writer, NOW + timedelta(days=6), timedelta(days=7), KEPT)
    assert {one.user_id for one in await load_people(engine)} == {5, 6, 7}
    await pruning.prune(writer, NOW + timedelta(days=8), timedelta(days=7), KEPT)
    assert {one.user_id for one in await load_people(engine)} == {6, 7}


# Two looks at the clock


async def confirmed(writer: Writer, now: datetime) -> datetime | None:
    """What a run at this moment may delete by; as the job does, it plans anew once it has deleted."""
    found = await writer.run(partial(retention_plan.confirm, now=now))
    if found is not None:
        await writer.run(partial(retention_plan.plan, now=now))
    return found


async def test_what_is_planned_is_confirmed_a_day_later(writer: Writer) -> None:
    assert await confirmed(writer, NOW) is None
    assert await confirmed(writer, NOW + timedelta(hours=23)) is None
    assert await confirmed(writer, NOW + timedelta(hours=25)) == NOW
    assert await confirmed(writer, NOW + timedelta(hours=26)) is None
    assert await confirmed(writer, NOW + timedelta(days=400)) == NOW + timedelta(hours=25)


@pytest.mark.parametrize("wrong", [timedelta(days=100), timedelta(hours=1)])
async def test_a_wrong_hour_plans_in_vain(writer: Writer, wrong: timedelta) -> None:
    assert await confirmed(writer, NOW + wrong) is None
    assert await confirmed(writer, NOW) is None
    assert await confirmed(writer, NOW + timedelta(days=1)) == NOW


async def test_a_clock_that_was_slow_plans_nothing_too_early(writer: Writer) -> None:
    assert await confirmed(writer, days_ago(40)) is None
    assert await confirmed(writer, NOW) == days_ago(40)


async def test_a_departure_in_the_future_is_put_back(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    await preferences.set_server(writer, GUILD, left_at=NOW + timedelta(days=35))
    await preferences.set_server(writer, GUILD + 1, left_at=days_ago(3))
    await writer.run(partial(retention_plan.correct_departures, now=NOW))
    again = await Preferences.load(engine)
    assert [again.settings(guild).left_at for guild in (GUILD, GUILD + 1)] == [NOW, days_ago(3)]


async def test_a_server_that_is_present_isnt_purged(engine: AsyncEngine, writer: Writer) -> None:
    await fill(writer)
    preferences = await Preferences.load(engine)
    await preferences.set_server(writer, GUILD, left_at=days_ago(31))
    assert await retention.purge_left(writer, engine, NOW, KEPT, {GUILD}) == []
    assert (await totals(engine, GUILD, EVER)).messages == 100


async def test_a_server_that_came_back_in_the_same_moment_isnt_purged(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    await preferences.set_server(writer, GUILD, left_at=None)
    begin = partial(retention._begin_left, guild_id=GUILD, before=days_ago(30), now=NOW)
    assert not await writer.run(begin)
    assert await rows(engine, purges) == 0
