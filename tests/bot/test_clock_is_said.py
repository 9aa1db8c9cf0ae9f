"""A machine whose clock disagrees with Discord's: `run`, `/healthz` and `doctor` say so, each in its way."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from sandbox import Clock, Sandbox

ROOT = Path(__file__).parents[2]
AHEAD = 40 * 86_400


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Discord's clock is apart from the machine's: to the bot that is the same as the other way round."""
    one = await Sandbox.start(clock=Clock(-AHEAD))
    yield one
    await one.stop()


@pytest.fixture
def environment(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    return {
        **inherited,
        "DISCORD_TOKEN": sandbox.token,
        "EMPREINTE_DISCORD_API": sandbox.api_root,
        "EMPREINTE_DATA_DIR": str(ROOT / "data"),
        "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/e.db",
        "EMPREINTE_METRICS_PORT": str(port),
    }


async def start(environment: dict[str, str], *arguments: str) -> Process:
    command = [sys.executable, "-m", "bot", *arguments]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE)


async def logged(process: Process, words: str) -> str:
    """Return the line of the log that has these words, which come in a while."""
    assert process.stderr
    lines: list[str] = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(120):
            async for line in process.stderr:
                lines.append(line.decode())
                if words in lines[-1]:
                    return lines[-1]
    raise AssertionError(f"not a word of it: {lines}")


async def test_all_three_say_so(sandbox: Sandbox, environment: dict[str, str]) -> None:
    run = await start(environment, "run")
    try:
        line = await logged(run, "nothing is deleted for now")
        seconds = int(line.split("host's clock is ")[1].split(" s ahead")[0])
        assert abs(seconds - AHEAD) < 300
        await sandbox.wait_for_bot(timeout=90)
        address = f"http://127.0.0.1:{environment['EMPREINTE_METRICS_PORT']}/healthz"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            health = await answer.json()
        assert health["clock"]["agrees"] is False
        assert abs(health["clock"]["host_ahead_seconds"] - AHEAD) < 300
        doctor = await start(environment, "doctor", "--locale", "en")
        said = (await asyncio.wait_for(doctor.communicate(), 120))[0].decode()
        assert doctor.returncode == 1
        assert said.count("nothing is deleted") >= 1, said  # of this machine's clock as doctor sees it itself
        assert "ahead" in said or "fast" in said
    finally:
        run.send_signal(signal.SIGTERM)
        await asyncio.wait_for(run.communicate(), 90)
    assert run.returncode == 0
