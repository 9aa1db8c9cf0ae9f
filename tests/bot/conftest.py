"""The whole bot, with the unmodified discord.py client, in the sandbox."""

import asyncio
import contextlib
import importlib.util
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import aiohttp
import discord
import pytest
from counted import caught_up
from house import House, StartBot
from pydantic import SecretStr
from recapped import Recapped

from bot.annotating import digest
from bot.client import discord_api, names, recap_job
from bot.client.client import EmpreinteBot
from bot.counting.ai_answers import gathering, pending_answer, settling
from bot.counting.clock import DiscordClock
from bot.ledger.ledger import Ledger, open_ledger
from bot.presentation.translator import Catalogues
from bot.settings import Settings, load
from bot.usecases import ledger_reader
from bot.usecases.estimates import Estimates
from sandbox import Sandbox

SPEC = Path(__file__).parents[3] / "shared" / "discord" / "spec_check.py"


def spec_check() -> ModuleType | None:
    """Discord's own description of its requests, where it lies beside the project."""
    if not SPEC.is_file():
        return None
    found = importlib.util.spec_from_file_location("spec_check", SPEC)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


CHECKER = spec_check()


async def _ready(bot: EmpreinteBot) -> None:
    async with asyncio.timeout(60):
        while not bot.is_ready():
            await asyncio.sleep(0.01)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Discord whose every request is held against Discord's description once the test is over."""
    one = await Sandbox.start()
    one.interaction_sessions.answer_within = 30.0  # how long this machine takes isn't what is tested
    yield one
    await one.stop()
    if CHECKER is not None:
        wrong = [
            (request.method, request.path, errors)
            for request in one.requests
            if request.body is not None
            and (errors := CHECKER.check(request.method, request.path, request.body, files=request.files or None))
        ]
        assert not wrong, wrong


@pytest.fixture
def settings(sandbox: Sandbox, tmp_path: Path) -> Settings:
    database = f"sqlite+aiosqlite:///{tmp_path}/e.db"
    return load(DISCORD_TOKEN=SecretStr(sandbox.token), discord_api=sandbox.api_root, database_url=database)


@pytest.fixture(autouse=True)
def discord_itself_again() -> Iterator[None]:
    yield
    discord_api.use_root(None)


@dataclass
class Running:
    """One start of the bot."""

    bot: EmpreinteBot
    task: asyncio.Task[None]
    ledger: contextlib.AbstractAsyncContextManager[Ledger]

    async def stop(self) -> None:
        """Stop as `run` does: first the client, then the ledger."""
        await self.bot.close()
        with contextlib.suppress(discord.DiscordException, aiohttp.ClientError):
            await self.task
        await self.ledger.__aexit__(None, None, None)


@pytest.fixture
async def start_bot(
    sandbox: Sandbox, settings: Settings, answers: Estimates, catalogues: Catalogues
) -> AsyncIterator[StartBot]:
    """Start the bot; once more is a restart on the same database."""
    running: list[Running] = []
    discord_api.use_root(settings.discord_api)

    async def start(
        *, message_content: bool = True, clock: DiscordClock | None = None, **changed: object
    ) -> EmpreinteBot:
        if running:
            await running.pop().stop()
        ledger = open_ledger(settings.database)
        held = await ledger.__aenter__()
        wanted = settings.model_copy(update=changed)
        bot = EmpreinteBot(wanted, answers, catalogues, held, message_content=message_content, clock=clock)
        bot._connection.guild_ready_timeout = 0.05  # the sandbox sends all servers at once
        task = asyncio.create_task(bot.start(sandbox.token))
        running.append(Running(bot, task, ledger))
        ready = asyncio.create_task(_ready(bot))
        await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            ready.cancel()
            task.result()
        return bot

    yield start
    for one in running:
        await one.stop()


@pytest.fixture
async def house(sandbox: Sandbox, start_bot: StartBot, settings: Settings, answers: Estimates) -> House:
    answers.estimator.prepare(answers.estimator.models.default)
    return House(sandbox, await start_bot(), settings)


@pytest.fixture
def digests_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "FIRST_AFTER", 0.2)
    monkeypatch.setattr(digest, "EDIT_INTERVAL", 0.6)
    monkeypatch.setattr(digest, "BURST_EDIT_INTERVAL", 0.6)


@pytest.fixture
def recaps_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests say when the job looks, and no machine is too slow for them."""
    monkeypatch.setattr(recap_job, "INTERVAL", 1e6)
    monkeypatch.setattr(ledger_reader, "READ_TIMEOUT", 60.0)
    monkeypatch.setattr(names, "LOOKUP_SECONDS", 60.0)


@pytest.fixture
async def recapped(recaps_by_hand: None, house: House, start_bot: StartBot) -> Recapped:
    one = Recapped(house, start_bot)
    await one.restart()
    await caught_up(house)
    return one


@pytest.fixture
def answers_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending_answer, "QUIET", 0.6)
    monkeypatch.setattr(gathering, "QUIET", 0.6)
    monkeypatch.setattr(settling, "AFTER_HISTORY", 0.3)
