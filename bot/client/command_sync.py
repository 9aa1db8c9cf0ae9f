"""Tells Discord the commands, only when they changed since it was last told."""

import hashlib
import json
import logging
from functools import partial

from discord import app_commands

from bot.ledger.ledger import Ledger
from bot.ledger.queries.key_value import get_value
from bot.ledger.write.key_value import put_value

log = logging.getLogger(__name__)

NAME = "commands"


async def sync_commands(tree: app_commands.CommandTree, application_id: int, ledger: Ledger) -> bool:
    """Send the commands to Discord when their payload differs from the one sent last; tell whether it did.

    The hash is kept with the application's id: another application was never told anything.
    """
    known = f"{application_id}:{await payload_hash(tree)}"
    if await get_value(ledger.engine, NAME) == known:
        return False
    commands = await tree.sync()
    await ledger.writer.run(partial(put_value, name=NAME, value=known))
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
