"""What `doctor` asks Discord: who the token is, what the application may, what is left for today, what time it is."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp
import discord

from bot.cli.context import Context
from bot.cli.findings import Finding
from bot.client import discord_api
from bot.client.http_limits.date_header import listen_to_dates
from bot.clock import MAX_DISAGREEMENT, DiscordClock
from bot.errors import UserError
from bot.presentation.translator import Translator

MAX_CLOCK_SKEW = 5.0
"""Seconds our clock may be wrong and nobody minds: one that NTP sets is right within a second."""

PATIENCE = 45.0
"""Seconds for all questions: the client asks again when Discord fails, for half a minute."""


@dataclass(frozen=True, slots=True)
class DiscordStatus:
    """What Discord said. `ahead` is by how many seconds our clock is ahead of its; None when it didn't say."""

    name: str
    reads_messages: bool
    shards: int
    starts_left: int
    starts: int
    ahead: float | None


def check(context: Context) -> Iterator[Finding]:
    """Tell what Discord says, if there is a token."""
    settings, t = context.settings, context.t
    if settings.discord_token is None:
        yield Finding("note", t("doctor.no_token"))
        return
    told = asyncio.run(_ask(settings.discord_token.get_secret_value(), settings.discord_api))
    yield Finding("ok", t("doctor.token", name=told.name))
    yield message_content(told, t)
    yield starts(told, len(settings.shard_ids or ()) or settings.shard_count or told.shards, t)
    yield clock(told, t)


def message_content(told: DiscordStatus, t: Translator) -> Finding:
    """Tell whether the bot may read messages: without that nothing is counted or annotated."""
    if told.reads_messages:
        return Finding("ok", t("doctor.message_content"))
    return Finding("bad", t("doctor.no_message_content"))


def starts(told: DiscordStatus, needed: int, t: Translator) -> Finding:
    """Tell whether enough new sessions are left for today; beyond, Discord resets the token."""
    key, kind = ("doctor.starts", "ok") if told.starts_left >= needed else ("doctor.few_starts", "bad")
    return Finding(kind, t(key, left=told.starts_left, total=told.starts, needed=needed))


def clock(told: DiscordStatus, t: Translator) -> Finding:
    """Tell whether this machine's clock is right."""
    if told.ahead is None:
        return Finding("note", t("doctor.clock_unknown"))
    if abs(told.ahead) <= MAX_CLOCK_SKEW:
        return Finding("ok", t("doctor.clock"))
    key = "doctor.clock_fast" if told.ahead > 0 else "doctor.clock_slow"
    kind = "note" if abs(told.ahead) <= MAX_DISAGREEMENT else "bad"
    return Finding(kind, t(key, seconds=round(abs(told.ahead)), minutes=round(MAX_DISAGREEMENT / 60)))


async def _ask(token: str, api: str | None) -> DiscordStatus:
    """Ask; `UserError` when Discord refuses the token or can't be reached."""
    discord_api.use_root(api)
    seen = DiscordClock()
    try:
        async with (
            asyncio.timeout(PATIENCE),
            discord.Client(
                intents=discord.Intents.none(), http_trace=listen_to_dates(aiohttp.TraceConfig(), seen)
            ) as client,
        ):
            await client.login(token)
            shards, _, limit = await client.http.get_bot_gateway()
            flags = client.application_flags
            reads = flags.gateway_message_content or flags.gateway_message_content_limited
            return DiscordStatus(str(client.user), reads, shards, limit["remaining"], limit["total"], seen.host_ahead)
    except discord.LoginFailure as error:
        raise UserError("error.token") from error
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError) as error:
        address, reason = api or discord_api.DISCORD, (str(error).splitlines() or [type(error).__name__])[0]
        raise UserError("error.unreachable", address=address, reason=reason) from error
