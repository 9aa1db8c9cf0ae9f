"""Sets the weekly recap and says what came of it: for `/settings recap` and the form of `/setup`."""

import discord

from bot.client import permissions
from bot.client.answers import think
from bot.client.client import EmpreinteBot
from bot.presentation import recap


async def choose(
    interaction: discord.Interaction[EmpreinteBot], channel_id: int | None, weekday: int | None, hour: int | None
) -> str:
    """Set what is given; `UserError` for another server's channel, or one that isn't for text."""
    permissions.require_member(interaction)
    guild, bot = interaction.guild, interaction.client
    assert guild is not None, "checked before"
    place = permissions.postable(interaction, channel_id) if channel_id else None
    await think(interaction, private=True)
    found = await bot.usecases.settings.recap.choose(
        guild.id, interaction.created_at, interaction.locale.value, place and place.id, weekday, hour
    )
    known = guild.get_channel(found.channel_id)
    lacks = permissions.lacking(known, permissions.FOR_RECAP) if known else ()
    counts = bot.usecases.settings.counts(guild.id)
    hidden = bot.guild_views.hidden(interaction)
    return recap.chosen(found, lacks, hidden, counts=counts, t=bot.locales.user(interaction))
