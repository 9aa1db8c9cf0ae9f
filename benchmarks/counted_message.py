"""CPU per counted message: the bot against a bare discord.py client that tokenises each message and does nothing else.

Each is a process of its own, in a sandbox and on a database of its own, fed the same messages; CPU time is the OS's.
With `--against` the bot of another checkout takes its turn too: each round measures all of them, one after the other.

    python -m benchmarks.counted_message [--against PATH] [--rounds 3] [--messages 6000]
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox import Refused, Sandbox

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("EMPREINTE_DATA_DIR", ROOT / "data")).absolute()
CHANNEL = "Atelier IA/général"
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


@dataclass(frozen=True, slots=True)
class Client:
    """What is measured: Python's arguments, the folder it runs in, whether `/annotate` turns counting on first."""

    name: str
    arguments: tuple[str, ...]
    folder: Path
    counts: bool = True


def clients(against: Path | None) -> list[Client]:
    """Return what takes turns; the floor comes first."""
    run = ("-m", "bot", "run")
    found = [Client("bare client", ("-c", BARE), ROOT, counts=False)]
    if against is not None:
        found.append(Client("other checkout", run, against.absolute()))
    return [*found, Client("this checkout", run, ROOT)]


def cpu_seconds(process: Process) -> float:
    """Return the CPU time of a process, user and system."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def per_message(client: Client, messages: int) -> float:
    """Return the CPU time per message of a client, in microseconds."""
    sandbox = await Sandbox.start()
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(sandbox, folder)
        process = await asyncio.create_subprocess_exec(
            sys.executable, *client.arguments, env=environment, cwd=client.folder, stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            await sandbox.wait_for_bot(timeout=60)
            if client.counts:
                await _turn_on(sandbox)
            await asyncio.sleep(3)  # discord.py is at rest two seconds after it connected
            await _at_rest(process)
            before = cpu_seconds(process)
            await _write(sandbox, messages)
            await _at_rest(process)
            return (cpu_seconds(process) - before) / messages * 1e6
        finally:
            process.terminate()
            await process.wait()
            await sandbox.stop()


def _environment(sandbox: Sandbox, folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "DISCORD_TOKEN": sandbox.token,
        "EMPREINTE_DISCORD_API": sandbox.api_root,
        "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/e.db",
        "TIKTOKEN_CACHE_DIR": str(DATA / "tiktoken"),
        "EMPREINTE_DATA_DIR": str(DATA),
    }


async def _turn_on(sandbox: Sandbox) -> None:
    """Turn counting on as an admin does: the one way that all checkouts have in common."""
    async with asyncio.timeout(30):
        while True:
            try:
                await sandbox.command("camille", CHANNEL, "annotate", {"mode": "silent"}, locale="fr")
            except Refused:  # the commands aren't registered yet
                await asyncio.sleep(0.1)
            else:
                return


async def _write(sandbox: Sandbox, messages: int) -> None:
    for n in range(messages):
        await sandbox.post_message("leo", CHANNEL, TEXT.format(n=n))
        if n % 50 == 0:
            await asyncio.sleep(0.02)


async def _at_rest(process: Process) -> None:
    """Return when the process has had nothing to do for a second."""
    before, now = -1.0, cpu_seconds(process)
    while now != before:
        await asyncio.sleep(1)
        before, now = now, cpu_seconds(process)


async def measure(taking_turns: list[Client], rounds: int, messages: int) -> None:
    """Measure all in turn and print each round, then the medians."""
    floor = taking_turns[0].name
    taken: dict[str, list[float]] = {client.name: [] for client in taking_turns}
    for _ in range(rounds):
        for client in taking_turns:
            taken[client.name].append(await per_message(client, messages))
        print("   ".join(f"{name} {times[-1]:6.1f} µs" for name, times in taken.items()))
    print(f"medians over {rounds} rounds of {messages} messages, and the median ratio to the bare client:")
    for name, times in taken.items():
        print(f"{name:15} {statistics.median(times):6.1f} µs   {_ratio(times, taken[floor]):.2f}")
    if "other checkout" in taken:
        print(f"this checkout / other checkout {_ratio(taken['this checkout'], taken['other checkout']):.2f}")


def _ratio(times: list[float], others: list[float]) -> float:
    """Return the median of the ratios within a round: what slows a whole round concerns both."""
    return statistics.median(one / other for one, other in zip(times, others, strict=True))


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print; without arguments as among all benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.counted_message")
    parser.add_argument("--against", type=Path, help="another checkout of the project, measured in the same run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--messages", type=int, default=6000)
    wanted, began = parser.parse_args(arguments), time.monotonic()
    asyncio.run(measure(clients(wanted.against), wanted.rounds, wanted.messages))
    print(f"({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main(sys.argv[1:])
