"""The primary PostgreSQL dies under load, its standby takes over: nothing is lost, nothing counted twice."""

import asyncio
import shutil
from collections.abc import AsyncIterator

import pytest
from making import counted, entry, expected, ids
from postgresql_server import NO_SERVER

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.ledger import open_ledger
from bot.ledger.records import SILENT, WHOLE_SERVER, ChannelMode
from bot.ledger.types import moment_of
from bot.ledger.write.writer import Writer
from scripts.postgresql_pair import Pair, pair, pooler

pytestmark = [pytest.mark.postgresql, NO_SERVER]


@pytest.fixture
async def both() -> AsyncIterator[Pair]:
    with pair() as servers:
        engine = open_engine(servers.url)
        await migrate.upgrade(engine)
        await engine.dispose()
        yield servers


async def record(writer: Writer, numbers: range) -> None:
    for number in numbers:
        assert writer.record(entry(number, author=number % 7 + 1))
        if not number % 20:
            await asyncio.sleep(0.02)


async def test_a_standby_takes_over_and_nothing_is_lost(both: Pair) -> None:
    total, engines = 6000, [open_engine(both.url) for _ in range(2)]
    writers = [Writer(one, batch=100, max_age=0.02, patience=120) for one in engines]
    for one in writers:
        one.start()
    recording = [asyncio.create_task(record(one, range(n, total, 2))) for n, one in enumerate(writers)]
    await asyncio.sleep(0.6)
    await asyncio.to_thread(both.primary.kill)
    await asyncio.sleep(0.5)
    await asyncio.to_thread(both.standby.promote)
    await asyncio.gather(*recording)
    for one in writers:
        await one.flush()
        await one.close()
    assert sorted(await ids(engines[0])) == sorted(entry(n).message_id for n in range(total))
    assert await counted(engines[0]) == expected(entry(n, author=n % 7 + 1) for n in range(total))
    for one in engines:
        await one.dispose()


async def test_a_ledger_is_opened_and_read_by_the_url_of_both(both: Pair) -> None:
    async with open_ledger(both.url) as ledger:
        await record(ledger.writer, range(50))
        await asyncio.to_thread(both.primary.kill)
        await asyncio.to_thread(both.standby.promote)
        await record(ledger.writer, range(50, 100))
        await ledger.writer.flush()
        assert await counted(ledger.engine) == expected(entry(n, author=n % 7 + 1) for n in range(100))


@pytest.mark.skipif(shutil.which("pgbouncer") is None, reason="pgbouncer is not installed")
async def test_all_works_through_a_pooler_in_transaction_mode(both: Pair) -> None:
    with pooler(both.primary) as url:
        async with open_ledger(url) as one, open_ledger(url) as other:
            following = asyncio.create_task(other.follow_changes())
            for number in range(1, 500):
                one.writer.record(entry(number))
                other.writer.record(entry(number))
            await one.preferences.set_channel(one.writer, ChannelMode(7, WHOLE_SERVER, SILENT, 1, moment_of(1)))
            async with asyncio.timeout(30):
                while not other.preferences.counts_in(7):
                    await asyncio.sleep(0.05)
            await one.writer.flush()
            await other.writer.flush()
            assert await counted(one.engine) == expected(entry(n) for n in range(1, 500))
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
