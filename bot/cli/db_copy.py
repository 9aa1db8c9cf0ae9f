"""`db copy`: a ledger into another database, with its progress; stopped, it goes on where it was."""

import hashlib
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from tqdm import tqdm

from bot.cli import output
from bot.cli.context import Context
from bot.errors import UserError, reason
from bot.ledger import copying, migrate, sessions
from bot.ledger.engine import open_engine, open_read_only, parsed, shown
from bot.ledger.lock import Lock, lock_path


async def copy(source: str, target: str, context: Context) -> int:
    """Copy, compare, and say how many rows there were.

    Raises `UserError` when a bot runs on one of them, when the source isn't of this version, when the target holds
    something else, when a row differs, or when a database goes away meanwhile.
    """
    if parsed(source) == parsed(target):
        raise UserError("error.copy_target")
    with ExitStack() as stack:
        reading = open_read_only(source, sessions.COPYING)
        for path in (lock_path(source), lock_path(target)):
            if path is not None:
                stack.enter_context(Lock.acquire(path))
        return await _copy(reading, open_engine(target, sessions.COPYING), _name(source), context)


async def _copy(reading: AsyncEngine, writing: AsyncEngine, name: str, context: Context) -> int:
    try:
        await migrate.require_current(reading)
        await migrate.known_revision(writing)
        total = await _copied(reading, writing, name, context)
    except (SQLAlchemyError, OSError) as error:
        raise UserError("error.copy_stopped", reason=reason(error)) from error
    finally:
        await reading.dispose()
        await writing.dispose()
    output.say(context.t("db.copied", rows=total, target=shown(writing.url)))
    return 0


async def _copied(reading: AsyncEngine, writing: AsyncEngine, name: str, context: Context) -> int:
    await _require_unused(reading, writing)
    await copying.require_target(writing, name)
    await migrate.upgrade(writing)
    total = await copying.count_rows(reading)
    with _bar(context.t("db.copying"), total) as bar:
        await copying.copy_ledger(reading, writing, name, bar.update)
    with _bar(context.t("db.comparing"), total) as bar:
        await copying.compare_ledgers(reading, writing, bar.update)
    await _require_unused(reading, writing)
    await copying.call_whole(writing)
    return total


def _bar(said: str, total: int) -> "tqdm[NoReturn]":
    """Return a progress bar on a terminal, nothing elsewhere."""
    return tqdm(total=total, desc=f"{said} ", unit="", disable=None)


async def _require_unused(*engines: AsyncEngine) -> None:
    for engine in engines:
        await sessions.require_unused(engine)


def _name(database: str) -> str:
    """Return a name for the source that says nothing of its password."""
    url = parsed(database)
    whole = str(Path(url.database).absolute()) if url.get_backend_name() == "sqlite" and url.database else str(url)
    return hashlib.sha256(whole.encode()).hexdigest()
