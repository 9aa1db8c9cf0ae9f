"""Entries, daily totals, watermarks, and what servers and people chose."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER = sa.Float(53)
ENDS = ("low", "expected", "high")


def upgrade() -> None:
    """Make the tables."""
    _make_entries()
    _make_daily()
    _make_progress()
    _make_choices()


def downgrade() -> None:
    """Drop the tables, and what they hold."""
    for table in ("purges", "people", "channels", "servers", "gaps", "watermarks", "seen", "daily", "entries"):
        op.drop_table(table)


def _make_entries() -> None:
    op.create_table(
        "entries",
        _id("message_id"),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("guild_id", "channel_id", "author_id")),
        sa.Column("local_day", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("model", sa.String(128), nullable=False),
        sa.Column("zone", sa.String(16), nullable=False),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("estimator_version", sa.String(32), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        *_ranges("answer", "energy", "gwp"),
        *_ranges("water", nullable=True),
        sa.Column("cost_usd", NUMBER),
        sa.Column("courtesy_words", sa.Integer(), nullable=False),
        sa.Column("courtesy_tokens", sa.Integer(), nullable=False),
        sa.Column("courtesy_only", sa.SmallInteger(), nullable=False),
        sa.Column("courtesy_energy_wh", NUMBER, nullable=False),
        sa.Column("courtesy_gwp_g", NUMBER, nullable=False),
        sa.Column("courtesy_cost_usd", NUMBER),
    )


def _make_daily() -> None:
    op.create_table(
        "daily",
        sa.Column("guild_id", sa.BigInteger(), primary_key=True),
        sa.Column("local_day", sa.Integer(), primary_key=True),
        sa.Column("author_id", sa.BigInteger(), primary_key=True),
        sa.Column("channel_id", sa.BigInteger(), primary_key=True),
        *_counts("messages", "prompt_tokens"),
        *_ranges("answer", "energy", "gwp", "water"),
        *_counts("with_water"),
        sa.Column("cost_usd", NUMBER, nullable=False),
        *_counts("with_cost", "courtesy_messages", "courtesy_only", "courtesy_words"),
        sa.Column("courtesy_energy_wh", NUMBER, nullable=False),
        sa.Column("courtesy_gwp_g", NUMBER, nullable=False),
        sa.Column("courtesy_cost_usd", NUMBER, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("daily_of_a_person", "daily", ["author_id"])


def _make_progress() -> None:
    op.create_table("seen", _id("message_id"))
    op.create_table(
        "watermarks",
        _id("channel_id"),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_watermarks_guild_id", "watermarks", ["guild_id"])
    op.create_table(
        "gaps",
        sa.Column("channel_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("after_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("before_id", sa.BigInteger(), nullable=False),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_gaps_guild_id", "gaps", ["guild_id"])
    op.create_table(
        "purges",
        _id("guild_id"),
        sa.Column("before_day", sa.Integer(), nullable=False),
        sa.Column("up_to_id", sa.BigInteger(), nullable=False),
    )


def _make_choices() -> None:
    op.create_table(
        "servers",
        _id("guild_id"),
        sa.Column("model", sa.String(128)),
        sa.Column("zone", sa.String(16)),
        sa.Column("language", sa.String(16)),
        sa.Column("timezone", sa.String(64)),
        sa.Column("first_locale", sa.String(16)),
        sa.Column("left_at", sa.BigInteger()),
    )
    op.create_index("ix_servers_left_at", "servers", ["left_at"])
    op.create_table(
        "channels",
        sa.Column("guild_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("min_tokens", sa.SmallInteger()),
        sa.Column("since_id", sa.BigInteger(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("notice_id", sa.BigInteger()),
    )
    op.create_table(
        "people",
        _id("user_id"),
        sa.Column("opted_out_at", sa.BigInteger()),
        sa.Column("counted_from", sa.BigInteger()),
        sa.Column("quiet", sa.Boolean(), nullable=False),
    )


def _id(name: str) -> sa.Column[int]:
    return sa.Column(name, KEY, primary_key=True, autoincrement=False)


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _ranges(*names: str, nullable: bool = False) -> list[sa.Column[float]]:
    return [sa.Column(f"{name}_{end}", NUMBER, nullable=nullable) for name in names for end in ENDS]
