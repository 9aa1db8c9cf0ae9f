"""What the gateway can be told to do: cut, close, invalidate, replay, refuse, limit, babble."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.services import Services
from sandbox.state.models import Json

MIN_CODE, MAX_CODE = 4000, 4999
LIMIT_FIELDS = ("total", "remaining", "reset_after", "max_concurrency")


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


async def _close(services: Services, body: Json) -> Any:
    """Close now with `code`; with `stay`, whoever comes back is refused with it too."""
    code = int(body.get("code", MIN_CODE))
    if not MIN_CODE <= code <= MAX_CODE:
        raise ValueError(f"codes are {MIN_CODE} to {MAX_CODE}")
    if body.get("stay"):
        services.faults.refuse_identify = code
    await services.gateway.close_all(code)
    return True


async def _revoke_token(services: Services, body: Json) -> Any:
    if body.get("on", True):
        await services.gateway.revoke_token()
    else:
        services.gateway.restore_token()
    return True


async def _session_limit(services: Services, body: Json) -> Any:
    limit = services.gateway.start_limit
    for key in LIMIT_FIELDS:
        if key in body:
            setattr(limit, key, int(body[key]))
    limit.strict = bool(body.get("strict", limit.strict))
    return limit.payload()


async def _raw(services: Services, body: Json) -> Any:
    await services.gateway.send_raw(str(body.get("text", "<html>")))
    return True


ACTIONS: dict[str, Callable[[Services, Json], Awaitable[Any]]] = {
    "drop": _drop,
    "reconnect": _reconnect,
    "invalidate": _invalidate,
    "replay": _replay,
    "outage": _outage,
    "close": _close,
    "revoke_token": _revoke_token,
    "session_limit": _session_limit,
    "raw": _raw,
}
