"""A machine whose clock is wrong: what it counts, where watermarks stand, and that it deletes nothing by it."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from annotated import QUESTION, by_the_bot, turn_on, until
from counted import GENERAL, caught_up, count_in, guild_of, ids, messages_of, settle
from house import House, StartBot

from bot.client.client import EmpreinteBot
from bot.counting import retention_job
from bot.counting.clock import DiscordClock
from bot.ledger.queries.watermarks import list_gaps, load_watermarks
from bot.ledger.types import id_at
from bot.ledger.write import watermark_changes

DAY = timedelta(days=1)


class Host:
    """A machine's clock, wrong by some time that a test may change."""

    def __init__(self, wrong_by: timedelta = timedelta()) -> None:
        self.wrong_by = wrong_by

    def clock(self) -> DiscordClock:
        return DiscordClock(lambda: time.time() + self.wrong_by.total_seconds())


async def retain(bot: EmpreinteBot, paused: bool = False) -> bool:
    """Do what the hourly job does; return whether it was paused."""
    replayable, kept = timedelta(days=7), bot.estimates.estimator.retention
    return await retention_job.run_once(bot.ledger, bot.clock, bot.ask_time, replayable, kept, bot.present, paused)


async def marks_of(house: House) -> list[int]:
    return [mark.message_id for mark in (await load_watermarks(house.bot.ledger.engine)).values()]


@pytest.mark.parametrize("days", [-10_000, -40, 20, 400])
async def test_what_was_missed_is_read_and_marks_are_messages(house: House, start_bot: StartBot, days: int) -> None:
    await count_in(house)
    written = [await house.sandbox.post_message("leo", GENERAL, "Avant")]
    await settle(house)
    for host in (Host(days * DAY), Host()):
        await house.bot.close()
        written.append(await house.sandbox.post_message("leo", GENERAL, "Pendant"))
        house.bot = await start_bot(clock=host.clock())
        await caught_up(house)
        assert await ids(house.bot.ledger) == {int(one["id"]) for one in written}
        assert await marks_of(house) == [int(written[-1]["id"])]
    assert not await list_gaps(house.bot.ledger.engine)


async def test_a_mark_in_the_future_is_put_back_and_the_history_read(
    house: House, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Avant")
    await settle(house)
    place, ledger = house.sandbox.world.channel(GENERAL).id, house.bot.ledger
    ahead = id_at(datetime.now(UTC) + 13 * DAY)
    await ledger.writer.run(
        partial(watermark_changes.lower, guild_id=guild_of(house.sandbox), channel_id=place, message_id=ahead)
    )
    await house.bot.close()
    *_, last = [await house.sandbox.post_message("leo", GENERAL, "Pendant") for _ in range(3)]
    house.bot = await start_bot()
    await caught_up(house)
    assert await messages_of(house) == 4
    assert await marks_of(house) == [int(last["id"])]
    assert "stood in the future" in caplog.text


@pytest.mark.parametrize("days", [35, 100, -40])
async def test_nothing_is_deleted_by_a_wrong_clock(house: House, start_bot: StartBot, days: int) -> None:
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Explique la pluie")
    await settle(house)
    host = Host(days * DAY)
    house.bot = await start_bot(clock=host.clock())
    await caught_up(house)
    house.sandbox.world.remove_bot("Atelier IA")
    preferences = house.bot.ledger.preferences
    await until(lambda: preferences.settings(guild_of(house.sandbox)).left_at)
    left_at = preferences.settings(guild_of(house.sandbox)).left_at
    assert left_at is not None
    assert abs(left_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert await retain(house.bot)
    assert await messages_of(house) == 1
    assert len(await ids(house.bot.ledger)) == 1
    house.bot = await start_bot(clock=Host().clock())
    assert not await retain(house.bot)
    assert await messages_of(house) == 1
    assert len(await ids(house.bot.ledger)) == 1


async def test_a_clock_that_jumps_while_running(house: House, start_bot: StartBot) -> None:
    host = Host()
    house.bot = await start_bot(clock=host.clock())
    assert not await retain(house.bot)
    for days in (100, -100):
        host.wrong_by = days * DAY
        assert await retain(house.bot)
    host.wrong_by = timedelta()
    assert not await retain(house.bot)


async def test_a_discord_that_doesnt_answer_tells_no_time(
    house: House, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = DiscordClock()
    house.sandbox.faults.page("/gateway$", status=403, times=None)
    monkeypatch.setattr(house.bot, "clock", clock)
    monkeypatch.setattr(DiscordClock, "hear_date", lambda *_: None)
    assert await retain(house.bot)
    assert "nothing is deleted for now: Discord hasn't told the time yet" in caplog.text


async def test_a_proxy_from_another_century(house: House, start_bot: StartBot) -> None:
    """Its `Date` is absurd: history is read, and nothing deleted."""
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Avant")
    await settle(house)
    await house.bot.close()
    await house.sandbox.post_message("leo", GENERAL, "Pendant")
    clock = DiscordClock()
    heard = clock.hear_date
    clock.hear_date = lambda _: heard("Fri, 27 Nov 2099 12:00:00 GMT")  # type: ignore[method-assign]
    house.bot = await start_bot(clock=clock)
    await caught_up(house)
    assert await messages_of(house) == 2
    assert not await list_gaps(house.bot.ledger.engine)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert await retain(house.bot)


@pytest.mark.parametrize("hours", [1, -1])
async def test_annotations_go_on(house: House, start_bot: StartBot, hours: int) -> None:
    house.bot = await start_bot(clock=Host(timedelta(hours=hours)).clock())
    await turn_on(house, "reply")
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))


async def test_a_message_from_the_future_counts_nowhere(house: House) -> None:
    await count_in(house)
    far = id_at(datetime.now(UTC) + 30 * DAY)
    place = house.sandbox.world.channel(GENERAL)
    message = await house.sandbox.post_message("leo", GENERAL, "Explique la pluie")
    event = {**message, "id": str(far), "guild_id": str(place.guild_id)}
    for shard in house.bot.shards.values():
        shard._parent.ws._discord_parsers["MESSAGE_CREATE"](event)
    await settle(house)
    assert await ids(house.bot.ledger) == {int(message["id"])}
    assert await marks_of(house) == [int(message["id"])]


async def test_the_job_says_when_it_pauses_and_goes_on(
    house: House, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(retention_job, "RETENTION_INTERVAL", 0.05)
    host = Host(DAY)
    house.bot = await start_bot(clock=host.clock())
    await until(lambda: "nothing is deleted" in caplog.text)
    await asyncio.sleep(0.3)  # it says so once
    said = [one.message for one in caplog.records if one.name == "bot.counting.retention_job"]
    assert said == ["nothing is deleted for now: the host's clock is 86400 s ahead of Discord's"]
    assert not house.bot.clock.state.agrees
    host.wrong_by = timedelta()
    await until(lambda: "is deleted again" in caplog.text)
