"""`/annotate`: where messages are counted."""

import logging

import discord
from discord import app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread, locale_str
from discord.ext import commands

from bot.client import locales, permissions
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.ledger.records import MODES, OFF, SILENT, WHOLE_SERVER, ChannelMode
from bot.presentation import embeds
from bot.presentation import server_settings as worded
from bot.presentation.server_settings import Annotated, Place
from bot.usecases import server_settings
from bot.usecases.server_settings import MAX_MIN_TOKENS, AnnotateRequest, AnnotateResult
from cogs.buttons import quiet_button

log = logging.getLogger(__name__)

THREADS = (discord.ChannelType.public_thread, discord.ChannelType.private_thread, discord.ChannelType.news_thread)
NO_MESSAGES_OF_ITS_OWN = (discord.ChannelType.forum, discord.ChannelType.media)
OFFERED = {
    "off": locale_str("off: stop counting", key="choice.mode.off"),
    "silent": locale_str("silent: count, show nothing", key="choice.mode.silent"),
    "reaction": locale_str("reaction: an emoji by size", key="choice.mode.reaction"),
    "reply": locale_str("reply: one quiet line below the message", key="choice.mode.reply"),
    "digest": locale_str("digest: a single message, kept up to date", key="choice.mode.digest"),
}


class AnyChannel(app_commands.Transformer):
    """Takes every channel with messages; threads too, to explain what they follow."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """It is an option for channels."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return what Discord offers: it doesn't know media channels here, which follow the whole server."""
        return [one for one in (*permissions.WITH_MESSAGES, *THREADS) if one is not discord.ChannelType.media]

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

    @app_commands.command(
        name="annotate",
        description="Count the messages of a channel or of the server, annotate them if you like, or stop",
    )
    @app_commands.describe(
        mode="What happens to messages written from now on",
        channel="The channel, its threads included (otherwise: the whole server)",
        min_tokens="Below so many tokens a message is never annotated; it is counted all the same (8 by default)",
    )
    @app_commands.choices(mode=[app_commands.Choice(name=OFFERED[mode], value=mode) for mode in MODES])
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
        guild = interaction.guild
        assert guild is not None, "checked before"
        if mode != OFF:
            permissions.require_member(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        wish = AnnotateRequest(
            guild_id=guild.id,
            channel_id=channel.id if channel else WHOLE_SERVER,
            mode=mode,
            min_tokens=min_tokens,
            asked_id=interaction.id,
            asked_at=interaction.created_at,
            locale=interaction.locale.value,
        )
        done = await server_settings.annotate(self.bot.ledger, wish)
        self.bot.annotator.breaker.close(guild.id, wish.channel_id)
        shown = await self._shown(interaction, guild, done, channel)
        t = self.bot.catalogues.translator(locales.user_locale(interaction))
        title, text = worded.annotated_title(shown, t), worded.annotated_text(shown, t)
        embed = embeds.sections(title, text, worded.state_sections(shown.state, t))
        await interaction.followup.send(embed=embed, ephemeral=True)

    async def _shown(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        guild: discord.Guild,
        done: AnnotateResult,
        channel: AppCommandChannel | None,
    ) -> Annotated:
        """Tell the channel when counting starts, and return what the admin is told."""
        row = done.row
        place = self._place_of_notice(interaction, channel)
        was_told = done.starts and await self._tell(interaction, row, place)
        concerned = [
            one for one in permissions.counted(guild, self.bot.ledger.preferences) if row.channel_id in (0, one.id)
        ]
        return Annotated(
            place=_place(row),
            starts=done.starts,
            exceptions=[_place(one) for one in done.exceptions],
            counted_elsewhere=done.counted_elsewhere,
            state=permissions.state(self.bot, guild, concerned)
            if row.mode != OFF
            else worded.State((), has_message_content=True),
            notice_in=place if was_told else None,
            silent_in=place if done.starts and not was_told else None,
            min_tokens=self.bot.estimates.estimator.sizes.min_tokens if row.min_tokens is None else row.min_tokens,
        )

    def _place_of_notice(
        self, interaction: discord.Interaction[EmpreinteBot], channel: AppCommandChannel | None
    ) -> int:
        """Return where the notice goes: into the channel itself, unless it only holds threads."""
        assert interaction.channel_id is not None, "in a server"
        if channel is None or channel.type in NO_MESSAGES_OF_ITS_OWN:
            return interaction.channel_id
        return channel.id

    async def _tell(self, interaction: discord.Interaction[EmpreinteBot], row: ChannelMode, place: int) -> bool:
        """Post the notice that counting starts; False when Discord refuses."""
        t = self.bot.catalogues.translator(locales.guild_locale(interaction))
        channel = self.bot.get_partial_messageable(place, guild_id=row.guild_id)
        shows = row.mode != SILENT
        text = worded.told(row.channel_id, place, t, shows=shows)
        try:
            notice = await (channel.send(text, view=quiet_button.view(t)) if shows else channel.send(text))
        except discord.HTTPException as error:
            log.info("no notice in channel %d: %s", place, error)
            return False
        await server_settings.keep_notice(self.bot.ledger, row, place, notice.id)
        return True


def _place(row: ChannelMode) -> Place:
    return Place(row.channel_id, row.mode, row.since_at, row.min_tokens)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(AnnotateCog(bot))
