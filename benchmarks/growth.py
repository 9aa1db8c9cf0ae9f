"""How memory, CPU per counted message and pauses of the event loop grow with servers, members and history.

Each line is a bot of its own, beside a bare client in as many servers. Pauses are what the bot's own metrics say of a
minute in which messages come one at a time, begun a minute after the start. Beside them stand those of a process that
does nothing: on a busy machine every process has to wait.

    python -m benchmarks.growth [--servers 2500] [--messages 4000]
"""

import argparse
import asyncio
import re
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from benchmarks.clients import CHANNEL, FLOOR, ROOT, RUN, Client, per_message, resident_mb, running, write
from benchmarks.ledger import add_history, opened
from sandbox import Sandbox
from sandbox.state import snowflakes
from sandbox.state.models import User

PORT = 9188
CHANNELS, ROLES = 20, 20
"""Of each further server."""

MEMORY_GOAL, PAUSE_GOAL = 260, 50
"""MB, and milliseconds."""

MINUTE = 62
IDLE = f"""
import asyncio, time
async def main():
    longest, end = 0.0, time.monotonic() + {MINUTE}
    while (began := time.monotonic()) < end:
        await asyncio.sleep(0.1)
        longest = max(longest, time.monotonic() - began - 0.1)
    print(longest)
asyncio.run(main())
"""
HISTORY_MEMBERS = 10_000
BOT = Client("Empreinte", RUN, ROOT)


@dataclass(frozen=True, slots=True)
class Size:
    """Servers at least, people who write, rows of `daily` from before."""

    servers: int = 0
    people: int = 1
    rows: int = 0

    def __str__(self) -> str:
        return f"{self.servers:>5} servers, {self.people:>4} people, {self.rows:>9,} rows"


async def built(size: Size) -> tuple[Sandbox, list[User]]:
    """Return a Discord of that size, and who writes in it."""
    sandbox = await Sandbox.start()
    world = sandbox.world
    place = world.channel(CHANNEL)
    people = [world.add_user(f"person{n}") for n in range(size.people)]
    for user in people:
        world.add_member(place.guild_id or 0, user)
    for n in range(size.servers - len(world.guilds)):
        guild_id = snowflakes.at(datetime.now(UTC) - timedelta(days=400)) + (n << 22)
        guild = world.add_guild(f"Server {n}", "camille", bot=False, guild_id=guild_id)
        for k in range(CHANNELS):
            world.add_channel(guild, f"channel-{k}")
        for k in range(ROLES):
            world.add_role(guild, f"role {k}")
        world.add_bot(guild)
    return sandbox, people


async def line(client: Client, size: Size, messages: int, *, pauses: bool = False) -> None:
    """Measure one client in a Discord of one size, and print it."""
    sandbox, people = await built(size)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "e.db"
        if size.rows:
            await _past(database, sandbox.world.channel(CHANNEL).guild_id or 0, size.rows)
        try:
            async with running(client, sandbox, database, PORT if pauses else 0) as process:
                at_rest = resident_mb(process)
                taken = await per_message(process, sandbox, messages, people, bursts=True)
                paused = await _longest_pauses(sandbox, people) if pauses else ""
                print(
                    f"{client.name:12} {size}: {at_rest:6.1f} MB at rest, {resident_mb(process):6.1f} MB afterwards, ",
                    end="",
                )
                print(f"{taken:6.1f} µs per message{paused}", flush=True)
        finally:
            await sandbox.stop()


async def _past(database: Path, guild_id: int, rows: int) -> None:
    engine = await opened(database)
    today = datetime.now(UTC).date()
    await add_history(engine, guild_id, HISTORY_MEMBERS, (today, rows // HISTORY_MEMBERS))
    await engine.dispose()


async def _longest_pauses(sandbox: Sandbox, people: Sequence[User]) -> str:
    """Return the longest pause of the event loop within a minute of messages, and that of a process without work."""
    await asyncio.sleep(MINUTE)
    idle = await asyncio.create_subprocess_exec(sys.executable, "-c", IDLE, stdout=PIPE)
    writing = asyncio.create_task(_write_on(sandbox, people))
    longest, _ = await idle.communicate()
    writing.cancel()
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{PORT}/metrics") as answer:
        found = re.search(r"^empreinte_loop_lag_max_seconds (\S+)", await answer.text(), re.MULTILINE)
    ours = float(found[1]) if found else float("nan")
    return f"   longest pause {ours * 1000:5.1f} ms (without work {float(longest) * 1000:5.1f})"


async def _write_on(sandbox: Sandbox, people: Sequence[User]) -> None:
    while True:
        await write(sandbox, 100, people)


async def measure(servers: int, messages: int) -> None:
    """Measure a small Discord, then with more of each kind."""
    print(f"goals: {MEMORY_GOAL} MB in {servers:,} servers, no pause above {PAUSE_GOAL} ms")
    for size in (Size(), Size(servers=servers)):
        await line(FLOOR, size, messages)
        await line(BOT, size, messages, pauses=True)
    for size in (Size(people=500), Size(people=5_000), Size(people=500, rows=1_000_000)):
        await line(BOT, size, messages)


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--servers", type=int, default=2_500)
    parser.add_argument("--messages", type=int, default=4_000)
    wanted, began = parser.parse_args(arguments), time.monotonic()
    asyncio.run(measure(wanted.servers, wanted.messages))
    print(f"({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main(sys.argv[1:])
