"""Recaps: where and when a server wants its week, and what came of the latest one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = (
    ("recap_channel", sa.BigInteger),
    ("recap_weekday", sa.SmallInteger),
    ("recap_hour", sa.SmallInteger),
    ("recap_since", sa.BigInteger),
)


def upgrade() -> None:
    """Add the columns and the table: no server has a recap yet."""
    for name, kind in COLUMNS:
        op.add_column("servers", sa.Column(name, kind()))
    op.create_table(
        "recaps",
        sa.Column(
            "guild_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("noted_at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("recaps")
    for name, _ in reversed(COLUMNS):
        op.drop_column("servers", name)
