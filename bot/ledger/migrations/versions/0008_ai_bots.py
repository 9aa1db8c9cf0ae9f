"""AI bots: which there are in a server, their answers on the way and measured, and how predictions did."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.Float(53)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ENDS = ("low", "expected", "high")


def upgrade() -> None:
    """Add the tables; what was counted before stays predicted."""
    op.create_table(
        "ai_bots",
        *_keys("guild_id", "bot_id"),
        sa.Column("model", sa.String(128), nullable=False),
        sa.Column("effort", sa.String(16)),
        sa.Column("excluded", sa.String(100)),
        *_numbers("since_id"),
    )
    op.create_table(
        "ai_questions",
        sa.Column("question_id", KEY, primary_key=True, autoincrement=False),
        *_keys("bot_id"),
        *_numbers("guild_id", "channel_id"),
        *_ranges("predicted"),
    )
    op.create_table(
        "ai_pending",
        sa.Column("message_id", KEY, primary_key=True, autoincrement=False),
        *_numbers("answer_id", "guild_id", "channel_id", "bot_id"),
        sa.Column("question_id", sa.BigInteger()),
        *_numbers("author_id"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("content", "embeds", "components")),
    )
    op.create_index("ix_ai_pending_answer_id", "ai_pending", ["answer_id"])
    _make_measured()


def downgrade() -> None:
    """Drop them; measured answers stay in the sums."""
    for name in ("predictions", "daily_measured", "measured_answers", "ai_pending", "ai_questions", "ai_bots"):
        op.drop_table(name)


def _make_measured() -> None:
    op.create_table(
        "measured_answers",
        sa.Column("message_id", KEY, primary_key=True, autoincrement=False),
        *_numbers("guild_id", "bot_id"),
        sa.Column("question_id", sa.BigInteger()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("visible_tokens", "parts")),
    )
    op.create_index("ix_measured_answers_question_id", "measured_answers", ["question_id"])
    op.create_table(
        "daily_measured",
        sa.Column("guild_id", sa.BigInteger(), primary_key=True),
        sa.Column("local_day", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.BigInteger(), primary_key=True) for name in ("author_id", "channel_id")),
        *_numbers("messages", "visible_tokens"),
        *_ranges("energy", "gwp", "water"),
        *_numbers("with_water"),
        sqlite_with_rowid=False,
    )
    op.create_index("daily_measured_of_a_person", "daily_measured", ["author_id"])
    op.create_table(
        "predictions",
        sa.Column("guild_id", sa.BigInteger(), primary_key=True),
        sa.Column("local_day", sa.Integer(), primary_key=True),
        sa.Column("bucket", sa.SmallInteger(), primary_key=True, autoincrement=False),
        *_numbers("pairs", "within_2", "covered", "measured"),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("predicted", "log2_ratio")),
        sqlite_with_rowid=False,
    )


def _keys(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), primary_key=True, autoincrement=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _ranges(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(f"{name}_{end}", NUMBER, nullable=False) for name in names for end in ENDS]
