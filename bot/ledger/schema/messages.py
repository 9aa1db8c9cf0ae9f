"""Single messages: those that were counted, those that must not be again, and how far each channel is recorded."""

from sqlalchemy import Column, Integer, SmallInteger, String, Table, text

from bot.ledger.schema.columns import BY_SERVER, counts, keys, message_keys, metadata, numbers, ranges
from bot.ledger.types import Instant, LocalDay

NO_SERVER = 0
"""The server of a tombstone that is of one whose data was deleted, or was left by a version that didn't note it."""

entries = Table(
    "entries",
    metadata,
    *message_keys(),
    *counts("channel_id", "author_id"),
    Column("local_day", LocalDay, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("model", String(128), nullable=False),
    Column("zone", String(16), nullable=False),
    Column("method", String(32), nullable=False),
    Column("estimator_version", String(32), nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    *ranges("answer", "energy", "gwp"),
    *ranges("water", nullable=True),
    *numbers("cost_usd", nullable=True),
    Column("courtesy_words", Integer, nullable=False),
    Column("courtesy_tokens", Integer, nullable=False),
    Column("courtesy_only", SmallInteger, nullable=False),
    *numbers("courtesy_energy_wh", "courtesy_gwp_g"),
    *numbers("courtesy_cost_usd", nullable=True),
    postgresql_partition_by="RANGE (message_id)",
    info=BY_SERVER,
)
"""One counted message or request each, by Discord's id: facts about it (Wh, g, mL, USD), never its text.

Ids tell the time: newer rows are appended in SQLite, and PostgreSQL has a partition a month (see `partitions`). No
index by person or server: it would cost every message more than all the rest of its recording, to spare the rare export
or erasure a look through the table.
"""

tombstones = Table(
    "tombstones",
    metadata,
    *message_keys(server_default=text(str(NO_SERVER))),
    info=BY_SERVER,
)
"""Bare ids of entries that were erased or pruned, for as long as a replay could bring them back."""

watermarks = Table(
    "watermarks",
    metadata,
    *keys("guild_id", "channel_id"),
    *counts("message_id"),
    sqlite_with_rowid=False,
    info=BY_SERVER,
)
"""Per channel or thread: everything that counts is recorded up to this message."""

gaps = Table(
    "gaps",
    metadata,
    *keys("guild_id", "channel_id", "after_id"),
    *counts("before_id"),
    Column("noted_at", Instant, nullable=False),
    sqlite_with_rowid=False,
    info=BY_SERVER,
)
"""Stretches of a channel's history that catch-up had to leave out."""
