"""Since when the bot is a member of a server, and where the notice of counting stands."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. A server with a watermark had the bot as a member: only members get messages."""
    for name in ("joined_at", "returned_at"):
        op.add_column("servers", sa.Column(name, sa.BigInteger()))
    op.add_column("servers", sa.Column("notice_due", sa.Boolean()))
    op.add_column("channels", sa.Column("notice_channel_id", sa.BigInteger()))
    op.execute("UPDATE servers SET joined_at = 0 WHERE guild_id IN (SELECT guild_id FROM watermarks)")


def downgrade() -> None:
    """Drop them."""
    op.drop_column("channels", "notice_channel_id")
    for name in ("notice_due", "returned_at", "joined_at"):
        op.drop_column("servers", name)
