"""Lets go of the keys without a server, that processes of the version before 0010 needed."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

oldest_beside = "0010"
"""Processes that don't know at least this revision can't run beside it."""

KEYS = {
    "ai_pending": ("message_id",),
    "ai_questions": ("question_id", "bot_id"),
    "watermarks": ("channel_id",),
    "gaps": ("channel_id", "after_id"),
}


def upgrade() -> None:
    """Drop them; SQLite, which one process has to itself, never had them."""
    if op.get_bind().dialect.name == "postgresql":
        for name in KEYS:
            op.drop_index(f"{name}_before_0010", name)


def downgrade() -> None:
    """Make them again."""
    if op.get_bind().dialect.name == "postgresql":
        for name, key in KEYS.items():
            same = " AND ".join(f"{name}.{column} = other.{column}" for column in key)
            op.execute(f"DELETE FROM {name} USING {name} AS other WHERE {same} AND other.guild_id < {name}.guild_id")  # noqa: S608
            op.create_index(f"{name}_before_0010", name, key, unique=True)
