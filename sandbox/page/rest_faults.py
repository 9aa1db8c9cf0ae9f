"""What the REST API can be told to do: fail, come late, answer with HTML, refuse or lose commands, shift its clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

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
    "html",
)


def _picked(body: Json, *keys: str) -> Json:
    return {key: body[key] for key in keys if key in body}


async def _http(services: Services, body: Json) -> Any:
    services.faults.add(**_picked(body, *FAULT_FIELDS))
    return True


async def _html(services: Services, body: Json) -> Any:
    services.faults.page(**{"path": ".*", **_picked(body, "path", "status", "times", "retry_after")})
    return True


async def _refuse_commands(services: Services, body: Json) -> Any:
    services.faults.refuse_commands(**_picked(body, "status", "code", "times", "retry_after"))
    return True


async def _clear_commands(services: Services, _: Json) -> Any:
    services.commands.clear()
    return True


async def _hold(services: Services, body: Json) -> Any:
    if body.get("on", True):
        services.faults.hold(str(body.get("path", ".*")))
    else:
        services.faults.resume()
    return True


async def _clock(services: Services, body: Json) -> Any:
    """`offset` in seconds; returns the `Date` that answers carry from now on."""
    services.world.clock.offset = float(body.get("offset", 0))
    return services.world.clock.http_date()


ACTIONS: dict[str, Callable[[Services, Json], Awaitable[Any]]] = {
    "http": _http,
    "html": _html,
    "refuse_commands": _refuse_commands,
    "clear_commands": _clear_commands,
    "hold": _hold,
    "clock": _clock,
}
