"""The discord.py client: what it listens to, which commands it has, how it starts and stops."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import discord
import yarl
from discord.ext import commands

from bot.annotating.annotation_sender import AnnotationSender
from bot.annotating.annotator import Annotator
from bot.charts.chart_process import Charts
from bot.client import discord_api
from bot.client.command_limits import CommandLimits
from bot.client.command_sync import CommandSync
from bot.client.command_translator import CatalogueTranslator, describe_commands
from bot.client.command_tree import CommandTree
from bot.client.error_handler import ErrorHandler
from bot.client.extensions import COGS
from bot.client.guild_views import GuildViews
from bot.client.http_limits.date_header import listen_to_dates, time_route
from bot.client.http_limits.holding_back import hold_back
from bot.client.http_limits.http_limits import HttpLimits
from bot.client.interaction_parser import interaction_parsers
from bot.client.locales import Locales
from bot.client.malformed_events import shield
from bot.client.message_counting import MessageCounting
from bot.client.message_parsers import message_parsers
from bot.client.names import Names
from bot.client.proxy import proxy_for
from bot.client.quizzes import Quizzes
from bot.client.recap_job import RecapJob
from bot.client.sessions import Sessions, fixed_shards
from bot.client.shares import Shares
from bot.counting.channel_history import Bounds
from bot.counting.clock import DiscordClock
from bot.counting.effective_settings import EffectiveSettings
from bot.counting.retention_job import run_retention
from bot.counting.tasks import Tasks
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.thoughts import Thoughts
from bot.ledger.coordination.job_claims import JobClaims
from bot.ledger.ledger import Ledger
from bot.presentation.translator import Catalogues
from bot.settings import Settings
from bot.usecases.estimates import Estimates
from bot.usecases.quiz.questions import Questions
from bot.usecases.usecases import UseCases

log = logging.getLogger(__name__)

HEARTBEAT_TIMEOUT = 150
"""Seconds: many shards in one process take turns, and a late heartbeat isn't a dead connection."""

COMMANDS_TIMEOUT = 2.0
"""Seconds that the first connection waits for the commands, so that they are there when people see the bot."""

MAX_RATE_LIMIT_SECONDS = 30.0
"""Seconds: a request that Discord wants to wait for longer is given up rather than slept over."""


# there is no voice here, so its missing libraries are nothing to warn of
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class EmpreinteBot(commands.AutoShardedBot):
    """The client. It keeps no members and no messages: nothing here needs them."""

    def __init__(
        self,
        settings: Settings,
        estimates: Estimates,
        catalogues: Catalogues,
        ledger: Ledger,
        *,
        message_content: bool = True,
        clock: DiscordClock | None = None,
    ) -> None:
        self.settings, self.catalogues, self.ledger, self.estimates = settings, catalogues, ledger, estimates
        self.http_limits, self.tasks, self.clock = HttpLimits(), Tasks(), clock or DiscordClock()
        effective = EffectiveSettings(estimates.estimator, ledger.preferences, catalogues.timezone_of)
        self.locales, self.command_limits = Locales(catalogues, effective), CommandLimits()
        self.error_handler = ErrorHandler(self.locales)
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=self._make_tree,  # pyright: ignore[reportArgumentType] - discord.py calls it, no more
            intents=intents(message_content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            activity=discord.CustomActivity("/footprint"),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            heartbeat_timeout=HEARTBEAT_TIMEOUT,
            max_ratelimit_timeout=MAX_RATE_LIMIT_SECONDS,
            http_trace=listen_to_dates(self.http_limits.trace(), self.clock),
            proxy=proxy_for(settings.discord_api or discord_api.DISCORD, settings.proxy),
            **fixed_shards(settings),
        )
        hold_back(self.http, self.http_limits)
        self.job_claims = JobClaims(ledger.coordination and ledger.coordination.engine)
        self.command_sync = CommandSync(self, self.tree, self.job_claims)
        self.sessions = Sessions(self, settings, ledger, self.tasks)
        self.charts, self.shares = Charts(settings.data_dir / "matplotlib"), Shares()
        self._assemble_counting(effective)
        interactions = interaction_parsers(self, self.clock, self.sessions.speaks_for)
        shield(self, {**message_parsers(self, self.counting.events), **interactions})
        self._assemble_replies(effective)

    def _make_tree(self, client: commands.AutoShardedBot) -> CommandTree:
        return CommandTree(client, self.command_limits, self.error_handler)

    def _assemble_counting(self, effective: EffectiveSettings) -> None:
        """Join what counts messages and what annotates them."""
        ledger, clock, tasks, settings = self.ledger, self.clock, self.tasks, self.settings
        self.annotation_sender = AnnotationSender(self, effective, self.catalogues, self.http_limits.rate_limits, clock)
        self.annotator = Annotator(self, effective, self.annotation_sender, self.http_limits, tasks, clock)
        bounds = Bounds(timedelta(days=settings.catchup_days), settings.catchup_messages)
        self.counting = MessageCounting(
            self, ledger, effective, bounds, clock, tasks, self.annotator, self.sessions.speaks_for
        )

    def _assemble_replies(self, effective: EffectiveSettings) -> None:
        """Join what commands, quizzes and recaps ask."""
        config_dir, ledger, limits = self.settings.config_dir, self.ledger, self.http_limits
        languages = [language.id for language in self.catalogues.languages]
        politeness, thoughts = PolitenessFacts.load(config_dir), Thoughts.load(config_dir)
        self.usecases = UseCases.build(self.estimates, ledger, effective, languages, politeness, thoughts)
        self.guild_views = GuildViews(self, ledger.preferences, self.annotator)
        self.names = Names(self, self.guild_views)
        questions = Questions.load(config_dir, self.estimates.estimator, politeness)
        self.quizzes = Quizzes(questions, self.tasks, limits.rate_limits)
        recaps, holds = self.usecases.recaps, ledger.writer.holds
        self.recap_job = RecapJob(self, recaps, self.clock, holds, self.locales, self.names, self.charts, limits)

    async def setup_hook(self) -> None:
        """Load the commands and begin to tell Discord of them, before connecting to the gateway.

        Raises `WaitRequested` when Discord lets no more sessions begin for now.
        """
        if self.ledger.coordination is not None:  # also while it stands by, which may be for days
            self.tasks.start(self.ledger.follow_changes(), "other processes' changes")
        await self.sessions.prepare()
        await self.load_commands()
        await self.counting.start()
        self._start_jobs()
        self.tasks.start(self.command_sync.run(), "command registration")
        try:
            async with asyncio.timeout(COMMANDS_TIMEOUT):
                await self.command_sync.tried.wait()
        except TimeoutError:
            pass  # whatever keeps them, counting begins

    async def load_commands(self) -> None:
        """Load what people can ask, with its words in all languages."""
        await self.tree.set_translator(CatalogueTranslator(self.catalogues))
        for name in COGS:
            await self.load_extension(name)
        describe_commands(self.tree, self.catalogues)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard, unless it was handed on while those before it took their turns."""
        if self.sessions.serves(shard_id):
            await super().launch_shard(gateway, shard_id, initial=initial)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Let sessions begin one after the other, and none beyond what Discord allows for the day."""
        if not await self.sessions.take_turn(shard_id):
            await super().before_identify_hook(shard_id, initial=initial)

    def _start_jobs(self) -> None:
        """Begin what is done now and then."""
        replayable = timedelta(days=self.settings.catchup_days)
        kept = self.estimates.estimator.retention
        claims = self.job_claims
        job = run_retention(self.ledger, self.clock, self.ask_time, replayable, kept, self.present, claims)
        self.tasks.start(job, "retention")
        self.tasks.start(self.recap_job.run(), "recaps")

    def present(self) -> set[int]:
        """Return the servers where the bot is a member now."""
        return {guild.id for guild in self.guilds}

    async def ask_time(self) -> None:
        """Ask Discord something small: the answer's `Date` tells the time."""
        await self.http.request(time_route())

    async def close(self) -> None:
        """Leave Discord, then end the process that draws."""
        try:
            await self.tasks.stop()
            await self.sessions.leave()
            await super().close()
        finally:
            await self.charts.close()

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell listeners of an event, but for what discord.py tells of each and every frame: nobody listens."""
        if event_name != "socket_event_type":
            super().dispatch(event_name, *args, **kwargs)

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
