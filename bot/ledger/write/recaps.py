"""Claims a server's weekly recap, once per week whoever asks, and keeps what came of it."""

from dataclasses import asdict

from sqlalchemy import Connection, and_, or_, update

from bot.ledger.records import NOT_POSTED, StoredRecap
from bot.ledger.schema import recaps
from bot.ledger.write.statements import insert_into


def claim(connection: Connection, recap: StoredRecap) -> bool:
    """Take a week, unless it, or a later one, was taken and perhaps posted; tell whether it is ours.

    One statement, so that of two processes the database lets one through.
    """
    statement = insert_into(recaps, connection.dialect).values(**asdict(recap))
    free = or_(
        recaps.c.week < statement.excluded.week,
        and_(recaps.c.week == statement.excluded.week, recaps.c.outcome.in_(NOT_POSTED)),
    )
    change = {name: statement.excluded[name] for name in ("week", "due_at", "outcome", "noted_at")}
    taken = statement.on_conflict_do_update(index_elements=["guild_id"], set_=change, where=free)
    return connection.execute(taken).rowcount == 1


def note(connection: Connection, recap: StoredRecap) -> None:
    """Keep what came of the week that was claimed."""
    this = (recaps.c.guild_id == recap.guild_id, recaps.c.week == recap.week)
    connection.execute(update(recaps).where(*this).values(outcome=recap.outcome, noted_at=recap.noted_at))
