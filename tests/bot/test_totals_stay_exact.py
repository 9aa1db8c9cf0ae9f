"""Totals exact to the message, whatever happens: kill -9 at any moment, lost sessions, replays."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.ledger.ledger import open_ledger
from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import totals
from bot.ledger.records import SILENT, WHOLE_SERVER, ChannelMode
from bot.ledger.schema import daily, entries
from sandbox import Sandbox

ROOT = Path(__file__).parents[2]
KILLS = 20
MESSAGES = 4000
SECRET = "zanzibarquintal"
"""A word that is in every message and must be nowhere else."""

TEXTS = (
    "Explique la {n}e loi de Newton à un enfant, {s}, s'il te plaît",
    "merci {s}",
    "{s} ?",
    "Write {n} lines about {s}, thanks",
    "{s} " * 40,
)


class MessageStream:
    """People who write, and what of it counts."""

    def __init__(self, sandbox: Sandbox, chance: random.Random) -> None:
        self.sandbox = sandbox
        self.chance = chance
        guild = sandbox.world.channel("Atelier IA/général").guild_id
        assert guild is not None
        self.guild_id = guild
        self.places = ["Atelier IA/général", "Atelier IA/prompts", "Atelier IA/Réponses courtes ou longues ?"]
        self.people = ["camille", "leo", "ines", "noah"]
        self.counted: set[int] = set()

    async def write(self, number: int) -> None:
        """Write so many messages that count, and some that don't."""
        for n in range(number):
            text = self.chance.choice(TEXTS).format(n=n, s=SECRET)
            message = await self.sandbox.post_message(
                self.chance.choice(self.people), self.chance.choice(self.places), text
            )
            self.counted.add(int(message["id"]))
            if n % 50 == 0:
                await self.uncounted(n)
            await asyncio.sleep(0 if n % 4 else self.chance.uniform(0, 0.04))

    async def uncounted(self, n: int) -> None:
        """A webhook, a system message, an empty one, and another server."""
        post_message = self.sandbox.post_message
        await post_message("leo", "Atelier IA/général", f"webhook {SECRET}", webhook=True)
        await post_message("leo", "Atelier IA/général", "", type=7)
        await post_message("leo", "Atelier IA/général", " \n ")
        await post_message("noah", "English Club/general", f"elsewhere {n} {SECRET}")


async def start(sandbox: Sandbox, database: str, log: Path) -> Process:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_")}
    environment = {
        **inherited,
        "DISCORD_TOKEN": sandbox.token,
        "EMPREINTE_DISCORD_API": sandbox.api_root,
        "EMPREINTE_DATABASE_URL": database,
        "EMPREINTE_DATA_DIR": str(ROOT / "data"),
    }
    with log.open("ab") as errors:
        command = (sys.executable, "-m", "bot", "run")
        return await asyncio.create_subprocess_exec(*command, env=environment, stdout=DEVNULL, stderr=errors, cwd=ROOT)


async def bad_luck(sandbox: Sandbox, chance: random.Random) -> None:
    """Something that Discord does to clients."""
    gateway = sandbox.gateway
    match chance.randrange(5):
        case 0:
            await gateway.drop()
        case 1:
            await gateway.drop(resumable=False)
        case 2:
            await gateway.replay(last=200)
        case 3:
            await gateway.reconnect()


async def live_and_die(sandbox: Sandbox, database: str, log: Path, chance: random.Random) -> None:
    """One life of the bot, ended by kill -9 at a random moment, also while it starts or catches up."""
    process = await start(sandbox, database, log)
    ends = asyncio.get_running_loop().time() + chance.uniform(0.5, 6.0)
    while asyncio.get_running_loop().time() < ends:
        await asyncio.sleep(0.4)
        await bad_luck(sandbox, chance)
    process.kill()
    await process.wait()
    await sandbox.gateway.wait_gone(60)


@pytest.fixture
async def database(tmp_path: Path, sandbox: Sandbox) -> str:
    url = f"sqlite+aiosqlite:///{tmp_path}/e.db"
    guild_id = sandbox.world.channel("Atelier IA/général").guild_id
    assert guild_id is not None
    async with open_ledger(url) as ledger:
        since = sandbox.world.ids.next()
        mode = ChannelMode(guild_id, WHOLE_SERVER, SILENT, since, datetime.now(UTC))
        await ledger.preferences.set_channel(ledger.writer, mode)
        await ledger.preferences.set_server(ledger.writer, guild_id, first_locale="fr")
    return url


async def recorded(database: str, guild_id: int) -> tuple[set[int], int, int]:
    """The ids of all entries, the messages of the daily totals, and those of the totals that people see."""
    async with open_ledger(database) as ledger:
        everything = await totals(ledger.engine, guild_id, period(ALL, datetime.now(UTC).date()))
        async with ledger.engine.connect() as connection:
            ids = set(await connection.scalars(select(entries.c.message_id)))
            summed = await connection.scalar(select(func.sum(daily.c.messages)))
    return ids, summed or 0, everything.messages


async def test_through_kills_lost_sessions_and_replays(sandbox: Sandbox, database: str, tmp_path: Path) -> None:
    sandbox.limits.global_limit = None
    chance = random.Random(20261123)
    stream, log = MessageStream(sandbox, chance), tmp_path / "log"
    writing = asyncio.create_task(stream.write(MESSAGES))
    for _ in range(KILLS):
        await live_and_die(sandbox, database, log, chance)
    await writing
    process = await start(sandbox, database, log)
    await sandbox.wait_for_bot(timeout=60)
    last = await sandbox.post_message("camille", "Atelier IA/prof", f"the last one {SECRET}")
    stream.counted.add(int(last["id"]))
    await sandbox.gateway.replay(last=1000)
    await _until_all_are_there(database, stream)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 60) == 0
    ids, summed, shown = await recorded(database, stream.guild_id)
    assert ids == stream.counted
    assert summed == shown == len(stream.counted) == MESSAGES + 1
    for path in tmp_path.iterdir():
        assert SECRET.encode() not in path.read_bytes(), path


async def _until_all_are_there(database: str, stream: MessageStream) -> None:
    """Wait until as many entries are there, or as long as catch-up may take; what is there is judged afterwards."""
    for _ in range(120):
        await asyncio.sleep(0.5)
        _, summed, _ = await recorded(database, stream.guild_id)
        if summed >= len(stream.counted):
            return


async def test_sigterm_in_the_middle_of_a_batch(sandbox: Sandbox, database: str, tmp_path: Path) -> None:
    sandbox.limits.global_limit = None
    process = await start(sandbox, database, tmp_path / "log")
    await sandbox.wait_for_bot(timeout=60)
    await asyncio.sleep(3)
    stream = MessageStream(sandbox, random.Random(1))
    await stream.write(300)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 60) == 0
    await sandbox.gateway.wait_gone(60)
    again = await start(sandbox, database, tmp_path / "log")
    await sandbox.wait_for_bot(timeout=60)
    await _until_all_are_there(database, stream)
    again.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(again.wait(), 60) == 0
    ids, summed, _ = await recorded(database, stream.guild_id)
    assert ids == stream.counted
    assert summed == 300
