"""An edit to components V2 takes away what the message showed before, or is refused, as Discord does."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from sandbox import Sandbox
from tests.sandbox.demo_bot import DemoBot

CARD = discord.ui.TextDisplay[discord.ui.LayoutView]


def card() -> discord.ui.LayoutView:
    return discord.ui.LayoutView().add_item(CARD("a card"))


@pytest.mark.parametrize("shown", [{"content": "words"}, {"embed": discord.Embed(title="an embed")}])
async def test_what_was_there_must_go(sandbox: Sandbox, bot: DemoBot, shown: dict[str, Any]) -> None:
    channel = bot.get_channel(sandbox.world.channel("général").id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send(**shown)
    with pytest.raises(discord.HTTPException) as error:
        await message.edit(view=card())
    assert (error.value.status, error.value.code) == (400, 50035)
    edited = await message.edit(content=None, embeds=[], view=card())
    assert edited.flags.components_v2
    stored = sandbox.world.message(channel.id, message.id)
    assert stored and not stored.data["content"] and not stored.data["embeds"]
