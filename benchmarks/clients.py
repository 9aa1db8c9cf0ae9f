"""What is measured: clients as processes of their own, in a sandbox and on a database of their own."""

import asyncio
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox import Refused, Sandbox
from sandbox.state.models import User

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("EMPREINTE_DATA_DIR", ROOT / "data")).absolute()
CHANNEL = "Atelier IA/général"
TEXT = (
    "Peux-tu m'expliquer comment fonctionne la photosynthèse, avec des exemples simples pour un élève de "
    "dix ans qui aime les plantes et le soleil, sans jargon, puis me donner {n} questions de contrôle ?"
)
BURST, PAUSE, APART = 50, 0.01, 0.004
"""Messages of a burst, seconds before and after each one, and between two messages that come one at a time."""

BARE = """
import asyncio, os, sys, discord, tiktoken, uvloop, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
Route.BASE = os.environ["EMPREINTE_DISCORD_API"]
encoding = tiktoken.get_encoding("o200k_base")
class Bare(discord.AutoShardedClient):
    async def setup_hook(self):
        _, address, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
    async def on_message(self, message):
        len(encoding.encode_ordinary(message.content))
intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
client = Bare(intents=intents, max_messages=None, member_cache_flags=discord.MemberCacheFlags.none(),
              chunk_guilds_at_startup=False)
with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(client.start(os.environ["DISCORD_TOKEN"]))
"""


@dataclass(frozen=True, slots=True)
class Client:
    """Python's arguments, the folder it runs in, whether `/annotate` turns counting on first."""

    name: str
    arguments: tuple[str, ...]
    folder: Path
    counts: bool = True


FLOOR = Client("bare client", ("-c", BARE), ROOT, counts=False)
RUN = ("-m", "bot", "run")


@asynccontextmanager
async def running(
    client: Client, sandbox: Sandbox, database: Path | None = None, port: int = 0
) -> AsyncIterator[Process]:
    """Start a client, turn counting on where it is to, and hand it out once it is at rest.

    `database` is a file to record in, a new one by default; `port` shows metrics.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(sandbox, database or Path(folder) / "e.db", port)
        process = await asyncio.create_subprocess_exec(
            sys.executable, *client.arguments, env=environment, cwd=client.folder, stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            await sandbox.wait_for_bot(timeout=120)
            if client.counts:
                await _turn_on(sandbox)
            await asyncio.sleep(3)  # discord.py is at rest two seconds after it connected
            await at_rest(process)
            yield process
        finally:
            process.terminate()
            process.send_signal(signal.SIGCONT)
            await process.wait()


def _environment(sandbox: Sandbox, database: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DISCORD_TOKEN": sandbox.token,
        "EMPREINTE_DISCORD_API": sandbox.api_root,
        "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{database}",
        "TIKTOKEN_CACHE_DIR": str(DATA / "tiktoken"),
        "EMPREINTE_DATA_DIR": str(DATA),
        **({"EMPREINTE_METRICS_PORT": str(port)} if port else {}),
    }


async def _turn_on(sandbox: Sandbox) -> None:
    """Turn counting on as an admin does: the one way that all checkouts have in common."""
    async with asyncio.timeout(60):
        while True:
            try:
                await sandbox.command("camille", CHANNEL, "annotate", {"mode": "silent"}, locale="fr")
            except (Refused, TimeoutError):  # the commands aren’t registered yet, or there is much to read
                await asyncio.sleep(0.1)
            else:
                return


async def write(
    sandbox: Sandbox, messages: int, people: Sequence[User | str] = ("leo",), *, apart: float = APART
) -> None:
    """Let people write so many messages, one at a time, so many seconds apart."""
    for n in range(messages):
        await sandbox.post_message(people[n % len(people)], CHANNEL, TEXT.format(n=n))
        await asyncio.sleep(apart)


async def write_in_bursts(process: Process, sandbox: Sandbox, messages: int, people: Sequence[User | str]) -> None:
    """Let people write so many messages; the client finds each burst waiting, however busy the machine is."""
    for first in range(0, messages, BURST):
        process.send_signal(signal.SIGSTOP)
        for n in range(first, first + BURST):
            await sandbox.post_message(people[n % len(people)], CHANNEL, TEXT.format(n=n))
        await asyncio.sleep(PAUSE)
        process.send_signal(signal.SIGCONT)
        await asyncio.sleep(PAUSE)


async def per_message(
    process: Process,
    sandbox: Sandbox,
    messages: int,
    people: Sequence[User | str] = ("leo",),
    *,
    bursts: bool,
    apart: float = APART,
) -> float:
    """Return the CPU time per message, in microseconds."""
    before = cpu_seconds(process)
    if bursts:
        await write_in_bursts(process, sandbox, messages, people)
    else:
        await write(sandbox, messages, people, apart=apart)
    await at_rest(process)
    return (cpu_seconds(process) - before) / messages * 1e6


def cpu_seconds(process: Process) -> float:
    """Return the CPU time of a process, user and system, to the microsecond (clock_getcpuclockid's number)."""
    return time.clock_gettime((~process.pid << 3) | 2)


async def at_rest(process: Process) -> None:
    """Return when the process has done next to nothing for a second."""
    while True:
        before = cpu_seconds(process)
        await asyncio.sleep(1)
        if cpu_seconds(process) - before < 0.02:
            return


def resident_mb(process: Process) -> float:
    """Return the memory that the process holds, in MB."""
    for line in Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
