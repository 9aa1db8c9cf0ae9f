"""What `doctor` says of metrics: whether they can be served, and how a bot that serves them is."""

import asyncio
import importlib.util
import os
import socket
from collections.abc import Iterator
from typing import Any

import aiohttp

from bot.cli.context import Context
from bot.cli.findings import Finding
from bot.monitoring.health import DEGRADED, MAX_LAG, OK, STANDBY, STARTING
from bot.monitoring.server import HOST
from bot.presentation.numbers import format_number
from bot.presentation.translator import Translator

PATIENCE = aiohttp.ClientTimeout(total=3)


def check(context: Context) -> Iterator[Finding]:
    """Look at the library and at the port, if one is set."""
    port, t = context.settings.metrics_port, context.t
    if port is None:
        return
    if importlib.util.find_spec("prometheus_client") is None:
        yield Finding("bad", t("doctor.no_metrics"))
    else:
        yield Finding("ok", t("doctor.metrics"))
    if _is_free(port):
        yield Finding("ok", t("doctor.port_free", port=port))
        return
    found = asyncio.run(_health(port))
    if found is None:
        yield Finding("bad", t("doctor.port_taken", port=port))
        return
    yield in_words(found, port, t)
    if found["status"] != STARTING and not found["clock"]["agrees"]:
        yield Finding("bad", t("doctor.deletions_paused", port=port))


def in_words(found: dict[str, Any], port: int, t: Translator) -> Finding:
    """Tell how the bot is that answers there."""
    shards = found.get("shards", {"connected": 0, "expected": 0})  # none while it waits for its database
    values = {"port": port, "connected": shards["connected"], "expected": shards["expected"]}
    if found["status"] == STANDBY:
        return Finding("ok", t("doctor.bot_standby", port=port))
    if found["status"] == OK:
        return Finding("ok", t("doctor.bot_ok", **values))
    if found["status"] == STARTING:
        return Finding("note", t("doctor.bot_starting", **values))
    return Finding("bad", t("doctor.bot_degraded", port=port, reasons=" · ".join(_reasons(found, values, t))))


def _reasons(found: dict[str, Any], values: dict[str, Any], t: Translator) -> Iterator[str]:
    if values["connected"] < values["expected"]:
        yield t("doctor.shards_away", **values)
    if found["database"]["error"]:
        yield t("doctor.database_trouble", reason=found["database"]["error"], queued=found["database"]["queued"])
    if found["loop_lag_max_seconds"] > MAX_LAG:
        yield t("doctor.loop_late", seconds=format_number(found["loop_lag_max_seconds"], t))


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        if os.name == "posix":  # as the bot does: a port just left is free; on Windows it would say so of a taken one
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, port))
        except OSError:
            return False
    return True


async def _health(port: int) -> dict[str, Any] | None:
    """Ask the bot how it is; None when something else answers, or nothing."""
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"http://{HOST}:{port}/healthz") as answer,
        ):
            found = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
    if found == {"status": STARTING}:
        return found
    known = isinstance(found, dict) and found.get("status") in (OK, STANDBY, STARTING, DEGRADED)
    return found if known and {"shards", "database", "clock", "loop_lag_max_seconds"} <= found.keys() else None
