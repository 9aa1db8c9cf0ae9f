"""Erased is erased: nothing of an id is left in any of the database's files."""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from making import NOW, TODAY, entry

from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.retention import Retention
from bot.ledger import sqlite
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.sqlite import BESIDE
from bot.ledger.write import log_truncation, retention
from bot.ledger.write.erasure import erase_person

PERSON, GUILD = 1_234_567_890_123_456_789, 1_111_222_233_334_444_555
LONG_AGO = NOW - timedelta(days=100)


def traces(tmp_path: Path, number: int) -> dict[str, int]:
    """Count the id in each file, however it may be written: as SQLite does, as other machines do, as text."""
    written = [number.to_bytes(8, "big"), number.to_bytes(8, "little"), str(number).encode()]
    files = [tmp_path / f"ledger.db{suffix}" for suffix in BESIDE]
    found = Counter(
        {path.name: sum(path.read_bytes().count(one) for one in written) for path in files if path.exists()}
    )
    return dict(+found)


async def fill(ledger: Ledger) -> None:
    """Many people's messages in any order, so that pages of the tables split and merge around this person's."""
    chance = random.Random(3)
    people = [PERSON, *(PERSON + 7919 * n for n in range(1, 60))]
    for n in chance.sample(range(9000), 9000):
        author, day = chance.choice(people), chance.randrange(40)
        at = LONG_AGO - timedelta(days=day)
        guild = GUILD if n % 3 else GUILD + n % 5
        ledger.writer.record(
            entry(n, author=author, guild=guild, channel=GUILD + 900 + n % 9, at=at, day=TODAY - timedelta(days=day))
        )
        if not n % 50:
            await ledger.writer.flush()
    await ledger.writer.flush()


async def erase(ledger: Ledger) -> int:
    assert await erase_person(ledger.writer, ledger.engine, PERSON) > 50
    return PERSON


async def reset(ledger: Ledger) -> int:
    await retention.reset(ledger.writer, GUILD, NOW)
    return GUILD


async def purge(ledger: Ledger) -> int:
    await ledger.preferences.set_server(ledger.writer, GUILD, left_at=LONG_AGO)
    assert await retention.purge_left(ledger.writer, ledger.engine, NOW, Retention.load(CONFIG_DIR)) == [GUILD]
    return GUILD


@pytest.mark.parametrize("act", [erase, reset, purge])
async def test_nothing_is_left(tmp_path: Path, database: str, act: Callable[[Ledger], Awaitable[int]]) -> None:
    async with open_ledger(database) as ledger:
        await fill(ledger)
        before = traces(tmp_path, PERSON if act is erase else GUILD)
        assert before.get("ledger.db-wal", 0) + before.get("ledger.db", 0) > 150
        number = await act(ledger)
        assert traces(tmp_path, number) == {}
    assert traces(tmp_path, number) == {}


async def test_a_reader_in_the_way_is_waited_for(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_truncation, "FIRST_PAUSE", 0.02)
    async with open_ledger(database) as ledger:
        await fill(ledger)
        with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entries").fetchone()
            await asyncio.wait_for(erase(ledger), 60)
            assert traces(tmp_path, PERSON)
            reader.execute("COMMIT")
        async with asyncio.timeout(60):
            while traces(tmp_path, PERSON):
                await asyncio.sleep(0.02)


async def test_a_log_left_by_a_killed_process_is_emptied_at_start(tmp_path: Path, database: str) -> None:
    async with open_ledger(database) as ledger:
        await fill(ledger)
    with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()
        async with open_ledger(database) as ledger:
            await erase(ledger)
        assert traces(tmp_path, PERSON)
        reader.execute("COMMIT")
        async with open_ledger(database):
            assert traces(tmp_path, PERSON) == {}


async def test_who_erases_while_writing_is_erased_up_to_then(database: str) -> None:
    async with open_ledger(database) as ledger:
        await fill(ledger)

        async def write_on() -> None:
            for n in range(10_000, 10_400):
                ledger.writer.record(entry(n, author=PERSON, at=LONG_AGO))
                await asyncio.sleep(0.001)

        writing = asyncio.create_task(write_on())
        assert await erase_person(ledger.writer, ledger.engine, PERSON) > 50
        await writing
        assert await erase_person(ledger.writer, ledger.engine, PERSON) <= 400


async def test_a_file_of_an_earlier_version_is_rewritten_once(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It wasn't told to overwrite what it deletes, and moved rows left copies."""
    path = tmp_path / "ledger.db"
    with monkeypatch.context() as before:
        before.setattr(sqlite, "SECURE_DELETE", "OFF")
        before.setattr(sqlite, "REWRITTEN", 0)
        before.setattr(sqlite, "MAX_REWRITE_BYTES", 0)
        async with open_ledger(database) as ledger:
            await fill(ledger)
            await erase(ledger)
            assert traces(tmp_path, PERSON)
    async with open_ledger(database):
        assert traces(tmp_path, PERSON) == {}
    rewritten = path.read_bytes()
    async with open_ledger(database):
        pass
    assert path.read_bytes() == rewritten


async def test_a_large_file_is_rewritten_by_the_next_start(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_ledger(database) as ledger:
        await fill(ledger)
        with monkeypatch.context() as large:
            large.setattr(sqlite, "MAX_REWRITE_BYTES", 1000)
            await reset(ledger)
        assert traces(tmp_path, GUILD), "else this test shows nothing"
    async with open_ledger(database):
        assert traces(tmp_path, GUILD) == {}
