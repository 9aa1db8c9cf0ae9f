"""Each message is counted once, whatever is sent again."""

import asyncio
import random

import pytest
from making import FIRST, GUILD, TODAY, counted, entry, expected, ids
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.estimation.ranges import Range
from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import totals
from bot.ledger.schema import tombstones
from bot.ledger.write.writer import Writer


async def test_a_message_sent_a_thousand_times_counts_once(engine: AsyncEngine, writer: Writer) -> None:
    for _ in range(1000):
        assert writer.record(entry(1))
    await writer.flush()
    assert writer.state.entries == 1
    assert await counted(engine) == expected([entry(1)])


async def test_the_first_version_of_a_message_stays(engine: AsyncEngine, writer: Writer) -> None:
    writer.record(entry(1, energy=1.0))
    writer.record(entry(1, energy=9.0))
    await writer.flush()
    writer.record(entry(1, energy=7.0))
    await writer.flush()
    assert (await totals(engine, GUILD, period(ALL, TODAY))).energy_wh.expected == 1.0


async def test_thousands_out_of_order_with_replays_and_readers(engine: AsyncEngine, writer: Writer) -> None:
    chance = random.Random(7)
    sent = [entry(n, author=chance.randrange(40), channel=chance.randrange(9), guild=n % 3) for n in range(6000)]
    events = [*sent, *chance.choices(sent, k=4000)]
    chance.shuffle(events)
    for start in range(0, len(events), 700):
        for one in events[start : start + 700]:
            assert writer.record(one)
        looked = await totals(engine, 1, period(ALL, TODAY))
        assert looked.prompt_tokens == 10 * looked.messages
        await asyncio.sleep(0.005)
    await writer.flush()
    assert await counted(engine) == expected(sent)
    assert len(await ids(engine)) == 6000
    assert writer.state.entries == 6000
    assert writer.state.dropped == 0


async def test_ids_left_behind_are_not_counted_again(engine: AsyncEngine, writer: Writer) -> None:
    await writer.run(lambda connection: connection.execute(tombstones.insert().values(message_id=FIRST + 1)))
    writer.record(entry(1))
    writer.record(entry(2))
    await writer.flush()
    assert await ids(engine) == [FIRST + 2]


async def test_missing_figures_do_not_spoil_sums(engine: AsyncEngine, writer: Writer) -> None:
    writer.record(entry(1, water=None, cost=None))
    await writer.flush()
    none = await totals(engine, GUILD, period(ALL, TODAY))
    assert (none.water_ml, none.cost_usd, none.courtesy.cost_usd) == (None, None, None)
    writer.record(entry(2, water=4.0, cost=2.0, words=2))
    await writer.flush()
    some = await totals(engine, GUILD, period(ALL, TODAY))
    assert some.water_ml == Range(2.0, 4.0, 8.0)
    assert (some.cost_usd, some.courtesy.cost_usd, some.with_water, some.with_cost) == (2.0, 0.5, 1, 1)
    assert some.messages == 2


async def test_all_of_an_entry_is_in_its_row(engine: AsyncEngine, writer: Writer) -> None:
    one = entry(1, words=3, only=True)
    writer.record(one)
    await writer.flush()
    async with engine.connect() as connection:
        row = (await connection.execute(text("SELECT * FROM entries"))).mappings().one()
    assert dict(row) == one._asdict() | {"local_day": 20261123, "courtesy_only": 1}


async def test_half_a_batch_is_never_seen(lite: AsyncEngine) -> None:
    """The daily totals fail: the entries of that batch must not stay either."""
    async with Writer(lite, max_age=0.01) as writer:
        await writer.run(lambda connection: connection.exec_driver_sql("ALTER TABLE daily RENAME TO elsewhere"))
        writer.record(entry(1))
        await asyncio.sleep(0.2)
        async with lite.connect() as connection:
            assert (await connection.execute(select(tombstones))).all() == []
            assert (await connection.execute(text("SELECT count(*) FROM entries"))).scalar() == 0
        assert writer.state.last_error
        async with lite.begin() as connection:
            await connection.execute(text("ALTER TABLE elsewhere RENAME TO daily"))
        await writer.flush()
        assert writer.state.entries == 1


@pytest.mark.parametrize("size", [1, 500, 501, 1500])
async def test_batches_are_bounded(lite: AsyncEngine, size: int) -> None:
    async with Writer(lite, batch=500, max_age=0.01) as writer:
        for n in range(size):
            writer.record(entry(n))
        await writer.flush()
        assert writer.state.batches == -(-size // 500)
        assert writer.state.entries == size
