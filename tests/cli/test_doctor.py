"""`doctor`: what it says of Discord, of the clock, and of a bot that is there already."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.cli import discord_check, metrics_check
from bot.cli.context import Context
from bot.cli.discord_check import DiscordStatus
from bot.cli.findings import Finding
from bot.client.session_starts import Gateway
from bot.presentation.translator import Catalogues, Translator
from bot.settings import load
from sandbox import Sandbox

ROOT = Path(__file__).parents[2]
GATEWAY = Gateway(1, "wss://gateway.example/", 1000, 1000, 3600.0)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    one = await Sandbox.start()
    yield one
    await one.stop()


@pytest.fixture(params=["fr", "en"])
def t(request: pytest.FixtureRequest, catalogues: Catalogues) -> Translator:
    return catalogues.translator(request.param)


async def doctor(sandbox: Sandbox | None, tmp_path: Path, **environment: str) -> tuple[int, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    clean = {
        **inherited,
        "EMPREINTE_DATA_DIR": str(ROOT / "data"),
        "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/e.db",
        **({"DISCORD_TOKEN": sandbox.token, "EMPREINTE_DISCORD_API": sandbox.api_root} if sandbox else {}),
        **environment,
    }
    command = [sys.executable, "-m", "bot", "doctor", "--locale", "en"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=clean, stdout=PIPE, stderr=PIPE)
    said, errors = await asyncio.wait_for(process.communicate(), 60)
    assert errors == b""
    return process.returncode or 0, said.decode()


async def test_all_is_well(sandbox: Sandbox, tmp_path: Path) -> None:
    status, said = await doctor(sandbox, tmp_path)
    assert status == 0, said
    assert "✗" not in said
    assert "✓ DISCORD_TOKEN accepted: " in said
    assert "✓ the application is allowed to read messages" in said
    assert "✓ connections left for today: 1000 of 1000" in said
    assert "✓ the clock agrees with Discord’s" in said
    assert "prometheus" not in said
    assert "Discord doesn’t have the same commands: Empreinte, about, annotate" in said


async def test_no_message_content_and_no_starts_left(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.faults.refuse_message_content = True
    sandbox.gateway.registry.start_limit.remaining = 2
    status, said = await doctor(sandbox, tmp_path, EMPREINTE_SHARD_COUNT="3")
    assert status == 1
    assert "✗ the application isn’t allowed to read messages" in said
    assert "✗ too few connections left for today: 2 of 1000, 3 needed" in said
    assert "connections to Discord are back in full on " in said


@pytest.mark.parametrize(("path", "status"), [("/users/@me", 401), ("/gateway/bot", 403)])
async def test_discord_refuses(sandbox: Sandbox, tmp_path: Path, path: str, status: int) -> None:
    sandbox.faults.add(path=path, status=status, times=None)
    ended, said = await doctor(sandbox, tmp_path)
    assert ended == 1
    assert said.count("✗") == 1


async def test_a_page_of_html(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.faults.page("/users/@me", 429, times=None, retry_after=3600)
    ended, said = await doctor(sandbox, tmp_path)
    assert ended == 1
    assert "✗ What answers in Discord’s place isn’t Discord (HTTP 429)" in said


async def test_nobody_there(tmp_path: Path) -> None:
    ended, said = await doctor(None, tmp_path, DISCORD_TOKEN="x", EMPREINTE_DISCORD_API="http://127.0.0.1:9/api/v10")
    assert ended == 1
    assert [line for line in said.splitlines() if "✗" in line] == [said.splitlines()[-1]]
    assert "127.0.0.1:9" in said


@pytest.mark.parametrize(
    ("ahead", "kind", "key"),
    [
        (None, "note", "doctor.clock_unknown"),
        (4.9, "ok", "doctor.clock"),
        (-4.9, "ok", "doctor.clock"),
        (61.2, "note", "doctor.clock_fast"),
        (-61.2, "note", "doctor.clock_slow"),
        (301.2, "bad", "doctor.clock_fast"),
        (-301.2, "bad", "doctor.clock_slow"),
    ],
)
def test_the_clock(ahead: float | None, kind: str, key: str, t: Translator) -> None:
    told = DiscordStatus("Empreinte", True, GATEWAY, ahead, (), ())
    assert discord_check.clock(told, t) == Finding(kind, t(key, seconds=round(abs(ahead or 0)), minutes=5))


@pytest.mark.parametrize(
    ("known", "why", "kind", "key"),
    [
        ([{"name": "a", "description": "b"}], None, "ok", "doctor.commands"),
        ([], None, "note", "doctor.commands_differ"),
        ([], "503", "note", "doctor.commands_unknown"),
    ],
)
def test_the_commands(known: list[dict[str, str]], why: str | None, kind: str, key: str, t: Translator) -> None:
    told = DiscordStatus("Empreinte", True, GATEWAY, 0.0, known, [{"name": "a", "description": "b"}], why)
    assert discord_check.commands(told, t) == Finding(kind, t(key, count=1, names="a", reason="503"))


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one


def look(port: int | None, t: Translator) -> list[Finding]:
    return list(metrics_check.check(Context(load(metrics_port=port), t)))


def test_no_port_no_words(t: Translator) -> None:
    assert look(None, t) == []


def test_a_free_port(t: Translator, taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    taken.close()
    assert look(port, t) == [
        Finding("ok", t("doctor.metrics")),
        Finding("ok", t("doctor.port_free", port=port)),
    ]


def test_without_the_library(t: Translator, taken: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    taken.close()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert look(9464, t)[0] == Finding("bad", t("doctor.no_metrics"))


def test_a_port_that_something_else_has(t: Translator, taken: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics_check, "PATIENCE", aiohttp.ClientTimeout(total=0.2))
    port = taken.getsockname()[1]
    assert look(port, t)[1] == Finding("bad", t("doctor.port_taken", port=port))
