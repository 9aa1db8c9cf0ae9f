"""Jobs that only one of several processes should do: whoever claims one first does it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.coordination.prompt_transaction import prompt_transaction
from bot.ledger.coordination.server_time import now
from bot.ledger.schema import job_claims


@dataclass(frozen=True, slots=True)
class JobClaims:
    """Claims in one database; without one (SQLite has a single process) every claim is granted."""

    engine: AsyncEngine | None

    async def claim(self, name: str, every: timedelta) -> bool:
        """Tell whether this process shall do the job now: nobody claimed it within the last while."""
        if self.engine is None:
            return True
        made = upsert(job_claims).values(name=name, claimed_at=now())
        old = job_claims.c.claimed_at <= now(-every.total_seconds())
        again = made.on_conflict_do_update(
            index_elements=["name"], set_={"claimed_at": made.excluded.claimed_at}, where=old
        )
        async with prompt_transaction(self.engine) as connection:
            return (await connection.execute(again.returning(job_claims.c.name))).first() is not None
