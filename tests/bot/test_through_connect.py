"""The full way out of a closed network: tunnels by CONNECT, TLS inside, for REST, gateway and vocabulary."""

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from connect_proxy import ConnectProxy, certificate, leading_to, port_of, with_tls

from sandbox import Sandbox

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")

ROOT = Path(__file__).parents[2]
DISCORD, VOCABULARIES = "discord.example", "openaipublic.blob.core.windows.net"


@dataclass
class Outside:
    """A proxy, and what the bot must be given to go through it."""

    proxy: ConnectProxy
    address: str
    environment: dict[str, str]


async def vocabulary(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Serve the vocabulary that comes with the tests, whatever else is asked for."""
    head = await reader.readuntil(b"\r\n\r\n")
    names = {
        b"o200k_base": "fb374d419588a4632f3f557e76b4b70aebbca790",
        b"cl100k_base": "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
    }
    body = next((ROOT / "data" / "tiktoken" / name for key, name in names.items() if key in head)).read_bytes()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
    await writer.drain()
    writer.close()


@pytest.fixture
async def outside(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Outside]:
    cert, key = certificate(tmp_path, DISCORD, VOCABULARIES)
    host, port = sandbox.api_root.split("/")[2].split(":")
    discord = await with_tls(leading_to(host, int(port), DISCORD), cert, key)
    files = await with_tls(vocabulary, cert, key)
    sandbox.gateway.registry.gateway_url = f"wss://{DISCORD}/gateway"
    proxy = ConnectProxy({DISCORD: port_of(discord), VOCABULARIES: port_of(files)})
    address = f"http://user:secret@127.0.0.1:{await proxy.start()}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and not k.lower().endswith("_proxy")}
    environment = {
        **kept,
        "SSL_CERT_FILE": str(cert),
        "REQUESTS_CA_BUNDLE": str(cert),
        "PIP_NO_INDEX": "1",
        "DISCORD_TOKEN": sandbox.token,
        "EMPREINTE_DISCORD_API": f"https://{DISCORD}/api/v10",
        "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/e.db",
        "EMPREINTE_DATA_DIR": str(ROOT / "data"),
    }
    yield Outside(proxy, address, environment)
    proxy.stop()
    discord.close()
    files.close()


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "EMPREINTE_PROXY"])
async def test_run(sandbox: Sandbox, outside: Outside, variable: str) -> None:
    environment = {**outside.environment, variable: outside.address}
    command = [sys.executable, "-m", "bot", "run"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE)
    try:
        await sandbox.wait_for_bot(timeout=90)
        call = await sandbox.command("leo", "général", "footprint", {"text": "Bonjour"}, timeout=60)
        assert call.message
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode == 0, log
    assert b"secret" not in log
    assert set(outside.proxy.asked) == {f"{DISCORD}:443"}
    assert not outside.proxy.refused
    assert {"/users/@me", "/gateway/bot"} <= {one.path for one in sandbox.requests}


async def test_without_it_there_is_no_way(outside: Outside) -> None:
    command = [sys.executable, "-m", "bot", "run"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=outside.environment, stdout=PIPE, stderr=PIPE
    )
    _, log = await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode == 2
    assert b"Traceback" not in log
    assert not outside.proxy.asked


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "EMPREINTE_PROXY"])
async def test_vocabulary(outside: Outside, variable: str, tmp_path: Path) -> None:
    environment = {**outside.environment, variable: outside.address, "EMPREINTE_DATA_DIR": str(tmp_path / "fresh")}
    command = [sys.executable, "-m", "bot", "vocab"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE)
    said, errors = await asyncio.wait_for(process.communicate(), 200)
    assert (process.returncode, errors) == (0, b""), said
    assert f"{VOCABULARIES}:443" in outside.proxy.asked
    assert not outside.proxy.refused
    assert {path.name for path in (tmp_path / "fresh" / "tiktoken").iterdir()}
