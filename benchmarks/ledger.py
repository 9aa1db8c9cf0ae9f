"""Recording and boards: CPU per recorded message, and boards over short and long histories.

python -m benchmarks.ledger [--full]

`--full` adds the boards with ten million daily rows behind them: about 2 GB in a temporary directory, some minutes.
"""

import asyncio
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.periods import WEEK, period
from bot.ledger.queries import leaderboards
from bot.ledger.queries.totals import totals
from bot.ledger.records import MESSAGE, Board, Entry
from bot.ledger.schema import DAILY_SUMS
from bot.ledger.types import day_number, id_at
from bot.ledger.write.writer import Writer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
MESSAGES, BATCH = 50_000, 500
BIG_GUILD, GUILD = 1, 2
ACTIVE, MANY_ACTIVE = 500, 50_000
PEOPLE = 10**17


def messages(authors: int) -> Iterator[Entry]:
    """Yield entries of so many authors, all figures given."""
    chance = random.Random(1)
    for number in itertools.count():
        author = chance.randrange(authors)
        place = (author % 50, author % 200, PEOPLE + author)
        what = (MESSAGE, "openai/gpt-4o", "USA", "ecologits", "0.1.0+ecologits.0.11.3", 30)
        impacts = (110.0, 420.0, 860.0, 0.16, 0.83, 2.1, 0.07, 0.34, 0.9, 0.6, 3.1, 7.2)
        yield Entry(id_at(NOW) + (number << 10), *place, TODAY, *what, *impacts, 0.004, 0, 0, False, 0.0, 0.0, 0.0)


async def cpu_per_message(engine: AsyncEngine, sent: list[Entry]) -> float:
    """Return the CPU time of all threads, in microseconds per message in full batches: the best of ten rounds."""
    rounds: list[float] = []
    async with Writer(engine, batch=BATCH) as writer:
        for at in range(0, len(sent), len(sent) // 10):
            part = sent[at : at + len(sent) // 10]
            started = time.process_time()
            for start in range(0, len(part), BATCH):
                for one in part[start : start + BATCH]:
                    writer.record(one)
                await writer.flush()
            rounds.append((time.process_time() - started) / len(part) * 1e6)
    return min(rounds)


async def recording(folder: Path) -> None:
    """Compare recording with a bare loop over the same messages."""
    for authors in (100, 5_000):
        stream = messages(authors)
        sent = list(itertools.islice(stream, MESSAGES))
        started = time.process_time()
        for one in sent:
            _ = one.message_id
        bare = (time.process_time() - started) / MESSAGES * 1e6
        engine = await opened(folder / f"recording-{authors}.db")
        first = await cpu_per_message(engine, sent)
        again = await cpu_per_message(engine, sent)
        await engine.dispose()
        print(f"recording, {authors:5} authors: {first:6.1f} µs per message, replayed {again:5.1f}, loop {bare:.2f}")


async def opened(path: Path) -> AsyncEngine:
    """Return an empty ledger."""
    engine = open_engine(f"sqlite+aiosqlite:///{path}")
    await migrate.upgrade(engine)
    return engine


async def add_history(engine: AsyncEngine, guild: int, members: int, days: tuple[date, int], first: int = 0) -> None:
    """Add a row of `daily` for each member on each of so many days up to one, by one statement."""
    ahead, number = days
    columns = f"guild_id, local_day, author_id, channel_id, {', '.join(DAILY_SUMS)}"
    sums = ", ".join(
        "1 + n % 97" if name in {"messages", "courtesy_words"} else "(n % 89) * 0.5" for name in DAILY_SUMS
    )
    row = f"{guild}, value, {PEOPLE + first} + n, {guild} * 1000 + n % 20, {sums}"
    numbers = "WITH RECURSIVE t(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t LIMIT :members)"
    statement = text(f"INSERT INTO daily ({columns}) {numbers} SELECT {row} FROM json_each(:days) CROSS JOIN t")
    listed = [day_number(ahead - timedelta(days=back)) for back in reversed(range(number))]
    async with engine.begin() as connection:
        await connection.execute(statement, {"days": json.dumps(listed), "members": members})


async def without_index(engine: AsyncEngine) -> None:
    """Drop the index by person, which no board reads: filling it row by row would take most of the time."""
    async with engine.begin() as connection:
        await connection.execute(text("DROP INDEX daily_of_a_person"))


async def milliseconds(call: Callable[[], Awaitable[object]]) -> float:
    """Return the median of nine calls, wall-clock time."""
    taken = []
    for _ in range(9):
        started = time.perf_counter()
        await call()
        taken.append((time.perf_counter() - started) * 1e3)
    return statistics.median(taken)


async def show_boards(engine: AsyncEngine, guild: int, title: str, member: int) -> None:
    """Measure what `/leaderboard` and `/totals` ask for a week."""
    board = Board(guild, period(WEEK, TODAY))
    page = await milliseconds(lambda: leaderboards.leaderboard(engine, board))
    mine = await milliseconds(lambda: leaderboards.standing_of(engine, board, member))
    rows = await milliseconds(lambda: leaderboards.count(engine, board))
    sums = await milliseconds(lambda: totals(engine, guild, board.period))
    print(f"{title:58} board {page:6.1f} ms, own rank {mine:6.1f}, count {rows:6.1f}, totals {sums:6.1f}")


async def over_histories(folder: Path, full: bool) -> None:
    """Measure boards with little and much behind them."""
    week_before = TODAY - timedelta(days=7)
    for rows in (10_000, 10_000_000) if full else (10_000,):
        engine = await opened(folder / f"history-{rows}.db")
        await without_index(engine)
        await add_history(engine, GUILD, ACTIVE, (TODAY, 7))
        await add_history(engine, GUILD, min(ACTIVE, rows // 20), (week_before, min(1000, rows // ACTIVE)))
        rest = rows - min(1000, rows // ACTIVE) * ACTIVE
        for guild in range(10, 10 + rest // 950_000):
            await add_history(engine, guild, 9_500, (TODAY, 100), first=20_000)
        await show_boards(engine, GUILD, f"{ACTIVE} members each day, {rows:,} rows behind", PEOPLE + 7)
        await engine.dispose()
    engine = await opened(folder / "many.db")
    await without_index(engine)
    await add_history(engine, BIG_GUILD, MANY_ACTIVE, (TODAY, 1))
    await show_boards(engine, BIG_GUILD, f"{MANY_ACTIVE} members, on one day each", PEOPLE + 7)
    await add_history(engine, BIG_GUILD, MANY_ACTIVE, (TODAY - timedelta(days=1), 6))
    await show_boards(engine, BIG_GUILD, f"{MANY_ACTIVE} members, on each of seven days", PEOPLE + 7)
    await engine.dispose()


async def run(full: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        await recording(Path(folder))
        await over_histories(Path(folder), full)


def main() -> None:
    """Measure and print; `--full` on the command line takes longer."""
    asyncio.run(run("--full" in sys.argv))


if __name__ == "__main__":
    main()
