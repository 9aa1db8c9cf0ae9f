"""Quiet offers: who has seen the button by which they are left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; whoever saw the button before sees it once more."""
    snowflake = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table("quiet_offers", sa.Column("user_id", snowflake, primary_key=True, autoincrement=False))


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("quiet_offers")
