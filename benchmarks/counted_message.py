"""CPU per counted message: the bot against a bare discord.py client that tokenises each message and does nothing else.

Both are processes of their own, connected to the same sandbox, fed the same messages; CPU time is the system's.

    python -m benchmarks.counted_message
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from datetime import UTC, datetime
from pathlib import Path

from bot.ledger.ledger import open_ledger
from bot.ledger.records import SILENT, WHOLE_SERVER, ChannelMode
from sandbox import Sandbox

DATA = Path(__file__).parents[1] / "data"
MESSAGES, ROUNDS = 6000, 3
TEXT = (
    "Peux-tu m'expliquer comment fonctionne la photosynthèse, avec des exemples simples pour un élève de "
    "dix ans qui aime les plantes et le soleil, sans jargon, puis me donner {n} questions de contrôle ?"
)
TICKS = os.sysconf("SC_CLK_TCK")

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


def cpu_seconds(process: Process) -> float:
    """Return the CPU time of a process, user and system."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def per_message(command: list[str]) -> float:
    """Return the CPU time per message of a client, in microseconds, in a sandbox and on a database of its own."""
    sandbox = await Sandbox.start()
    with tempfile.TemporaryDirectory() as folder:
        environment = await _prepare(sandbox, f"sqlite+aiosqlite:///{folder}/e.db")
        process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=DEVNULL, stderr=DEVNULL)
        try:
            await sandbox.wait_for_bot(timeout=30)
            await asyncio.sleep(3)  # discord.py is at rest two seconds after it connected
            await _at_rest(process)
            before = cpu_seconds(process)
            await _write(sandbox)
            await _at_rest(process)
            return (cpu_seconds(process) - before) / MESSAGES * 1e6
        finally:
            process.terminate()
            await process.wait()
            await sandbox.stop()


async def _prepare(sandbox: Sandbox, database: str) -> dict[str, str]:
    """Turn counting on in a server; return the environment of a client."""
    guild_id = sandbox.world.channel("Atelier IA/général").guild_id or 0
    async with open_ledger(database) as ledger:
        mode = ChannelMode(guild_id, WHOLE_SERVER, SILENT, sandbox.world.ids.next(), datetime.now(UTC))
        await ledger.preferences.set_channel(ledger.writer, mode)
        await ledger.preferences.set_server(ledger.writer, guild_id, first_locale="fr")
    return {
        **os.environ,
        "DISCORD_TOKEN": sandbox.token,
        "EMPREINTE_DISCORD_API": sandbox.api_root,
        "EMPREINTE_DATABASE_URL": database,
        "TIKTOKEN_CACHE_DIR": str(DATA / "tiktoken"),
        "EMPREINTE_DATA_DIR": str(DATA),
    }


async def _write(sandbox: Sandbox) -> None:
    for n in range(MESSAGES):
        await sandbox.post_message("leo", "Atelier IA/général", TEXT.format(n=n))
        if n % 50 == 0:
            await asyncio.sleep(0.02)


async def _at_rest(process: Process) -> None:
    """Return when the process has had nothing to do for a second."""
    before, now = -1.0, cpu_seconds(process)
    while now != before:
        await asyncio.sleep(1)
        before, now = now, cpu_seconds(process)


async def measure() -> None:
    """Measure both in turn and print the ratios."""
    ratios: list[float] = []
    for _ in range(ROUNDS):
        floor = await per_message([sys.executable, "-c", BARE])
        ours = await per_message([sys.executable, "-m", "bot", "run"])
        ratios.append(ours / floor)
        print(f"bare client {floor:6.1f} µs   Empreinte {ours:6.1f} µs   ratio {ours / floor:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f} over {ROUNDS} rounds of {MESSAGES} messages")


def main() -> None:
    """Measure and print."""
    began = time.monotonic()
    asyncio.run(measure())
    print(f"({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main()
