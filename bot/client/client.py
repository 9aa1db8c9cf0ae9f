"""The discord.py client: what it listens to, which commands it has, how it starts and stops."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands

from bot.annotating.annotation_sender import AnnotationSender
from bot.annotating.annotator import Annotator
from bot.charts.chart_process import Charts
from bot.client import discord_api
from bot.client.ai_answers import MeasuredAnswers
from bot.client.command_limits import CommandLimits
from bot.client.command_sync import CommandSync
from bot.client.command_translator import CatalogueTranslator, describe_commands
from bot.client.error_handler import ErrorHandler
from bot.client.guild_events import GuildEvents
from bot.client.guild_views import GuildViews
from bot.client.http_limits.date_header import listen_to_dates, time_route
from bot.client.http_limits.holding_back import hold_back
from bot.client.http_limits.http_limits import HttpLimits
from bot.client.interaction_parser import interaction_parsers
from bot.client.locales import Locales
from bot.client.malformed_events import shield
from bot.client.message_parsers import message_parsers
from bot.client.names import Names
from bot.client.proxy import proxy_for
from bot.client.quizzes import Quizzes
from bot.client.recap_job import RecapJob
from bot.client.refusals import WaitRequested
from bot.client.session_starts import SessionStarts
from bot.client.shards.shard_keeper import ShardKeeper
from bot.client.shares import Shares
from bot.counting.backfill import Backfill
from bot.counting.bounded_dict import BoundedDict
from bot.counting.channel_history import Bounds, ChannelHistory
from bot.counting.clock import DiscordClock
from bot.counting.effective_settings import EffectiveSettings
from bot.counting.membership import Membership
from bot.counting.message_counter import MessageCounter
from bot.counting.message_events import MessageEvents
from bot.counting.message_record import Json, MessageRecord
from bot.counting.retention_job import run_retention
from bot.counting.tasks import Tasks
from bot.counting.unknown_channels import MAX_PARENTS, UnknownChannels
from bot.errors import UserError
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.thoughts import Thoughts
from bot.estimation.footprint import Footprint
from bot.ledger.coordination.job_claims import JobClaims
from bot.ledger.ledger import Ledger
from bot.ledger.records import SILENT, ChannelMode
from bot.ledger.write import watermark_changes
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
    "cogs.buttons.details_button",
    "cogs.buttons.size_button",
    "cogs.buttons.share_button",
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
    "cogs.buttons.annotate_buttons",
    "cogs.buttons.quiet_button",
    "cogs.listeners.message_deletions",
    "cogs.listeners.return_notices",
    "cogs.commands.settings",
    "cogs.commands.setup",
    "cogs.commands.privacy",
    "cogs.commands.help",
)

HEARTBEAT_TIMEOUT = 150
"""Seconds: many shards in one process take turns, and a late heartbeat isn't a dead connection."""

COMMANDS_TIMEOUT = 2.0
"""Seconds that the first connection waits for the commands, so that they are there when people see the bot."""

MAX_RATE_LIMIT_SECONDS = 30.0
"""Seconds: a request that Discord wants to wait for longer is given up rather than slept over."""


# there is no voice here, so its missing libraries are nothing to warn of
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Tree(app_commands.CommandTree["EmpreinteBot"]):
    """The commands, as often as one person may ask; whatever goes wrong in one ends in `ErrorHandler`."""

    async def interaction_check(self, interaction: discord.Interaction["EmpreinteBot"], /) -> bool:
        """Let a command through unless the same person asks too often; a completion then offers nothing."""
        limits = self.client.command_limits
        if interaction.type is discord.InteractionType.autocomplete:
            if limits.may_complete(interaction):
                return True
            await interaction.response.autocomplete([])
            return False
        try:
            limits.check(interaction)
        except UserError as error:
            await self.client.error_handler.handle(interaction, error)
            return False
        return True

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
        clock: DiscordClock | None = None,
    ) -> None:
        self.http_limits = HttpLimits()
        self.clock = clock or DiscordClock()
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
            http_trace=listen_to_dates(self.http_limits.trace(), self.clock),
            proxy=proxy_for(settings.discord_api or discord_api.DISCORD, settings.proxy),
            **_shards(settings),
        )
        hold_back(self.http, self.http_limits)
        self.settings = settings
        self.estimates = answers
        self.catalogues = catalogues
        self.ledger = ledger
        effective = EffectiveSettings(answers.estimator, ledger.preferences, catalogues.timezone_of)
        politeness = PolitenessFacts.load(settings.config_dir)
        self.usecases = UseCases.build(
            answers,
            ledger,
            effective,
            languages=[language.id for language in catalogues.languages],
            politeness=politeness,
            thoughts=Thoughts.load(settings.config_dir),
        )
        self.locales = Locales(catalogues, effective)
        self.error_handler = ErrorHandler(self.locales)
        self.command_limits = CommandLimits()
        self.shares = Shares()
        self.tasks = Tasks()
        self.job_claims = JobClaims(ledger.coordination and ledger.coordination.engine)
        self.command_sync = CommandSync(self, self.tree, self.job_claims)
        self.session_starts = SessionStarts(lambda: discord_api.ask_gateway(self))
        self.shard_keeper = self._shard_keeper()
        self._assemble_counting(effective)
        self.charts = Charts(settings.data_dir / "matplotlib")
        self.annotation_sender = AnnotationSender(self, effective, catalogues, self.http_limits.pace, self.clock)
        self.annotator = Annotator(self, effective, self.annotation_sender, self.http_limits, self.tasks, self.clock)
        self.measured_answers.annotator = self.annotator
        self.guild_views = GuildViews(self, ledger.preferences, self.annotator)
        self.names = Names(self, self.guild_views)
        questions = Questions.load(settings.config_dir, answers.estimator, politeness)
        self.quizzes = Quizzes(questions, self.tasks, self.http_limits.pace)
        recaps, holds = self.usecases.recaps, ledger.writer.holds
        self.recap_job = RecapJob(
            self, recaps, self.clock, holds, self.locales, self.names, self.charts, self.http_limits
        )

    def _assemble_counting(self, effective: EffectiveSettings) -> None:
        ledger, clock, bounds = self.ledger, self.clock, _bounds(self.settings)
        parents = BoundedDict[int, int | None](MAX_PARENTS)
        self.message_counter = MessageCounter(self.estimates.estimator, ledger.preferences, effective, self.get_guild)
        self.history = ChannelHistory(self.http.logs_from, ledger, bounds, clock)
        self.history.handlers.append(self.count_history)
        self.membership = Membership(ledger, clock)
        self.backfill = Backfill(self, ledger, self.history, clock, self.tasks, self._arrived)
        self.unknown_channels = UnknownChannels(
            ledger, clock, self.tasks, self.fetch_channel, self.backfill.want, bounds.age, parents
        )
        self.message_events = MessageEvents(self.get_guild, ledger.preferences, clock, self.unknown_channels, parents)
        self.unknown_channels.deliver = self.message_events.tell_written
        self.measured_answers = MeasuredAnswers(self, ledger, effective, clock, self.tasks, parents, self.speaks_for)
        self.message_events.written += (self.count_message, self.measured_answers.written)
        self.message_events.edited.append(self.measured_answers.edited)
        self.message_events.deleted.append(self.measured_answers.deleted)
        self.history.handlers.append(self.measured_answers.read)
        interactions = interaction_parsers(self, clock, self.speaks_for)
        shield(self, {**message_parsers(self, self.message_events), **interactions})
        self.backfill.guild_history.take_found = self.unknown_channels.take_found
        self.guild_events = GuildEvents(self, ledger, self.membership, self.backfill, self.unknown_channels)

    def _shard_keeper(self) -> ShardKeeper | None:
        """Return what takes shards by lease; None where this process serves them all, whoever else there is."""
        shared, settings = self.ledger.coordination, self.settings
        if shared is None or (settings.shards is None and settings.shard_ids is None):
            return None
        return ShardKeeper(self, shared, self.ledger.writer, self.tasks, settings.shard_ids)

    def speaks_for(self, guild_id: int | None) -> bool:
        """Tell whether this process is the one that answers in a server."""
        return self.shard_keeper is None or self.shard_keeper.speaks_for(guild_id)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard, unless it was handed on while those before it took their turns."""
        if self.shard_keeper is None or self.shard_keeper.serves(shard_id):
            await super().launch_shard(gateway, shard_id, initial=initial)

    async def superseded(self) -> None:
        """Return when the client is to begin anew with other shards, which most never are."""
        await (self.shard_keeper.superseded if self.shard_keeper else asyncio.Event()).wait()

    async def setup_hook(self) -> None:
        """Load the commands and begin to tell Discord of them, before connecting to the gateway.

        Raises `WaitRequested` when Discord lets no more sessions begin for now.
        """
        await self._ask_gateway()
        await self.load_commands()
        await self._start_counting()
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

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Let sessions begin one after the other, and none beyond what Discord allows for the day."""
        await self.session_starts.take()
        if self.shard_keeper is not None and shard_id is not None:
            await self.shard_keeper.turn(shard_id)
        else:
            await super().before_identify_hook(shard_id, initial=initial)

    async def _ask_gateway(self) -> None:
        """Learn how many sessions may begin, how many shards there are, and where the gateway is."""
        gateway = await discord_api.ask_gateway(self)
        if self.settings.discord_api:
            discord_api.use_gateway(gateway.url)
        if self.shard_keeper is not None:
            await self.shard_keeper.begin(gateway, self.settings.shard_count)
            self.tasks.start(self.shard_keeper.keep(), "shard leases")
        elif self.shard_count is None:
            self.shard_count = gateway.shards
        self.session_starts.learn(gateway)
        wait = gateway.wait(len(self.shard_ids or range(self.shard_count)))
        if wait:
            raise WaitRequested(wait, "run.no_starts_left", left=gateway.left, total=gateway.total)

    async def _start_counting(self) -> None:
        """Load what counting needs, and hold all watermarks until history was read."""
        for encoding in self.message_counter.encodings():
            await asyncio.to_thread(self.estimates.estimator.tokenizers.prepare, encoding)
        self.clock.hear_id(await watermark_changes.newest_entry(self.ledger.engine))
        self.ledger.writer.holds.hold_all()
        await self.add_cog(self.guild_events)
        self.measured_answers.start()
        if self.ledger.coordination is not None:
            self.tasks.start(self.ledger.follow_changes(), "other processes' changes")
        self.tasks.start(self.backfill.run(), "catch-up")
        replayable = timedelta(days=self.settings.catchup_days)
        kept = self.estimates.estimator.retention
        claims = self.job_claims
        job = run_retention(self.ledger, self.clock, self.ask_time, replayable, kept, self.present, claims)
        self.tasks.start(job, "retention")
        self.tasks.start(self.recap_job.run(), "recaps")

    def present(self) -> set[int]:
        """Return the servers where the bot is a member now."""
        return {guild.id for guild in self.guilds}

    async def _arrived(self, guild_id: int, joined_at: datetime | None) -> None:
        """Note that the bot is a member of a server, and let the channels be told if it was away."""
        await self.membership.arrived(guild_id, joined_at)
        await self.measured_answers.arrived(guild_id)
        if self.ledger.preferences.settings(guild_id).notice_due:
            self.dispatch("guild_return", guild_id)

    async def ask_time(self) -> None:
        """Ask Discord something small: the answer's `Date` tells the time."""
        await self.http.request(time_route())

    async def close(self) -> None:
        """Leave Discord, then end the process that draws."""
        try:
            await self.tasks.stop()
            await super().close()
            if self.shard_keeper is not None:
                await self.shard_keeper.leave()
        finally:
            await self.charts.close()

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell listeners of an event, but for what discord.py tells of each and every frame: nobody listens."""
        if event_name != "socket_event_type":
            super().dispatch(event_name, *args, **kwargs)

    @property
    def messages_seen(self) -> int:
        """Return how many messages were written in servers since the start, counted or not."""
        return self.message_events.seen

    def count_message(self, message: MessageRecord, data: Json, mode: ChannelMode, parent_id: int | None) -> None:
        """Record a message if it counts, and let it be annotated."""
        counted = self.message_counter.count_message(message, mode)
        if counted is None:
            return
        self.ledger.writer.record(counted.entry)
        is_for_ai = self.measured_answers.note_question(message, data, counted)
        if mode.mode != SILENT and not is_for_ai and self.speaks_for(counted.entry.guild_id):
            self.annotator.offer(counted, parent_id)

    async def count_history(self, message: MessageRecord, data: Json, mode: ChannelMode, _: int | None) -> None:
        """Record a message that was read from history if it counts; nothing is said of it any more."""
        counted = self.message_counter.count_message(message, mode)
        if counted is not None:
            await self.ledger.writer.put(counted.entry)
            self.measured_answers.note_question(message, data, counted)

    def count_request(self, interaction: discord.Interaction, footprint: Footprint) -> None:
        """Record a public `/footprint` request made in a server where the bot is."""
        entry = self.message_counter.request(interaction, footprint)
        if entry is None:
            return
        self.ledger.writer.record(entry, watermark=False)
        if entry.guild_id not in self.ledger.preferences.guilds_with_settings():
            # so that its data is purged when it removes the bot
            known = self.ledger.preferences.set_server(self.ledger.writer, entry.guild_id)
            self.tasks.start(known, f"first request of server {entry.guild_id}")

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
