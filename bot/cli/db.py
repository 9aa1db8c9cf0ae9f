"""`db`: brings the database to the program's version, says which one it has, or copies it."""

import argparse
import asyncio
import sys

from bot.cli import output
from bot.cli.context import Context
from bot.cli.db_copy import copy
from bot.ledger import migrate
from bot.ledger.engine import open_engine, open_read_only


def execute(options: argparse.Namespace, context: Context) -> int:
    """Upgrade the database, copy one, or check it: 1 when it isn't at the program's version."""
    if options.action == "copy":
        return _copy(options, context)
    revision = asyncio.run(_revision(context.settings.database, upgrade=options.action == "upgrade"))
    if revision == migrate.head():
        output.say(context.t("db.current", revision=revision))
        return 0
    output.say(context.t("db.behind", revision=revision or "-", head=migrate.head()))
    return 1


def _copy(options: argparse.Namespace, context: Context) -> int:
    try:
        return asyncio.run(copy(options.source, options.target, context))
    except KeyboardInterrupt:
        output.say(context.t("db.copy_interrupted"), sys.stderr)
        raise


async def _revision(database: str, *, upgrade: bool) -> str | None:
    engine = open_engine(database) if upgrade else open_read_only(database)
    try:
        if upgrade:
            await migrate.upgrade(engine)
        return await migrate.current(engine)
    finally:
        await engine.dispose()
