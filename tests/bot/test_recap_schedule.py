"""The weekly recap with a moved clock: once a week, whatever happens to the bot or the clocks."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from board_entries import guild_of
from counted import caught_up
from recapped import DAY, PARIS, Recapped, due_with_something, stuck_in

from bot.client import recap_job
from bot.client.client import EmpreinteBot
from bot.ledger.ledger import open_ledger
from bot.ledger.records import RecapOutcome
from bot.usecases.estimates import Estimates


async def test_once_a_week_over_both_changes_of_the_clocks(recapped: Recapped, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sunday at two: an hour that one night hasn't, and another has twice; the bot looks every half hour around it."""

    async def nothing(_: object) -> None:
        return None

    monkeypatch.setattr(recapped.house.bot.charts, "draw", nothing)
    await recapped.choose_here(weekday=6, hour=2)
    sundays = [datetime(2027, 3, 21), datetime(2027, 3, 28), datetime(2027, 4, 4)]  # noqa: DTZ001 as clocks show it
    sundays += [datetime(2027, 10, 24), datetime(2027, 10, 31), datetime(2027, 11, 7)]  # noqa: DTZ001
    posted = []
    for number, sunday in enumerate(sundays, 1):
        await recapped.count_on(sunday.date() - 2 * DAY, "leo")
        midnight = sunday.replace(tzinfo=PARIS).astimezone(UTC)
        for half_hours in range(10):
            await recapped.move_to(midnight + timedelta(minutes=30 * half_hours))
            await recapped.look()
            if len(recapped.posts()) == number and len(posted) < number:
                posted.append(half_hours / 2)
        assert len(recapped.posts()) == number
    assert posted == [2, 2, 2, 2, 2, 2]  # hours after midnight: the missing one is the next, of two the first


async def test_a_restart_at_the_due_minute_posts_once(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    for _ in range(3):
        await recapped.look()
        await recapped.restart()
        await caught_up(recapped.house)
        await recapped.look()
    assert len(recapped.posts()) == 1


async def test_a_process_that_dies_while_posting_leaves_the_week_claimed(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows whether it was posted: it isn't posted again, and the admins are told."""
    await recapped.move_to(await due_with_something(recapped))
    with monkeypatch.context() as patched:
        await stuck_in(recapped, patched, recap_job, "post")
    await recapped.restart()
    await caught_up(recapped.house)
    await recapped.look()
    assert not recapped.posts()
    assert await recapped.outcome() is RecapOutcome.SENDING
    await recapped.move_to(recapped.now + timedelta(minutes=11))
    assert "je ne le poste pas deux fois" in await recapped.shown()


async def test_a_process_that_dies_before_posting_leaves_the_week_to_the_next_one(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    await recapped.move_to(await due_with_something(recapped))
    await stuck_in(recapped, monkeypatch, recapped.house.bot.charts, "draw")
    await recapped.restart()
    await caught_up(recapped.house)
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_two_processes_on_one_database_post_once(recapped: Recapped, answers: Estimates) -> None:
    """As when a shard changes hands: both take themselves for the one that serves the server."""
    house = recapped.house
    await recapped.move_to(await due_with_something(recapped))
    async with open_ledger(house.settings.database) as ledger:
        other = EmpreinteBot(house.settings, answers, house.bot.catalogues, ledger, clock=house.bot.clock)
        other._connection._guilds = house.bot._connection._guilds
        other.http = other._connection.http = house.bot.http
        await asyncio.gather(*(bot.recap_job.post_due() for bot in (house.bot, other, other, house.bot)))
    assert len(recapped.posts()) == 1
    assert await recapped.outcome() is RecapOutcome.POSTED


@pytest.mark.parametrize("hours", [23.9, 24.1])
async def test_what_was_missed_is_made_up_within_a_day(recapped: Recapped, hours: float) -> None:
    due = await due_with_something(recapped)
    await recapped.house.bot.close()
    recapped.house.sandbox.world.clock.offset += (due - recapped.now).total_seconds() + hours * 3600
    await recapped.restart()
    await caught_up(recapped.house)
    await recapped.move_to(recapped.now)
    await recapped.look()
    assert len(recapped.posts()) == (1 if hours < 24 else 0)
    assert ("pendant toute une journée" in await recapped.shown()) is (hours > 24)


async def test_it_waits_for_history_that_is_still_read(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    holds = recapped.house.bot.ledger.writer.holds
    holds.hold(guild_of(recapped.house))
    await recapped.look()
    assert not recapped.posts()
    holds.settle(guild_of(recapped.house), holds.session(guild_of(recapped.house)))
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_it_doesnt_wait_for_history_for_ever(recapped: Recapped, monkeypatch: pytest.MonkeyPatch) -> None:
    await recapped.move_to(await due_with_something(recapped))
    recapped.house.bot.ledger.writer.holds.hold(guild_of(recapped.house))
    await recapped.look()
    monkeypatch.setattr(recap_job, "BACKFILL_TIMEOUT", -1.0)
    await recapped.look()
    assert len(recapped.posts()) == 1


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=-1)])
async def test_nothing_is_posted_while_the_clocks_disagree(recapped: Recapped, ahead: timedelta) -> None:
    await recapped.move_to(await due_with_something(recapped) + timedelta(hours=2))
    host, wrong = recapped.house.bot.clock._host, ahead.total_seconds()
    recapped.house.bot.clock._host = lambda: host() + wrong
    await recapped.look()
    assert not recapped.posts()
    recapped.house.bot.clock._host = host
    await recapped.look()
    assert len(recapped.posts()) == 1
