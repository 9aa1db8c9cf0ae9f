"""The discord.py client: what it listens to, which commands it has, how it starts and stops."""

import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import discord_api
from bot.answers import Answers
from bot.failures import Failures
from bot.presentation.messages import Catalogues
from bot.settings import Settings
from bot.sync import sync_commands
from bot.translation import CatalogueTranslator

log = logging.getLogger(__name__)

COGS = ("cogs.footprint", "cogs.message_menu", "cogs.method", "cogs.models", "cogs.about")

HEARTBEAT_TIMEOUT = 150
"""Seconds: many shards in one process take turns, and a late heartbeat isn't a dead connection."""


# there is no voice here, so its missing libraries are nothing to warn of
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Tree(app_commands.CommandTree["EmpreinteBot"]):
    """The commands; whatever goes wrong in one ends in `Failures`."""

    async def on_error(
        self, interaction: discord.Interaction["EmpreinteBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Hand the error over."""
        await self.client.failures.handle(interaction, error)


class EmpreinteBot(commands.AutoShardedBot):
    """The client. It keeps no members and no messages: nothing here needs them."""

    def __init__(
        self,
        settings: Settings,
        answers: Answers,
        catalogues: Catalogues,
        engine: AsyncEngine,
        *,
        message_content: bool = True,
    ) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
            intents=intents(message_content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            activity=discord.CustomActivity("/footprint"),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            heartbeat_timeout=HEARTBEAT_TIMEOUT,
            **_shards(settings),
        )
        self.settings = settings
        self.answers = answers
        self.catalogues = catalogues
        self.engine = engine
        self.failures = Failures(catalogues)

    async def setup_hook(self) -> None:
        """Load the commands and tell Discord of them, before connecting to the gateway."""
        if self.settings.discord_api:
            await discord_api.use_its_gateway(self)
        await self.tree.set_translator(CatalogueTranslator(self.catalogues.words("fr")))
        for name in COGS:
            await self.load_extension(name)
        assert self.application_id is not None, "known since login"
        await sync_commands(self.tree, self.application_id, self.engine)

    async def on_message(self, message: discord.Message, /) -> None:
        """Ignore messages: there are no prefix commands."""

    async def on_ready(self) -> None:
        """Note the connection; may happen again after a lost session, so nothing else is done here."""
        log.info("connected as %s to %d servers", self.user, len(self.guilds))


def intents(*, message_content: bool) -> discord.Intents:
    """Return what the bot listens to: servers and their messages, and what these say where it may."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    wanted.message_content = message_content
    return wanted


def _shards(settings: Settings) -> dict[str, Any]:
    """Return which shards of how many this process serves; nothing when Discord's advice is to be taken."""
    given = {"shard_count": settings.shard_count, "shard_ids": settings.shard_ids and list(settings.shard_ids)}
    return {name: value for name, value in given.items() if value is not None}
