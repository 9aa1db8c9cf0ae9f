"""A proxy that knows CONNECT alone, and servers with TLS behind it whose names lead nowhere else."""

import asyncio
import base64
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def certificate(folder: Path, *names: str) -> tuple[Path, Path]:
    """Make a certificate for these names, and its key; whoever trusts the file trusts the servers."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    alternatives = "subjectAltName=" + ",".join(f"DNS:{name}" for name in names)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=test", "-addext", alternatives]
    subprocess.run([*command, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


async def with_tls(serve: Serve, cert: Path, key: Path) -> asyncio.Server:
    """Start a server on loopback that speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)


def port_of(server: asyncio.Server) -> int:
    return server.sockets[0].getsockname()[1]


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, was: bytes = b"", now: bytes = b"") -> None:
    """Pass on what comes, with one thing replaced by another."""
    with suppress(OSError, ssl.SSLError):
        while chunk := await reader.read(65_536):
            writer.write(chunk.replace(was, now) if was else chunk)
            await writer.drain()
    with suppress(OSError, ssl.SSLError):
        writer.close()


def leading_to(host: str, port: int, name: str) -> Serve:
    """Serve as another server under another name: the sandbox answers to its own alone."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, port)
        renamed = (f"Host: {name}".encode(), f"Host: {host}:{port}".encode())
        await asyncio.gather(pipe(reader, back, *renamed), pipe(there, writer))

    return serve


class ConnectProxy:
    """Opens tunnels to the names in `ways` (ports on loopback), with the right password; `asked` are the targets."""

    def __init__(self, ways: Mapping[str, int], password: str = "user:secret") -> None:
        self.ways, self.asked, self.refused = ways, list[str](), list[str]()
        self._authorization = f"Basic {base64.b64encode(password.encode()).decode()}"
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Start on a free port and return it."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return port_of(self._server)

    def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except (asyncio.IncompleteReadError, OSError):
            writer.close()
            return
        method, target, _ = head.split("\r\n", 1)[0].split(" ")
        port = self.ways.get(target.partition(":")[0])
        if method != "CONNECT" or port is None or self._authorization not in head:
            self.refused.append(f"{method} {target}")
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            writer.close()
            return
        self.asked.append(target)
        there, back = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(pipe(reader, back), pipe(there, writer))
