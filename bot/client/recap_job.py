"""Posts each server's recap when it is due, once a week: late within a day, and by Discord's own clock.

Only the process that has the server posts. All is made ready first, then the week is claimed in the database, then it
is posted: a restart in between neither loses a week that wasn't claimed nor posts one twice. What certainly wasn't
posted is tried again within the day, ever more rarely.
"""

import asyncio
import logging
import time
from datetime import date
from typing import NamedTuple

import discord

from bot.charts.chart_process import Charts
from bot.client.http_limits.http_limits import HttpLimits
from bot.client.locales import Locales
from bot.client.names import Names
from bot.client.recap_post import obstacle, post
from bot.counting.clock import DiscordClock
from bot.counting.weekly_schedule import Due
from bot.errors import UserError
from bot.ledger.records import MEMBERS
from bot.ledger.write.watermark_holds import WatermarkHolds
from bot.presentation import leaderboard
from bot.presentation import recap as worded
from bot.presentation.pictured import Pictured
from bot.usecases.recaps import Recaps, may_be_tried_again
from bot.usecases.records.recaps import Recap, RecapOutcome

log = logging.getLogger(__name__)

INTERVAL = 20.0
"""Seconds between two looks at what is due."""

MAX_CONCURRENCY = 3
"""Servers served at the same time: everybody chooses Monday at nine, and pictures are drawn one by one."""

YIELD_INTERVAL = 100
"""Servers looked at before others have a turn on the event loop."""

BACKFILL_TIMEOUT = 1800.0
"""Seconds that a recap waits for the history that the bot missed."""

FIRST_PAUSE, MAX_PAUSE = 300.0, 3 * 3600.0
"""Seconds before what Discord refused is tried again; twice as long after each time."""


class _Progress(NamedTuple):
    """What is known of a server's week: over and done, or tried so often, first seen due then, not again before."""

    week: date
    first_seen: float
    done: bool = False
    tries: int = 0
    not_before: float = 0.0
    noted: RecapOutcome | None = None


class RecapJob:
    """Looks now and then."""

    def __init__(
        self,
        client: discord.Client,
        recaps: Recaps,
        discords_clock: DiscordClock,
        holds: WatermarkHolds,
        locales: Locales,
        names: Names,
        charts: Charts,
        limits: HttpLimits,
    ) -> None:
        self._client, self._recaps, self._discords_clock = client, recaps, discords_clock
        self._holds, self._locales, self._names, self._charts = holds, locales, names, charts
        self._limits, self._clock = limits, time.monotonic
        self._known: dict[int, _Progress] = {}
        self._slots = asyncio.Semaphore(MAX_CONCURRENCY)

    async def run(self) -> None:
        """Work for ever; what fails is noted and tried again."""
        while True:
            try:
                await self.post_due()
            except Exception:
                log.exception("recaps failed; they are tried again")
            await asyncio.sleep(INTERVAL)

    async def post_due(self) -> None:
        """Post what is due, unless Discord's clock and the host's disagree, or Discord wants less of us."""
        if not self._discords_clock.agrees or self._limits.paused_for:
            return
        due: list[tuple[discord.Guild, Due]] = []
        for number, guild in enumerate(self._client.guilds):
            if not number % YIELD_INTERVAL:
                await asyncio.sleep(0)
            if not guild.unavailable and (found := self._due(guild.id)):
                due.append((guild, found))
        await asyncio.gather(*(self._serve(guild, found) for guild, found in due))

    def _due(self, guild_id: int) -> Due | None:
        """Return the week that is due and not done, nor to be left alone for now."""
        due, now = self._recaps.choices.due(guild_id, self._discords_clock.now()), self._clock()
        if due is None:
            self._known.pop(guild_id, None)
            return None
        known = self._known.get(guild_id)
        if known is None or known.week != due.week:
            known = self._known[guild_id] = _Progress(due.week, now)
        return None if known.done or now < known.not_before else due

    async def _serve(self, guild: discord.Guild, due: Due) -> None:
        """Serve one server; whatever goes wrong there concerns no other."""
        async with self._slots:
            try:
                await self._post(guild, due)
            except UserError as error:
                log.warning("the recap of server %d is put off: %s", guild.id, error)
                self._pause(guild.id)
            except Exception:
                log.exception("the recap of server %d failed; it is tried again", guild.id)
                self._pause(guild.id)

    async def _post(self, guild: discord.Guild, due: Due) -> None:
        recaps, schedule = self._recaps, self._recaps.choices.schedule(guild.id)
        if schedule is None or not may_be_tried_again(await recaps.settled(guild.id, due)):
            self._done(guild.id)
            return
        channel_id = recaps.choices.channel(guild.id)
        channel = guild.get_channel(channel_id or 0)
        hindered = obstacle(channel)
        if hindered is not None:
            await self._note(guild.id, due, hindered)
            return
        if not self._caught_up(guild.id):
            return
        recap = await recaps.week(guild.id, due, schedule.timezone)
        if recap is None:
            await recaps.claim(guild.id, due, RecapOutcome.NOTHING, self._discords_clock.now())
            self._done(guild.id)
            return
        assert isinstance(channel, discord.TextChannel), "nothing hinders"
        shown = await self._in_words(guild, recap)
        picture = await self._picture(channel, shown)
        if recaps.choices.channel(guild.id) == channel_id and recaps.choices.schedule(guild.id) == schedule:
            await self._send(channel, due, shown, picture)

    async def _send(self, channel: discord.TextChannel, due: Due, shown: Pictured, picture: bytes | None) -> None:
        guild_id, recaps = channel.guild.id, self._recaps
        if not await recaps.claim(guild_id, due, RecapOutcome.SENDING, self._discords_clock.now()):
            self._done(guild_id)  # another process was faster
            return
        outcome = RecapOutcome.UNCERTAIN
        try:
            outcome = await post(channel, shown, picture, _nonce(guild_id, due))
        finally:
            if may_be_tried_again(outcome):
                self._pause(guild_id)
            else:
                self._done(guild_id)
        log.info("the recap of server %d: %s", guild_id, outcome)
        await recaps.note(guild_id, due, outcome, self._discords_clock.now())

    async def _in_words(self, guild: discord.Guild, recap: Recap) -> Pictured:
        t, shown = self._locales.server(guild), [*recap.top, *recap.tax.most_polite]
        names = await self._names.members(guild, [row.id for row in shown])
        return worded.pictured(recap, leaderboard.named(MEMBERS, guild.id, names, t), t)

    async def _picture(self, channel: discord.TextChannel, shown: Pictured) -> bytes | None:
        if shown.chart is None or not channel.permissions_for(channel.guild.me).attach_files:
            return None
        return await self._charts.draw(shown.chart)

    def _caught_up(self, guild_id: int) -> bool:
        """Tell whether what the bot missed was read, or was waited for long enough."""
        read = self._holds.is_settled(guild_id) and not self._holds.held_in(guild_id)
        return read or self._clock() - self._known[guild_id].first_seen > BACKFILL_TIMEOUT

    async def _note(self, guild_id: int, due: Due, outcome: RecapOutcome) -> None:
        """Keep why it can't be posted, once; it may be posted as soon as that is over."""
        if self._known[guild_id].noted is outcome:
            return
        await self._recaps.claim(guild_id, due, outcome, self._discords_clock.now())
        self._known[guild_id] = self._known[guild_id]._replace(noted=outcome)

    def _done(self, guild_id: int) -> None:
        self._known[guild_id] = self._known[guild_id]._replace(done=True)

    def _pause(self, guild_id: int) -> None:
        known = self._known[guild_id]
        pause = min(FIRST_PAUSE * 2**known.tries, MAX_PAUSE)
        self._known[guild_id] = known._replace(tries=known.tries + 1, not_before=self._clock() + pause)


def _nonce(guild_id: int, due: Due) -> str:
    """Return what Discord knows this post by: at most 25 characters."""
    return f"r{guild_id:x}.{due.week.toordinal() // 7}"
