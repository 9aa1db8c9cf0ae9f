"""How much is kept of somebody, in numbers."""

from sqlalchemy import Connection, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import StoredData
from bot.ledger.schema import daily, entries, quiet_offers
from bot.ledger.types import LocalDay


async def of_person(engine: AsyncEngine, user_id: int) -> StoredData:
    """Return how much is kept of somebody."""
    async with engine.connect() as connection:
        return await connection.run_sync(_of_person, user_id)


def _of_person(connection: Connection, user_id: int) -> StoredData:
    sums = select(
        func.coalesce(func.sum(daily.c.messages), 0),
        func.count(distinct(daily.c.guild_id)),
        func.min(daily.c.local_day, type_=LocalDay),
        func.max(daily.c.local_day, type_=LocalDay),
    ).where(daily.c.author_id == user_id)
    messages, servers, first, last = connection.execute(sums).one()
    # the index of entries begins with the server
    guilds = select(daily.c.guild_id).where(daily.c.author_id == user_id).distinct()
    theirs = (entries.c.guild_id.in_(guilds), entries.c.author_id == user_id)
    detailed = connection.scalar(select(func.count()).select_from(entries).where(*theirs)) or 0
    offered = connection.scalar(select(quiet_offers.c.user_id).where(quiet_offers.c.user_id == user_id)) is not None
    return StoredData(int(messages), servers, first, last, detailed, offered)
