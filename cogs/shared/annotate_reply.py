"""Counts a channel's messages, or stops, and tells whoever is concerned: for `/annotate` and its buttons."""

from collections.abc import Sequence

import discord

from bot.client import notices, permissions
from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.presentation import annotate as worded
from bot.presentation import embeds
from bot.usecases.annotate import OFF, WHOLE_SERVER, AnnotateResult, Notice, StoredNotice
from cogs.shared.channel_notice import tell_channel


async def annotate(
    interaction: discord.Interaction[EmpreinteBot], place: int, mode: str, min_tokens: int | None
) -> tuple[AnnotateResult, Notice | None]:
    """Do it in a channel of this server, or (place 0) in all of it; `UserError` for any other channel.

    Returns what came of it, and the notice that was posted, if any.
    """
    guild, bot = interaction.guild, interaction.client
    assert guild is not None, "checked before"
    if mode != OFF:
        permissions.require_member(interaction)
    known = place and permissions.is_member(interaction)  # what isn't counted anyway may be named by anything
    kind = permissions.countable(interaction, place).type if known else None
    await think(interaction, private=True)
    done = await bot.usecases.annotate.set_mode(
        guild_id=guild.id,
        channel_id=place,
        mode=mode,
        min_tokens=min_tokens,
        asked_id=interaction.id,
        asked_at=interaction.created_at,
        locale=interaction.locale.value,
    )
    if place == WHOLE_SERVER:
        await bot.usecases.annotate.follow_server(guild.id, here(interaction))
    bot.annotator.breaker.close(guild.id, done.row.channel_id)
    end_notices(interaction, done.ended)
    return done, await _tell(interaction, done, kind) if done.starts else None


def here(interaction: discord.Interaction[EmpreinteBot]) -> int:
    """Return the channel that the interaction is from, that of a thread."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    return interaction.channel_id or WHOLE_SERVER


async def send(
    interaction: discord.Interaction[EmpreinteBot],
    done: AnnotateResult,
    notice: Notice | None,
    view: discord.ui.View | None,
) -> None:
    """Answer the admin alone."""
    guild, bot, row = interaction.guild, interaction.client, done.row
    assert guild is not None, "checked before"
    state, hidden = bot.guild_views.state(guild, row), bot.guild_views.hidden(interaction)
    embed = embeds.annotated(done, notice, state, hidden, bot.locales.user(interaction))
    await answer(interaction, private=True, embed=embed, view=view)


def end_notices(interaction: discord.Interaction[EmpreinteBot], ended: Sequence[StoredNotice]) -> None:
    """Have notices edited that don't hold any more, while the answer goes out."""
    bot, t, now = interaction.client, interaction.client.locales.guild(interaction), interaction.created_at
    if ended:
        editing = notices.end_notices(bot, ended, lambda one: worded.ended_notice(one.about_id, one.channel_id, now, t))
        bot.tasks.start(editing, f"notices of server {interaction.guild_id}")


async def _tell(
    interaction: discord.Interaction[EmpreinteBot], done: AnnotateResult, kind: discord.ChannelType | None
) -> Notice:
    """Post the notice that counting starts."""
    bot, row = interaction.client, done.row
    place = notices.place_of_notice(interaction.channel_id or WHOLE_SERVER, row.channel_id, kind)
    return await tell_channel(bot, row, place, bot.locales.guild(interaction))
