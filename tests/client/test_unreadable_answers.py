"""Answers that aren't Discord's JSON: pages, packed or not, and bodies that break off."""

import gzip
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.client.unreadable_answers import NOT_JSON, UnreadableAnswer, read_body

JSON, HTML = "application/json", "text/html"
PAGE = b"<html>Attention required</html>"


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """A server that answers with what the query says of type and packing."""

    async def answer(request: web.Request) -> web.StreamResponse:
        kind, packed, status = request.query["kind"], request.query["packed"], int(request.query["status"])
        body = PAGE if kind == HTML else b'{"id": "1"}'
        headers = {"Content-Type": kind}
        if packed != "no":
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body) if packed == "gzip" else body
        if packed == "cut":
            body = gzip.compress(body)[:20]
        return web.Response(status=status, body=body, headers=headers)

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def read(address: str, kind: str, packed: str, status: int) -> Any:
    query = {"kind": kind, "packed": packed, "status": str(status)}
    async with aiohttp.ClientSession() as session, session.get(address, params=query) as response:
        return await read_body(response)


@pytest.mark.parametrize("packed", ["no", "gzip"])
async def test_json_packed_or_not(address: str, packed: str) -> None:
    assert await read(address, JSON, packed, 200) == {"id": "1"}


@pytest.mark.parametrize("status", [200, 403, 404, 429])
@pytest.mark.parametrize(
    ("kind", "packed"), [(HTML, "no"), (HTML, "gzip"), (HTML, "not"), (JSON, "not"), (JSON, "cut")]
)
async def test_what_cant_be_read_is_a_mishap(address: str, kind: str, packed: str, status: int) -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        await read(address, kind, packed, status)
    assert "html" not in str(caught.value)


@pytest.mark.parametrize(("kind", "packed"), [(HTML, "gzip"), (HTML, "not"), (JSON, "cut")])
async def test_of_a_failure_discord_is_asked_again(address: str, kind: str, packed: str) -> None:
    assert await read(address, kind, packed, 502) == NOT_JSON
