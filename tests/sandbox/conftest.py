"""A sandbox and a small real discord.py bot connected to it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox import AppIdentity, Sandbox
from tests.sandbox.demo_bot import DemoBot

StartBot = Callable[..., Awaitable[DemoBot]]


@pytest.fixture
async def sandbox(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    one = await Sandbox.start(app=AppIdentity("Empreinte", "empreinte"))
    one.limits.messages = one.limits.global_limit = None
    monkeypatch.setattr(Route, "BASE", one.api_root)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(one.gateway.url))
    yield one
    await one.stop()


@pytest.fixture
async def start_bot(sandbox: Sandbox) -> AsyncIterator[StartBot]:
    running: list[tuple[DemoBot, asyncio.Task[None]]] = []

    async def start(shard_count: int | None = 1, **intents: bool) -> DemoBot:
        asked = {"guilds": True, "messages": True, "reactions": True, "message_content": True, **intents}
        bot = DemoBot(discord.Intents(**asked), shard_count)
        task = asyncio.create_task(bot.start(sandbox.token))
        running.append((bot, task))
        ready = asyncio.create_task(sandbox.wait_for_bot())
        await asyncio.wait([ready, task], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            ready.cancel()
            task.result()
        await ready
        return bot

    yield start
    for bot, task in running:
        await bot.close()
        with contextlib.suppress(discord.DiscordException):
            await task


@pytest.fixture
async def bot(start_bot: StartBot) -> DemoBot:
    return await start_bot()
