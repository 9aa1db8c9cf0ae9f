"""Totals and boards say what counting by hand says."""

import asyncio
import gc
import time
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CHANNEL, GUILD, NOW, TODAY, entry
from sqlalchemy.ext.asyncio import AsyncEngine
from stalls import measured

from bot.estimation.ranges import Range
from bot.ledger.entries import daily_rows
from bot.ledger.periods import ALL, WEEK, Period, comparable, period
from bot.ledger.preferences import Preferences
from bot.ledger.queries import leaderboards
from bot.ledger.queries.totals import average_answer, totals
from bot.ledger.records import CHANNELS, MEMBERS, METRICS, Board, Entry
from bot.ledger.write.writer import Writer

EVER = period(ALL, TODAY)


async def record(writer: Writer, entries: list[Entry]) -> None:
    for one in entries:
        writer.record(one)
    await writer.flush()


async def test_totals(engine: AsyncEngine, writer: Writer) -> None:
    await record(
        writer,
        [
            entry(1, author=1, words=2, only=True),
            entry(2, author=1, words=1, channel=CHANNEL + 1),
            entry(3, author=2),
            entry(4, author=3, guild=GUILD + 1),
            entry(5, author=3, day=TODAY - timedelta(days=7)),
        ],
    )
    week = await totals(engine, GUILD, period(WEEK, TODAY))
    assert (week.messages, week.members, week.channels, week.prompt_tokens) == (3, 2, 2, 30)
    assert week.answer_tokens == Range(3.0, 6.0, 12.0)
    assert week.energy_wh == Range(0.375, 0.75, 1.5)
    assert week.gwp_g == Range(0.375, 0.75, 1.5)
    assert week.water_ml == Range(3.0, 6.0, 12.0)
    assert week.cost_usd == 1.5
    polite = week.courtesy
    assert (polite.messages, polite.only, polite.words) == (2, 1, 3)
    assert (polite.energy_wh, polite.gwp_g, polite.cost_usd) == (0.375, 0.1875, 0.75)
    assert (await totals(engine, GUILD, EVER)).messages == 4
    pair = comparable(WEEK, TODAY)
    assert pair is not None
    assert [(await totals(engine, GUILD, one)).messages for one in pair] == [3, 1]


async def test_nothing_yet(engine: AsyncEngine) -> None:
    none = await totals(engine, GUILD, EVER)
    assert (none.messages, none.members, none.energy_wh, none.water_ml) == (0, 0, Range(0, 0, 0), None)
    assert await average_answer(engine, GUILD, EVER) is None
    board = Board(GUILD, EVER)
    assert await leaderboards.leaderboard(engine, board) == []
    assert await leaderboards.count(engine, board) == 0
    assert await leaderboards.standing_of(engine, board, 1) is None


async def test_the_average_answer(engine: AsyncEngine, writer: Writer) -> None:
    await record(writer, [entry(1, energy=1.0), entry(2, energy=2.0, water=None)])
    average = await average_answer(engine, GUILD, EVER)
    assert average is not None
    assert (average.messages, average.energy_wh) == (2, Range(0.75, 1.5, 3.0))
    assert (average.answer_tokens, average.water_ml) == (Range(1.0, 2.0, 4.0), Range(1.0, 2.0, 4.0))


async def test_ties_share_a_rank_and_pages_follow(engine: AsyncEngine, writer: Writer) -> None:
    sizes = {11: 3, 12: 2, 13: 3, 14: 1, 15: 2, 16: 2}
    await record(writer, [entry(a * 10 + n, author=a) for a, size in sizes.items() for n in range(size)])
    board = Board(GUILD, EVER, metric="messages")
    found = await leaderboards.leaderboard(engine, board)
    assert [(row.rank, row.id) for row in found] == [(1, 11), (1, 13), (3, 12), (3, 15), (3, 16), (6, 14)]
    pages = [await leaderboards.leaderboard(engine, board, limit=2, offset=at) for at in (0, 2, 4, 6)]
    assert [row for page in pages for row in page] == found
    for row in found:
        assert await leaderboards.standing_of(engine, board, row.id) == row
    assert await leaderboards.count(engine, board) == 6


async def test_the_last_page_of_many_is_as_cheap_as_the_first(engine: AsyncEngine, writer: Writer) -> None:
    await record(writer, [entry(n, author=n + 1, energy=n * 7919 % 5003 / 64) for n in range(8000)])
    board = Board(GUILD, EVER)

    last, took = await leaderboards.count(engine, board) - 10, dict[int, list[float]]()
    for offset in (0, last) * 10:
        start = time.perf_counter()
        found = await leaderboards.leaderboard(engine, board, 10, offset)
        took.setdefault(offset, []).append(time.perf_counter() - start)
        assert len(found) == 10
    assert min(took[last]) < 5 * min(took[0])


async def test_a_page_knows_its_ranks_wherever_it_begins(engine: AsyncEngine, writer: Writer) -> None:
    await record(writer, [entry(n, author=n + 1, energy=n % 5 + 1) for n in range(30)])
    board = Board(GUILD, EVER)
    whole = await leaderboards.leaderboard(engine, board, 100)
    assert [row.rank for row in whole] == sorted([1, 7, 13, 19, 25] * 6)
    for offset in range(31):
        assert await leaderboards.leaderboard(engine, board, 4, offset) == whole[offset : offset + 4]


async def test_who_opted_out_or_was_erased_is_not_listed(engine: AsyncEngine, writer: Writer) -> None:
    await record(writer, [entry(n, author=n) for n in (0, 1, 2, 3)])
    preferences = await Preferences.load(engine)
    await preferences.opt_out(writer, 1, NOW)
    await preferences.set_quiet(writer, 2, True)
    board = Board(GUILD, EVER)
    assert [row.id for row in await leaderboards.leaderboard(engine, board)] == [2, 3]
    assert await leaderboards.standing_of(engine, board, 1) is None
    assert await leaderboards.standing_of(engine, board, 0) is None
    assert await leaderboards.count(engine, board) == 2
    assert (await totals(engine, GUILD, EVER)).messages == 4
    by_channel = await leaderboards.leaderboard(engine, Board(GUILD, EVER, CHANNELS, "messages"))
    assert [(row.id, row.value) for row in by_channel] == [(CHANNEL, 4)]


@pytest.mark.parametrize("by", [MEMBERS, CHANNELS])
@pytest.mark.parametrize("metric", METRICS)
async def test_boards_as_counted_by_hand(engine: AsyncEngine, writer: Writer, by: str, metric: str) -> None:
    sent = [
        entry(
            n,
            author=n * 7 % 13 + 1,
            channel=n * 5 % 4 + 1,
            day=TODAY - timedelta(days=n % 9),
            words=n % 3,
            energy=n % 5 / 4,
            water=n % 4 or None,
        )
        for n in range(300)
    ]
    await record(writer, sent)
    days = Period(TODAY - timedelta(days=4), TODAY)
    by_hand: dict[int, float] = defaultdict(float)
    field = {
        "energy": "energy_expected",
        "co2": "gwp_expected",
        "water": "water_expected",
        "courtesy": "courtesy_words",
    }
    for one in sent:
        if days.start <= one.local_day < days.end:
            value = 1 if metric == "messages" else getattr(one, field[metric]) or 0
            by_hand[one.author_id if by == MEMBERS else one.channel_id] += value
    found = await leaderboards.leaderboard(engine, Board(GUILD, days, by, metric), limit=100)
    assert {row.id: row.value for row in found} == {who: value for who, value in by_hand.items() if value}
    assert [row.value for row in found] == sorted(by_hand.values(), reverse=True)[: len(found)]
    assert [row.rank for row in found] == [1 + sum(other > row.value for other in by_hand.values()) for row in found]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(0, 2), st.sampled_from([None, 4.0]))))
def test_a_batch_comes_to_one_row_per_key(messages: list[tuple[int, int, int, float | None]]) -> None:
    sent = [
        entry(n, author=author, channel=channel, words=words, water=water)
        for n, (author, channel, words, water) in enumerate(messages)
    ]
    rows = daily_rows(sent)
    keys = [row[:4] for row in rows]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys)
    assert sum(row[4] for row in rows) == len(sent)
    assert sum(row[15] for row in rows) == sum(one.water_low or 0 for one in sent)
    assert sum(row[18] for row in rows) == sum(one.water_low is not None for one in sent)
    assert sum(row[23] for row in rows) == sum(one.courtesy_words for one in sent)


async def test_a_board_of_many_thousands_keeps_nobody_waiting(
    engine: AsyncEngine, writer: Writer, request: pytest.FixtureRequest
) -> None:
    await record(writer, [entry(n, author=n + 1, energy=n * 7919 % 5003 / 64 + 1) for n in range(12_000)])
    board = Board(GUILD, EVER)
    whole = await leaderboards.leaderboard(engine, board, 20_000)
    assert len(whole) == 12_000
    assert [row.rank for row in whole] == sorted(row.rank for row in whole)

    gc.disable()  # collecting what the other tests left would be a step of its own, as long as all the rest
    request.addfinalizer(gc.enable)
    began = time.thread_time()
    with measured() as stalls:
        await leaderboards.leaderboard(engine, board, 20_000)
        await asyncio.sleep(0)  # so that the step that ends it is among them
    assert stalls.longest < (time.thread_time() - began) / 4, "others have their turn in between"
