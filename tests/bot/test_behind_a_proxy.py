"""Where only a proxy leads out: REST, gateway and answers to interactions go through it, in `run` and `doctor`."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from house import StartBot

from bot.client import discord_api
from sandbox import Sandbox

ROOT = Path(__file__).parents[2]
OUTSIDE = "discord.example"
"""A name that leads nowhere: only the proxy knows where that is."""


class Proxy:
    """An HTTP proxy that takes one name for the sandbox; `asked` are the paths that went through it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.inside = sandbox.api_root.split("/")[2]
        self.asked = list[str]()
        self.server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        assert self.server
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self.inside.split(":")
        there, back = await asyncio.open_connection(host, int(port))
        try:
            await asyncio.gather(self._forward(reader, back), self._return(there, writer))
        except ConnectionError:
            pass
        finally:
            writer.close()
            back.close()

    async def _forward(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65_536):
            first = chunk.split(b"\r\n", 1)[0].split(b" ")
            if len(first) == 3 and first[1].startswith((b"http://", b"ws://")):
                self.asked.append(first[1].decode().split("/", 3)[3])
            chunk = chunk.replace(f"Host: {OUTSIDE}".encode(), f"Host: {self.inside}".encode())
            for start in (f"http://{OUTSIDE}/", f"http://{self.inside}/", f"ws://{self.inside}/"):
                chunk = chunk.replace(start.encode(), b"/", 1)
            back.write(chunk)
            await back.drain()
        back.close()

    async def _return(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await there.read(65_536):
            writer.write(chunk)
            await writer.drain()
        writer.close()


@pytest.fixture
async def proxy(sandbox: Sandbox) -> AsyncIterator[Proxy]:
    one = Proxy(sandbox)
    one.server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    yield one
    one.server.close()


async def test_everything_goes_through_it(
    sandbox: Sandbox, start_bot: StartBot, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy.address)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    outside = f"http://{OUTSIDE}/api/v10"
    discord_api.use_root(outside)
    bot = await start_bot(discord_api=outside)
    assert bot.is_ready()
    call = await sandbox.command("leo", "général", "footprint", {"text": "Bonjour"}, timeout=60)
    assert call.message
    for path in ("users/@me", "gateway?", "/commands", "/callback"):
        assert any(path in one for one in proxy.asked), (path, proxy.asked)
    assert len(proxy.asked) >= len(sandbox.requests)


async def test_doctor_goes_through_it(sandbox: Sandbox, proxy: Proxy, tmp_path: Path) -> None:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    environment = {
        **inherited,
        "EMPREINTE_DATA_DIR": str(ROOT / "data"),
        "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/e.db",
        "EMPREINTE_PROXY": proxy.address.replace("http://", "http://user:secret@"),
        "EMPREINTE_DISCORD_API": f"http://{OUTSIDE}/api/v10",
        "DISCORD_TOKEN": sandbox.token,
    }
    command = [sys.executable, "-m", "bot", "doctor", "--locale", "en"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE)
    said, errors = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, errors) == (0, b""), said
    assert b"DISCORD_TOKEN accepted" in said
    assert f"the proxy {proxy.address.removeprefix('http://')} leads to Discord".encode() in said
    assert b"secret" not in said
    assert any("users/@me" in one for one in proxy.asked)
