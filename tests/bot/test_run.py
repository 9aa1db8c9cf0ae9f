"""`python -m bot run` as a process: with the sandbox inside, or connected to one; signals; refusals."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from sandbox import Sandbox

ROOT = Path(__file__).parents[2]
Start = Callable[..., Awaitable[Process]]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Start processes; those still alive in the end are killed."""
    started: list[Process] = []

    async def begin(*arguments: str, **environment: str) -> Process:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
        apply_retention = {
            **inherited,
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "EMPREINTE_DATA_DIR": str(ROOT / "data"),
            "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/e.db",
            **environment,
        }
        command = [sys.executable, "-m", "bot", "run", *arguments]
        process = await asyncio.create_subprocess_exec(
            *command, cwd=tmp_path, env=apply_retention, stdout=PIPE, stderr=PIPE
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: Process) -> tuple[int, str]:
    _, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, errors.decode()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_without_a_token_the_sandbox_starts_too(start: Start, stop: signal.Signals) -> None:
    port = free_port()
    process = await start("--port", str(port))
    assert process.stdout
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    assert f"http://127.0.0.1:{port}/" in line
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/") as page:
            assert page.status == 200
            assert "<html" in await page.text()
        state: dict[str, dict[str, bool]] = {"bot": {"online": False}}
        async with asyncio.timeout(60):
            while not state["bot"]["online"]:
                await asyncio.sleep(0.1)
                async with session.get(f"http://127.0.0.1:{port}/sandbox/api/state") as answer:
                    state = await answer.json()
    process.send_signal(stop)
    status, errors = await ended(process)
    assert status == 0
    assert "Traceback" not in errors


async def test_with_a_token_it_connects(sandbox: Sandbox, start: Start) -> None:
    process = await start(DISCORD_TOKEN=sandbox.token, EMPREINTE_DISCORD_API=sandbox.api_root)
    await sandbox.wait_for_bot(timeout=60)
    call = await sandbox.command("leo", "général", "footprint", {"text": "Un secret bien gardé, merci"}, timeout=60)
    assert call.message
    process.send_signal(signal.SIGTERM)
    status, errors = await ended(process)
    assert status == 0
    assert "secret" not in errors


@pytest.mark.parametrize("style", ["text", "json"])
async def test_no_text_in_the_log(sandbox: Sandbox, start: Start, style: str) -> None:
    port = str(free_port())
    connect = {"DISCORD_TOKEN": sandbox.token, "EMPREINTE_DISCORD_API": sandbox.api_root}
    process = await start(**connect, EMPREINTE_LOG=style, EMPREINTE_METRICS_PORT=port)
    await sandbox.wait_for_bot(timeout=60)
    await sandbox.command("camille", "général", "annotate", {"mode": "silent"}, timeout=60)
    sandbox.faults.add(path=r"/messages", status=403, code=50013, times=5)
    sandbox.faults.add(path=r"/callback", status=500, times=7, message="secret")
    for n in range(300):
        await sandbox.post_message("leo", "général", f"Un secret bien gardé, le numéro {n}, merci")
    for _ in range(3):
        await sandbox.command("leo", "général", "footprint", {"text": "Un secret, merci"}, wait=False)
    await sandbox.command("leo", "général", "footprint", {"text": "secret", "model": "secret/secret"}, wait=False)
    await sandbox.gateway.drop(resumable=False)
    await asyncio.sleep(1)
    await sandbox.wait_for_bot(timeout=60)
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answer:
        assert "empreinte_entries_total 300.0" in await answer.text()
    process.send_signal(signal.SIGTERM)
    status, errors = await ended(process)
    assert status == 0
    assert "secret" not in errors
    assert sandbox.token not in errors
    lines = errors.splitlines()
    assert len(lines) > 3
    if style == "json":
        assert all({"time", "level", "logger", "message"} <= json.loads(line).keys() for line in lines)


@pytest.mark.parametrize("style", ["text", "debug"])
async def test_a_token_revoked_while_running(sandbox: Sandbox, start: Start, style: str) -> None:
    connect = {"DISCORD_TOKEN": sandbox.token, "EMPREINTE_DISCORD_API": sandbox.api_root}
    process = await start(**connect, EMPREINTE_LOG=style)
    await sandbox.wait_for_bot(timeout=60)
    await sandbox.gateway.revoke_token()
    status, errors = await ended(process)
    assert status == 2
    assert "ne vaut plus rien" in errors.splitlines()[-1]
    assert ("ConnectionClosed" in errors) is (style == "debug")
    assert sandbox.token not in errors


async def test_two_bots_on_one_sqlite_file(sandbox: Sandbox, start: Start) -> None:
    connect = {"DISCORD_TOKEN": sandbox.token, "EMPREINTE_DISCORD_API": sandbox.api_root}
    first = await start(**connect)
    await sandbox.wait_for_bot(timeout=60)
    status, errors = await ended(await start(**connect))
    assert status == 2
    assert f"({first.pid}) utilise déjà cette base" in errors
    first.kill()
    await first.wait()
    await sandbox.gateway.wait_gone(60)
    third = await start(**connect)
    await sandbox.wait_for_bot(timeout=60)
    third.send_signal(signal.SIGTERM)
    assert (await ended(third))[0] == 0


async def test_refusals_are_one_sentence_and_status_2(sandbox: Sandbox, start: Start, tmp_path: Path) -> None:
    def apart(name: str) -> dict[str, str]:
        return {"EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/{name}.db"}

    wrong = await start(DISCORD_TOKEN="wrong", EMPREINTE_DISCORD_API=sandbox.api_root, **apart("wrong"))
    nobody = await start(DISCORD_TOKEN="x", EMPREINTE_DISCORD_API="http://127.0.0.1:9/api/v10", **apart("nobody"))
    no_token = await start(EMPREINTE_DISCORD_API=sandbox.api_root, **apart("no_token"))
    taken = await start("--port", sandbox.page_url.rsplit(":", 1)[1].strip("/"), **apart("taken"))
    no_words = await start(EMPREINTE_DATA_DIR="/nonexistent", **apart("no_words"))
    in_use = sandbox.page_url.rsplit(":", 1)[1].strip("/")
    connect = {"DISCORD_TOKEN": sandbox.token, "EMPREINTE_DISCORD_API": sandbox.api_root}
    seen = await start(EMPREINTE_METRICS_PORT=in_use, **connect, **apart("seen"))
    for process, sentence in (
        (wrong, "Discord refuse ce jeton"),
        (nobody, "127.0.0.1:9"),
        (no_token, "DISCORD_TOKEN"),
        (taken, "déjà pris"),
        (no_words, "python -m bot vocab"),
        (seen, "EMPREINTE_METRICS_PORT"),
    ):
        status, errors = await ended(process)
        assert status == 2
        assert sentence in errors
        assert "Traceback" not in errors


async def test_a_database_that_cant_be_opened_is_said_before_login(
    sandbox: Sandbox, start: Start, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for name in ("folder", "file/e.db"):
        process = await start(
            DISCORD_TOKEN=sandbox.token,
            EMPREINTE_DISCORD_API=sandbox.api_root,
            EMPREINTE_DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/{name}",
        )
        status, errors = await ended(process)
        assert (status, "Traceback" in errors) == (2, False), errors
        assert len(errors.splitlines()) == 1
    assert not sandbox.requests
