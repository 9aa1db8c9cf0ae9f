"""`/footprint` from the interaction to the answer, against a bot that answers a constant, in the same sandbox.

python -m benchmarks.footprint_command
"""

import asyncio
import contextlib
import statistics
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import discord
from discord import app_commands
from pydantic import SecretStr

from bot.client import discord_api
from bot.client.client import EmpreinteBot
from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.ledger.ledger import open_ledger
from bot.presentation.translator import Catalogues
from bot.settings import load
from bot.usecases.estimates import Estimates
from sandbox import Sandbox

VOCABULARIES = Path(__file__).parents[1] / "data" / "tiktoken"
CALLS = 200
TEXT = "Rédige un mail poli à ma propriétaire pour lui demander de faire réparer la chaudière, s'il te plaît."


class Constant(discord.Client):
    """Estimates every `/footprint` with the same words."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="footprint", description="Always the same")
        async def _footprint(interaction: discord.Interaction, text: str) -> None:
            await interaction.response.send_message(f"{len(text) > 0}")

    async def setup_hook(self) -> None:
        """Find the sandbox's gateway and tell it of the command."""
        discord_api.use_gateway((await discord_api.ask_gateway(self)).url)
        await self.tree.sync()


@contextlib.asynccontextmanager
async def connected(client: discord.Client, sandbox: Sandbox) -> AsyncIterator[None]:
    """Run the client in the sandbox."""
    discord_api.use_root(sandbox.api_root)
    running = asyncio.create_task(client.start(sandbox.token))
    await sandbox.wait_for_bot()
    await asyncio.sleep(3)  # discord.py waits two seconds for servers before it is at rest
    try:
        yield
    finally:
        await client.close()
        await running


async def milliseconds(sandbox: Sandbox) -> list[float]:
    """Return the time from each interaction to its answer, the first few calls apart."""
    taken: list[float] = []
    for number in range(CALLS + 20):
        call = await sandbox.command("camille", "général", "footprint", {"text": TEXT})
        if number >= 20:
            taken.append((call.seconds or 0) * 1e3)
    return taken


async def measure(sandbox: Sandbox, folder: str) -> None:
    """Measure both in turn, twice, and print."""
    now = datetime.now(UTC)
    estimator = Estimator.load(CONFIG_DIR, VOCABULARIES, now)
    estimator.prepare(estimator.models.default)
    settings = load(
        DISCORD_TOKEN=SecretStr(sandbox.token),
        discord_api=sandbox.api_root,
        database_url=f"sqlite+aiosqlite:///{folder}/e.db",
    )
    found: dict[str, list[float]] = {"constant": [], "Empreinte": []}
    for _ in range(2):
        async with connected(Constant(), sandbox):
            found["constant"] += await milliseconds(sandbox)
        async with open_ledger(f"sqlite+aiosqlite:///{folder}/{len(found['Empreinte'])}.db") as ledger:
            bot = EmpreinteBot(settings, Estimates(estimator, now.date()), Catalogues.load(CONFIG_DIR), ledger)
            async with connected(bot, sandbox):
                found["Empreinte"] += await milliseconds(sandbox)
    for name, taken in found.items():
        cuts = statistics.quantiles(taken, n=20)
        print(f"{name:12} median {statistics.median(taken):6.2f} ms   95 % below {cuts[18]:6.2f} ms")
    ratio = statistics.median(found["Empreinte"]) / statistics.median(found["constant"])
    print(f"ratio of the medians: {ratio:.2f}")


async def _run() -> None:
    sandbox = await Sandbox.start()
    sandbox.limits.messages = sandbox.limits.global_limit = None
    try:
        with tempfile.TemporaryDirectory() as folder:
            await measure(sandbox, folder)
    finally:
        await sandbox.stop()


def main() -> None:
    """Measure and print."""
    asyncio.run(_run())


if __name__ == "__main__":
    main()
