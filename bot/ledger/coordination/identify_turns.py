"""Turns to begin a session: Discord allows one per bucket every five seconds, over all processes together."""

from sqlalchemy import BigInteger, Connection, case, func, select, type_coerce
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.coordination.prompt_transaction import prompt_transaction
from bot.ledger.coordination.server_time import now
from bot.ledger.schema import identify_turns, processes

IDENTIFY_SECONDS = 5.0
"""Seconds between two sessions of a bucket (https://docs.discord.com/developers/events/gateway#rate-limiting)."""

ALONE = -1
"""The bucket of those that may not begin beside any other."""

SPARE_TURNS = 12
"""Turns beyond one for each shard of a bucket that may be taken: by processes that died before theirs came."""


async def reserve_turn(engine: AsyncEngine, shard_id: int, max_concurrency: int) -> float:
    """Take the next turn of the shard's bucket; return the seconds until it comes."""
    async with prompt_transaction(engine) as connection:
        return await connection.run_sync(_reserve, shard_id % max(1, max_concurrency), max(1, max_concurrency))


async def reserve_turn_alone(engine: AsyncEngine) -> float:
    """Take the next turn of all buckets together; return the seconds until it comes."""
    async with prompt_transaction(engine) as connection:
        return await connection.run_sync(_reserve, ALONE, 1)


def _reserve(connection: Connection, bucket: int, buckets: int) -> float:
    """Take the next turn. One that is further off than a turn for every shard is of a clock that was set back since."""
    every = int(IDENTIFY_SECONDS * 1000)
    made = upsert(identify_turns).values(bucket=bucket, next_at=now(IDENTIFY_SECONDS))
    shards = select(func.coalesce(func.max(processes.c.shard_count), 1)).scalar_subquery()
    furthest = type_coerce(now(), BigInteger) + (shards // buckets + SPARE_TURNS) * every
    next_at = type_coerce(identify_turns.c.next_at, BigInteger)
    begins = case((next_at > furthest, now()), else_=func.greatest(next_at, now()))
    taken = made.on_conflict_do_update(
        index_elements=["bucket"], set_={"next_at": type_coerce(begins, BigInteger) + every}
    )
    left = taken.returning(identify_turns.c.next_at - now(IDENTIFY_SECONDS))
    return max(0.0, connection.execute(left).scalar_one() / 1000)
