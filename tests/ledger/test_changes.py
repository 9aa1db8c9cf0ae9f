"""What one process changes, the others know within a second; an opt-out nobody outruns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from making import entry, ids
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import text

from bot.ledger import migrate
from bot.ledger.coordination import change_listener
from bot.ledger.engine import open_engine
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.queries.people import load_people
from bot.ledger.records import OFF, SILENT, WHOLE_SERVER, ChannelMode, Person, StoredNotice
from bot.ledger.types import moment_of
from bot.ledger.write import retention

pytestmark = [pytest.mark.postgresql, NO_SERVER]

GUILD, NOW = 7, datetime(2026, 11, 27, tzinfo=UTC)
ROW = ChannelMode(GUILD, WHOLE_SERVER, SILENT, 1, NOW)


@pytest.fixture
async def two() -> AsyncIterator[tuple[Ledger, Ledger]]:
    engine = open_engine(str(SERVER))
    await migrate.downgrade(engine, "base")
    await engine.dispose()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(open_ledger(str(SERVER)))
        second = await stack.enter_async_context(open_ledger(str(SERVER)))
        following = [asyncio.create_task(one.follow_changes()) for one in (first, second)]
        yield first, second
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)


async def until(holds: object) -> None:
    assert callable(holds)
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.02)


async def test_settings_modes_and_notices_reach_the_others(two: tuple[Ledger, Ledger]) -> None:
    one, other = two
    await one.preferences.set_server(one.writer, GUILD, language="fr")
    await one.preferences.set_channel(one.writer, ROW)
    await one.preferences.told.keep(one.writer, StoredNotice(GUILD, 5, 0, 99, True))
    await until(lambda: other.preferences.told.is_told(GUILD, 5))
    await until(lambda: other.preferences.mode_of(GUILD, 5) == ROW)
    assert other.preferences.settings(GUILD).language == "fr"
    await other.preferences.set_channel(other.writer, replace(ROW, mode=OFF))
    await until(lambda: one.preferences.mode_of(GUILD, 5) is None)
    await one.preferences.told.drop(one.writer, GUILD, 0)
    await until(lambda: not other.preferences.told.is_told(GUILD, 5))


async def test_a_reset_reaches_the_others(two: tuple[Ledger, Ledger]) -> None:
    one, other = two
    await one.preferences.set_channel(one.writer, ROW)
    await until(lambda: other.preferences.counts_in(GUILD))
    one.preferences.forget_server(GUILD)
    await retention.reset(one.writer, GUILD, NOW)
    await until(lambda: not other.preferences.counts_in(GUILD))


async def test_choices_of_people_reach_the_others(two: tuple[Ledger, Ledger]) -> None:
    one, other = two
    await one.preferences.opt_out(one.writer, 42, NOW)
    await until(lambda: other.preferences.opted_out(42))
    await other.preferences.opt_in(other.writer, 42, NOW)
    await until(lambda: not one.preferences.opted_out(42))
    await one.preferences.set_quiet(one.writer, 42, True)
    await until(lambda: other.preferences.quiet(42))


async def test_who_has_not_heard_of_an_opt_out_does_not_undo_it() -> None:
    """Nor is somebody counted again from any earlier moment than the one at which they chose that."""
    engine = open_engine(str(SERVER))
    await migrate.downgrade(engine, "base")
    async with open_ledger(str(SERVER)) as one, open_ledger(str(SERVER)) as deaf:
        await one.preferences.opt_out(one.writer, 42, NOW)
        await deaf.preferences.set_quiet(deaf.writer, 42, True)
        assert await load_people(engine) == [Person(42, opted_out_at=NOW, quiet=True)]
        await deaf.preferences.opt_in(deaf.writer, 42, NOW)
        assert await load_people(engine) == [Person(42, quiet=True, counted_from=NOW)]
        await deaf.preferences.opt_in(deaf.writer, 43, NOW)
        assert len(await load_people(engine)) == 1, "who never left is counted as ever"
    await engine.dispose()


async def test_what_somebody_wrote_while_out_waits_elsewhere_and_is_not_recorded(two: tuple[Ledger, Ledger]) -> None:
    one, other = two
    back = moment_of(entry(6).message_id) + timedelta(milliseconds=1)
    await one.preferences.opt_out(one.writer, 42, NOW)
    await one.preferences.opt_in(one.writer, 42, back)
    other.writer.record(entry(6, author=42))
    other.writer.record(entry(7, author=42, at=back))
    await other.writer.flush()
    assert await ids(one.engine) == [entry(7, at=back).message_id]


async def test_who_cannot_listen_asks(two: tuple[Ledger, Ledger], monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = two
    monkeypatch.setattr(change_listener, "CHANNEL", "elsewhere")
    monkeypatch.setattr(change_listener, "ECHO_SECONDS", 0.01)
    monkeypatch.setattr(change_listener.Alarm, "ring", lambda self, *_: None)
    async with open_ledger(str(SERVER)) as deaf:
        following = asyncio.create_task(deaf.follow_changes())
        await asyncio.sleep(0.3)
        await one.preferences.set_channel(one.writer, ROW)
        await until(lambda: deaf.preferences.counts_in(GUILD))
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def test_what_changed_while_the_connection_was_gone_is_heard_of(two: tuple[Ledger, Ledger]) -> None:
    one, other = two
    assert other.coordination
    listening = "FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
    async with asyncio.timeout(60), other.coordination.engine.connect() as connection:
        while await connection.scalar(text(f"SELECT count(*) {listening}")) < 2:
            await connection.rollback()  # within a transaction it stays the same
            await asyncio.sleep(0.05)
        await connection.execute(text(f"SELECT pg_terminate_backend(pid) {listening}"))
    await one.preferences.set_channel(one.writer, ROW)
    await until(lambda: other.preferences.counts_in(GUILD))


async def test_nothing_is_recorded_anywhere_once_an_opt_out_is_answered(two: tuple[Ledger, Ledger]) -> None:
    one, other = two
    answered = asyncio.Event()
    recorded_after: list[int] = []

    async def write() -> None:
        for number in range(1, 3000):
            if answered.is_set():
                recorded_after.append(number)
            other.writer.record(entry(number, author=42))
            if not number % 10:
                await asyncio.sleep(0.001)

    async def opt_out() -> None:
        await asyncio.sleep(0.1)
        await one.preferences.opt_out(one.writer, 42, NOW)
        answered.set()

    writing = asyncio.create_task(write())
    await opt_out()
    known = await ids(other.engine)
    await writing
    await other.writer.flush()
    assert recorded_after
    assert await ids(other.engine) == known
