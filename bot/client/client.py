"""The discord.py client: what it listens to, which commands it has, how it starts and stops."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.annotating.annotation_sender import AnnotationSender
from bot.annotating.annotator import Annotator
from bot.charts.chart_process import Charts
from bot.client import discord_api
from bot.client.command_sync import sync_commands
from bot.client.command_translator import CatalogueTranslator, describe_commands
from bot.client.error_handler import ErrorHandler
from bot.client.guild_events import GuildEvents
from bot.client.guild_views import GuildViews
from bot.client.http_limits.http_limits import HttpLimits
from bot.client.locales import Locales
from bot.client.malformed_events import shield
from bot.client.names import Names
from bot.client.quizzes import Quizzes
from bot.counting.backfill import Backfill, Bounds
from bot.counting.effective_settings import EffectiveSettings
from bot.counting.message_counter import MessageCounter, parent_of
from bot.counting.retention_job import run_retention
from bot.counting.tasks import Tasks
from bot.estimation.facts import fact
from bot.estimation.footprint import Footprint, Request
from bot.ledger.ledger import Ledger
from bot.ledger.records import SILENT
from bot.presentation.translator import Catalogues
from bot.settings import Settings
from bot.usecases.estimates import Estimates
from bot.usecases.quiz.questions import Questions
from bot.usecases.usecases import UseCases

log = logging.getLogger(__name__)

COGS = (
    "cogs.commands.footprint",
    "cogs.commands.message_menu",
    "cogs.buttons.method_button",
    "cogs.commands.compare",
    "cogs.buttons.compare_button",
    "cogs.commands.models",
    "cogs.commands.about",
    "cogs.commands.training",
    "cogs.commands.totals",
    "cogs.commands.leaderboard",
    "cogs.commands.politeness",
    "cogs.commands.quiz",
    "cogs.buttons.quiz_button",
    "cogs.buttons.csv_button",
    "cogs.commands.annotate",
    "cogs.buttons.quiet_button",
    "cogs.listeners.message_deletions",
    "cogs.commands.settings",
    "cogs.commands.privacy",
    "cogs.commands.help",
)

HEARTBEAT_TIMEOUT = 150
"""Seconds: many shards in one process take turns, and a late heartbeat isn't a dead connection."""

MAX_RATE_LIMIT_SECONDS = 30.0
"""Seconds: a request that Discord wants to wait for longer is given up rather than slept over."""


# there is no voice here, so its missing libraries are nothing to warn of
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Tree(app_commands.CommandTree["EmpreinteBot"]):
    """The commands; whatever goes wrong in one ends in `ErrorHandler`."""

    async def on_error(
        self, interaction: discord.Interaction["EmpreinteBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Hand the error over."""
        await self.client.error_handler.handle(interaction, error)


class EmpreinteBot(commands.AutoShardedBot):
    """The client. It keeps no members and no messages: nothing here needs them."""

    def __init__(
        self,
        settings: Settings,
        answers: Estimates,
        catalogues: Catalogues,
        ledger: Ledger,
        *,
        message_content: bool = True,
    ) -> None:
        self.http_limits = HttpLimits()
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
            max_ratelimit_timeout=MAX_RATE_LIMIT_SECONDS,
            http_trace=self.http_limits.trace(),
            **_shards(settings),
        )
        shield(self)
        self.settings = settings
        self.estimates = answers
        self.catalogues = catalogues
        self.ledger = ledger
        self.messages_seen = 0
        effective = EffectiveSettings(answers.estimator, ledger.preferences, catalogues.timezone_of)
        politeness = fact.facts(settings.config_dir, "politeness", "politeness")
        self.usecases = UseCases.build(
            answers,
            ledger,
            effective,
            languages=[language.id for language in catalogues.languages],
            politeness=politeness,
        )
        self.locales = Locales(catalogues, effective)
        self.error_handler = ErrorHandler(self.locales)
        self.message_counter = MessageCounter(answers.estimator, ledger.preferences, effective)
        self.backfill = Backfill(self, self.message_counter, ledger, _bounds(settings))
        self.guild_events = GuildEvents(self, ledger)
        self.tasks = Tasks()
        self.charts = Charts(settings.data_dir / "matplotlib")
        self.annotation_sender = AnnotationSender(self, effective, catalogues, self.http_limits.pace)
        self.annotator = Annotator(self, effective, self.annotation_sender, self.http_limits, self.tasks)
        self.guild_views = GuildViews(self, ledger.preferences, self.annotator)
        self.names = Names(self, self.guild_views)
        questions = Questions.load(settings.config_dir, answers.estimator, politeness)
        self.quizzes = Quizzes(questions, self.tasks, self.http_limits.pace)

    async def setup_hook(self) -> None:
        """Load the commands and tell Discord of them, before connecting to the gateway."""
        if self.settings.discord_api:
            await discord_api.use_its_gateway(self)
        await self.tree.set_translator(CatalogueTranslator(self.catalogues))
        for name in COGS:
            await self.load_extension(name)
        describe_commands(self.tree, self.catalogues)
        assert self.application_id is not None, "known since login"
        await self._start_counting()
        await sync_commands(self.tree, self.application_id, self.ledger)

    async def _start_counting(self) -> None:
        """Load what counting needs, and hold all watermarks until history was read."""
        for encoding in self.message_counter.encodings():
            await asyncio.to_thread(self.estimates.estimator.tokenizers.prepare, encoding)
        self.backfill.session_begins()
        await self.add_cog(self.guild_events)
        self.tasks.start(self.backfill.run(), "catch-up")
        self.tasks.start(run_retention(self.ledger, timedelta(days=self.settings.catchup_days)), "housekeeping")

    async def close(self) -> None:
        """Leave Discord, then end the process that draws."""
        try:
            await self.tasks.stop()
            await super().close()
        finally:
            await self.charts.close()

    async def on_message(self, message: discord.Message, /) -> None:
        """Record the message where it counts, and let it be annotated; there are no prefix commands."""
        self.messages_seen += 1
        counted = self.message_counter.count_message(message)
        if counted is None:
            return
        self.ledger.writer.record(counted.entry)
        if counted.mode.mode != SILENT:
            self.annotator.offer(counted, parent_of(message.channel))

    def count_request(self, interaction: discord.Interaction, footprint: Footprint, request: Request) -> None:
        """Record a public `/footprint` request made in a server where the bot is."""
        entry = self.message_counter.request(interaction, footprint, self.estimates.estimator.choose(request))
        if entry is None:
            return
        self.ledger.writer.record(entry, watermark=False)
        if entry.guild_id not in self.ledger.preferences.guilds_with_settings():
            # so that its data is purged when it removes the bot
            known = self.ledger.preferences.set_server(self.ledger.writer, entry.guild_id)
            self.tasks.start(known, f"first request of server {entry.guild_id}")

    async def on_shard_connect(self, shard_id: int) -> None:
        """Hold the watermarks: a new session's events come next, and what came before may be missing."""
        self.backfill.session_begins()

    async def on_shard_ready(self, shard_id: int) -> None:
        """Read what was missed, now that the shard's servers are known; none of it after a resume."""
        self.backfill.want(shard_id)
        await self.guild_events.compare(shard_id)

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


def _bounds(settings: Settings) -> Bounds:
    return Bounds(timedelta(days=settings.catchup_days), settings.catchup_messages)


def _shards(settings: Settings) -> dict[str, Any]:
    """Return which shards of how many this process serves; nothing when Discord's advice is to be taken."""
    given = {"shard_count": settings.shard_count, "shard_ids": settings.shard_ids and list(settings.shard_ids)}
    return {name: value for name, value in given.items() if value is not None}
