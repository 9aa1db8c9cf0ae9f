"""`doctor`: says what is there, what is missing and what to do about it."""

import argparse
import asyncio
import platform
from collections.abc import Iterator

import ecologits

from bot.cli import discord_check, metrics_check
from bot.cli.context import Context
from bot.cli.findings import Check, Finding
from bot.errors import UserError
from bot.estimation import vocabulary
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.ledger import migrate
from bot.ledger.engine import open_engine, shown


def execute(_: argparse.Namespace, context: Context) -> int:
    """Print the report; 1 when something is wrong."""
    findings = [finding for check in CHECKS for finding in _safely(check, context)]
    for finding in findings:
        print(context.t(f"doctor.{finding.kind}", what=finding.what))
    return 1 if any(finding.kind == "bad" for finding in findings) else 0


def _safely(check: Check, context: Context) -> list[Finding]:
    try:
        return list(check(context))
    except UserError as error:
        return [Finding("bad", context.t.error(error))]


def _versions(context: Context) -> Iterator[Finding]:
    yield Finding("ok", context.t("doctor.python", version=platform.python_version()))


def _facts(context: Context) -> Iterator[Finding]:
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
    revision, head = asyncio.run(_revision(context.settings.database)), migrate.head()
    key = "doctor.database" if revision == head else "doctor.database_behind"
    found = {"url": shown(context.settings.database), "revision": revision or "-", "head": head}
    yield Finding("ok" if revision == head else "note", context.t(key, **found))


async def _revision(database: str) -> str | None:
    engine = open_engine(database)
    try:
        return await migrate.current(engine)
    finally:
        await engine.dispose()


CHECKS: tuple[Check, ...] = (_versions, _facts, _vocabularies, _database, discord_check.check, metrics_check.check)
