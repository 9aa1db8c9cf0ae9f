"""Keeps which members of a server are AI bots."""

from dataclasses import asdict

from sqlalchemy import Connection, delete

from bot.ledger.coordination.changes import SERVER, note_change
from bot.ledger.records import AiBot
from bot.ledger.schema import ai_bots
from bot.ledger.write.statements import put


def put_bot(connection: Connection, bot: AiBot) -> None:
    """Keep an AI bot of a server."""
    put(connection, ai_bots, ("guild_id", "bot_id"), **asdict(bot))
    note_change(connection, SERVER, bot.guild_id)


def drop_bot(connection: Connection, guild_id: int, bot_id: int) -> None:
    """Forget an AI bot; what was measured stays."""
    connection.execute(delete(ai_bots).where(ai_bots.c.guild_id == guild_id, ai_bots.c.bot_id == bot_id))
    note_change(connection, SERVER, guild_id)
