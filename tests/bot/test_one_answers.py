"""Where two processes hear of the same server, one answers: commands, completions, buttons and forms alike."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from house import House

from bot.client.shards.lease_age import seconds
from bot.client.shards.shard_keeper import ShardKeeper
from sandbox import InteractionSession

PLACE = "Atelier IA/général"
QUIET_SECONDS = 1.5


def keep_quiet(house: House) -> None:
    """As beside an older process that still serves everything."""
    shared = SimpleNamespace(engine=None, leases=None, stirred=asyncio.Event())
    keeper = ShardKeeper(house.bot, cast("Any", shared), house.bot.ledger.writer, house.bot.tasks)
    keeper._older = {1: frozenset({0})}
    keeper._age.learn(seconds())
    house.bot.sessions.shards = keeper


async def unanswered(call: InteractionSession) -> bool:
    """Tell whether nothing answers."""
    await asyncio.sleep(QUIET_SECONDS)
    return call.acknowledged_at is None and not call.messages


async def old_button(house: House, custom_id: str) -> Any:
    channel = house.bot.get_channel(house.sandbox.world.channel("général").id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None).add_item(discord.ui.Button(label="x", custom_id=custom_id))
    sent = await channel.send("x", view=view)
    view.stop()
    stored = house.sandbox.world.message(channel.id, sent.id)
    assert stored
    return stored


async def test_a_button(house: House) -> None:
    message = await old_button(house, "about:checks")
    assert (await house.sandbox.press("camille", message, label="x")).message
    keep_quiet(house)
    assert await unanswered(await house.sandbox.press("camille", message, label="x", wait=False))


async def test_a_form_that_another_process_opened(house: House) -> None:
    asked = await house.sandbox.command("camille", PLACE, "setup")
    keep_quiet(house)
    assert await unanswered(await house.sandbox.submit("camille", asked, {}, wait=False, force=True))


async def test_a_command_and_its_completion(house: House) -> None:
    keep_quiet(house)
    call = await house.sandbox.command("camille", PLACE, "footprint", {"text": "Bonjour"}, wait=False)
    assert await unanswered(call)
    with pytest.raises(TimeoutError):
        await house.sandbox.autocomplete("camille", PLACE, "models", focused="query", value="gp", timeout=QUIET_SECONDS)


async def test_a_server_elsewhere_and_no_server_at_all(house: House) -> None:
    keep_quiet(house)
    keeper = house.bot.sessions.shards
    assert keeper
    keeper._older = {2: frozenset({1})}
    assert keeper.speaks_for(2 << 22)
    assert not keeper.speaks_for(3 << 22)
    assert keeper.speaks_for(None)
    keeper._older = {2: frozenset({0})}
    assert not keeper.speaks_for(None), "what has no server comes to shard 0, of every count"
