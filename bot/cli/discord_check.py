"""What `doctor` asks Discord: who the token is, what the application may, what is left for today, what time it is."""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import discord

from bot.cli.context import Context
from bot.cli.findings import Finding
from bot.client import discord_api, refusals
from bot.client.client import EmpreinteBot
from bot.client.command_payloads import Payload, differing, payloads
from bot.client.command_sync import registered
from bot.client.http_limits.date_header import listen_to_dates
from bot.client.proxy import proxy_for, shown
from bot.client.session_starts import Gateway
from bot.counting.clock import MAX_DISAGREEMENT, DiscordClock
from bot.errors import UserError, reason
from bot.ledger.ledger import open_ledger
from bot.presentation import days
from bot.presentation.translator import Catalogues, Translator

MAX_CLOCK_SKEW = 5.0
"""Seconds our clock may be wrong and nobody minds: one that NTP sets is right within a second."""

PATIENCE = 45.0
"""Seconds for all questions: the client asks again when Discord fails, for half a minute."""


@dataclass(frozen=True, slots=True)
class DiscordStatus:
    """What Discord said. `ahead` is by how many seconds our clock is ahead of its; None when it didn't say.

    `commands` are those it has, `wanted` ours, `no_commands` why it doesn't say which it has.
    """

    name: str
    reads_messages: bool
    gateway: Gateway
    ahead: float | None
    commands: Sequence[Payload]
    wanted: Sequence[Payload]
    no_commands: str | None = None


def check(context: Context) -> Iterator[Finding]:
    """Tell what Discord says, if there is a token."""
    settings, t = context.settings, context.t
    if settings.discord_token is None:
        yield Finding("note", t("doctor.no_token"))
        return
    proxy = proxy_for(settings.discord_api or discord_api.DISCORD, settings.proxy)
    if proxy:
        yield Finding("note", t("doctor.proxy", proxy=shown(proxy)))
    told = asyncio.run(_ask(context, proxy))
    yield Finding("ok", t("doctor.token", name=told.name))
    yield message_content(told, t)
    yield from starts(told, len(settings.shard_ids or ()) or settings.shard_count or told.gateway.shards, t)
    yield commands(told, t)
    yield clock(told, t)


def message_content(told: DiscordStatus, t: Translator) -> Finding:
    """Tell whether the bot may read messages: without that nothing is counted or annotated."""
    if told.reads_messages:
        return Finding("ok", t("doctor.message_content"))
    return Finding("bad", t("doctor.no_message_content"))


def starts(told: DiscordStatus, needed: int, t: Translator) -> Iterator[Finding]:
    """Tell whether enough new sessions are left for today; beyond, Discord resets the token."""
    found = {"left": told.gateway.left, "total": told.gateway.total, "needed": needed}
    if not told.gateway.wait(needed):
        yield Finding("ok", t("doctor.starts", **found))
        return
    yield Finding("bad", t("doctor.few_starts", **found))
    until = datetime.now().astimezone() + timedelta(seconds=told.gateway.resets_in)
    yield Finding("note", t("doctor.starts_reset", until=days.moment(until, t)))


def clock(told: DiscordStatus, t: Translator) -> Finding:
    """Tell whether this machine's clock is right."""
    if told.ahead is None:
        return Finding("note", t("doctor.clock_unknown"))
    if abs(told.ahead) <= MAX_CLOCK_SKEW:
        return Finding("ok", t("doctor.clock"))
    key = "doctor.clock_fast" if told.ahead > 0 else "doctor.clock_slow"
    kind = "note" if abs(told.ahead) <= MAX_DISAGREEMENT else "bad"
    return Finding(kind, t(key, seconds=round(abs(told.ahead)), minutes=round(MAX_DISAGREEMENT / 60)))


def commands(told: DiscordStatus, t: Translator) -> Finding:
    """Tell whether Discord has the bot's commands as they are."""
    if told.no_commands is not None:
        return Finding("note", t("doctor.commands_unknown", reason=told.no_commands))
    names = differing(told.commands, told.wanted)
    if not names:
        return Finding("ok", t("doctor.commands", count=len(told.commands)))
    return Finding("note", t("doctor.commands_differ", names=", ".join(names)))


async def _ask(context: Context, proxy: str | None) -> DiscordStatus:
    """Ask; `UserError` when Discord refuses the token or can't be reached."""
    settings = context.settings
    assert settings.discord_token is not None, "checked before"
    discord_api.use_root(settings.discord_api)
    seen = DiscordClock()
    try:
        async with (
            asyncio.timeout(PATIENCE),
            discord.Client(
                intents=discord.Intents.none(), http_trace=listen_to_dates(aiohttp.TraceConfig(), seen), proxy=proxy
            ) as client,
        ):
            await client.login(settings.discord_token.get_secret_value())
            gateway = await discord_api.ask_gateway(client)
            flags = client.application_flags
            reads = flags.gateway_message_content or flags.gateway_message_content_limited
            known, wanted, reason = await _commands(client, context)
            return DiscordStatus(str(client.user), reads, gateway, seen.host_ahead, known, wanted, reason)
    except Exception as error:
        raise refusals.explain(error, discord_api.where(settings.discord_api, proxy)) from error


async def _commands(
    client: discord.Client, context: Context
) -> tuple[Sequence[Payload], Sequence[Payload], str | None]:
    """Return the commands that Discord has and ours, or why one of them can't be told."""
    assert client.application_id is not None, "known since login"
    try:
        return await registered(client.http, client.application_id), await our_commands(context), None
    except (discord.HTTPException, discord.RateLimited) as error:
        return (), (), reason(error)
    except UserError as error:  # our own files; other checks tell of them
        return (), (), context.t.error(error)


async def our_commands(context: Context) -> Sequence[Payload]:
    """Return the commands as `run` tells Discord of them, from a bot that never connects."""
    catalogues = Catalogues.load(context.settings.config_dir)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            open_ledger(f"sqlite+aiosqlite:///{folder}/empty.db") as ledger,
            EmpreinteBot(context.settings, context.estimates(), catalogues, ledger) as bot,
        ):
            await bot.load_commands()
            return await payloads(bot.tree)
