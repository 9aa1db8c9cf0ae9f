"""Several writers on one PostgreSQL: nothing is counted twice or lost, and nobody is told of their collisions."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator

import pytest
from making import counted, entry, expected, ids
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.records import Entry
from bot.ledger.write.erasure import erase_person
from bot.ledger.write.writer import Writer

pytestmark = [pytest.mark.postgresql, NO_SERVER]


@pytest.fixture
async def engines() -> AsyncIterator[list[AsyncEngine]]:
    opened = [open_engine(str(SERVER)) for _ in range(3)]
    await migrate.downgrade(opened[0], "base")
    await migrate.upgrade(opened[0])
    yield opened
    for one in opened:
        await one.dispose()


def message(number: int) -> Entry:
    return entry(number, author=number * 31 % 97 + 1, channel=number * 7 % 11 + 1)


async def record(writer: Writer, numbers: list[int]) -> None:
    random.shuffle(numbers)
    for at, number in enumerate(numbers):
        assert writer.record(message(number))
        if not at % 40:
            await asyncio.sleep(random.random() / 50)
    await writer.flush()


@pytest.mark.parametrize("same", [True, False], ids=["the same messages", "messages of their own"])
async def test_they_get_in_no_ones_way(
    engines: list[AsyncEngine], caplog: pytest.LogCaptureFixture, same: bool
) -> None:
    total = 3000
    writers = [Writer(one, batch=50, max_age=0.02) for one in engines]
    for one in writers:
        one.start()
    shares = [list(range(total)) if same else list(range(n, total, 3)) for n in range(3)]
    await asyncio.gather(*(record(one, share) for one, share in zip(writers, shares, strict=True)))
    for one in writers:
        await one.close()
    assert len(await ids(engines[0])) == total
    assert await counted(engines[0]) == expected(message(n) for n in range(total))
    assert sum(one.state.entries for one in writers) == total
    assert [one.state.refused for one in writers] == [0, 0, 0]
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []


async def test_a_deadlock_is_tried_again_quietly(engines: list[AsyncEngine], caplog: pytest.LogCaptureFixture) -> None:
    """Two tasks that take two rows the wrong way round: PostgreSQL ends one of them."""
    async with Writer(engines[0]) as one, Writer(engines[1]) as other:
        await one.run(lambda c: c.execute(text("INSERT INTO key_value VALUES ('a', '0'), ('b', '0')")))

        def add(connection: Connection, names: str) -> None:
            for name in names:
                row = {"name": name}
                connection.execute(text("UPDATE key_value SET value = value || '1' WHERE name = :name"), row)
                connection.execute(text("SELECT pg_sleep(0.3)"))

        await asyncio.gather(one.run(lambda c: add(c, "ab")), other.run(lambda c: add(c, "ba")))
    async with engines[2].connect() as connection:
        assert list(await connection.scalars(text("SELECT value FROM key_value"))) == ["011", "011"]
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []


async def test_sums_stay_whole_while_somebody_is_erased(engines: list[AsyncEngine]) -> None:
    """One process counts on while another takes the name off: each message is in one row or the other."""
    total = 400
    async with Writer(engines[0], batch=5, max_age=0.001) as counting, Writer(engines[1]) as erasing:

        async def count() -> None:
            for number in range(total):
                counting.record(entry(number, author=1, channel=1))
                await asyncio.sleep(0.002)
            await counting.flush()

        async def erase() -> None:
            while not counted_all.done():
                await erase_person(erasing, engines[1], 1)

        counted_all = asyncio.ensure_future(count())
        await asyncio.gather(counted_all, erase())
    assert sum((await counted(engines[0])).values()) == total
