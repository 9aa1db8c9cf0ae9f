"""Quizzes whose questions are open until a test says so: how fast this machine is doesn't matter."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from house import House

from bot.usecases.quiz.game import Phase

FOREVER = 3600.0


def prepare(house: House, seconds: float = FOREVER, seed: int = 7) -> None:
    house.bot.quizzes.rng = random.Random(seed)
    house.bot.quizzes.answer_time = timedelta(seconds=seconds)


async def time_is_up(house: House, channel: str = "général") -> None:
    """Let the question's time be over; it begins once Discord's answer to the question is there."""
    run = house.bot.quizzes.running(house.sandbox.world.channel(channel).id)
    clock, late, number = run._clock, 0.0, run.game.number
    async with asyncio.timeout(60):
        while run.game.phase is Phase.ASKING and run.game.number == number:
            late += FOREVER
            run._clock = partial(_later, clock, late)
            run._wake.set()
            await asyncio.sleep(0.02)


def _later(clock: Callable[[], float], seconds: float) -> float:
    return clock() + seconds
