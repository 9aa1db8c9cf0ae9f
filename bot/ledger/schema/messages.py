"""Single messages: those that were counted, those that must not be again, and how far each channel is recorded."""

from sqlalchemy import BigInteger, Column, Integer, SmallInteger, String, Table

from bot.ledger.schema.columns import counts, lone_key, metadata, numbers, ranges
from bot.ledger.types import Instant, LocalDay

entries = Table(
    "entries",
    metadata,
    lone_key("message_id"),
    *counts("guild_id", "channel_id", "author_id"),
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
)
"""One counted message or request each, by Discord's id: facts about it (Wh, g, mL, USD), never its text.

No index by person or server: it would cost every message more than all the rest of its recording, to spare the
rare export or erasure a look through the table. The id tells the time too.
"""

tombstones = Table("tombstones", metadata, lone_key("message_id"))
"""Bare ids of entries that were erased or pruned, for as long as a replay could bring them back."""

watermarks = Table(
    "watermarks",
    metadata,
    lone_key("channel_id"),
    Column("guild_id", BigInteger, nullable=False, index=True),
    *counts("message_id"),
)
"""Per channel or thread: everything that counts is recorded up to this message."""

gaps = Table(
    "gaps",
    metadata,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("after_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False, index=True),
    *counts("before_id"),
    Column("noted_at", Instant, nullable=False),
)
"""Stretches of a channel's history that catch-up had to leave out."""
