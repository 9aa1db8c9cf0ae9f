"""Gathers what `/settings show` says, and lets go of channels that are gone."""

import discord

from bot.client import permissions
from bot.client.client import EmpreinteBot
from bot.client.invite_link import invite_link
from bot.ledger.records import WHOLE_SERVER
from bot.presentation.server_settings import Settings
from bot.presentation.translator import Translator
from bot.usecases import server_page, server_settings
from bot.usecases.server_page import Seen


async def gather(interaction: discord.Interaction[EmpreinteBot], t: Translator) -> Settings:
    """Return the page. Channels that Discord knows no more are shown as such this once, and forgotten."""
    bot, guild = interaction.client, interaction.guild
    assert guild is not None, "checked before"
    preferences = bot.ledger.preferences
    member = permissions.is_member(interaction)
    gone = await _gone(bot, guild) if member and not guild.unavailable else set[int]()
    seen = Seen(
        server=guild.name,
        community=guild.preferred_locale.value if "COMMUNITY" in guild.features else None,
        gone=gone,
        paused=bot.annotator.paused(guild.id),
        state=permissions.state(bot, guild, permissions.counted(guild, preferences)),
        invite=None if member else str(invite_link(interaction.application_id, guild.id)),
        outage=guild.unavailable,
    )
    page = await server_page.page(bot.ledger, bot.estimates.estimator, preferences.settings(guild.id), seen, t)
    for channel_id in gone:
        await server_settings.forget_channel(bot.ledger, guild.id, channel_id)
    return page


async def _gone(bot: EmpreinteBot, guild: discord.Guild) -> set[int]:
    """Return the channels with a choice of their own that are no more; Discord is asked about each one unseen."""
    unseen = [row.channel_id for row in bot.ledger.preferences.modes(guild.id) if row.channel_id != WHOLE_SERVER]
    return {one for one in unseen if guild.get_channel(one) is None and await _is_gone(bot, one)}


async def _is_gone(bot: EmpreinteBot, channel_id: int) -> bool:
    try:
        await bot.fetch_channel(channel_id)
    except discord.NotFound:
        return True
    except discord.HTTPException:
        pass  # out of sight, or Discord has a bad day: it may still be there
    return False
