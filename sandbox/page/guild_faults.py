"""What can happen to a server: outages, a late or missing arrival, the bot removed or invited, hidden channels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.services import Services
from sandbox.state.models import Guild, Json


def _guild(services: Services, body: Json) -> Guild:
    return services.world.guild(str(body.get("guild")))


async def _guild_outage(services: Services, body: Json) -> Any:
    change = services.world.begin_outage if body.get("on", True) else services.world.end_outage
    change(_guild(services, body))
    return True


async def _guild_late(services: Services, body: Json) -> Any:
    """From the next READY on: `seconds` late, or with `null` never."""
    seconds = body.get("seconds", 8)
    services.world.arrive_late(_guild(services, body), None if seconds is None else float(seconds))
    return True


async def _guild_unlisted(services: Services, body: Json) -> Any:
    services.world.leave_out(_guild(services, body))
    return True


async def _remove_bot(services: Services, body: Json) -> Any:
    guild = _guild(services, body)
    here = services.world.has_bot(guild)
    if here:
        services.world.remove_bot(guild)
    return here


async def _invite_bot(services: Services, body: Json) -> Any:
    guild = _guild(services, body)
    away = not services.world.has_bot(guild)
    if away:
        services.world.add_bot(guild)
    return away


async def _authorize_commands(services: Services, body: Json) -> Any:
    services.world.authorize_commands(_guild(services, body), bool(body.get("on", True)))
    return True


async def _hidden_channel(services: Services, body: Json) -> Any:
    """A new channel for those who may do everything, and for the bot unless `bot` is false."""
    guild, name = _guild(services, body), str(body.get("name", "coulisses"))
    return str(services.world.add_hidden_channel(guild, name, bot=bool(body.get("bot", True))).id)


ACTIONS: dict[str, Callable[[Services, Json], Awaitable[Any]]] = {
    "guild_outage": _guild_outage,
    "guild_late": _guild_late,
    "guild_unlisted": _guild_unlisted,
    "remove_bot": _remove_bot,
    "invite_bot": _invite_bot,
    "authorize_commands": _authorize_commands,
    "hidden_channel": _hidden_channel,
}
