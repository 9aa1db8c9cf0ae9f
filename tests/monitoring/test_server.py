"""What is served, and what isn't."""

import sys
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from made_up import made_up

from bot.monitoring.server import build_app
from bot.monitoring.state import Shards

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with TestClient(TestServer(build_app(made_up))) as one:
        yield one


async def test_metrics_and_health(client: Client) -> None:
    metrics = await client.get("/metrics")
    assert metrics.status == 200
    assert metrics.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "empreinte_guilds 7.0" in await metrics.text()
    health = await client.get("/healthz")
    assert health.status == 200
    assert (await health.json())["status"] == "ok"


async def test_alive_is_what_answers_whether_it_is_well_or_not() -> None:
    for changed in ({}, {"ready": False}, {"shards": Shards(0, 1)}, {"stands_by": True, "shards": Shards(0, 0)}):
        app = build_app(lambda changed=changed: made_up(**changed))
        async with TestClient(TestServer(app)) as client:
            assert (await client.get("/livez")).status == 200


async def test_one_that_stands_by_is_well() -> None:
    app = build_app(lambda: made_up(ready=False, stands_by=True, shards=Shards(0, 0)))
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/healthz")).status == 200


async def test_503_when_not_well() -> None:
    app = build_app(lambda: made_up(shards=Shards(0, 1)))
    async with TestClient(TestServer(app)) as client:
        health = await client.get("/healthz")
        assert health.status == 503
        assert (await health.json())["status"] == "degraded"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/metrics", 405),
        ("HEAD", "/metrics", 405),
        ("DELETE", "/healthz", 405),
        ("GET", "/", 404),
        ("GET", "/healthz/", 404),
        ("GET", "/../etc/passwd", 404),
        ("GET", "/%00", 404),
        ("GET", "/healthz%2f..", 404),
        ("GET", f"/{'x' * 5000}", 404),
    ],
)
async def test_nothing_else(client: Client, method: str, path: str, status: int) -> None:
    assert (await client.request(method, path)).status == status


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/livez", "/elsewhere"])
async def test_a_rebound_name_is_misdirected(client: Client, path: str) -> None:
    port = client.port or 0
    foreign = ("evil.example", f"evil.example:{port}", f"127.0.0.1:{port + 1}", f"localhost.:{port}", "127.0.0.1", "")
    for host in (*foreign, f"127.0.0.1.evil.example:{port}", f"[::1%25]:{port}", f"127.0.0.1:{port}:{port}"):
        answer = await client.get(path, headers={"Host": host})
        assert answer.status == 421, host
        assert "empreinte" not in await answer.text()
    for name in ("127.0.0.1", "localhost", "[::1]"):
        answer = await client.get(path, headers={"Host": f"{name}:{port}"})
        assert answer.status == (404 if path == "/elsewhere" else 200), name


async def test_without_the_library_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    monkeypatch.delitem(sys.modules, "bot.monitoring.metrics", raising=False)
    async with TestClient(TestServer(build_app(made_up))) as client:
        answer = await client.get("/metrics")
        assert answer.status == 501
        assert (await answer.text()).splitlines() == ["pip install prometheus-client"]
        assert (await client.get("/healthz")).status == 200
