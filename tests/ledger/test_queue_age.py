"""How old batches are: never younger than they are, and no more than a look at the queue older."""

import asyncio
from collections import deque

from hypothesis import given
from hypothesis import strategies as st
from making import entry
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.write.queue_age import QueueAge
from bot.ledger.write.write_queue import JITTER
from bot.ledger.write.writer import Writer


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_from_empty_to_one() -> None:
    clock = Clock()
    arrivals = QueueAge(clock)
    clock.now += 5
    arrivals.first()
    clock.now += 2
    assert arrivals.longest == 2


def test_what_comes_after_a_look_is_no_older_than_it() -> None:
    clock = Clock()
    arrivals = QueueAge(clock)
    arrivals.first()
    clock.now += 3
    arrivals.look(600)
    clock.now += 1
    arrivals.leave(500)
    assert arrivals.longest == 4, "of those that waited already, 100 are left"
    arrivals.look(900)
    arrivals.leave(500)
    assert arrivals.longest == 1, "the first one left came after the first look"


def test_looking_again_takes_no_memory() -> None:
    arrivals = QueueAge()
    arrivals.first()
    for _ in range(1000):
        arrivals.look(7)
    assert len(arrivals._looks) == 1


@given(st.lists(st.tuples(st.sampled_from(("come", "take", "look")), st.integers(1, 5), st.floats(0, 2))))
def test_never_too_young(steps: list[tuple[str, int, float]]) -> None:
    clock, queue = Clock(), deque[float]()
    arrivals = QueueAge(clock)
    for step, count, passes in steps:
        clock.now += passes
        if step == "come":
            if not queue:
                arrivals.first()
            queue.extend([clock.now] * count)
        elif step == "look":
            arrivals.look(len(queue))
        else:
            arrivals.look(len(queue))
            arrivals.leave(min(count, len(queue)))
            for _ in range(min(count, len(queue))):
                queue.popleft()
        if queue:
            assert arrivals.longest >= clock.now - queue[0]


async def test_the_writer_sums_the_ages_of_its_batches(lite: AsyncEngine) -> None:
    async with Writer(lite, max_age=0.2) as writer:
        assert writer.state.capacity == 20_000
        assert writer.state.batch_seconds == 0
        writer.record(entry(1))
        await asyncio.sleep(0.1)
        writer.record(entry(2))
        while writer.state.batches == 0:
            await asyncio.sleep(0.01)
        first = writer.state.batch_seconds
        assert 0.2 * JITTER <= first < 1
        await asyncio.sleep(0.3)
        writer.record(entry(3))
        await writer.flush()
        assert writer.state.batches == 2
        assert 0 < writer.state.batch_seconds - first < 0.2, "idle time isn't waiting"


async def test_a_flood_is_no_older_than_it_lasts(lite: AsyncEngine) -> None:
    async with Writer(lite, batch=50, max_age=0.05) as writer:
        started = asyncio.get_running_loop().time()
        for n in range(1000):
            writer.record(entry(n))
            if n % 20 == 0:
                await asyncio.sleep(0)
        await writer.flush()
        state, lasted = writer.state, asyncio.get_running_loop().time() - started
        assert state.batches >= 20
        assert 0 < state.batch_seconds / state.batches <= lasted
