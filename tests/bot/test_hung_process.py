"""A process that hangs instead of dying: another one takes over, and it says and counts nothing twice after waking."""

import asyncio
import signal
from collections import Counter
from pathlib import Path

import pytest
from fleet import PATIENCE, Authors, Fleet, everywhere_counted, writing
from postgresql_server import NO_SERVER

from bot.ledger.records import REPLY
from sandbox import Sandbox

pytestmark = [pytest.mark.postgresql, NO_SERVER]

SHARDS = 2
PARTED = "are served by another process now"


@pytest.fixture
async def authors(sandbox: Sandbox) -> Authors:
    sandbox.gateway.shards, sandbox.gateway.start_limit.max_concurrency = SHARDS, 16
    return await everywhere_counted(sandbox, REPLY)


def answered(sandbox: Sandbox, authors: Authors) -> Counter[int]:
    """Count the answers to each message that people wrote."""
    world, found = sandbox.world, Counter[int]()
    for channel in world.channels.values():
        if channel.guild_id in authors.guilds:
            replies = (one.data.get("message_reference") or {} for one in channel.history)
            found.update(int(one["message_id"]) for one in replies if "message_id" in one)
    return found


async def until(holds: object) -> None:
    assert callable(holds)
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.1)


async def test_it_says_and_counts_nothing_twice(sandbox: Sandbox, authors: Authors, tmp_path: Path) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet):
        await fleet.start(2)
        await fleet.until_served(SHARDS)
        await until(lambda: answered(sandbox, authors))
        before = sandbox.gateway.identifies
        hangs = fleet.running[0]
        hangs.send_signal(signal.SIGSTOP)
        try:
            await until(lambda: sandbox.gateway.identifies > before)
            said = answered(sandbox, authors).total()
            await until(lambda: answered(sandbox, authors).total() > said + 5)
        finally:
            hangs.send_signal(signal.SIGCONT)
        await until(lambda: PARTED in fleet.log.read_text())
        await asyncio.sleep(3)
    twice = {message for message, times in answered(sandbox, authors).items() if times > 1}
    assert not twice
    log = fleet.log.read_text()
    assert "Traceback" not in log
    assert "removed the bot" not in log, "what another process serves isn't gone"
    assert "database_busy" not in log, "nobody waits for the one that hangs"
