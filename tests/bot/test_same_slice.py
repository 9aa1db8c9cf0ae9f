"""Two processes that serve the same shards, by accident or while one replaces the other: one of them answers."""

import asyncio
import re
import signal
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fleet import PATIENCE, Authors, Fleet, everywhere_counted, writing
from listening import Listening, watched
from postgresql_server import NO_SERVER

from bot.ledger.records import REPLY
from sandbox import Sandbox

pytestmark = [pytest.mark.postgresql, NO_SERVER]

SHARDS = 2
NOTHING_SET: Mapping[str, str] = {}
FIXED = {"EMPREINTE_SHARD_IDS": "0,1", "EMPREINTE_SHARD_COUNT": "2"}
PLACE = "Server 0/général"
CALLBACK = re.compile(r"^/interactions/(\d+)/")


@pytest.fixture
async def authors(sandbox: Sandbox) -> Authors:
    sandbox.gateway.shards, sandbox.gateway.start_limit.max_concurrency = SHARDS, 16
    everybody = await everywhere_counted(sandbox, REPLY)
    everybody.pause = 0.3  # no flood, in which messages aren't annotated one by one
    return everybody


def annotated(sandbox: Sandbox, authors: Authors) -> Counter[int]:
    """Count the annotations of each message that people wrote."""
    found = Counter[int]()
    for channel in sandbox.world.channels.values():
        if channel.guild_id in authors.guilds:
            replies = (one.data.get("message_reference") or {} for one in channel.history)
            found.update(int(one["message_id"]) for one in replies if "message_id" in one)
    return found


def answers(sandbox: Sandbox) -> Counter[str]:
    """Count the answers that were tried to each interaction."""
    paths = (CALLBACK.match(one.path) for one in sandbox.requests if one.method == "POST")
    return Counter(found[1] for found in paths if found)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.05)


async def both_hear(seen: Listening) -> None:
    await until(lambda: seen.connected(SHARDS) == sorted([*range(SHARDS)] * 2))


async def somebody_speaks(sandbox: Sandbox, authors: Authors) -> None:
    """Return after some more annotations, and an answer to a command."""
    said = annotated(sandbox, authors).total()
    await until(lambda: annotated(sandbox, authors).total() > said + 5)
    assert (await sandbox.command("camille", PLACE, "help")).messages


@pytest.mark.parametrize("settings", [NOTHING_SET, FIXED], ids=["all shards", "a fixed slice"])
async def test_one_answers_and_the_other_takes_over(
    sandbox: Sandbox, authors: Authors, tmp_path: Path, settings: Mapping[str, str]
) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet), watched(sandbox, authors.guilds) as seen:
        await fleet.start(1, settings)
        await fleet.until_served(SHARDS)
        await fleet.start(1, settings)
        await both_hear(seen)
        assert "it answers, this one counts until it can" in fleet.log.read_text()
        await somebody_speaks(sandbox, authors)
        await fleet.kill_first()
        await until(lambda: "answering for shards [0, 1] from now on" in fleet.log.read_text())
        await somebody_speaks(sandbox, authors)
        await fleet.start(1, settings)
        await both_hear(seen)
        second = fleet.running.pop(0)
        second.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(second.wait(), PATIENCE) == 0
        await until(lambda: fleet.log.read_text().count("answering for shards [0, 1] from now on") == 2)
        await somebody_speaks(sandbox, authors)
        assert sandbox.gateway.identifies == 3 * SHARDS, "who takes over was connected already"
    assert not seen.nobody, "somebody hears, all along"
    assert set(annotated(sandbox, authors).values()) == {1}
    assert set(answers(sandbox).values()) == {1}
    assert "Traceback" not in fleet.log.read_text()


async def test_slices_that_overlap_in_part(sandbox: Sandbox, authors: Authors, tmp_path: Path) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet), watched(sandbox, authors.guilds) as seen:
        await fleet.start(1, {**FIXED, "EMPREINTE_SHARD_IDS": "0"})
        await until(lambda: seen.connected(SHARDS) == [0])
        await fleet.start(1, FIXED)
        await until(lambda: seen.connected(SHARDS) == [0, 0, 1])
        for number in range(2):
            assert (await sandbox.command("camille", f"Server {number}/général", "help")).messages
    assert set(answers(sandbox).values()) == {1}
