"""Buttons sent by earlier versions go on working: their ids, letter by letter."""

import discord
import pytest
from board_entries import entry, put
from house import House

EXPLAIN = "248de28b:USA:10:explain.6924.8031.9010"


@pytest.mark.parametrize(
    ("custom_id", "part"),
    [
        (f"method:{EXPLAIN}", "GPT-4o"),
        (f"compare:{EXPLAIN}", "GPT-4o"),
        (f"compare:{EXPLAIN}:low", "ne laisse pas choisir d’effort"),
        ("board:week:members:energy:1:{asker}", "Léo"),
        ("board:month:channels:messages:0:{asker}", "prompts"),
        ("board:all:members:courtesy:2:999", "Personne"),
        ("csv:week", "cette semaine"),
        ("csv:all:members:energy", "depuis le début"),
        ("csv:month:channels:co2", "ce mois-ci"),
        ("privacy:erase:ask:{asker}", "Effacer"),
        ("privacy:erase:sure:999", "quelqu’un d’autre"),
        ("quiet:on", "C’est noté"),
        ("quiet:off", "C’est noté"),
        ("settings:reset:999", "quelqu’un d’autre"),
        ("about:checks", "Mistral Large 2"),
        (f"details:{EXPLAIN}", "GPT-4o"),
        ("details:board:week:members:energy:1:{asker}", "Léo"),
        ("details:totals:all", "depuis le début"),
        ("training:", "Llama 3.1 405B"),
        ("training:llama2_70b", "Llama 2 70B"),
        ("courtesy:week", "politesse"),
        ("counted:out", "C’est noté"),
        ("counted:in", "de nouveau comptés"),
        ("annotate:0:silent:", "tout le serveur"),
        ("undo:0:1", "plus rien à annuler"),
        ("quiz:a:1:1", "quiz"),
    ],
)
async def test_an_old_button_is_answered(house: House, custom_id: str, part: str) -> None:
    camille = house.sandbox.world.user("camille").id
    await put(house, [entry(house, "leo", channel="prompts")])
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="old", custom_id=custom_id.format(asker=camille)))
    channel = house.bot.get_channel(house.sandbox.world.channel("général").id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("old", view=view)
    view.stop()
    stored = house.sandbox.world.message(channel.id, sent.id)
    assert stored
    call = await house.sandbox.press("camille", stored, label="old", timeout=60)
    text = str(call.message)
    assert "mal tourné" not in text
    assert any(one in text for one in part.split("|")), text
