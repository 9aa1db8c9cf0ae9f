"""Where and when a server wants its weekly recap: what `/settings recap` does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.counting.effective_settings import EffectiveSettings
from bot.counting.weekly_schedule import WEEK as SEVEN_DAYS
from bot.counting.weekly_schedule import Due, WeeklySchedule, due_in, latest_due, next_due
from bot.errors import UserError
from bot.ledger.ledger import Ledger
from bot.ledger.queries.recaps import latest_recap
from bot.ledger.records import NOT_POSTED, RecapOutcome, ServerSettings, StoredRecap
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.records.recaps import DEFAULT_HOUR, DEFAULT_WEEKDAY, HOURS, WEEKDAYS, RecapState

MAKE_UP = timedelta(days=1)
"""For how long after it was due a recap is still posted."""

POST_TIMEOUT = timedelta(minutes=10)
"""What a post can take at the most, discord.py's own tries included."""

EXPLAINED = frozenset((*NOT_POSTED, RecapOutcome.NOTHING, RecapOutcome.UNCERTAIN, RecapOutcome.MISSED))


@dataclass(frozen=True, slots=True)
class RecapChoices:
    """The use cases. There is none until an admin chooses a channel."""

    ledger: Ledger
    reader: LedgerReader
    effective: EffectiveSettings

    async def choose(
        self, guild_id: int, now: datetime, locale: str, channel_id: int | None, weekday: int | None, hour: int | None
    ) -> RecapState:
        """Set what is given, leave the rest as it was; `UserError` without a channel, or for no such day or hour.

        The first one is due after now; another channel alone lets one that is due still come.
        """
        chosen = self._settings(guild_id)
        channel_id = channel_id or chosen.recap_channel
        if channel_id is None:
            raise UserError("error.recap_channel")
        wanted = _when(chosen, weekday, hour)
        same = chosen.recap_channel is not None and wanted == (chosen.recap_weekday, chosen.recap_hour)
        changes = {
            "recap_channel": channel_id,
            "recap_weekday": wanted[0],
            "recap_hour": wanted[1],
            "recap_since": chosen.recap_since if same else now,
            "first_locale": chosen.first_locale or locale,
        }
        await self.ledger.preferences.set_server(self.ledger.writer, guild_id, **changes)
        state = await self.state(guild_id, now)
        assert state is not None, "just chosen"
        return state

    async def turn_off(self, guild_id: int) -> bool:
        """Post no more; tell whether there was one. Which week was posted last stays known."""
        if self._settings(guild_id).recap_channel is None:
            return False
        off = dict.fromkeys(("recap_channel", "recap_weekday", "recap_hour", "recap_since"))
        await self.ledger.preferences.set_server(self.ledger.writer, guild_id, **off)
        return True

    async def state(self, guild_id: int, now: datetime) -> RecapState | None:
        """Return how it is set, when the next one comes, why the latest one didn't; None where there is none."""
        chosen, schedule = self._settings(guild_id), self.schedule(guild_id)
        if chosen.recap_channel is None or schedule is None:
            return None
        stored = await self.reader.read(latest_recap, guild_id)
        coming = next_due(now, schedule)
        if stored is not None and stored.week >= coming.week and stored.outcome not in NOT_POSTED:
            coming = due_in(stored.week + SEVEN_DAYS, schedule)  # that week had its own, on another day
        failure, failed_at = self._failure(guild_id, now, stored)
        return RecapState(chosen.recap_channel, schedule.weekday, schedule.hour, coming.moment, failure, failed_at)

    def channel(self, guild_id: int) -> int | None:
        """Return where it is posted, None where there is none."""
        return self._settings(guild_id).recap_channel

    def schedule(self, guild_id: int) -> WeeklySchedule | None:
        """Return when it is due, None where there is none."""
        chosen = self._settings(guild_id)
        if chosen.recap_channel is None or chosen.recap_weekday is None or chosen.recap_hour is None:
            return None
        return WeeklySchedule(chosen.recap_weekday, chosen.recap_hour, self.effective.timezone(chosen).value)

    def due(self, guild_id: int, now: datetime) -> Due | None:
        """Return what should be posted now, if it wasn't yet: due less than a day ago, since it was chosen."""
        due = self._latest(guild_id, now)
        return due if due is not None and now - due.moment < MAKE_UP else None

    def _latest(self, guild_id: int, now: datetime) -> Due | None:
        """Return what was due last, None where that was before it was chosen, or before the server invited the bot."""
        chosen, schedule = self._settings(guild_id), self.schedule(guild_id)
        if schedule is None or chosen.recap_since is None:
            return None
        due, since = latest_due(now, schedule), max(chosen.recap_since, chosen.joined_at or chosen.recap_since)
        return due if due.moment > since else None

    def _failure(
        self, guild_id: int, now: datetime, stored: StoredRecap | None
    ) -> tuple[RecapOutcome | None, datetime | None]:
        """Return why what was due last wasn't posted, and when it was due."""
        due = self._latest(guild_id, now)
        if stored is not None and (due is None or stored.week >= due.week):
            outcome = RecapOutcome.UNCERTAIN if _broke_off(stored, now) else stored.outcome
            return (outcome, stored.due_at) if outcome in EXPLAINED else (None, None)
        if due is not None and now - due.moment >= MAKE_UP:
            return RecapOutcome.MISSED, due.moment
        return None, None

    def _settings(self, guild_id: int) -> ServerSettings:
        return self.ledger.preferences.settings(guild_id)


def _broke_off(stored: StoredRecap, now: datetime) -> bool:
    """Tell whether nothing was noted after Discord was asked: the process ended just then."""
    return stored.outcome is RecapOutcome.SENDING and now - stored.noted_at > POST_TIMEOUT


def _when(chosen: ServerSettings, weekday: int | None, hour: int | None) -> tuple[int, int]:
    """Return the weekday and the hour: as asked for, else as they were, else the usual ones."""
    known = (chosen.recap_weekday, chosen.recap_hour)
    days, hours = (weekday, known[0], DEFAULT_WEEKDAY), (hour, known[1], DEFAULT_HOUR)
    found = tuple(next(one for one in options if one is not None) for options in (days, hours))
    if not (0 <= found[0] < WEEKDAYS and 0 <= found[1] < HOURS):
        raise UserError("error.recap_when")
    return found[0], found[1]
