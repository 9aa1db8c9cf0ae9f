"""Keys that contain the server, so that a database can be spread by it; entries in partitions by time.

Processes of the version before go on beside it: what their statements conflict on stays unique until 0011, and in
PostgreSQL the table of entries, as it is, becomes the partition for whatever has no month of its own. In SQLite a
message's id stays the row's own number, which is stricter and cheaper: no large table is written anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.Float(53)
ENDS = ("low", "expected", "high")

REPLACED_KEYS = dict.fromkeys(("entries", "tombstones", "measured_answers"), ("message_id",))
"""Keys that aren't unique by themselves any more: no statement of the version before conflicts on them by name."""

KEYS = {
    "ai_pending": (("message_id",), ("guild_id", "message_id")),
    "ai_questions": (("question_id", "bot_id"), ("guild_id", "question_id", "bot_id")),
    "watermarks": (("channel_id",), ("guild_id", "channel_id")),
    "gaps": (("channel_id", "after_id"), ("guild_id", "channel_id", "after_id")),
}
"""The key before, which stays unique until 0011, and the key from now on."""

INDEXES = {"ai_pending": "answer_id", "watermarks": "guild_id", "gaps": "guild_id"}
"""Columns with an index of their own before; those by server are needless from now on."""


def upgrade() -> None:
    """Widen the keys; every row stays."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(f"LOCK TABLE {', '.join([*REPLACED_KEYS, *KEYS])}, processes")  # in the order that batches take them
    op.add_column("processes", sa.Column("revision", sa.String(32)))
    op.add_column("tombstones", sa.Column("guild_id", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    for name, (before, key) in KEYS.items():
        if sqlite:
            _rebuild(name, key, with_rowid=False)
            continue
        _change_key(name, key)
        op.create_index(f"{name}_before_0010", name, before, unique=True)
        if INDEXES.get(name) == "guild_id":
            op.drop_index(f"ix_{name}_guild_id", name)
    if not sqlite:
        for name in REPLACED_KEYS:
            _change_key(name, ("message_id", "guild_id"))
        _partition()


def downgrade() -> None:
    """Narrow them again."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        _join_partitions()
        for name in REPLACED_KEYS:
            same = f"other.message_id = {name}.message_id AND other.guild_id < {name}.guild_id"
            op.execute(f"DELETE FROM {name} USING {name} AS other WHERE {same}")  # noqa: S608 our own names
            _change_key(name, ("message_id",))
    for name, (before, _) in KEYS.items():
        if sqlite:
            _rebuild(name, before, with_rowid=True)
            continue
        op.drop_index(f"{name}_before_0010", name)
        _change_key(name, before)
        if INDEXES.get(name) == "guild_id":
            op.create_index(f"ix_{name}_guild_id", name, ["guild_id"])
    op.drop_column("tombstones", "guild_id")
    op.drop_column("processes", "revision")


def _rebuild(name: str, key: tuple[str, ...], *, with_rowid: bool) -> None:
    """Make a table anew with another key, as SQLite can't change one; without row numbers it stands in the key's order.

    What the bot has of these is small: a row per channel, or per answer on its way.
    """
    indexed = INDEXES.get(name)
    if indexed and (with_rowid is False or indexed != "guild_id"):
        op.drop_index(f"ix_{name}_{indexed}", name)
    op.rename_table(name, f"{name}_before")
    op.create_table(name, *_columns(name, key), sqlite_with_rowid=with_rowid)
    names = ", ".join(column.name for column in _columns(name, key))
    op.execute(f"INSERT INTO {name} ({names}) SELECT {names} FROM {name}_before")  # noqa: S608 our own names
    op.drop_table(f"{name}_before")
    if indexed and (with_rowid or indexed != "guild_id"):
        op.create_index(f"ix_{name}_{indexed}", name, [indexed])


def _columns(name: str, key: tuple[str, ...]) -> list[sa.Column[int] | sa.Column[float]]:
    """Return a table's columns, those of the key first."""
    others = {
        "ai_pending": (*_ids("message_id", "answer_id", "guild_id", "channel_id", "bot_id"),
                       sa.Column("question_id", sa.BigInteger()), *_ids("author_id"),
                       *(sa.Column(one, sa.Integer(), nullable=False) for one in ("content", "embeds", "components"))),
        "ai_questions": (*_ids("question_id", "bot_id", "guild_id", "channel_id"),
                         *(sa.Column(f"predicted_{end}", NUMBER, nullable=False) for end in ENDS)),
        "watermarks": _ids("guild_id", "channel_id", "message_id"),
        "gaps": _ids("guild_id", "channel_id", "after_id", "before_id", "noted_at"),
    }[name]  # fmt: skip
    keys = [_key(one, alone=len(key) == 1) for one in key]
    return [*keys, *(column for column in others if column.name not in key)]


def _ids(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _key(name: str, *, alone: bool) -> sa.Column[int]:
    return sa.Column(name, sa.Integer() if alone else sa.BigInteger(), primary_key=True, autoincrement=False)


def _change_key(name: str, key: tuple[str, ...]) -> None:
    """Put another key in the place of a table's; both happen at once (PostgreSQL)."""
    before = sa.inspect(op.get_bind()).get_pk_constraint(name)["name"]
    op.execute(
        f"ALTER TABLE {name} DROP CONSTRAINT {before}, ADD CONSTRAINT {name}_pkey PRIMARY KEY ({', '.join(key)})"
    )


def _partition() -> None:
    """Make the table of entries one partition of another that takes its name: no row is moved."""
    op.execute("ALTER TABLE entries RENAME CONSTRAINT entries_pkey TO entries_default_pkey")
    op.execute("ALTER TABLE entries RENAME TO entries_default")
    op.execute("CREATE TABLE entries (LIKE entries_default) PARTITION BY RANGE (message_id)")
    op.execute("ALTER TABLE entries ADD CONSTRAINT entries_pkey PRIMARY KEY (message_id, guild_id)")
    op.execute("ALTER TABLE entries ATTACH PARTITION entries_default DEFAULT")


def _join_partitions() -> None:
    op.execute("CREATE TABLE entries_whole (LIKE entries)")
    op.execute("INSERT INTO entries_whole SELECT * FROM entries")
    op.execute("DROP TABLE entries")
    op.execute("ALTER TABLE entries_whole RENAME TO entries")
    op.execute("ALTER TABLE entries ADD CONSTRAINT entries_pkey PRIMARY KEY (message_id, guild_id)")
