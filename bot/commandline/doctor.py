"""`doctor`: says what is there, what is missing and what to do about it."""

import argparse
import asyncio
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import aiohttp
import discord
import ecologits

from bot import discord_api
from bot.commandline.context import Context
from bot.estimation import facts, vocabulary
from bot.estimation.errors import EstimationError
from bot.ledger import migrate
from bot.ledger.engine import open_engine, shown


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: "ok", "bad" or "note", and what it is about."""

    kind: str
    what: str


Check = Callable[[Context], Iterator[Finding]]


def execute(_: argparse.Namespace, context: Context) -> int:
    """Print the report; 1 when something is wrong."""
    findings = [finding for check in CHECKS for finding in _safely(check, context)]
    for finding in findings:
        print(context.words(f"doctor.{finding.kind}", what=finding.what))
    return 1 if any(finding.kind == "bad" for finding in findings) else 0


def _safely(check: Check, context: Context) -> list[Finding]:
    try:
        return list(check(context))
    except EstimationError as error:
        return [Finding("bad", context.words.error(error))]


def _versions(context: Context) -> Iterator[Finding]:
    yield Finding("ok", context.words("doctor.python", version=platform.python_version()))


def _facts(context: Context) -> Iterator[Finding]:
    estimator = context.answers().estimator
    facts.facts(context.settings.config_dir, "politeness", "politeness")
    counts = {"models": len(estimator.models), "zones": len(estimator.zones.codes())}
    yield Finding("ok", context.words("doctor.ecologits", version=ecologits.__version__, **counts))
    yield Finding("ok", context.words("doctor.config", folder=context.settings.config_dir))


def _vocabularies(context: Context) -> Iterator[Finding]:
    for wanted in vocabulary.load(context.settings.config_dir).values():
        vocabulary.require(wanted, context.settings.vocabulary_dir)
        yield Finding("ok", context.words("doctor.vocabulary", encoding=wanted.encoding))


def _database(context: Context) -> Iterator[Finding]:
    revision, head = asyncio.run(_revision(context.settings.database)), migrate.head()
    key = "doctor.database" if revision == head else "doctor.database_behind"
    found = {"url": shown(context.settings.database), "revision": revision or "-", "head": head}
    yield Finding("ok" if revision == head else "note", context.words(key, **found))


async def _revision(database: str) -> str | None:
    engine = open_engine(database)
    try:
        return await migrate.current(engine)
    finally:
        await engine.dispose()


def _token(context: Context) -> Iterator[Finding]:
    token = context.settings.discord_token
    if token is None:
        yield Finding("note", context.words("doctor.no_token"))
        return
    name = asyncio.run(_log_in(token.get_secret_value(), context.settings.discord_api))
    yield Finding("ok", context.words("doctor.token", name=name))


async def _log_in(token: str, api: str | None) -> str:
    """Ask Discord who the token is; `EstimationError` when it refuses or can't be reached."""
    discord_api.use_root(api)
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(token)
            return str(client.user)
    except discord.LoginFailure as error:
        raise EstimationError("error.token") from error
    except (aiohttp.ClientError, discord.HTTPException, OSError) as error:
        address, reason = api or discord_api.DISCORD, str(error).splitlines()[0]
        raise EstimationError("error.unreachable", address=address, reason=reason) from error


CHECKS: tuple[Check, ...] = (_versions, _facts, _vocabularies, _database, _token)
