"""A process that hangs in the middle of a batch, instead of dying, keeps nobody from writing or opting out for long."""

import asyncio
from datetime import UTC, datetime

import pytest
from making import counted, entry, expected
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import await_only

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.ledger import open_ledger
from bot.ledger.write import transactions
from bot.ledger.write.backoff import is_transient
from bot.ledger.write.recorder import Recorded, Recorder

pytestmark = [pytest.mark.postgresql, NO_SERVER]


async def test_others_go_on_and_the_batch_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions, "HUNG_SECONDS", 1)
    engine = open_engine(str(SERVER))
    await migrate.downgrade(engine, "base")
    batch = [Recorded(entry(number), False) for number in range(1, 9)]
    begun, wakes = asyncio.Event(), asyncio.Event()

    def record_and_hang(connection: Connection) -> None:
        Recorder(engine.dialect).record(connection, batch)
        begun.set()
        await_only(wakes.wait())
        connection.execute(text("SELECT 1"))

    async with open_ledger(str(SERVER)) as lives, asyncio.timeout(60):
        hung = asyncio.create_task(transactions.transactions(engine).run(record_and_hang))
        await begun.wait()
        await lives.preferences.opt_out(lives.writer, 4242, datetime.now(UTC))
        assert lives.writer.record(entry(1))
        await lives.writer.flush()
        wakes.set()
        with pytest.raises(DBAPIError) as ended:
            await hung
        assert is_transient(ended.value), "so the batch is tried again"
        for recorded in batch:
            assert lives.writer.record(recorded.entry)
        await lives.writer.flush()
        assert await counted(engine) == expected(entry(number) for number in range(1, 9))
    await engine.dispose()
