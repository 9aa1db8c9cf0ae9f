"""Sends one annotation: once, in time, and with every refusal of Discord's understood."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import Any, TypeVar

import aiohttp
import discord

from bot.annotating.rate_limits import RateLimits
from bot.errors import reason

log = logging.getLogger(__name__)

T = TypeVar("T")

GONE = frozenset({10003, 10008, 10014, 30010, 50021, 50035, 50068, 50083, 200000, 200001})
"""The message or channel is gone, closed, full of reactions, or AutoMod objects: expected, nobody's fault."""

BLOCKED = frozenset({90001})
"""Its author has blocked the bot."""

QUIETLY_REFUSED = frozenset({160002})
"""Replying takes Read Message History: a refusal that admins are told by the permissions, not by the log."""


EXPECTED = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What Discord and the network do to a request."""

UNREADABLE = (TypeError, KeyError, ValueError, AttributeError, IndexError)
"""What discord.py stumbles with over an answer of another shape than Discord documents."""


class Outcome(StrEnum):
    """What came of it."""

    SENT = "sent"
    GONE = "gone"
    BLOCKED = "blocked"
    REFUSED = "refused"
    LATE = "late"
    FAILED = "failed"


async def attempt(
    sending: Coroutine[Any, Any, T],
    seconds: float,
    rate_limits: RateLimits,
    clock: Callable[[], float],
    what: str = "an annotation",
) -> tuple[Outcome, T | None]:
    """Send within so many seconds; return what came of it, and what was sent. `what` names it in the log.

    discord.py sleeps over limits and tries again by itself. While it sleeps over a limit for the whole bot it must
    not be disturbed: it would never let anything through again.
    """
    task = asyncio.ensure_future(sending)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if not done:
            if clock() >= rate_limits.global_until:
                task.cancel()
            await asyncio.wait({task})
    except asyncio.CancelledError:  # it is us who are to end
        task.cancel()
        raise
    if task.cancelled():
        return Outcome.LATE, None
    error = task.exception()
    if error is None:
        return Outcome.SENT, task.result()
    if isinstance(error, EXPECTED):
        return _outcome(error, what), None
    if isinstance(error, UNREADABLE):  # its own words may be what people wrote
        log.warning("%s failed: its answer can't be read (%s)", what, type(error).__name__)
        return Outcome.FAILED, None
    raise error


def _outcome(error: Exception, what: str) -> Outcome:
    code = getattr(error, "code", 0)
    if code in BLOCKED:
        return Outcome.BLOCKED
    if code in QUIETLY_REFUSED:
        return Outcome.REFUSED
    if code in GONE or isinstance(error, discord.NotFound):
        return Outcome.GONE
    if isinstance(error, discord.Forbidden):
        log.info("%s is refused: %s", what, error)
        return Outcome.REFUSED
    log.warning("%s failed: %s", what, reason(error))
    return Outcome.FAILED
