"""Misbehaviour over HTTP, for the page's developer drawer and for bots in other processes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.interactions.refusals import Refused
from sandbox.services import Services
from sandbox.state.models import Json

FAULT_FIELDS = (
    "method",
    "path",
    "status",
    "code",
    "message",
    "times",
    "retry_after",
    "delay",
    "after",
    "scope",
)


async def apply(services: Services, body: Json) -> Json:
    """Carry out `{"action": …}`; the rest of the body are its arguments. Returns what it did."""
    action = ACTIONS.get(str(body.get("action")))
    if action is None:
        raise Refused("bad_request", f"actions: {', '.join(ACTIONS)}")
    try:
        return {"done": await action(services, body)}
    except (TypeError, ValueError, re.error) as error:
        raise Refused("bad_request", str(error)) from error


async def _http(services: Services, body: Json) -> Any:
    services.faults.add(**{key: body[key] for key in FAULT_FIELDS if key in body})
    return True


async def _drop(services: Services, body: Json) -> Any:
    await services.gateway.drop(resumable=bool(body.get("resumable", True)))
    return True


async def _reconnect(services: Services, _: Json) -> Any:
    await services.gateway.reconnect()
    return True


async def _invalidate(services: Services, body: Json) -> Any:
    await services.gateway.invalidate(bool(body.get("resumable", False)))
    return True


async def _replay(services: Services, body: Json) -> Any:
    return await services.gateway.replay(int(body.get("last", 10)))


async def _outage(services: Services, body: Json) -> Any:
    services.gateway.accepting = not body.get("on", True)
    if not services.gateway.accepting:
        await services.gateway.drop(resumable=bool(body.get("resumable", True)))
    return True


async def _clear(services: Services, _: Json) -> Any:
    services.faults.clear()
    services.gateway.accepting = True
    return True


ACTIONS: dict[str, Callable[[Services, Json], Awaitable[Any]]] = {
    "http": _http,
    "drop": _drop,
    "reconnect": _reconnect,
    "invalidate": _invalidate,
    "replay": _replay,
    "outage": _outage,
    "clear": _clear,
}
