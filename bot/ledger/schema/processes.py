"""What the bot's processes agree on, and what they remember between two starts."""

from sqlalchemy import Column, Integer, String, Table, Text

from bot.ledger.schema.columns import LOCAL, counts, metadata
from bot.ledger.types import Instant, Snowflake

key_value = Table(
    "key_value",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    info=LOCAL,
)
"""Small things to remember between two starts: the moment by which retention plans to delete."""

processes = Table(
    "processes",
    metadata,
    Column("holder", String(64), primary_key=True),
    Column("shard_count", Integer, nullable=False),
    Column("until_at", Instant, nullable=False),
    Column("revision", String(32)),
    info=LOCAL,
)
"""The bot's processes that share this database, until when each is taken to be alive, and the newest revision it knows.

Null for a version that didn't say: see `migrate`.
"""

shard_leases = Table(
    "shard_leases",
    metadata,
    Column("shard_count", Integer, primary_key=True, autoincrement=False),
    Column("shard_id", Integer, primary_key=True, autoincrement=False),
    Column("holder", String(64), nullable=False),
    Column("until_at", Instant, nullable=False),
    info=LOCAL,
)
"""Which process serves which shard of how many, and until when unless it says so again."""

identify_turns = Table(
    "identify_turns",
    metadata,
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("next_at", Instant, nullable=False),
    info=LOCAL,
)
"""From when on the next session may begin, per bucket of `max_concurrency`."""

job_claims = Table(
    "job_claims",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("claimed_at", Instant, nullable=False),
    info=LOCAL,
)
"""When a process last took on a job that only one of them should do."""

changes = Table(
    "changes",
    metadata,
    Column("change_id", Snowflake, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    *counts("of_id"),
    Column("changed_at", Instant, nullable=False, index=True),
    info=LOCAL,
)
"""What servers and people chose anew, for the other processes to read again; `of_id` is the server or the person."""
