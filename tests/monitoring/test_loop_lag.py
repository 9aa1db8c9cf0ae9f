"""The event loop's lag: measured, the largest kept for a minute, and nothing ends the measuring."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest

from bot.monitoring import loop_lag
from bot.monitoring.loop_lag import MEASURE_INTERVAL, WINDOW, LoopLag


class Clock:
    def __init__(self) -> None:
        self.now = 1000.5

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def lag() -> AsyncIterator[LoopLag]:
    one = LoopLag()
    task = asyncio.create_task(one.run())
    yield one
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_a_blocked_loop_is_noticed(lag: LoopLag) -> None:
    await asyncio.sleep(MEASURE_INTERVAL / 2)
    time.sleep(0.3)
    async with asyncio.timeout(60):
        while lag.count < 2:
            await asyncio.sleep(MEASURE_INTERVAL / 2)
    assert lag.largest >= 0.15
    assert lag.total >= lag.largest
    assert lag.count >= 2


async def test_an_idle_loop_is_in_time(lag: LoopLag) -> None:
    async with asyncio.timeout(60):
        while lag.count < 2 or lag.last >= MEASURE_INTERVAL:  # in time once, on however busy a machine
            await asyncio.sleep(MEASURE_INTERVAL)
    assert lag.last >= 0


def test_the_largest_is_forgotten_after_a_minute_and_memory_is_bounded() -> None:
    clock = Clock()
    lag = LoopLag(clock)
    lag.note(7.0)
    lag.note(0.5)
    assert (lag.last, lag.largest, lag.count, lag.total) == (0.5, 7.0, 2, 7.5)
    for _ in range(WINDOW * 10 - 10):
        clock.now += 0.1
        lag.note(0.25)
    assert lag.largest == 7.0
    for _ in range(30):
        clock.now += 0.1
        lag.note(0.25)
    assert lag.largest == 0.25
    assert len(lag._seconds) <= WINDOW + 1
    clock.now += WINDOW + 2
    assert lag.largest == 0.0


async def test_nothing_ends_it(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(loop_lag, "AFTER_MISHAP", 0.01)
    wrong = iter([RuntimeError("no clock")])

    def clock() -> float:
        for error in wrong:
            raise error
        return time.monotonic()

    lag = LoopLag(clock)
    task = asyncio.create_task(lag.run())
    async with asyncio.timeout(60):
        while not lag.count:
            await asyncio.sleep(MEASURE_INTERVAL)
    assert not task.done()
    assert "can't be measured" in caplog.text
    task.cancel()
