"""What PostgreSQL takes from several writers at once, each a process of its own with the bot's own batches.

The server is Debian's, started for this on loopback, with `fsync`; people and channels are the same for all writers, so
that they meet in the daily totals. `--standby` has every commit wait for a synchronous standby on the same machine.

    python -m benchmarks.writers [--writers 1 2 4] [--seconds 5] [--standby]
"""

import argparse
import asyncio
import itertools
import json
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from tqdm import tqdm

from benchmarks.clients import ROOT
from benchmarks.ledger import BATCH, messages
from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.records import Entry
from bot.ledger.types import id_at
from bot.ledger.write.writer import Writer
from scripts.postgresql_pair import binaries, pair, single

WRITERS, SECONDS, AUTHORS = (1, 2, 4), 5.0, 5_000
DURABLE = "-c fsync=on"
SIZES = """
SELECT relation.relname, sum(pg_total_relation_size(part.oid)), (SELECT count(*) FROM {table})
FROM pg_class AS relation
JOIN LATERAL (
    SELECT relation.oid UNION ALL SELECT inhrelid FROM pg_inherits WHERE inhparent = relation.oid
) AS part ON true
WHERE relation.relname = '{table}' AND relation.relnamespace = 'public'::regnamespace
GROUP BY relation.relname
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What so many writers wrote in a second, what it cost them (CPU microseconds per entry), and deadlocks in all."""

    writers: int
    entries: float
    batches: float
    cpu: float
    deadlocks: int


def mine(number: int, writers: int) -> Iterator[Entry]:
    """Yield the messages of one of so many writers: ids of its own, the same people and channels as the others'."""
    first = id_at(datetime.now(UTC)) + (number << 10)
    for at, one in enumerate(messages(AUTHORS)):
        yield one._replace(message_id=first + ((at * writers) << 10))


async def write(url: str, number: int, writers: int, seconds: float) -> None:
    """Be one of the writers: fill batches for so long, and print what came of it."""
    engine, stream = open_engine(url), mine(number, writers)
    async with Writer(engine, batch=BATCH) as writer:
        await writer.flush()
        began, cpu = time.monotonic(), time.process_time()
        while time.monotonic() - began < seconds:
            for one in itertools.islice(stream, BATCH):
                writer.record(one)
            await writer.flush()
        took, cpu = time.monotonic() - began, time.process_time() - cpu
        state = writer.state
    await engine.dispose()
    print(json.dumps({"entries": state.entries, "batches": state.batches, "seconds": took, "cpu": cpu}))


async def measure(url: str, writers: int, seconds: float) -> Taken:
    """Let so many writers write into an empty ledger at the same time."""
    engine = open_engine(url)
    await migrate.downgrade(engine, "base")
    await migrate.upgrade(engine)
    before = await _deadlocks(engine)
    commands = [_writer(url, number, writers, seconds) for number in range(writers)]
    found = await asyncio.gather(*commands)
    deadlocks = await _deadlocks(engine) - before
    await engine.dispose()
    entries = sum(one["entries"] for one in found)
    return Taken(
        writers=writers,
        entries=sum(one["entries"] / one["seconds"] for one in found),
        batches=sum(one["batches"] / one["seconds"] for one in found),
        cpu=sum(one["cpu"] for one in found) / entries * 1e6,
        deadlocks=deadlocks,
    )


async def _writer(url: str, number: int, writers: int, seconds: float) -> dict[str, float]:
    command = (sys.executable, "-m", "benchmarks.writers", "--be", url, str(number), str(writers), str(seconds))
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE)
    said, _ = await process.communicate()
    return json.loads(said)


async def _deadlocks(engine: AsyncEngine) -> int:
    """Return the deadlocks that PostgreSQL has counted, once it has."""
    await asyncio.sleep(1.5)
    query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    async with engine.connect() as connection:
        return await connection.scalar(text(query)) or 0


async def bytes_per_row(url: str, table: str) -> float:
    """Return what a row of a table takes on PostgreSQL's disk, indexes included, freshly packed."""
    engine = open_engine(url)
    async with engine.connect() as connection:
        packing = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await packing.execute(text(f"VACUUM FULL {table}"))
    async with engine.connect() as connection:
        _, size, rows = (await connection.execute(text(SIZES.format(table=table)))).one()
    await engine.dispose()
    return float(size) / rows


async def run(url: str, numbers: Sequence[int], seconds: float) -> list[Taken]:
    """Measure, with progress."""
    return [await measure(url, writers, seconds) for writers in tqdm(numbers, "PostgreSQL", unit="runs")]


def show(found: Sequence[Taken]) -> None:
    """Print the table."""
    print(f"{'writers':>8} | {'entries/s':>10} | {'batches/s':>10} | {'µs per entry':>12} | {'deadlocks':>9}")
    for one in found:
        shown = f"{one.writers:>8} | {one.entries:>10,.0f} | {one.batches:>10,.1f}"
        print(f"{shown} | {one.cpu:>12.1f} | {one.deadlocks:>9}")


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.writers")
    parser.add_argument("--writers", type=int, nargs="+", default=WRITERS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--standby", action="store_true", help="every commit waits for a synchronous standby")
    parser.add_argument("--be", nargs=4, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.be:
        url, number, writers, seconds = wanted.be
        asyncio.run(write(url, int(number), int(writers), float(seconds)))
        return
    if binaries() is None:
        print("PostgreSQL isn't installed: not measured")
        return
    with ExitStack() as stack:
        server = stack.enter_context(pair(DURABLE)).primary if wanted.standby else stack.enter_context(single(DURABLE))
        show(asyncio.run(run(server.url, wanted.writers, wanted.seconds)))


if __name__ == "__main__":
    main(sys.argv[1:])
