"""What Discord's events and answers are now and then: twice, absurd, or of something that is gone."""

import asyncio
import json

import pytest
from annotated import until
from counted import GENERAL, THREAD, caught_up, count_in, guild_of, ids, messages_of, settle
from house import House, StartBot

from bot.counting import backfill
from bot.ledger.queries.watermarks import list_gaps, load_watermarks
from sandbox.state import payloads
from sandbox.state.events import Event

ABSURD = [
    ("MESSAGE_CREATE", {"id": str(2**63), "channel_id": "1", "guild_id": "2", "content": "x"}),
    ("MESSAGE_CREATE", {"id": "1", "channel_id": str(2**70), "guild_id": "2", "content": "x"}),
    ("MESSAGE_DELETE", {"id": str(2**64), "channel_id": "1", "guild_id": "2"}),
    ("GUILD_DELETE", {"id": str(2**65)}),
    ("THREAD_DELETE", {"id": str(2**66), "guild_id": "1", "parent_id": "2", "type": 11}),
    ("INTERACTION_CREATE", {"id": str(2**67), "application_id": "1", "type": 2, "token": "x", "version": 1}),
    ("GUILD_CREATE", {"id": str(2**68), "unavailable": False}),
]


async def test_ids_beyond_a_database_end_in_one_line_each(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await count_in(house)
    for name, data in ABSURD:
        await house.sandbox.gateway.send_raw(json.dumps({"op": 0, "s": None, "t": name, "d": data}))
    written = await house.sandbox.post_message("leo", GENERAL, "Tout va bien")
    await until(lambda: house.bot.counting.events.seen)
    await settle(house)
    assert await ids(house.bot.ledger) == {int(written["id"])}
    assert not [one for one in caplog.records if one.exc_info]
    assert house.bot.is_ready()


@pytest.mark.parametrize("known", [True, False])
async def test_a_server_that_comes_twice_counts_once(house: House, known: bool) -> None:
    await count_in(house)
    await caught_up(house)
    written = await house.sandbox.post_message("leo", GENERAL, "Une fois")
    await settle(house)
    world = house.sandbox.world
    guild = world.guild(guild_of(house.sandbox))
    rounds = house.bot.counting.backfill.rounds[guild.id]
    for _ in range(2):
        created = payloads.guild_create(guild, world.bot, joined=not known)
        world.bus.gateway(Event("GUILD_CREATE", created, guild.id))
    await until(lambda: house.bot.counting.backfill.rounds[guild.id] > rounds)
    written_again = await house.sandbox.post_message("leo", GENERAL, "Deux fois")
    await settle(house)
    assert await ids(house.bot.ledger) == {int(written["id"]), int(written_again["id"])}
    assert await messages_of(house) == 2
    settings = house.bot.ledger.preferences.settings(guild.id)
    assert (settings.left_at, settings.returned_at) == (None, None)


@pytest.mark.parametrize("running", [True, False])
async def test_a_threads_channel_is_deleted(
    house: House, start_bot: StartBot, running: bool, caplog: pytest.LogCaptureFixture
) -> None:
    await count_in(house)
    thread = house.sandbox.world.channel(THREAD)
    parent = thread.parent_id
    assert parent
    written = await house.sandbox.post_message("leo", THREAD, "Dans le fil")
    await settle(house)
    if not running:
        await house.bot.close()
    house.sandbox.world.delete_channel(parent)
    house.bot = house.bot if running else await start_bot()
    await caught_up(house)
    await settle(house)
    await asyncio.sleep(0.2)
    assert {thread.id, parent}.isdisjoint(await load_watermarks(house.bot.ledger.engine))
    assert not await list_gaps(house.bot.ledger.engine)
    assert await ids(house.bot.ledger) == {int(written["id"])}
    assert not [one for one in caplog.records if one.exc_info]


async def test_one_401_is_a_mishap(house: House, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfill, "BACKFILL_INTERVAL", 0.3)
    await count_in(house)
    await house.bot.close()
    written = await house.sandbox.post_message("leo", GENERAL, "Pendant")
    house.sandbox.faults.add(path=r"/channels/\d+/messages", status=401)
    house.bot = await start_bot()
    await until(lambda: not house.bot.ledger.writer.held, 20)
    assert await ids(house.bot.ledger) == {int(written["id"])}
    assert not await list_gaps(house.bot.ledger.engine)
