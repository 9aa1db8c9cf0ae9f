"""Messages wait a moment to be counted: in order, never too many, none lost to another's failure."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from bot.counting.message_queue import MessageQueue
from bot.counting.message_record import Json, MessageRecord
from bot.ledger.records import SILENT, ChannelMode

GUILD, CHANNEL, LEO = 11, 21, 31
MODE = ChannelMode(GUILD, CHANNEL, SILENT, 5, datetime(2026, 11, 27, tzinfo=UTC))


def add(queue: MessageQueue, *numbers: int) -> None:
    for number in numbers:
        queue.add(MessageRecord(number, GUILD, CHANNEL, LEO, True, f"secret {number}", ()), {}, MODE, None)


def taken(queue: MessageQueue) -> list[int]:
    found: list[int] = []
    queue.handlers.append(lambda message, *_: found.append(message.id))
    return found


async def test_messages_wait_and_are_handed_on_together() -> None:
    queue = MessageQueue(max_age=0.01)
    found, done = taken(queue), asyncio.Event()
    queue.handlers.append(lambda message, *_: done.set() if message.id == 3 else None)
    add(queue, 1, 2, 3)
    assert found == []
    await asyncio.wait_for(done.wait(), 30)
    assert found == [1, 2, 3]
    assert len(queue) == 0


async def test_no_more_wait_than_may() -> None:
    queue = MessageQueue(max_age=3600, max_waiting=3)
    found = taken(queue)
    add(queue, 1, 2, 3, 4)
    assert found == [1, 2, 3]
    assert len(queue) == 1


async def test_who_cannot_wait_has_all_handed_on_at_once() -> None:
    queue = MessageQueue(max_age=3600)
    found = taken(queue)
    add(queue, 1, 2)
    queue.hand_on()
    queue.hand_on()
    assert found == [1, 2]
    add(queue, 3)
    assert len(queue) == 1, "it waits anew"


async def test_a_moment_after_being_handed_on_the_next_wait_as_long() -> None:
    """Otherwise the timer of those before would tear the next ones apart."""
    queue = MessageQueue(max_age=0.05)
    found = taken(queue)
    loop, began = asyncio.get_running_loop(), asyncio.get_running_loop().time()
    when: list[float] = []
    queue.handlers.append(lambda *_: when.append(loop.time() - began))
    add(queue, 1)
    await asyncio.sleep(0.03)
    queue.hand_on()
    added = loop.time() - began
    add(queue, 2)
    while len(found) < 2:
        await asyncio.sleep(0.005)
    assert when[1] - added >= 0.04


async def test_one_that_fails_ends_no_other(caplog: pytest.LogCaptureFixture) -> None:
    queue = MessageQueue(max_age=3600)

    def refuse(message: MessageRecord, data: Json, mode: ChannelMode, parent_id: int | None) -> None:
        if message.id == 2:
            raise ValueError(message.content)

    queue.handlers.append(refuse)
    found = taken(queue)
    with caplog.at_level(logging.ERROR):
        add(queue, 1, 2, 3)
        queue.hand_on()
    assert found == [1, 3]
    assert [one.getMessage() for one in caplog.records] == ["an event MESSAGE_CREATE can't be read (ValueError)"]


async def test_what_handlers_set_off_may_ask_for_the_rest() -> None:
    queue = MessageQueue(max_age=3600)
    queue.handlers.append(lambda *_: queue.hand_on())
    found = taken(queue)
    add(queue, 1, 2, 3)
    queue.hand_on()
    assert found == [1, 2, 3]
