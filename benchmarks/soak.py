"""Ten minutes in busy servers with faults all along: memory flat, nothing lost, nothing doubled, nothing late.

The bot is a process of its own in a sandbox with 1,000 channels in all modes. Messages trickle everywhere and flood one
channel now and then, Discord limits, refuses, fails, loses sockets and sessions and repeats events, and `/footprint` is
asked all the while. In the end the entries are held against what was written.

    python -m benchmarks.soak [--minutes 10] [--channels 1000] [--rate 40]
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import aiohttp
from sqlalchemy import func, select

from bot.ledger.ledger import open_ledger
from bot.ledger.records import DIGEST, REACTION, REPLY, SILENT, ChannelMode
from bot.ledger.schema import daily, entries, gaps
from sandbox import Sandbox
from sandbox.state import snowflakes
from sandbox.state.models import Channel, Guild

DATA = Path(__file__).parents[1] / "data"
MODES = (SILENT, REACTION, REPLY, DIGEST)
SERVERS = 4
FLOOD, FLOOD_EVERY = 300, 30.0
FAULT_EVERY, SESSION_LOST_EVERY = 2.0, 45.0
LATE = 11.0
"""Seconds from a message to its reply beyond which it would be late: ten, and the way there."""

TEXTS = (
    "Peux-tu m'expliquer la photosynthèse, avec un exemple tiré de la cuisine, s'il te plaît ? ({n})",
    "Write a detailed study plan for the next eight weeks, with a table for each week, please ({n})",
    "Merci beaucoup ! ({n})",
    "Résume ce chapitre en dix lignes, puis pose-moi cinq questions de contrôle avec leurs réponses ({n})",
)


@dataclass
class World:
    """The sandbox and what was done in it. `asked` are latencies of `/footprint` in seconds."""

    sandbox: Sandbox
    channels: list[Channel]
    people: list[str]
    chance: random.Random
    counted: set[int] = field(default_factory=set)
    asked: list[float] = field(default_factory=list)
    unanswered: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)
    faults: int = 0
    lag: float = 0.0

    async def post_message(self, channel: Channel) -> None:
        """Let somebody write."""
        text = self.chance.choice(TEXTS).format(n=len(self.counted))
        message = await self.sandbox.post_message(self.chance.choice(self.people), channel, text)
        self.counted.add(int(message["id"]))


def build(channels: int, chance: random.Random) -> World:
    """Return servers with so many channels in all."""
    sandbox = Sandbox()
    world = sandbox.world
    people = ["camille", "leo", "ines", "noah", "emma"]
    made: list[Channel] = []
    for number in range(SERVERS):
        guild_id = snowflakes.at(datetime.now(UTC) - timedelta(days=300 + number))
        guild = world.add_guild(f"Soak {number}", world.user("camille"), locale="fr", bot=True, guild_id=guild_id)
        for name in people[1:]:
            world.add_member(guild, world.user(name))
        made += _channels(sandbox, guild, channels // SERVERS)
    return World(sandbox, made, people, chance)


def _channels(sandbox: Sandbox, guild: Guild, count: int) -> list[Channel]:
    return [sandbox.world.add_channel(guild, f"{guild.name}-{n}".lower().replace(" ", "-")) for n in range(count)]


async def prepare(world: World, database: str) -> None:
    """Turn counting on in every channel, in all modes in turn."""
    async with open_ledger(database) as ledger:
        for at, channel in enumerate(world.channels):
            assert channel.guild_id is not None
            mode = MODES[at % len(MODES)]
            row = ChannelMode(channel.guild_id, channel.id, mode, world.sandbox.world.ids.next(), datetime.now(UTC))
            await ledger.preferences.set_channel(ledger.writer, row)
        for guild_id in {channel.guild_id for channel in world.channels if channel.guild_id}:
            await ledger.preferences.set_server(ledger.writer, guild_id, first_locale="fr")


# What goes on for some minutes


async def trickle(world: World, rate: float) -> None:
    """Write so many messages a second, anywhere."""
    while True:
        await world.post_message(world.chance.choice(world.channels))
        await asyncio.sleep(world.chance.expovariate(rate))


async def floods(world: World) -> None:
    """Write hundreds of messages into one channel within a second."""
    while True:
        await asyncio.sleep(FLOOD_EVERY)
        channel = world.chance.choice(world.channels)
        for n in range(FLOOD):
            await world.post_message(channel)
            if n % 10 == 0:
                await asyncio.sleep(0.02)


async def http_faults(world: World) -> None:
    """Let requests fail in all the ways that Discord's do."""
    faults = world.sandbox.faults
    while True:
        await asyncio.sleep(world.chance.expovariate(1 / FAULT_EVERY))
        world.faults += 1
        path = world.chance.choice((r"/messages$", r"/reactions/", r"/messages/\d+$"))
        status = world.chance.choice((403, 404, 429, 500, 502, 503))
        after = status >= 500 and world.chance.random() < 0.5
        scope = "global" if world.chance.random() < 0.2 else "user"
        wait = world.chance.uniform(0.2, 3.0)
        faults.add(path=path, status=status, retry_after=wait, scope=scope, after=after, times=1)


async def lost_sockets(world: World) -> None:
    """Drop sockets, lose sessions, repeat events."""
    gateway, lost_at = world.sandbox.gateway, time.monotonic()
    while True:
        await asyncio.sleep(world.chance.expovariate(1 / 15))
        world.faults += 1
        if time.monotonic() - lost_at > SESSION_LOST_EVERY:
            lost_at = time.monotonic()
            await world.chance.choice((gateway.invalidate, partial(gateway.drop, resumable=False)))()
        else:
            await world.chance.choice((gateway.drop, gateway.reconnect, partial(gateway.replay, 200)))()


async def questions(world: World) -> None:
    """Use `/footprint` every few seconds."""
    while True:
        await asyncio.sleep(3)
        channel, began = world.chance.choice(world.channels), time.monotonic()
        try:
            options = {"text": "Explique la pluie à un enfant.", "private": True}
            await world.sandbox.command("leo", channel, "footprint", options, timeout=3)
            world.asked.append(time.monotonic() - began)
        except TimeoutError:
            world.unanswered += 1


async def observe(world: World, process: Process, port: int) -> None:
    """Note the memory, and the largest lag of the event loop."""
    began = time.monotonic()
    async with aiohttp.ClientSession() as session:
        while True:
            await asyncio.sleep(10)
            world.memory.append((time.monotonic() - began, resident_mb(process)))
            with suppress(aiohttp.ClientError, TimeoutError):
                async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                    world.lag = max(world.lag, *_values(await answer.text(), "empreinte_loop_lag_max_seconds"), 0.0)


def _values(text: str, name: str) -> list[float]:
    return [float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(f"{name} ")]


def resident_mb(process: Process) -> float:
    """Return the memory that the process holds, in MB."""
    for line in Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


# Before and after


async def run(minutes: float, channels: int, rate: float, port: int) -> bool:
    """Run it all and print what came of it; True when nothing was lost, doubled or late."""
    world = build(channels, random.Random(20261126))
    await world.sandbox._listen("127.0.0.1", 0)  # noqa: SLF001
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite+aiosqlite:///{folder}/e.db"
        await prepare(world, database)
        process = await _start(world, database, Path(folder) / "log", port)
        try:
            await world.sandbox.wait_for_bot(timeout=60)
            await asyncio.sleep(5)
            await _busy(world, process, minutes, rate, port)
            await _calm_down(world)
        finally:
            process.terminate()
            status = await asyncio.wait_for(process.wait(), 60)
        recorded, summed, left_open = await _recorded(database)
        await world.sandbox.stop()
    print(f"gaps left open {left_open}")
    return _report(world, recorded, summed, status)


async def _start(world: World, database: str, log: Path, port: int) -> Process:
    environment = {
        **os.environ,
        "DISCORD_TOKEN": world.sandbox.token,
        "EMPREINTE_DISCORD_API": world.sandbox.api_root,
        "EMPREINTE_DATABASE_URL": database,
        "EMPREINTE_DATA_DIR": str(DATA),
        "EMPREINTE_METRICS_PORT": str(port),
    }
    with log.open("ab") as errors:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, stdout=DEVNULL, stderr=errors
        )


async def _busy(world: World, process: Process, minutes: float, rate: float, port: int) -> None:
    going_on = (
        trickle(world, rate),
        floods(world),
        http_faults(world),
        lost_sockets(world),
        questions(world),
        observe(world, process, port),
    )
    tasks = [asyncio.create_task(one) for one in going_on]
    done, _ = await asyncio.wait(tasks, timeout=minutes * 60, return_when=asyncio.FIRST_EXCEPTION)
    for one in tasks:
        one.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for one in done:
        one.result()


async def _calm_down(world: World) -> None:
    """Let Discord behave, and give catch-up the time it takes."""
    world.sandbox.faults.clear()
    for channel in world.channels[:1]:
        await world.post_message(channel)
    await asyncio.sleep(100)


async def _recorded(database: str) -> tuple[set[int], int, int]:
    async with open_ledger(database) as ledger, ledger.engine.connect() as connection:
        ids = set(await connection.scalars(select(entries.c.message_id)))
        summed = await connection.scalar(select(func.sum(daily.c.messages)))
        left_open = await connection.scalar(select(func.count()).select_from(gaps))
    return ids, summed or 0, left_open or 0


def _report(world: World, recorded: set[int], summed: int, status: int) -> bool:
    lost, extra = len(world.counted - recorded), len(recorded - world.counted)
    replies, doubled, late = _replies(world)
    early = [mb for at, mb in world.memory if 60 <= at <= 150] or [0.0]
    print(f"messages {len(world.counted)}, faults {world.faults}, exit status {status}")
    print(f"entries {len(recorded)} (lost {lost}, extra {extra}), messages in the daily totals {summed}")
    print(f"replies {replies} (doubled {doubled}, later than {LATE:.0f} s {late}), posts and edits {_posts(world)}")
    asked = world.asked or [0.0]
    print(
        f"/footprint: {len(asked)} answered, median {statistics.median(asked) * 1000:.0f} ms, "
        f"slowest {max(asked) * 1000:.0f} ms, unanswered {world.unanswered} (socket lost meanwhile)"
    )
    print(f"invalid requests {world.sandbox.invalid_requests} (a ban takes 10,000 in ten minutes)")
    print(f"largest lag of the event loop {world.lag * 1000:.0f} ms")
    last = world.memory[-1][1] if world.memory else 0.0
    print(f"memory after a minute {statistics.median(early):.0f} MB, at the end {last:.0f} MB")
    return not (lost or extra or doubled or late or status) and summed == len(recorded)


def _replies(world: World) -> tuple[int, int, int]:
    """Return how many replies there are, how many messages have two, and how many came late."""
    mine, seen = str(world.sandbox.world.bot.id), dict[str, int]()
    late = 0
    for channel in world.channels:
        for message in channel.history:
            reference = message.data.get("message_reference")
            if message.data["author"]["id"] == mine and reference:
                asked = reference["message_id"]
                seen[asked] = seen.get(asked, 0) + 1
                late += (snowflakes.created_at(message.id) - snowflakes.created_at(int(asked))).total_seconds() > LATE
    return len(seen), sum(1 for count in seen.values() if count > 1), late


def _posts(world: World) -> int:
    return sum(1 for one in world.sandbox.requests if one.method in ("POST", "PATCH") and "/messages" in one.path)


def main() -> None:
    """Run it; end with 1 when something was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--channels", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=40)
    parser.add_argument("--port", type=int, default=9187)
    options = parser.parse_args()
    sys.exit(0 if asyncio.run(run(options.minutes, options.channels, options.rate, options.port)) else 1)


if __name__ == "__main__":
    main()
