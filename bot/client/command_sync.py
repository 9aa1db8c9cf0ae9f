"""Tells Discord the commands, only when they changed since it was last told."""

import hashlib
import json
import logging

from discord import app_commands
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import key_value

log = logging.getLogger(__name__)

NAME = "commands"


async def sync_commands(tree: app_commands.CommandTree, application_id: int, engine: AsyncEngine) -> bool:
    """Send the commands to Discord when their payload differs from the one sent last; tell whether it did.

    The hash is kept with the application's id: another application was never told anything.
    """
    known = f"{application_id}:{await payload_hash(tree)}"
    if await key_value.get_value(engine, NAME) == known:
        return False
    commands = await tree.sync()
    await key_value.put_value(engine, NAME, known)
    log.info("commands sent to Discord: %d", len(commands))
    return True


async def payload_hash(tree: app_commands.CommandTree) -> str:
    """Return a hash of all that Discord is told of the commands, localisations included."""
    translator = tree.translator
    if translator is None:
        payload = [command.to_dict(tree) for command in tree.get_commands()]
    else:
        payload = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
