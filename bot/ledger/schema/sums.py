"""Sums by a server's days: of all messages, of the measured part, and how predictions did."""

from sqlalchemy import BigInteger, Column, Index, SmallInteger, Table

from bot.ledger.schema.columns import BY_SERVER, counts, metadata, numbers, ranges
from bot.ledger.types import LocalDay

DAILY_KEY = ("guild_id", "local_day", "author_id", "channel_id")
"""The key's order keeps a server's week in one place on disk."""


def _by_day(name: str, *sums: Column[int] | Column[float]) -> Table:
    """Return a table of sums per server, day, author and channel."""
    types = (LocalDay if column == "local_day" else BigInteger for column in DAILY_KEY)
    key = [Column(column, kind, primary_key=True) for column, kind in zip(DAILY_KEY, types, strict=True)]
    return Table(
        name, metadata, *key, *sums, Index(f"{name}_of_a_person", "author_id"), info=BY_SERVER, sqlite_with_rowid=False
    )


def _sums(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in DAILY_KEY)


daily = _by_day(
    "daily",
    *counts("messages", "prompt_tokens"),
    *ranges("answer", "energy", "gwp", "water"),
    *counts("with_water"),
    *numbers("cost_usd"),
    *counts("with_cost", "courtesy_messages", "courtesy_only", "courtesy_words"),
    *numbers("courtesy_energy_wh", "courtesy_gwp_g", "courtesy_cost_usd"),
)
"""Sums of what was counted: Wh, g, mL, USD.

`with_water` and `with_cost` count the messages that had such a figure. Author 0 stands for people who were erased.
"""

DAILY_SUMS = _sums(daily)

daily_measured = _by_day(
    "daily_measured",
    *counts("messages", "visible_tokens"),
    *ranges("energy", "gwp", "water"),
    *counts("with_water"),
)
"""The part of `daily` that was measured rather than predicted."""

MEASURED_SUMS = _sums(daily_measured)

predictions = Table(
    "predictions",
    metadata,
    Column("guild_id", BigInteger, primary_key=True),
    Column("local_day", LocalDay, primary_key=True),
    Column("bucket", SmallInteger, primary_key=True, autoincrement=False),
    *counts("pairs", "within_2", "covered", "measured"),
    *numbers("predicted", "log2_ratio"),
    sqlite_with_rowid=False,
    info=BY_SERVER,
)
"""How predictions did against measured answers, per server and day: a histogram of log2 ratios, with sums."""
