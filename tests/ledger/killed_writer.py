"""Records messages while being killed again and again; run by test_killed.py.

python killed_writer.py DATABASE JOURNAL ROUNDS MESSAGES

JOURNAL plays Discord's part: how many messages were posted so far, kept outside of the process that records them.
Each round is a process of its own that behaves like the bot: it holds all watermarks, records live messages as they
are posted, reads history after the watermarks meanwhile, and is killed (SIGKILL) at a random moment.
"""

import asyncio
import os
import random
import signal
import sys
import time

from making import entry

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.queries.watermarks import load_watermarks
from bot.ledger.records import Entry, Watermark
from bot.ledger.write.writer import Writer

CHANNELS = range(1, 8)


def message(number: int) -> Entry:
    """Return the message that was posted as number so-and-so."""
    return entry(number, channel=number * 7919 % len(CHANNELS) + 1, author=number * 31 % 23, guild=9)


class Journal:
    """How many messages were posted: survives the process, as Discord does."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT)

    def posted(self) -> int:
        """Return how many there are."""
        return int.from_bytes(os.pread(self._file, 8, 0), "little")

    def post(self) -> int:
        """Post one more; return its number."""
        number = self.posted()
        os.pwrite(self._file, (number + 1).to_bytes(8, "little"), 0)
        return number


async def catch_up(writer: Writer, journal: Journal, marks: dict[int, Watermark]) -> None:
    """Read each channel's history after its watermark, with an overlap."""
    session = writer.holds.session(9)
    for channel in CHANNELS:
        there = [one for n in range(journal.posted()) if (one := message(n)).channel_id == channel]
        mark = marks[channel].message_id if channel in marks else 0
        after = [one for one in there if one.message_id > mark - 50]
        for one in after:
            await writer.put(one)
        if after:
            await writer.release(channel, 9, after[-1].message_id, session)
    writer.holds.settle(9, session)


async def live(writer: Writer, journal: Journal, most: int) -> None:
    """Record messages as they are posted, and some of them twice."""
    while journal.posted() < most:
        for _ in range(random.randrange(1, 120)):
            number = journal.post()
            writer.record(message(number))
            writer.record(message(random.randrange(number + 1)), watermark=False)
        await asyncio.sleep(random.random() / 100)


async def session(database: str, journal: Journal, most: int) -> None:
    """Be the bot once, from start to an orderly end (that a killed one doesn't reach)."""
    engine = open_engine(database)
    await migrate.upgrade(engine)
    async with Writer(engine, batch=100, max_age=0.02) as writer:
        writer.holds.hold_all()
        marks = await load_watermarks(engine)
        recording = asyncio.create_task(live(writer, journal, most))
        await catch_up(writer, journal, marks)
        await recording
    await engine.dispose()


def main(database: str, journal: Journal, rounds: int, most: int) -> None:
    """Kill so many sessions; let the last one end by itself."""
    for number in range(rounds + 1):
        last = number == rounds
        child = os.fork()
        if not child:
            random.seed(number)
            asyncio.run(session(database, journal, most if last else sys.maxsize))
            os._exit(0)
        if not last:
            time.sleep(random.Random(number).uniform(0.02, 0.35))
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        assert os.WIFSIGNALED(status) != last, f"round {number} ended with {status}"
    print(journal.posted())


if __name__ == "__main__":
    main(sys.argv[1], Journal(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
