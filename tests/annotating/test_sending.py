"""What comes of a request: once, in time, and never at the price of all others."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.annotating.sending import Outcome, attempt
from bot.client.http_limits.rate_limit_tracker import RateLimitTracker


def clock() -> float:
    return 100.0


def refusal(status: int, code: int = 0) -> discord.HTTPException:
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    response = cast("Any", SimpleNamespace(status=status, reason="No"))
    return kind(response, {"code": code, "message": "because"})


async def raises(error: Exception) -> None:
    raise error


async def gives(value: int, after: float = 0.0) -> int:
    await asyncio.sleep(after)
    return value


async def test_what_was_sent_is_returned() -> None:
    assert await attempt(gives(5), 1, RateLimitTracker(), clock) == (Outcome.SENT, 5)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refusal(403, 50013), Outcome.REFUSED),
        (refusal(403, 50001), Outcome.REFUSED),
        (refusal(400, 160002), Outcome.REFUSED),
        (refusal(403, 90001), Outcome.BLOCKED),
        (refusal(404, 10008), Outcome.GONE),
        (refusal(404), Outcome.GONE),
        (refusal(400, 50035), Outcome.GONE),
        (refusal(400, 200000), Outcome.GONE),
        (refusal(429), Outcome.FAILED),
        (refusal(500), Outcome.FAILED),
        (discord.RateLimited(60), Outcome.FAILED),
        (aiohttp.ClientConnectionError("lost"), Outcome.FAILED),
        (OSError("no route"), Outcome.FAILED),
    ],
)
async def test_each_refusal_is_understood(error: Exception, outcome: Outcome, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert await attempt(raises(error), 1, RateLimitTracker(), clock) == (outcome, None)
    assert bool(caplog.records) == (outcome is Outcome.FAILED)


async def test_a_mistake_of_ours_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        await attempt(raises(ZeroDivisionError()), 1, RateLimitTracker(), clock)


async def test_what_takes_too_long_is_given_up() -> None:
    assert await attempt(gives(5, after=5), 0.01, RateLimitTracker(), clock) == (Outcome.LATE, None)


async def test_who_sleeps_over_a_limit_for_all_is_not_disturbed() -> None:
    rate_limits = RateLimitTracker()
    rate_limits.global_until = 101.0
    assert await attempt(gives(5, after=0.1), 0.01, rate_limits, clock) == (Outcome.SENT, 5)


async def test_our_own_end_ends_the_request() -> None:
    went_on = asyncio.Event()

    async def sending() -> None:
        await asyncio.sleep(0.2)
        went_on.set()

    task = asyncio.create_task(attempt(sending(), 5, RateLimitTracker(), clock))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.3)
    assert not went_on.is_set()
