"""Turns to begin a session: Discord allows one per bucket every five seconds, over all processes together."""

from sqlalchemy import Connection, func
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.coordination.prompt_transaction import prompt_transaction
from bot.ledger.coordination.server_time import now
from bot.ledger.schema import identify_turns

IDENTIFY_SECONDS = 5.0
"""Seconds between two sessions of a bucket (https://docs.discord.com/developers/events/gateway#rate-limiting)."""

ALONE = -1
"""The bucket of those that may not begin beside any other."""


async def reserve_turn(engine: AsyncEngine, shard_id: int, max_concurrency: int) -> float:
    """Take the next turn of the shard's bucket; return the seconds until it comes."""
    async with prompt_transaction(engine) as connection:
        return await connection.run_sync(_reserve, shard_id % max(1, max_concurrency))


async def reserve_turn_alone(engine: AsyncEngine) -> float:
    """Take the next turn of all buckets together; return the seconds until it comes."""
    async with prompt_transaction(engine) as connection:
        return await connection.run_sync(_reserve, ALONE)


def _reserve(connection: Connection, bucket: int) -> float:
    made = upsert(identify_turns).values(bucket=bucket, next_at=now(IDENTIFY_SECONDS))
    after = func.greatest(identify_turns.c.next_at, now()) + int(IDENTIFY_SECONDS * 1000)
    taken = made.on_conflict_do_update(index_elements=["bucket"], set_={"next_at": after})
    left = taken.returning(identify_turns.c.next_at - now(IDENTIFY_SECONDS))
    return max(0.0, connection.execute(left).scalar_one() / 1000)
