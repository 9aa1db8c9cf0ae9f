"""Watermarks move only past what was recorded; gaps that stay open are noted."""

from functools import partial

import pytest
from making import CHANNEL, FIRST, GUILD, NOW, entry
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.queries.watermarks import list_gaps, load_watermarks
from bot.ledger.records import Gap, Watermark
from bot.ledger.write.watermark_holds import WatermarkHolds
from bot.ledger.write.watermarks import add_gap
from bot.ledger.write.writer import Writer


async def mark(engine: AsyncEngine, channel: int = CHANNEL) -> int | None:
    found = (await load_watermarks(engine)).get(channel)
    return found.message_id - FIRST if found else None


async def test_live_messages_move_it_and_nothing_moves_it_back(engine: AsyncEngine, writer: Writer) -> None:
    for number in (1, 5, 3):
        writer.record(entry(number))
    writer.record(entry(9), watermark=False)
    await writer.flush()
    assert await load_watermarks(engine) == {CHANNEL: Watermark(CHANNEL, GUILD, FIRST + 5)}
    writer.record(entry(2))
    await writer.flush()
    assert await mark(engine) == 5
    assert await load_watermarks(engine, GUILD + 1) == {}


async def test_a_replayed_message_moves_it_too(engine: AsyncEngine, writer: Writer) -> None:
    await writer.put(entry(4))
    await writer.flush()
    assert await mark(engine) is None
    writer.record(entry(4))
    await writer.flush()
    assert await mark(engine) == 4


async def test_held_until_history_was_read(engine: AsyncEngine, writer: Writer) -> None:
    writer.record(entry(1))
    holds = writer.holds
    holds.hold(GUILD)
    session = holds.session(GUILD)
    holds.hold_channels(GUILD, [CHANNEL])
    for number in (5, 6):
        writer.record(entry(number))
    writer.record(entry(7, channel=CHANNEL + 1))
    writer.record(entry(8, channel=CHANNEL + 2, guild=GUILD + 1))
    await writer.flush()
    assert (await mark(engine), await mark(engine, CHANNEL + 1)) == (1, None)
    assert await mark(engine, CHANNEL + 2) == 8
    await writer.put(entry(3))
    await writer.release(CHANNEL, GUILD, FIRST + 5, session)
    assert await mark(engine) == 6
    assert holds.settle(GUILD, session)
    assert writer.held == holds.held_in(GUILD) == {CHANNEL + 1}
    assert holds.guilds_of_held() == {GUILD}
    await writer.release(CHANNEL + 1, GUILD, FIRST + 2, session)
    assert await mark(engine, CHANNEL + 1) == 7
    writer.record(entry(8))
    await writer.flush()
    assert await mark(engine) == 8


async def test_history_read_for_an_older_session_releases_nothing(engine: AsyncEngine, writer: Writer) -> None:
    holds = writer.holds
    holds.hold(GUILD)
    old = holds.session(GUILD)
    holds.hold(GUILD)
    new = holds.session(GUILD)
    writer.record(entry(9))
    await writer.release(CHANNEL, GUILD, FIRST + 4, old)
    assert await mark(engine) == 4
    assert writer.held == {CHANNEL}
    assert not holds.settle(GUILD, old)
    await writer.release(CHANNEL, GUILD, FIRST + 8, new)
    assert await mark(engine) == 9


async def test_unread_channels_stay_held(engine: AsyncEngine, writer: Writer) -> None:
    writer.record(entry(1))
    holds = writer.holds
    holds.hold(GUILD)
    holds.hold_channels(GUILD, [CHANNEL])
    holds.settle(GUILD, holds.session(GUILD))
    writer.record(entry(5))
    await writer.flush()
    assert await mark(engine) == 1


def test_all_servers_are_held_until_each_was_read() -> None:
    holds = WatermarkHolds()
    holds.hold_all()
    session = holds.session(GUILD)
    assert not holds.moves(GUILD, 1, 5)
    assert holds.settle(GUILD, session)
    assert holds.moves(GUILD, 2, 5)
    assert not holds.moves(GUILD + 1, 3, 5)
    holds.hold_all()
    assert not holds.settle(GUILD, session)
    assert not holds.moves(GUILD, 2, 6)


def test_a_shards_servers_are_held_and_no_others() -> None:
    holds = WatermarkHolds()
    holds.hold_all()
    for guild in (1, 2):
        holds.settle(guild, holds.session(guild))
    reading = holds.session(3)
    holds.hold_where(lambda guild: guild % 2 == 1)
    assert [holds.is_settled(guild) for guild in (1, 2, 3)] == [False, True, False]
    assert not holds.settle(3, reading)


def test_a_server_that_is_gone_holds_nothing() -> None:
    holds = WatermarkHolds()
    holds.hold(GUILD)
    session = holds.session(GUILD)
    assert not holds.moves(GUILD, CHANNEL, 5)
    holds.forget_guild(GUILD)
    assert holds.held == frozenset()
    assert not holds.settle(GUILD, session)
    assert not holds.is_settled(GUILD)


async def test_gaps_and_channels_that_are_gone(engine: AsyncEngine, writer: Writer) -> None:
    gap = Gap(CHANNEL, GUILD, FIRST + 1, FIRST + 9, NOW)
    for _ in range(2):
        await writer.run(partial(add_gap, gap=gap))
    writer.record(entry(9))
    await writer.flush()
    assert await list_gaps(engine) == await list_gaps(engine, GUILD) == [gap]
    assert await list_gaps(engine, GUILD + 1) == []
    writer.holds.hold_channels(GUILD, [CHANNEL])
    await writer.forget_channel(GUILD, CHANNEL)
    assert await list_gaps(engine) == []
    assert await mark(engine) is None
    assert writer.held == frozenset()


@pytest.mark.parametrize(("dropped", "up_to", "held"), [(5, 4, True), (5, 5, False), (5, 9, False)])
def test_a_dropped_message_must_be_in_the_history_read(dropped: int, up_to: int, held: bool) -> None:
    marks = WatermarkHolds()
    assert marks.moves(GUILD, 1, 3)
    assert marks.drop(GUILD, 1, dropped)
    assert not marks.drop(GUILD, 1, dropped - 1)
    assert not marks.moves(GUILD, 1, 7)
    assert marks.release(GUILD, 1, up_to, marks.session(GUILD)) == (up_to if held else max(up_to, 7))
    assert (1 in marks.held) is held
    assert marks.moves(GUILD, 1, 10) is not held
