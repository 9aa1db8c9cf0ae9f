"""Threads that were made, or woken, and archived again while the bot was away: no event ever tells of them."""

import asyncio
import time

import pytest
from counted import GENERAL, THREAD, caught_up, count_in, ids, settle
from house import House, StartBot

from bot.counting import archived_threads, backfill
from bot.ledger.queries.watermarks import list_gaps, load_watermarks
from bot.ledger.records import OFF
from sandbox.state.models import PRIVATE_THREAD, Channel, Json

PROMPTS = "Atelier IA/prompts"
FORUM = 15


async def slept(house: House, parent: str | int = GENERAL, *, kind: int = 11, text: str = "Dans le fil") -> Json:
    """Make a thread, let somebody write there, and archive it."""
    world = house.sandbox.world
    thread = world.add_thread(parent, f"Fil {len(world.channels)}", "leo", type=kind)
    written = await house.sandbox.post_message("leo", thread, text)
    world.archive_thread(thread)
    await asyncio.sleep(0.002)  # the moment of it is known to the millisecond
    return written


def listings(house: House, channel: Channel | str = GENERAL, kind: str = "public") -> list[int]:
    """Return the statuses of requests for a channel's archived threads."""
    path = f"/channels/{house.sandbox.world.channel(channel).id}/threads/archived/{kind}"
    return [one.status for one in house.sandbox.requests if one.path == path]


async def recorded(house: House, written: list[Json]) -> None:
    wanted, end = {int(one["id"]) for one in written}, time.monotonic() + 20
    while await ids(house.bot.ledger) != wanted:
        assert time.monotonic() < end, (len(await ids(house.bot.ledger)), len(wanted))
        await settle(house)


async def back(house: House, start_bot: StartBot) -> None:
    house.bot = await start_bot()
    await caught_up(house)


async def test_made_and_archived_while_the_bot_was_away(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    await house.bot.close()
    written = [await slept(house) for _ in range(3)]
    await back(house, start_bot)
    assert await ids(house.bot.ledger) == {int(one["id"]) for one in written}
    assert not await list_gaps(house.bot.ledger.engine)
    asked = len([one for one in house.sandbox.requests if one.path.endswith("/messages") and one.method == "GET"])
    await back(house, start_bot)  # once more: all of it is known
    again = len([one for one in house.sandbox.requests if one.path.endswith("/messages") and one.method == "GET"])
    assert again == asked


async def test_an_old_one_that_woke_and_slept_again(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    house.sandbox.world.archive_thread(THREAD)
    await settle(house)
    await house.bot.close()
    written = await house.sandbox.post_message("leo", THREAD, "Réveillé")
    house.sandbox.world.archive_thread(THREAD)
    await back(house, start_bot)
    assert await ids(house.bot.ledger) == {int(written["id"])}


async def test_nobody_looks_where_nothing_is_counted(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    await count_in(house, PROMPTS, OFF)
    await house.bot.close()
    await slept(house, PROMPTS)
    await back(house, start_bot)
    assert await ids(house.bot.ledger) == set()
    assert not listings(house, PROMPTS)
    assert listings(house)


@pytest.mark.parametrize("permitted", [True, False])
async def test_private_ones_where_the_bot_may_see_them(house: House, start_bot: StartBot, permitted: bool) -> None:
    await count_in(house)
    await house.bot.close()
    if permitted:
        house.sandbox.world.allow(GENERAL, "manage_threads")
    written = await slept(house, kind=PRIVATE_THREAD)
    await back(house, start_bot)
    assert await ids(house.bot.ledger) == ({int(written["id"])} if permitted else set())
    assert set(listings(house, kind="private")) == ({200} if permitted else set())
    assert not await list_gaps(house.bot.ledger.engine)


async def test_posts_of_a_forum(house: House, start_bot: StartBot) -> None:
    forum = house.sandbox.world.add_channel("Atelier IA", "questions", type=FORUM)
    await count_in(house)
    await house.bot.close()
    written = [await slept(house, forum.id), await slept(house, forum.id)]
    await back(house, start_bot)
    assert await ids(house.bot.ledger) == {int(one["id"]) for one in written}


@pytest.mark.parametrize("fault", ["failure", "page", "dead"])
async def test_a_list_that_fails_is_asked_for_again(
    house: House, start_bot: StartBot, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill, "BACKFILL_INTERVAL", 0.5)
    await count_in(house)
    await house.bot.close()
    written = [await house.sandbox.post_message("leo", GENERAL, "À côté"), await slept(house)]
    path, faults = r"/threads/archived/public", house.sandbox.faults
    if fault == "page":
        faults.page(path, status=200, times=4)
    else:
        faults.add(path=path, status=400, code=50035, times=None if fault == "dead" else 4)
    house.bot = await start_bot()
    if fault == "dead":  # the process ends before it could be asked
        await recorded(house, written[:1])
        faults.clear()
        house.bot = await start_bot()
    await recorded(house, written)
    await caught_up(house)
    assert not await list_gaps(house.bot.ledger.engine)


async def test_a_thread_that_cant_be_read_yet_keeps_its_channel(
    house: House, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill, "BACKFILL_INTERVAL", 60.0)
    await count_in(house)
    await house.bot.close()
    written = [await house.sandbox.post_message("leo", GENERAL, "À côté"), await slept(house)]
    house.sandbox.faults.add(path=rf"/channels/{written[1]['channel_id']}/messages", status=400, code=50035)
    house.bot = await start_bot()
    await recorded(house, written[:1])
    place = house.sandbox.world.channel(GENERAL).id
    assert place not in await load_watermarks(house.bot.ledger.engine)
    house.bot = await start_bot()
    await recorded(house, written)
    await caught_up(house)
    assert (await load_watermarks(house.bot.ledger.engine))[place].message_id == int(written[0]["id"])


@pytest.mark.parametrize("something", [True, False])
async def test_a_refusal_is_a_gap_only_where_something_may_be_missing(
    house: House, start_bot: StartBot, something: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill, "BACKFILL_INTERVAL", 0.2)
    await count_in(house)
    await house.bot.close()
    if something:
        await house.sandbox.post_message("leo", GENERAL, "À côté")
    house.sandbox.faults.add(path=r"/threads/archived/public", status=403, code=50001, times=None)
    await back(house, start_bot)
    place = house.sandbox.world.channel(GENERAL).id
    assert [gap.channel_id for gap in await list_gaps(house.bot.ledger.engine)] == ([place] if something else [])


async def test_more_than_is_looked_at_is_a_gap(
    house: House, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archived_threads, "MAX_LISTED", 2)
    await count_in(house)
    await house.bot.close()
    written = [await slept(house, text=f"Fil {n}") for n in range(4)]
    await back(house, start_bot)
    assert await ids(house.bot.ledger) == {int(one["id"]) for one in written[2:]}
    (gap,) = await list_gaps(house.bot.ledger.engine)
    assert gap.channel_id == house.sandbox.world.channel(GENERAL).id
    assert gap.after_id < int(written[0]["id"]) < gap.before_id
