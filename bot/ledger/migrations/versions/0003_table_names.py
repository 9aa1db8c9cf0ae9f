"""Tables by the field's own terms: tombstones and key_value, once `seen` and `memory`."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMES = {"seen": "tombstones", "memory": "key_value"}


def upgrade() -> None:
    """Give the tables their new names; what they hold stays."""
    for old, new in NAMES.items():
        op.rename_table(old, new)


def downgrade() -> None:
    """Give the tables their old names back."""
    for old, new in NAMES.items():
        op.rename_table(new, old)
