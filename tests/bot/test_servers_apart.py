"""Servers stay apart: no channel, board or button of one is of any use in another."""

from datetime import UTC, datetime

import pytest
from board_entries import entry, guild_of, put
from house import House
from test_annotate import annotate, notices, place, said

from bot.ledger.preferences import Preferences
from bot.ledger.records import OFF, WHOLE_SERVER, ChannelMode


def row(guild_id: int, channel_id: int, mode: str = "silent") -> ChannelMode:
    return ChannelMode(guild_id, channel_id, mode, 1, datetime.now(UTC))


def test_a_channels_choice_counts_in_its_own_server_alone() -> None:
    preferences = Preferences(channels=[row(1, 10), row(2, 10, OFF), row(2, WHOLE_SERVER)])
    assert preferences.mode_of(1, 10) == preferences.modes(1)[0]
    assert preferences.mode_of(2, 10) is None
    assert preferences.mode_of(2, 11, parent_id=10) is None
    assert preferences.mode_of(3, 10) is None
    preferences.forget_server(2)
    assert preferences.mode_of(1, 10)


async def test_a_channel_of_another_server_is_refused(house: House) -> None:
    world = house.sandbox.world
    world.add_role("Atelier IA", "équipe", "manage_guild")
    elsewhere = place(house, "English Club/prompts")
    call = await annotate(house, "reply", "English Club/prompts", force=True)
    assert "n’est pas de ce serveur" in said(call)
    preferences = house.bot.ledger.preferences
    assert not preferences.modes(guild_of(house))
    assert not preferences.modes(elsewhere.guild_id or 0)
    assert not notices(house, "English Club/prompts")


async def test_a_button_with_a_channel_of_another_server_is_refused(house: House) -> None:
    elsewhere = place(house, "English Club/prompts")
    call = await annotate(house, "silent", "prompts")
    assert call.message
    forged = f"annotate:{elsewhere.id}:reply:"
    message = await post_button(house, forged)
    pressed = await house.sandbox.press("camille", message, custom_id=forged)
    assert "n’est pas de ce serveur" in said(await pressed.settled())
    forged = f"undo:{elsewhere.id}:{call.id}"
    message = await post_button(house, forged)
    pressed = await house.sandbox.press("camille", message, custom_id=forged)
    assert "plus rien à annuler" in said(await pressed.settled())
    assert not house.bot.ledger.preferences.modes(elsewhere.guild_id or 0)


async def post_button(house: House, custom_id: str):
    """Have the bot post a message with such a button."""
    import discord  # noqa: PLC0415

    view = discord.ui.View(timeout=None).add_item(discord.ui.Button(label="x", custom_id=custom_id))
    channel = house.bot.get_channel(place(house, "général").id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("x", view=view)
    stored = house.sandbox.world.message(sent.channel.id, sent.id)
    assert stored
    return stored.data


@pytest.mark.parametrize("label", ["▶", "CSV"])
async def test_old_boards_are_silent_where_the_bot_is_no_member_any_more(house: House, label: str) -> None:
    await put(house, [entry(house, 10_000 + number) for number in range(25)])
    call = await house.sandbox.command("camille", "général", "leaderboard")
    assert call.message
    guild = house.sandbox.world.guild("Atelier IA")
    cached = house.bot.get_guild(guild.id)
    assert cached
    house.bot._connection._remove_guild(cached)
    pressed = await house.sandbox.press("camille", call.message, label=label)
    await pressed.settled()
    assert pressed.message
    assert "dans un serveur où je suis" in pressed.message["content"]


async def test_a_servers_choices_are_not_shown_where_the_bot_is_no_member(house: House) -> None:
    world = house.sandbox.world
    elsewhere = world.guild("Ailleurs").id
    preferences, writer = house.bot.ledger.preferences, house.bot.ledger.writer
    await preferences.set_server(writer, elsewhere, model="anthropic/claude-3-5-haiku-latest", zone="FRA")
    call = await house.sandbox.command("leo", "Ailleurs/discussions", "footprint", {"text": "Bonjour, ça va ?"})
    assert call.message
    assert "GPT-4o" in call.message["embeds"][0]["title"]
