"""What was measured, apart from what was predicted; and how predictions did against it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, delete, select

from bot.ledger.prediction import Pair
from bot.ledger.records import Entry
from bot.ledger.schema import DAILY_KEY, MEASURED_SUMS, daily_measured, measured_answers, predictions
from bot.ledger.write.statements import add_to_sums

FIGURES = ("energy", "gwp", "water")


def add_measured(connection: Connection, entry: Entry, visible_tokens: int) -> None:
    """Add a measured answer to the day's sums."""
    connection.execute(add_to_sums(daily_measured, connection.dialect).values(**_measured_row(entry, visible_tokens)))


def add_pair(connection: Connection, guild_id: int, day: date, pair: Pair) -> None:
    """Add a prediction and what came to the day's histogram."""
    row = {
        "guild_id": guild_id,
        "local_day": day,
        "bucket": pair.bucket,
        "pairs": 1,
        "within_2": int(pair.is_within_2),
        "covered": int(pair.is_covered),
        "measured": pair.measured,
        "predicted": pair.predicted.expected,
        "log2_ratio": pair.log2_ratio,
    }
    connection.execute(add_to_sums(predictions, connection.dialect).values(**row))


def take_back_measured(connection: Connection, guild_id: int, found: Collection[Entry]) -> None:
    """Take entries out of what was measured, as when counting was begun by mistake."""
    by_id = {one.message_id: one for one in found}
    theirs = (measured_answers.c.guild_id == guild_id, measured_answers.c.message_id.in_(list(by_id)))
    tokens = select(measured_answers.c.message_id, measured_answers.c.visible_tokens).where(*theirs)
    for message_id, visible in connection.execute(tokens).all():
        row = _measured_row(by_id[message_id], visible, sign=-1)
        connection.execute(add_to_sums(daily_measured, connection.dialect).values(**row))
    days = {one.local_day for one in found}
    empty = (daily_measured.c.local_day.in_(days), daily_measured.c.messages <= 0)
    connection.execute(delete(daily_measured).where(daily_measured.c.guild_id == guild_id, *empty))
    connection.execute(delete(measured_answers).where(*theirs))


def _measured_row(entry: Entry, tokens: int, sign: int = 1) -> dict[str, object]:
    dry = entry.water_expected is None
    sums = {name: getattr(entry, name) or 0.0 for name in MEASURED_SUMS if name.rpartition("_")[0] in FIGURES}
    sums |= {"messages": 1, "visible_tokens": tokens, "with_water": 0 if dry else 1}
    key: dict[str, object] = {name: getattr(entry, name) for name in DAILY_KEY}
    return key | {name: sign * value for name, value in sums.items()}
