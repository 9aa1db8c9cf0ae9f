"""`/annotate`: where messages are counted."""

import discord
from discord import app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread
from discord.ext import commands

from bot.client import permissions
from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.client.notices import place_of_notice
from bot.errors import UserError
from bot.presentation import embeds
from bot.usecases.annotate import MAX_MIN_TOKENS, MODES, OFF, WHOLE_SERVER, AnnotateResult, Notice
from cogs.shared.channel_notice import tell_channel
from cogs.shared.option_choices import offered


class AnyChannel(app_commands.Transformer):
    """Takes every channel with messages; threads too, to explain what they follow."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """It is an option for channels."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return what Discord offers: it doesn't know media channels here, which follow the whole server."""
        known = (*permissions.WITH_MESSAGES, *permissions.THREADS)
        return [one for one in known if one is not discord.ChannelType.media]

    async def transform(
        self, interaction: discord.Interaction[discord.Client], value: AppCommandChannel | AppCommandThread, /
    ) -> AppCommandChannel:
        """Return the channel; `UserError` for what has no settings of its own."""
        if isinstance(value, AppCommandThread):
            raise UserError("error.thread", parent=value.parent_id)
        if value.type not in permissions.WITH_MESSAGES:
            raise UserError("error.not_countable")
        return value


class AnnotateCog(commands.Cog):
    """Turning counting on and off."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    async def interaction_check(  # pyright: ignore[reportIncompatibleMethodOverride] - there is one client only
        self, interaction: discord.Interaction[EmpreinteBot], /
    ) -> bool:
        """Let admins through."""
        permissions.require_admin(interaction)
        return True

    @app_commands.command(name="annotate")
    @app_commands.choices(mode=offered(MODES))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def annotate(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        mode: str,
        channel: app_commands.Transform[AppCommandChannel, AnyChannel] | None = None,
        min_tokens: app_commands.Range[int, 0, MAX_MIN_TOKENS] | None = None,
    ) -> None:
        """Answer the admin alone; tell the channel when counting starts there."""
        guild, bot = interaction.guild, self.bot
        assert guild is not None, "checked before"
        if mode != OFF:
            permissions.require_member(interaction)
        await think(interaction, private=True)
        done = await bot.usecases.annotate.set_mode(
            guild_id=guild.id,
            channel_id=channel.id if channel else WHOLE_SERVER,
            mode=mode,
            min_tokens=min_tokens,
            asked_id=interaction.id,
            asked_at=interaction.created_at,
            locale=interaction.locale.value,
        )
        bot.annotator.breaker.close(guild.id, done.row.channel_id)
        notice = await self._tell(interaction, done, channel) if done.starts else None
        state, hidden = bot.guild_views.state(guild, done.row), bot.guild_views.hidden(interaction)
        embed = embeds.annotated(done, notice, state, hidden, bot.locales.user(interaction))
        await answer(interaction, private=True, embed=embed)

    async def _tell(
        self, interaction: discord.Interaction[EmpreinteBot], done: AnnotateResult, channel: AppCommandChannel | None
    ) -> Notice:
        """Post the notice that counting starts."""
        kind = channel.type if channel else None
        place = place_of_notice(interaction.channel_id or 0, done.row.channel_id, kind)
        return await tell_channel(self.bot, done.row, place, self.bot.locales.guild(interaction))


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(AnnotateCog(bot))
