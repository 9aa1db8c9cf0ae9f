"""What admins and people chose, and what the bot told and posted because of it."""

from sqlalchemy import BigInteger, Boolean, Column, SmallInteger, String, Table

from bot.ledger.schema.columns import BY_SERVER, REFERENCE, counts, keys, lone_key, metadata
from bot.ledger.types import Instant, LocalDay

servers = Table(
    "servers",
    metadata,
    lone_key("guild_id"),
    Column("model", String(128)),
    Column("zone", String(16)),
    Column("language", String(16)),
    Column("timezone", String(64)),
    Column("first_locale", String(16)),
    Column("left_at", Instant, index=True),
    Column("joined_at", Instant),
    Column("returned_at", Instant),
    Column("notice_due", Boolean),
    Column("recap_channel", BigInteger),
    Column("recap_weekday", SmallInteger),
    Column("recap_hour", SmallInteger),
    Column("recap_since", Instant),
    info=BY_SERVER,
)
"""What a server's admins chose; null means the default. And whether the bot is there: see `ServerSettings`."""

channels = Table(
    "channels",
    metadata,
    *keys("guild_id", "channel_id"),
    Column("mode", String(16), nullable=False),
    Column("min_tokens", SmallInteger),
    *counts("since_id"),
    Column("since_at", Instant, nullable=False),
    Column("notice_id", BigInteger),
    Column("notice_channel_id", BigInteger),
    info=BY_SERVER,
)
"""Where counting is on or off, and since which message. Channel 0 stands for the whole server."""

notices = Table(
    "notices",
    metadata,
    *keys("guild_id", "channel_id", "about_id"),
    *counts("message_id"),
    Column("shows", Boolean, nullable=False),
    info=BY_SERVER,
)
"""Which message told a channel that messages are counted: there, or (about 0) in the whole server."""

recaps = Table(
    "recaps",
    metadata,
    lone_key("guild_id"),
    Column("week", LocalDay, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("noted_at", Instant, nullable=False),
    info=BY_SERVER,
)
"""The latest weekly recap of each server, by the Monday of its week: claimed there before it is posted."""

purges = Table(
    "purges",
    metadata,
    lone_key("guild_id"),
    Column("before_day", LocalDay, nullable=False),
    *counts("up_to_id"),
    info=BY_SERVER,
)
"""Servers whose data is being deleted, and which of it: what came before."""

people = Table(
    "people",
    metadata,
    lone_key("user_id"),
    Column("opted_out_at", Instant),
    Column("counted_from", Instant),
    Column("quiet", Boolean, nullable=False),
    info=REFERENCE,
)
"""Who wants not to be counted, since when somebody is counted again, and who wants no annotations."""

quiet_offers = Table("quiet_offers", metadata, lone_key("user_id"), info=REFERENCE)
"""Who has seen the button by which they are left alone: it stands under one annotation each, for good."""
