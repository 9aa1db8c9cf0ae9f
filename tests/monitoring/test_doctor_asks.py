"""`doctor` asks the bot that is there already, and says in words how it is."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from made_up import WRITER, lagging, made_up

from bot.cli import metrics_check
from bot.cli.context import Context
from bot.cli.findings import Finding
from bot.counting.clock import ClockState
from bot.monitoring.server import HOST, build_app
from bot.monitoring.state import Shards
from bot.presentation.translator import Catalogues, Translator
from bot.settings import load

LATE = lagging(7.25)


@pytest.fixture(params=["fr", "en"])
def words(request: pytest.FixtureRequest, catalogues: Catalogues) -> Translator:
    return catalogues.translator(request.param)


async def asked(app: web.Application, words: Translator) -> tuple[int, Finding]:
    """Look as `doctor` does, in a thread: it has an event loop of its own."""
    async with TestServer(app, host=HOST) as server:
        port = server.port or 0
        context = Context(load(metrics_port=port), words)
        return port, (await asyncio.to_thread(lambda: list(metrics_check.check(context))))[1]


@pytest.mark.parametrize(
    ("changed", "kind", "key"),
    [
        ({}, "ok", "doctor.bot_ok"),
        ({"ready": False}, "note", "doctor.bot_starting"),
        ({"ready": False, "stands_by": True, "shards": Shards(0, 0)}, "ok", "doctor.bot_standby"),
    ],
)
async def test_a_bot_that_is_well_or_starts(changed: dict[str, Any], kind: str, key: str, words: Translator) -> None:
    port, found = await asked(build_app(lambda: made_up(**changed)), words)
    assert found == Finding(kind, words(key, port=port, connected=2, expected=2))


async def test_a_bot_in_trouble(words: Translator) -> None:
    locked = replace(WRITER, last_error="database is locked")
    port, found = await asked(build_app(lambda: made_up(shards=Shards(1, 2), writer=locked, lag=LATE)), words)
    assert found.kind == "bad"
    assert str(port) in found.what
    assert words("doctor.shards_away", connected=1, expected=2) in found.what
    assert words("doctor.database_trouble", reason="database is locked", queued=3) in found.what
    assert words("doctor.loop_late", seconds="7,2" if words.language == "fr" else "7.2") in found.what


@pytest.mark.parametrize("ahead", [3.0e6, -3.0e6, None])
async def test_a_bot_whose_clock_is_wrong_deletes_nothing(ahead: float | None, words: Translator) -> None:
    app = build_app(lambda: made_up(clock=ClockState(datetime.now(UTC), ahead, agrees=False)))
    async with TestServer(app, host=HOST) as server:
        port = server.port or 0
        context = Context(load(metrics_port=port), words)
        found = await asyncio.to_thread(lambda: list(metrics_check.check(context)))
    assert found[-1] == Finding("bad", words("doctor.deletions_paused", port=port))


async def test_one_that_waits_for_its_database(words: Translator) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"status": "starting"}, status=503)

    app = web.Application()
    app.router.add_get("/healthz", answer)
    port, found = await asked(app, words)
    assert found == Finding("note", words("doctor.bot_starting", port=port, connected=0, expected=0))


@pytest.mark.parametrize("body", ["hello", "[]", '{"status": "ok"}', '{"status": 1}', '{"status": []}'])
async def test_something_else_answers(body: str, words: Translator) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body, content_type="application/json")

    app = web.Application()
    app.router.add_get("/healthz", answer)
    port, found = await asked(app, words)
    assert found == Finding("bad", words("doctor.port_taken", port=port))
