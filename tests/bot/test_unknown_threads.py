"""Messages in a thread that isn't in the cache: it slept, and the message comes before Discord says that it woke."""

import asyncio
import time

import pytest
from annotated import QUESTION, by_the_bot, until
from counted import THREAD, caught_up, count_in, ids
from house import House, StartBot

from bot.counting import backfill, unknown_channels
from bot.ledger.queries.watermarks import load_watermarks
from bot.ledger.records import OFF, REPLY, SILENT
from sandbox.state.models import Json

PARENT = "Atelier IA/prompts"


def thread_of(house: House) -> int:
    return house.sandbox.world.channel(THREAD).id


def lookups(house: House) -> int:
    path = f"/channels/{thread_of(house)}"
    return sum(1 for one in house.sandbox.requests if one.method == "GET" and one.path.endswith(path))


async def asleep(house: House, start_bot: StartBot, parent: str = SILENT) -> None:
    """Count the server, decide about the thread's channel, and let the thread sleep before the bot starts."""
    await count_in(house)
    await count_in(house, PARENT, parent)
    await house.bot.close()
    house.sandbox.world.archive_thread(THREAD)
    house.bot = await start_bot()
    await caught_up(house)


async def recorded(house: House, written: list[Json]) -> None:
    wanted = {int(one["id"]) for one in written}
    end = time.monotonic() + 60
    while await ids(house.bot.ledger) != wanted:
        assert time.monotonic() < end, (len(await ids(house.bot.ledger)), len(wanted))
        await asyncio.sleep(0.05)


async def mark(house: House) -> int | None:
    found = (await load_watermarks(house.bot.ledger.engine)).get(thread_of(house))
    return found.message_id if found else None


async def test_it_is_looked_up_once_and_counted(house: House, start_bot: StartBot) -> None:
    await asleep(house, start_bot)
    house.sandbox.faults.delay(rf"/channels/{thread_of(house)}$", 0.3)
    written = [await house.sandbox.post_message("leo", THREAD, f"Dans le fil {n}") for n in range(3)]
    await recorded(house, written)
    await until(lambda: not house.bot.ledger.writer.held)
    assert lookups(house) == 1
    assert await mark(house) == int(written[-1]["id"])


async def test_it_is_answered_too(house: House, start_bot: StartBot) -> None:
    await asleep(house, start_bot, REPLY)
    await house.sandbox.post_message("leo", THREAD, QUESTION)
    await until(lambda: by_the_bot(house, THREAD))


async def test_a_thread_of_a_channel_that_isnt_counted(house: House, start_bot: StartBot) -> None:
    await asleep(house, start_bot, OFF)
    await house.sandbox.post_message("leo", THREAD, "Pas ici")
    await until(lambda: lookups(house))
    await until(lambda: not house.bot.ledger.writer.held)
    await house.bot.ledger.writer.flush()
    assert await ids(house.bot.ledger) == set()
    assert await mark(house) is None
    await house.sandbox.post_message("leo", THREAD, "Toujours pas")
    await asyncio.sleep(0.2)
    assert await ids(house.bot.ledger) == set()
    assert lookups(house) == 1


async def test_no_look_up_where_the_channel_makes_no_difference(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    await house.bot.close()
    house.sandbox.world.archive_thread(THREAD)
    house.bot = await start_bot()
    await recorded(house, [await house.sandbox.post_message("leo", THREAD, "Dans le fil")])
    assert lookups(house) == 0


async def test_the_watermark_waits_for_what_isnt_decided(house: House, start_bot: StartBot) -> None:
    await asleep(house, start_bot)
    house.sandbox.faults.delay(rf"/channels/{thread_of(house)}$", 4.0)
    first = await house.sandbox.post_message("leo", THREAD, "Pas encore connue")
    await asyncio.sleep(0.2)
    second = await house.sandbox.post_message("leo", THREAD, "Connue")
    await recorded(house, [second])
    stands = await mark(house)
    assert stands is not None
    assert stands < int(first["id"])
    await recorded(house, [first, second])
    await until(lambda: not house.bot.ledger.writer.held)
    assert await mark(house) == int(second["id"])


async def test_dying_in_between_loses_nothing(house: House, start_bot: StartBot) -> None:
    await asleep(house, start_bot)
    house.sandbox.faults.delay(rf"/channels/{thread_of(house)}$", 5.0)
    written = await house.sandbox.post_message("leo", THREAD, "Pas encore connue")
    await asyncio.sleep(0.3)
    assert await ids(house.bot.ledger) == set()
    house.sandbox.world.archive_thread(THREAD)
    house.sandbox.faults.clear()
    house.bot = await start_bot()
    await recorded(house, [written])


@pytest.mark.parametrize("fault", ["html", "refused", "slow"])
async def test_a_look_up_that_fails_is_left_to_catch_up(
    house: House, start_bot: StartBot, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill, "BACKFILL_INTERVAL", 0.4)
    monkeypatch.setattr(unknown_channels, "LOOKUP_TIMEOUT", 0.5)
    await asleep(house, start_bot)
    path, faults = rf"/channels/{thread_of(house)}$", house.sandbox.faults
    if fault == "html":
        faults.page(path, status=200)
    elif fault == "refused":
        faults.add(path=path, status=400, code=50035)
    else:
        faults.delay(path, 1.0)
    await recorded(house, [await house.sandbox.post_message("leo", THREAD, "Dans le fil")])
    await until(lambda: not house.bot.ledger.writer.held)


async def test_a_thread_that_is_deleted_while_it_is_looked_up(
    house: House, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    await asleep(house, start_bot)
    house.sandbox.faults.delay(rf"/channels/{thread_of(house)}$", 0.5)
    gone = thread_of(house)
    await house.sandbox.post_message("leo", THREAD, "Bientôt plus là")
    await asyncio.sleep(0.1)
    house.sandbox.world.delete_channel(THREAD)
    await asyncio.sleep(0.8)
    assert await ids(house.bot.ledger) == set()
    assert not house.bot.ledger.writer.held
    assert gone not in await load_watermarks(house.bot.ledger.engine)
    assert "failed" not in caplog.text


async def test_a_flood_that_doesnt_fit_is_counted_all_the_same(
    house: House, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unknown_channels, "MAX_WAITING", 3)
    house.sandbox.limits.global_limit = None
    await asleep(house, start_bot)
    house.sandbox.faults.delay(rf"/channels/{thread_of(house)}$", 0.5)
    world = house.sandbox.world
    written = []
    for n in range(10):
        world.channel(THREAD).archived = False  # no THREAD_UPDATE comes
        written.append(await house.sandbox.post_message("leo", THREAD, f"Dans le fil {n}"))
    await recorded(house, written)
