"""The tables, as SQLAlchemy Core knows them. The migrations make them. No column could hold a message."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from bot.ledger.types import Instant, LocalDay, Snowflake

metadata = MetaData()

key_value = Table(
    "key_value",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small things to remember between two starts: the moment by which retention plans to delete."""

THREE = ("low", "expected", "high")


def _numbers(*names: str, nullable: bool = False) -> list[Column[float]]:
    return [Column(name, Float(53), nullable=nullable) for name in names]


def _ranges(*names: str, nullable: bool = False) -> list[Column[float]]:
    return _numbers(*(f"{name}_{end}" for name in names for end in THREE), nullable=nullable)


entries = Table(
    "entries",
    metadata,
    Column("message_id", Snowflake, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("local_day", LocalDay, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("model", String(128), nullable=False),
    Column("zone", String(16), nullable=False),
    Column("method", String(32), nullable=False),
    Column("estimator_version", String(32), nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    *_ranges("answer", "energy", "gwp"),
    *_ranges("water", nullable=True),
    *_numbers("cost_usd", nullable=True),
    Column("courtesy_words", Integer, nullable=False),
    Column("courtesy_tokens", Integer, nullable=False),
    Column("courtesy_only", SmallInteger, nullable=False),
    *_numbers("courtesy_energy_wh", "courtesy_gwp_g"),
    *_numbers("courtesy_cost_usd", nullable=True),
)
"""One counted message or request each, by Discord's id: facts about it (Wh, g, mL, USD), never its text.

No index by person or server: it would cost every message more than all the rest of its recording, to spare the
rare export or erasure a look through the table. The id tells the time too.
"""

DAILY_KEY = ("guild_id", "local_day", "author_id", "channel_id")

daily = Table(
    "daily",
    metadata,
    Column("guild_id", BigInteger, primary_key=True),
    Column("local_day", LocalDay, primary_key=True),
    Column("author_id", BigInteger, primary_key=True),
    Column("channel_id", BigInteger, primary_key=True),
    Column("messages", BigInteger, nullable=False),
    Column("prompt_tokens", BigInteger, nullable=False),
    *_ranges("answer", "energy", "gwp", "water"),
    Column("with_water", BigInteger, nullable=False),
    *_numbers("cost_usd"),
    Column("with_cost", BigInteger, nullable=False),
    Column("courtesy_messages", BigInteger, nullable=False),
    Column("courtesy_only", BigInteger, nullable=False),
    Column("courtesy_words", BigInteger, nullable=False),
    *_numbers("courtesy_energy_wh", "courtesy_gwp_g", "courtesy_cost_usd"),
    Index("daily_of_a_person", "author_id"),
    sqlite_with_rowid=False,
)
"""Sums per server, day, author and channel. The key's order keeps a server's week in one place on disk.

`with_water` and `with_cost` count the messages that had such a figure. Author 0 stands for people who were erased.
"""

DAILY_SUMS = tuple(column.name for column in daily.columns if column.name not in DAILY_KEY)

tombstones = Table("tombstones", metadata, Column("message_id", Snowflake, primary_key=True, autoincrement=False))
"""Bare ids of entries that were erased or pruned, for as long as a replay could bring them back."""

watermarks = Table(
    "watermarks",
    metadata,
    Column("channel_id", Snowflake, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("message_id", BigInteger, nullable=False),
)
"""Per channel or thread: everything that counts is recorded up to this message."""

gaps = Table(
    "gaps",
    metadata,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("after_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("before_id", BigInteger, nullable=False),
    Column("noted_at", Instant, nullable=False),
)
"""Stretches of a channel's history that catch-up had to leave out."""

servers = Table(
    "servers",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
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
)
"""What a server's admins chose; null means the default. And whether the bot is there: see `ServerSettings`."""

channels = Table(
    "channels",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mode", String(16), nullable=False),
    Column("min_tokens", SmallInteger),
    Column("since_id", BigInteger, nullable=False),
    Column("since_at", Instant, nullable=False),
    Column("notice_id", BigInteger),
    Column("notice_channel_id", BigInteger),
)
"""Where counting is on or off, and since which message. Channel 0 stands for the whole server."""

notices = Table(
    "notices",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("about_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("shows", Boolean, nullable=False),
)
"""Which message told a channel that messages are counted: there, or (about 0) in the whole server."""

recaps = Table(
    "recaps",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("week", LocalDay, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("noted_at", Instant, nullable=False),
)
"""The latest weekly recap of each server, by the Monday of its week: claimed there before it is posted."""

people = Table(
    "people",
    metadata,
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("opted_out_at", Instant),
    Column("counted_from", Instant),
    Column("quiet", Boolean, nullable=False),
)
"""Who wants not to be counted, since when somebody is counted again, and who wants no annotations."""

quiet_offers = Table("quiet_offers", metadata, Column("user_id", Snowflake, primary_key=True, autoincrement=False))
"""Who has seen the button by which they are left alone: it stands under one annotation each, for good."""

purges = Table(
    "purges",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("before_day", LocalDay, nullable=False),
    Column("up_to_id", BigInteger, nullable=False),
)
"""GuildEvents whose data is being deleted, and which of it: what came before."""

processes = Table(
    "processes",
    metadata,
    Column("holder", String(64), primary_key=True),
    Column("shard_count", Integer, nullable=False),
    Column("until_at", Instant, nullable=False),
)
"""The bot's processes that share this database, and until when each is taken to be alive."""

shard_leases = Table(
    "shard_leases",
    metadata,
    Column("shard_count", Integer, primary_key=True, autoincrement=False),
    Column("shard_id", Integer, primary_key=True, autoincrement=False),
    Column("holder", String(64), nullable=False),
    Column("until_at", Instant, nullable=False),
)
"""Which process serves which shard of how many, and until when unless it says so again."""

identify_turns = Table(
    "identify_turns",
    metadata,
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("next_at", Instant, nullable=False),
)
"""From when on the next session may begin, per bucket of `max_concurrency`."""

job_claims = Table(
    "job_claims",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("claimed_at", Instant, nullable=False),
)
"""When a process last took on a job that only one of them should do."""

changes = Table(
    "changes",
    metadata,
    Column("change_id", Snowflake, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("of_id", BigInteger, nullable=False),
    Column("changed_at", Instant, nullable=False, index=True),
)
"""What servers and people chose anew, for the other processes to read again; `of_id` is the server or the person."""
