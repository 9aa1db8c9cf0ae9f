"""Keeps which messages told a channel that its messages are counted."""

from dataclasses import asdict

from sqlalchemy import Connection, delete

from bot.ledger.coordination.changes import SERVER, note_change
from bot.ledger.records import StoredNotice
from bot.ledger.schema import notices
from bot.ledger.write.statements import put


def put_notice(connection: Connection, notice: StoredNotice) -> None:
    """Keep a notice; one that stood there about the same is replaced."""
    put(connection, notices, ("guild_id", "channel_id", "about_id"), **asdict(notice))
    note_change(connection, SERVER, notice.guild_id)


def drop_notices(connection: Connection, guild_id: int, about_id: int) -> None:
    """Forget the notices about a channel (0: the whole server)."""
    connection.execute(delete(notices).where(notices.c.guild_id == guild_id, notices.c.about_id == about_id))
    note_change(connection, SERVER, guild_id)
