"""Processes of the bot that share one PostgreSQL, and people who write in servers of all shards meanwhile."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from postgresql_server import SERVER
from sqlalchemy import func, select

from bot.ledger import migrate
from bot.ledger.engine import open_engine, open_read_only
from bot.ledger.ledger import open_ledger
from bot.ledger.records import SILENT, WHOLE_SERVER, ChannelMode
from bot.ledger.schema import daily, entries
from sandbox import Sandbox

ROOT = Path(__file__).parents[2]
SERVERS = 8
BY_LEASE = {"EMPREINTE_SHARDS": "auto"}
PATIENCE = 120.0
"""Seconds for what a busy machine may take long for: starting, and taking over from the dead."""


class Authors:
    """People who write in servers of all shards for as long as it takes."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.written = sandbox, set[int]()
        self.guilds = [self._guild(number) for number in range(SERVERS)]
        self.stop, self.pause = False, 0.02

    def _guild(self, number: int) -> int:
        world = self.sandbox.world
        guild = world.add_guild(
            f"Server {number}", world.user("camille"), locale="fr", guild_id=(1_000_000 + number) << 22
        )
        world.add_channel(guild, "général")
        return guild.id

    async def write(self) -> None:
        """Write on until told to stop."""
        number = 0
        while not self.stop:
            number += 1
            place = f"Server {random.randrange(SERVERS)}/général"
            message = await self.sandbox.post_message("camille", place, f"Explique la {number}e loi, s'il te plaît")
            self.written.add(int(message["id"]))
            await asyncio.sleep(self.pause)


class Fleet:
    """The processes."""

    def __init__(self, sandbox: Sandbox, log: Path) -> None:
        self.sandbox, self.log, self.database = sandbox, log, str(SERVER)
        self.running: list[Process] = []

    async def start(self, number: int = 1, settings: Mapping[str, str] = BY_LEASE) -> None:
        """Start some more, by lease unless the settings say otherwise."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_")}
        environment = {
            **inherited,
            "DISCORD_TOKEN": self.sandbox.token,
            "EMPREINTE_DISCORD_API": self.sandbox.api_root,
            "EMPREINTE_DATABASE_URL": self.database,
            "EMPREINTE_DATA_DIR": str(ROOT / "data"),
            **settings,
        }
        command = (sys.executable, "-m", "bot", "run")
        for _ in range(number):
            with self.log.open("ab") as errors:
                self.running.append(
                    await asyncio.create_subprocess_exec(
                        *command, env=environment, stdout=DEVNULL, stderr=errors, cwd=ROOT
                    )
                )

    async def kill(self) -> None:
        """End one as a power cut would."""
        one = self.running.pop(random.randrange(len(self.running)))
        one.kill()
        await one.wait()

    async def kill_first(self) -> None:
        """End the one that runs for the longest as a power cut would."""
        one = self.running.pop(0)
        one.kill()
        await one.wait()

    async def replace_oldest(self) -> None:
        """Restart one as a rolling upgrade would."""
        one = self.running.pop(0)
        one.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(one.wait(), PATIENCE) == 0
        await self.start()

    async def stop(self) -> None:
        for one in self.running:
            one.send_signal(signal.SIGTERM)
        assert {await asyncio.wait_for(one.wait(), PATIENCE) for one in self.running} == {0}

    async def end(self) -> None:
        """End those that still run, as after a test that failed."""
        for one in self.running:
            if one.returncode is None:
                one.kill()
                await one.wait()

    def served(self, count: int) -> set[int]:
        """The shards that have a session now."""
        sessions = self.sandbox.gateway.sessions.values()
        return {one.shard[0] for one in sessions if one.connected and one.shard[1] == count}

    async def until_served(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.served(count) != set(range(count)):
                await asyncio.sleep(0.1)


async def everywhere_counted(sandbox: Sandbox, mode: str = SILENT) -> Authors:
    """Return who writes, in servers where all is counted, on an empty database."""
    sandbox.limits.global_limit = None
    authors = Authors(sandbox)
    engine = open_engine(str(SERVER))
    await migrate.downgrade(engine, "base")
    await engine.dispose()
    async with open_ledger(str(SERVER)) as ledger:
        since = sandbox.world.ids.next()
        for guild_id in authors.guilds:
            everywhere = ChannelMode(guild_id, WHOLE_SERVER, mode, since, datetime.now(UTC))
            await ledger.preferences.set_channel(ledger.writer, everywhere)
    return authors


@asynccontextmanager
async def writing(authors: Authors, fleet: Fleet) -> AsyncIterator[None]:
    """People write all along; in the end each of their messages is counted once."""
    task = asyncio.create_task(authors.write())
    try:
        yield
        authors.stop = True
        await task
        await until_counted(authors)
        await fleet.stop()
    finally:
        task.cancel()
        await fleet.end()
    assert await counted() == (authors.written, len(authors.written))


async def counted() -> tuple[set[int], int]:
    engine = open_read_only(str(SERVER))
    try:
        async with engine.connect() as connection:
            ids = set(await connection.scalars(select(entries.c.message_id)))
            return ids, await connection.scalar(select(func.sum(daily.c.messages))) or 0
    finally:
        await engine.dispose()


async def until_counted(authors: Authors) -> None:
    """Wait as long as that may take; what is there is judged afterwards."""
    for _ in range(int(PATIENCE)):
        ids, _ = await counted()
        if ids >= authors.written:
            return
        await asyncio.sleep(1)
