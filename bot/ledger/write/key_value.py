"""Keeps small facts that outlive a restart, by name."""

from sqlalchemy import Connection

from bot.ledger.schema import key_value
from bot.ledger.write.statements import put


def put_value(connection: Connection, name: str, value: str) -> None:
    """Keep the value under that name, in place of an earlier one."""
    put(connection, key_value, ("name",), name=name, value=value)
