"""People's rights over what is kept of them: what `/privacy` does."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.errors import UserError
from bot.estimation.facts.retention import Retention
from bot.ledger.ledger import Ledger
from bot.ledger.queries import people as people_queries
from bot.ledger.queries import stored_data
from bot.ledger.write.erasure import erase_person
from bot.ledger.write.people import put_quiet_offer
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.records.privacy import PersonalData


@dataclass(frozen=True, slots=True)
class Privacy:
    """The use cases; readings raise `UserError` when the database doesn't answer in time."""

    ledger: Ledger
    reader: LedgerReader
    kept: Retention

    async def stored(self, user_id: int) -> PersonalData:
        """Return what is kept of somebody and what they chose."""
        stored = await self.reader.read(stored_data.of_person, user_id)
        person = self.ledger.preferences.person(user_id)
        return PersonalData(stored, person, self.kept.entries.days, self.kept.left_servers.days)

    def opted_out(self, user_id: int) -> bool:
        """Tell whether nothing of somebody is recorded."""
        return self.ledger.preferences.opted_out(user_id)

    async def opt_out(self, user_id: int, now: datetime) -> None:
        """Record nothing more of somebody, in any server, from this moment on."""
        await self.ledger.preferences.opt_out(self.ledger.writer, user_id, now)

    async def opt_in(self, user_id: int, now: datetime) -> None:
        """Count somebody again from now on, and annotate them."""
        await self.ledger.preferences.opt_in(self.ledger.writer, user_id, now)
        await self.leave_alone(user_id, False)

    async def leave_alone(self, user_id: int, quiet: bool) -> None:
        """Choose whether somebody's messages may be annotated."""
        await self.ledger.preferences.set_quiet(self.ledger.writer, user_id, quiet)

    async def was_offered_quiet(self, user_id: int) -> bool:
        """Tell whether somebody has seen the button by which they are left alone; also where that can't be read."""
        try:
            return await self.reader.read(people_queries.was_offered_quiet, user_id)
        except UserError:
            return True

    async def keep_quiet_offer(self, user_id: int) -> None:
        """Note that somebody has seen it."""
        await self.ledger.writer.run(partial(put_quiet_offer, user_id=user_id))

    async def erase(self, user_id: int) -> int:
        """Delete what is kept of somebody, in all servers; return how many entries there were."""
        return await erase_person(self.ledger.writer, self.ledger.engine, user_id)
