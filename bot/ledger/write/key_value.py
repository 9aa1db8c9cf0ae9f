"""Keeps small facts that outlive a restart, by name."""

from sqlalchemy import Connection

from bot.ledger.schema import memory
from bot.ledger.write.statements import put


def put_value(connection: Connection, name: str, value: str) -> None:
    """Keep the value under that name, in place of an earlier one."""
    put(connection, memory, ("name",), name=name, value=value)
