"""Misbehaviour over HTTP, for the page's fault panel and for bots in other processes."""

from __future__ import annotations

import re
from typing import Any

from sandbox.interactions.refusals import Refused
from sandbox.page import gateway_faults, guild_faults, rest_faults
from sandbox.services import Services
from sandbox.state.models import Json


async def apply(services: Services, body: Json) -> Json:
    """Carry out `{"action": …}`; the rest of the body are its arguments. Returns what it did."""
    action = ACTIONS.get(str(body.get("action")))
    if action is None:
        raise Refused("bad_request", f"actions: {', '.join(ACTIONS)}")
    try:
        return {"done": await action(services, body)}
    except KeyError as error:
        raise Refused("unknown_thing", f"there is no {error.args[0]!r}") from error
    except (TypeError, ValueError, re.error) as error:
        raise Refused("bad_request", str(error)) from error


async def _clear(services: Services, _: Json) -> Any:
    services.faults.clear()
    services.gateway.accepting = True
    services.gateway.restore_token()
    services.gateway.start_limit.reset()
    services.world.availability.clear()
    services.world.clock.offset = 0.0
    return True


ACTIONS = {
    **rest_faults.ACTIONS,
    **gateway_faults.ACTIONS,
    **guild_faults.ACTIONS,
    "clear": _clear,
}
