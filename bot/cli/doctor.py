"""`doctor`: says what is there, what is missing and what to do about it."""

import argparse
import asyncio
import os
import platform
from collections.abc import Iterator
from pathlib import Path

import ecologits

from bot.cli import discord_check, metrics_check, output
from bot.cli.context import Context
from bot.cli.findings import Check, Finding
from bot.errors import UserError
from bot.estimation import vocabulary
from bot.estimation.facts.fact import read
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.ledger import migrate
from bot.ledger.engine import is_missing, open_read_only, require_writable, shown
from bot.ledger.replica import Replica


def execute(_: argparse.Namespace, context: Context) -> int:
    """Print the report; 1 when something is wrong."""
    findings = [finding for check in CHECKS for finding in _safely(check, context)]
    for finding in findings:
        output.say(context.t(f"doctor.{finding.kind}", what=finding.what))
    return 1 if any(finding.kind == "bad" for finding in findings) else 0


def _safely(check: Check, context: Context) -> list[Finding]:
    try:
        return list(check(context))
    except UserError as error:
        return [Finding("bad", context.t.error(error))]


def _versions(context: Context) -> Iterator[Finding]:
    yield Finding("ok", context.t("doctor.python", version=platform.python_version()))


def _facts(context: Context) -> Iterator[Finding]:
    for path in sorted(context.settings.config_dir.glob("*.toml")):
        read(context.settings.config_dir, path.stem)  # also those that only a command or two read
    estimator = context.estimates().estimator
    PolitenessFacts.load(context.settings.config_dir)
    counts = {"models": len(estimator.models), "zones": len(estimator.zones.codes())}
    yield Finding("ok", context.t("doctor.ecologits", version=ecologits.__version__, **counts))
    yield Finding("ok", context.t("doctor.config", folder=context.settings.config_dir))


def _vocabularies(context: Context) -> Iterator[Finding]:
    for wanted in vocabulary.load(context.settings.config_dir).values():
        vocabulary.require(wanted, context.settings.vocabulary_dir)
        yield Finding("ok", context.t("doctor.vocabulary", encoding=wanted.encoding))


def _database(context: Context) -> Iterator[Finding]:
    database, head = context.settings.database, migrate.head()
    revision = asyncio.run(_revision(database))
    found = {"url": shown(database), "revision": revision or "-", "head": head}
    require_writable(database)
    if revision is None:
        yield Finding("note", context.t("doctor.database_missing", **found))
        return
    key = "doctor.database" if revision == head else "doctor.database_behind"
    yield Finding("ok" if revision == head else "note", context.t(key, **found))
    if reading := context.settings.database_read_url:
        seen = asyncio.run(_revision(reading))
        yield Finding("ok", context.t("doctor.database_read", url=shown(reading), revision=seen or "-"))
        if why := asyncio.run(_trouble(database, reading)):
            yield Finding("note", context.t("doctor.database_unread", reason=why))


async def _trouble(database: str, reading: str) -> str | None:
    """Return why boards are read from the primary all the same."""
    engine, reader = open_read_only(database), open_read_only(reading)
    try:
        return await Replica(reader, engine).trouble()
    finally:
        await engine.dispose()
        await reader.dispose()


async def _revision(database: str) -> str | None:
    """Return the database's revision, None where there is none yet; nothing is made or changed."""
    if is_missing(database):
        return None
    engine = open_read_only(database)
    try:
        return await migrate.known_revision(engine)
    finally:
        await engine.dispose()


def _private_files(context: Context) -> Iterator[Finding]:
    """Find a `.env` that others on this machine can read: the token is in it."""
    path = Path(".env")
    if os.name == "posix" and path.is_file() and path.stat().st_mode & 0o077:
        yield Finding("note", context.t("doctor.env_readable", path=path))


CHECKS: tuple[Check, ...] = (
    _versions,
    _facts,
    _vocabularies,
    _private_files,
    _database,
    discord_check.check,
    metrics_check.check,
)
