"""A week's recap: its figures, and that it is posted once."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.counting.weekly_schedule import Due
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.thoughts import Thoughts
from bot.ledger.ledger import Ledger
from bot.ledger.periods import PAST_WEEK
from bot.ledger.queries.recaps import latest_recap
from bot.ledger.records import NOT_POSTED, RecapOutcome, StoredRecap
from bot.ledger.write import recaps
from bot.usecases import timelines
from bot.usecases.boards import BoardRequest, Boards
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.recap_choices import RecapChoices
from bot.usecases.records.recaps import Recap


@dataclass(frozen=True, slots=True)
class Recaps:
    """The use cases. A week is claimed before anything is posted: a process that dies then leaves it claimed."""

    ledger: Ledger
    reader: LedgerReader
    boards: Boards
    choices: RecapChoices
    politeness: PolitenessFacts
    thoughts: Thoughts

    async def settled(self, guild_id: int, due: Due) -> RecapOutcome | None:
        """Return what came of that week, or of a later one; None where nothing is known yet."""
        stored = await self.reader.read(latest_recap, guild_id)
        return stored.outcome if stored is not None and stored.week >= due.week else None

    async def week(self, guild_id: int, due: Due, timezone: ZoneInfo) -> Recap | None:
        """Return the recap of the seven days before it is due; None where nothing was counted."""
        await self.ledger.writer.flush()
        asked = BoardRequest(guild_id, timezone, PAST_WEEK, due.moment)
        summary = await self.boards.totals(asked)
        if not summary.totals.messages:
            return None
        return Recap(
            summary=summary,
            timeline=await timelines.by_day(self.reader, asked),
            top=await self.boards.top_members(asked),
            tax=await self.boards.tax(asked, self.politeness),
            thought=self.thoughts.of_week(due.week),
        )

    async def claim(self, guild_id: int, due: Due, outcome: RecapOutcome, now: datetime) -> bool:
        """Take the week, with what is to be known of it; False where it was taken before, by whomever."""
        claimed = StoredRecap(guild_id, due.week, due.moment, outcome, now)
        return await self.ledger.writer.run(partial(recaps.claim, recap=claimed))

    async def note(self, guild_id: int, due: Due, outcome: RecapOutcome, now: datetime) -> None:
        """Keep what came of the week that was claimed."""
        noted = StoredRecap(guild_id, due.week, due.moment, outcome, now)
        await self.ledger.writer.run(partial(recaps.note, recap=noted))


def may_be_tried_again(outcome: RecapOutcome | None) -> bool:
    """Tell whether the week certainly wasn't posted, nor given up."""
    return outcome is None or outcome in NOT_POSTED
