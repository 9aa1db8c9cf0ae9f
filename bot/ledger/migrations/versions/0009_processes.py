"""Several processes: who serves which shard, whose turn it is, and what one changed that all must know."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; all are empty until several processes share the database."""
    op.create_table(
        "processes",
        sa.Column("holder", sa.String(64), primary_key=True),
        sa.Column("shard_count", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "shard_leases",
        sa.Column("shard_count", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("shard_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "identify_turns",
        sa.Column("bucket", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "job_claims",
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("change_id", KEY, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("of_id", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False, index=True),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("changes", "job_claims", "identify_turns", "shard_leases", "processes"):
        op.drop_table(table)
