"""A week's recap is claimed once, whoever asks and however often; what certainly wasn't posted may be tried again."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from making import GUILD, NOW, TODAY
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.preferences import Preferences
from bot.ledger.queries.recaps import latest_recap
from bot.ledger.records import NOT_POSTED, RecapOutcome, StoredRecap
from bot.ledger.write import recaps, retention
from bot.ledger.write.writer import Writer

THIS = StoredRecap(GUILD, TODAY, NOW, RecapOutcome.SENDING, NOW)
NEXT = replace(THIS, week=TODAY + timedelta(days=7), due_at=NOW + timedelta(days=7))


async def claim(writer: Writer, recap: StoredRecap = THIS) -> bool:
    return await writer.run(partial(recaps.claim, recap=recap))


async def note(writer: Writer, outcome: RecapOutcome, recap: StoredRecap = THIS) -> None:
    await writer.run(partial(recaps.note, recap=replace(recap, outcome=outcome)))


async def test_a_week_is_claimed_once_and_the_next_one_after_it(engine: AsyncEngine, writer: Writer) -> None:
    assert await latest_recap(engine, GUILD) is None
    assert [await claim(writer) for _ in range(3)] == [True, False, False]
    assert await latest_recap(engine, GUILD) == THIS
    assert await claim(writer, NEXT)
    assert not await claim(writer), "an earlier week"
    assert await claim(writer, replace(THIS, guild_id=GUILD + 1))


@pytest.mark.parametrize("outcome", list(RecapOutcome))
async def test_only_what_certainly_was_not_posted_is_tried_again(
    engine: AsyncEngine, writer: Writer, outcome: RecapOutcome
) -> None:
    await claim(writer)
    await note(writer, outcome)
    found = await latest_recap(engine, GUILD)
    assert found is not None
    assert found.outcome is outcome
    assert await claim(writer) is (outcome in NOT_POSTED)


async def test_what_comes_late_of_an_earlier_week_is_not_noted(engine: AsyncEngine, writer: Writer) -> None:
    await claim(writer)
    await claim(writer, NEXT)
    await note(writer, RecapOutcome.REFUSED)
    assert await latest_recap(engine, GUILD) == NEXT


async def test_a_purge_takes_them_along(engine: AsyncEngine, writer: Writer) -> None:
    preferences = Preferences()
    await preferences.set_server(writer, GUILD, recap_channel=50, recap_weekday=0, recap_hour=9, recap_since=NOW)
    await claim(writer)
    kept = (await Preferences.load(engine)).settings(GUILD)
    assert (kept.recap_channel, kept.recap_weekday, kept.recap_hour, kept.recap_since) == (50, 0, 9, NOW)
    await retention.reset(writer, GUILD, NOW)
    assert await latest_recap(engine, GUILD) is None
    assert (await Preferences.load(engine)).settings(GUILD).recap_channel is None


@pytest.mark.postgresql
@NO_SERVER
async def test_of_many_processes_on_one_database_one_gets_it() -> None:
    engines = [open_engine(str(SERVER)) for _ in range(4)]
    await migrate.downgrade(engines[0], "base")
    await migrate.upgrade(engines[0])
    writers = [Writer(one, max_age=0.01) for one in engines]
    for one in writers:
        one.start()
    for week in range(10):
        recap = replace(THIS, week=TODAY + timedelta(days=7 * week))
        assert sum(await asyncio.gather(*(claim(one, recap) for one in writers for _ in range(3)))) == 1
    for one, engine in zip(writers, engines, strict=True):
        await one.close()
        await engine.dispose()


async def test_of_two_processes_on_one_file_one_gets_it(lite: AsyncEngine, database: str) -> None:
    other = open_engine(database)
    async with Writer(lite, max_age=0.01) as one, Writer(other, max_age=0.01) as two:
        assert sum(await asyncio.gather(*(claim(writer) for writer in (one, two) for _ in range(3)))) == 1
    await other.dispose()
