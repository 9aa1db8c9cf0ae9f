"""Turns whatever ends the client into one sentence, and tells how long Discord asks to wait, if it does."""

import math
from collections.abc import Iterator

import aiohttp
import discord

from bot.client.http_limits.retry_after import retry_after
from bot.client.unreadable_answers import UnreadableAnswer
from bot.errors import UserError, reason

MAX_WAIT = 86_400.0
"""Seconds: Discord asks for a day at the most."""

CLOSED = {
    4004: "error.token_revoked",
    4010: "error.shard_unknown",
    4011: "error.sharding_required",
    4012: "error.gateway_version",
    4013: "error.intents_unknown",
    4014: "error.intents_refused",
}
"""The gateway's final close codes (https://docs.discord.com/developers/topics/opcodes-and-status-codes)."""


class WaitRequested(UserError):  # noqa: N818
    """Discord asks not to come back before so many `seconds`."""

    def __init__(self, seconds: float, key: str, **values: object) -> None:
        super().__init__(key, **values)
        self.seconds = seconds


def explain(error: Exception, address: str) -> UserError:
    """Return the sentence for what Discord, a proxy before it or the network did; of anything else only its kind."""
    for one in _chain(error):
        found = _known(one, address)
        if found is not None:
            return found
    return UserError("error.ended", kind=type(error).__name__)


def wait_of(error: Exception) -> float | None:
    """Return for how many seconds Discord asks not to come back; None when it doesn't say."""
    for one in _chain(error):
        if isinstance(one, WaitRequested):
            return one.seconds
        if isinstance(one, discord.RateLimited):
            return min(one.retry_after, MAX_WAIT)
        if isinstance(one, discord.HTTPException):
            return _retry_after(one)
    return None


def _known(error: BaseException, address: str) -> UserError | None:
    match error:
        case UserError():
            found = error
        case discord.LoginFailure():
            found = UserError("error.token")
        case discord.ConnectionClosed():
            known = CLOSED.get(error.code)
            found = UserError(known) if known else UserError("error.closed", code=error.code)
        case discord.RateLimited():
            found = UserError("error.rate_limited", seconds=math.ceil(error.retry_after))
        case discord.HTTPException():
            found = _refused(error, address)
        case aiohttp.ClientError() | discord.GatewayNotFound() | OSError():
            found = UserError("error.unreachable", address=address, reason=reason(error))
        case _:
            found = None
    return found


def _refused(error: discord.HTTPException, address: str) -> UserError:
    if error.status == 401:
        return UserError("error.token")
    if isinstance(error, UnreadableAnswer) or (error.code == 0 and error.status < 500):
        return UserError("error.not_discord", status=error.status)
    return UserError("error.unreachable", address=address, reason=reason(error))


def _retry_after(error: discord.HTTPException) -> float | None:
    seconds = retry_after(error.response.headers)
    return None if seconds is None else min(seconds, MAX_WAIT)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, what it came from last: a gateway that isn't found was refused for a reason."""
    cause = error.__cause__
    if isinstance(error, discord.GatewayNotFound) and cause is not None:
        yield cause
    yield error
