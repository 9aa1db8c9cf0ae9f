"""A running bot seen from outside: its numbers are right, and `/healthz` says how it is."""

import asyncio
import contextlib
import re
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import app
from bot.client.client import EmpreinteBot
from bot.client.http_limits.routes import route_of
from bot.errors import UserError
from bot.ledger.ledger import open_ledger
from bot.presentation.translator import Catalogues
from bot.settings import Settings
from bot.usecases.estimates import Estimates
from sandbox import Sandbox


class Outside:
    """A bot run as `run` does, and what can be seen of it."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.bots: list[EmpreinteBot] = []

    async def get(self, path: str) -> tuple[int, Any]:
        async with aiohttp.ClientSession() as session, session.get(self.root + path) as answer:
            return answer.status, await (answer.json() if path == "/healthz" else answer.text())

    async def metrics(self) -> dict[tuple[str, ...], float]:
        status, text = await self.get("/metrics")
        assert status == 200
        families = text_string_to_metric_families(text)
        samples = [sample for family in families for sample in family.samples]
        return {(sample.name.removeprefix("empreinte_"), *sample.labels.values()): sample.value for sample in samples}

    async def until(self, word: str, seconds: float = 60.0) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while True:
                # nobody listens before the start, and between a bot that was refused and the next one
                with contextlib.suppress(aiohttp.ClientConnectionError):
                    status, found = await self.get("/healthz")
                    assert (status == 200) == (found["status"] == "ok")
                    if found["status"] == word:
                        return found
                await asyncio.sleep(0.02)


Begin = Callable[..., Awaitable[Outside]]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
async def begin(
    sandbox: Sandbox, settings: Settings, answers: Estimates, catalogues: Catalogues
) -> AsyncIterator[Begin]:
    """Start a bot that can be seen; in the end it leaves without an error."""
    stop, tasks = asyncio.Event(), list[asyncio.Task[None]]()
    async with open_ledger(settings.database) as ledger:

        async def start(port: int | None, *, ends: bool = False) -> Outside:
            outside = Outside(port or 0)

            def make(message_content: bool) -> EmpreinteBot:
                seen = settings.model_copy(update={"metrics_port": port})
                bot = EmpreinteBot(seen, answers, catalogues, ledger, message_content=message_content)
                bot._connection.guild_ready_timeout = 0.05
                outside.bots.append(bot)
                return bot

            serving = app.serve(make, sandbox.token, stop, catalogues.translator("fr"))
            tasks.append(asyncio.create_task(serving))
            if ends:
                await asyncio.wait_for(tasks.pop(), 60)
            return outside

        yield start
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 60)


async def test_the_numbers_are_right(sandbox: Sandbox, begin: Begin) -> None:
    outside = await begin(free_port())
    await outside.until("ok")
    bot = outside.bots[0]
    here = str(sandbox.world.channel("général").id)
    await sandbox.command("camille", "général", "annotate", {"mode": "silent", "channel": here})
    there = str(sandbox.world.channel("prof").id)
    await sandbox.command("camille", "général", "annotate", {"mode": "reply", "channel": there})
    await sandbox.post_message("camille", "prof", "Explique la pluie à un enfant de six ans, s'il te plaît")
    before = bot.counting.events.seen
    for n in range(20):
        await sandbox.post_message("leo", "général", f"Explique la marée numéro {n}, s'il te plaît")
        await sandbox.post_message("ines", "prompts", "Ici, rien n'est compté")
    sandbox.faults.add(method="POST", path=r"/callback", status=500, times=1)
    await sandbox.command("leo", "général", "footprint", {"text": "Explique la pluie"}, timeout=60)
    await asyncio.sleep(0.2)
    await bot.ledger.writer.flush()
    found = await outside.metrics()
    assert found["entries_total",] == 22
    assert found["messages_total",] == bot.counting.events.seen >= before + 40
    assert found["batch_entries_sum",] == 22
    assert 1 <= found["batch_entries_count",] == found["batch_age_seconds_count",] <= 22
    assert found["entries_dropped_total",] == found["entries_refused_total",] == found["writer_queue_length",] == 0
    assert found["shards", "connected"] == found["shards", "expected"] == 1
    assert found["guilds",] == len(bot.guilds) > 0
    assert (found["annotation_queue_length",], found["annotations_total", "sent"]) == (0, 1)
    assert found["loop_delay_seconds_count",] > 0
    requests = Counter((one.method, route_of(one.method, one.path).path, str(one.status)) for one in sandbox.requests)
    told = {key[1:]: value for key, value in found.items() if key[0] == "http_requests_total" and "101" not in key}
    assert told == requests, "all but the gateway, which answers 101"


async def test_no_label_holds_an_id_a_token_or_a_text(sandbox: Sandbox, begin: Begin) -> None:
    outside = await begin(free_port())
    await outside.until("ok")
    for text in ("secret", "un autre secret"):
        await sandbox.command("leo", "général", "footprint", {"text": text})
    _, text = await outside.get("/metrics")
    labels = re.findall(r'="([^"]*)"', text)
    assert "/interactions/{id}/{token}/callback" in labels
    assert not [label for label in labels if re.search(r"\d{6}|secret", label) or sandbox.token in label]


async def test_health_follows_the_connection(sandbox: Sandbox, begin: Begin) -> None:
    sandbox.faults.delay("/users/@me", 0.5)
    outside = await begin(free_port())
    starting = await outside.until("starting")
    assert starting["shards"] == {"connected": 0, "expected": 1}
    well = await outside.until("ok")
    assert well["database"]["error"] is None
    assert "footprint" in well["cogs"]
    assert well["uptime_seconds"] > 0
    sandbox.gateway.accepting = False
    await sandbox.gateway.drop()
    away = await outside.until("degraded")
    assert away["shards"] == {"connected": 0, "expected": 1}
    assert (await outside.metrics())["shards", "connected"] == 0
    sandbox.gateway.accepting = True
    await outside.until("ok")


async def test_a_blocked_loop_is_seen(begin: Begin) -> None:
    outside = await begin(free_port())
    await outside.until("ok")
    await asyncio.sleep(0.15)
    time.sleep(0.2)
    await asyncio.sleep(0.15)
    assert (await outside.metrics())["loop_lag_max_seconds",] >= 0.09


async def test_the_port_passes_on_to_a_bot_without_message_content(sandbox: Sandbox, begin: Begin) -> None:
    sandbox.faults.refuse_message_content = True
    outside = await begin(free_port())
    await outside.until("ok")
    assert len(outside.bots) == 2


async def test_a_taken_port(sandbox: Sandbox, begin: Begin) -> None:
    with pytest.raises(UserError) as caught:
        await begin(int(sandbox.page_url.rsplit(":", 1)[1].strip("/")), ends=True)
    assert caught.value.key == "error.metrics_port"
    assert sandbox.gateway.identifies == 0


async def test_nothing_listens_by_default(
    sandbox: Sandbox, settings: Settings, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.metrics_port is None
    listened: list[object] = []
    monkeypatch.setattr("aiohttp.web.TCPSite", lambda *args: listened.append(args))
    outside = await begin(None)
    await sandbox.wait_for_bot()
    assert outside.bots
    assert listened == []
    assert "loop lag" not in {task.get_name() for task in asyncio.all_tasks()}
