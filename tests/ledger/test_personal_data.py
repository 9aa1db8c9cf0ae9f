"""Export, opting out and erasure; a replay brings nothing back."""

import asyncio
import json
import tracemalloc
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from making import AUTHOR, CHANNEL, FIRST, GUILD, NOW, TODAY, counted, entry, ids
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.periods import ALL, period
from bot.ledger.preferences import Preferences
from bot.ledger.queries import personal_data
from bot.ledger.queries.people import was_offered_quiet
from bot.ledger.queries.stored_data import of_person
from bot.ledger.queries.totals import totals
from bot.ledger.schema import daily
from bot.ledger.write.erasure import erase_person
from bot.ledger.write.people import put_quiet_offer
from bot.ledger.write.writer import Writer

OTHER = AUTHOR + 1
EVER = period(ALL, TODAY)


async def some(writer: Writer) -> None:
    for n in range(20):
        writer.record(entry(n, author=AUTHOR if n % 2 else OTHER, guild=GUILD + n % 3, words=n % 2))
    await writer.flush()


async def exported(engine: AsyncEngine, user_id: int) -> dict[str, Any]:
    pieces: list[bytes] = []
    await personal_data.export_to(pieces.append, engine, user_id, {"units": {"energy": "Wh"}})
    found = json.loads(b"".join(pieces))
    assert found.pop("units") == {"energy": "Wh"}
    return found


@pytest.mark.parametrize("at_once", [1, 3, 10, 11])
async def test_rows_come_in_pieces(
    engine: AsyncEngine, writer: Writer, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    await some(writer)
    whole = await exported(engine, AUTHOR)
    monkeypatch.setattr(personal_data, "ROWS_AT_ONCE", at_once)
    assert await exported(engine, AUTHOR) == whole


@pytest.mark.slow
async def test_a_large_export_stays_small_in_memory_and_lets_others_run(engine: AsyncEngine, writer: Writer) -> None:
    for n in range(3_000):
        writer.record(entry(n))
    await writer.flush()
    written, turns = 0, 0

    def write(piece: bytes) -> None:
        nonlocal written
        written += len(piece)

    async def take_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    turning = asyncio.create_task(take_turns())
    tracemalloc.start()
    try:
        await personal_data.export_to(write, engine, AUTHOR, {})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        turning.cancel()
    assert written > 2_000_000
    assert peak < written / 2, "however much there is"
    assert turns > 3_000 / personal_data.ROWS_AT_ONCE


async def test_export(engine: AsyncEngine, writer: Writer) -> None:
    await some(writer)
    preferences = await Preferences.load(engine)
    await preferences.opt_out(writer, AUTHOR, NOW)
    everything = await exported(engine, AUTHOR)
    assert (everything["user_id"], everything["quiet"]) == (str(AUTHOR), False)
    assert everything["opted_out_at"] == "2026-11-23T12:00:00+00:00"
    assert [one["message_id"] for one in everything["entries"]] == [str(FIRST + n) for n in range(1, 20, 2)]
    first = everything["entries"][0]
    assert (first["created_at"], first["local_day"]) == ("2026-11-23T12:00:00+00:00", "2026-11-23")
    assert first["channel_id"] == str(CHANNEL)
    assert sum(row["messages"] for row in everything["daily_totals"]) == 10
    assert all(row["author_id"] == str(AUTHOR) for row in everything["entries"] + everything["daily_totals"])


async def test_export_of_a_stranger(engine: AsyncEngine) -> None:
    everything = await exported(engine, 1)
    assert everything == {
        "user_id": "1",
        "opted_out_at": None,
        "counted_from": None,
        "quiet": False,
        "quiet_button_shown": False,
        "entries": [],
        "daily_totals": [],
        "measured_answers": [],
        "daily_measured": [],
    }


async def test_erased_and_replayed(engine: AsyncEngine, writer: Writer) -> None:
    await some(writer)
    before = [await totals(engine, guild, EVER) for guild in range(GUILD, GUILD + 3)]
    assert await erase_person(writer, engine, AUTHOR) == 10
    assert await erase_person(writer, engine, AUTHOR) == 0
    await some(writer)
    after = [await totals(engine, guild, EVER) for guild in range(GUILD, GUILD + 3)]
    assert [one.courtesy for one in after] == [one.courtesy for one in before]
    assert [(one.messages, one.energy_wh) for one in after] == [(one.messages, one.energy_wh) for one in before]
    assert [one.members for one in after] == [1, 1, 1]
    assert await ids(engine) == [FIRST + n for n in range(0, 20, 2)]
    assert (await exported(engine, AUTHOR))["daily_totals"] == []


async def test_two_erased_people_become_one_nobody(engine: AsyncEngine, writer: Writer) -> None:
    for n in range(6):
        writer.record(entry(n, author=n % 3 + 1, day=TODAY - timedelta(days=n // 3)))
    await erase_person(writer, engine, 1)
    await erase_person(writer, engine, 2)
    assert await counted(engine) == {(GUILD, 0, CHANNEL): 4, (GUILD, 3, CHANNEL): 2}
    async with engine.connect() as connection:
        assert len((await connection.execute(select(daily).where(daily.c.author_id == 0))).all()) == 2


async def test_an_erased_person_is_counted_anew(engine: AsyncEngine, writer: Writer) -> None:
    await some(writer)
    await erase_person(writer, engine, AUTHOR)
    writer.record(entry(99))
    await writer.flush()
    assert (await counted(engine))[GUILD, AUTHOR, CHANNEL] == 1


async def test_the_button_that_was_seen_is_kept_told_and_erased(engine: AsyncEngine, writer: Writer) -> None:
    for _ in range(2):
        await writer.run(partial(put_quiet_offer, user_id=AUTHOR))
    assert await was_offered_quiet(engine, AUTHOR)
    assert not await was_offered_quiet(engine, OTHER)
    assert (await exported(engine, AUTHOR))["quiet_button_shown"]
    assert (await of_person(engine, AUTHOR)).quiet_offered
    assert await erase_person(writer, engine, AUTHOR) == 0
    assert not await was_offered_quiet(engine, AUTHOR)
    assert not (await exported(engine, AUTHOR))["quiet_button_shown"]
