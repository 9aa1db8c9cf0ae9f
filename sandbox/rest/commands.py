"""Registering application commands, global ones and a guild's own."""

from __future__ import annotations

from typing import Any

from sandbox import limits
from sandbox.errors import DiscordError, field_error
from sandbox.interactions.commands import Commands
from sandbox.rest.core import Context, Reply, Route, valid
from sandbox.state.models import Json

LOCALISED = ("name_localizations", "description_localizations")


async def list_all(context: Context) -> list[Json]:
    """The commands of a scope; localisations only when asked for."""
    commands, scope = _place(context)
    found = commands.list(scope)
    if context.query.get("with_localizations", "").lower() in ("true", "1"):
        return found
    return [_without_localisations(command) for command in found]


async def overwrite(context: Context) -> list[Json]:
    """Replace all commands of a scope; one invalid command fails them all."""
    commands, scope = _place(context)
    if not isinstance(context.body, list):
        raise field_error("_errors", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    valid(limits.check_commands(context.body))
    return commands.put_all(scope, context.body)


async def create(context: Context) -> Reply:
    """Create a command (201), or replace the one of that name and type (200)."""
    commands, scope = _place(context)
    valid(limits.check_command(context.table))
    command, new = commands.put(scope, context.table)
    return Reply(201 if new else 200, command)


async def get(context: Context) -> Json:
    """One command."""
    commands, scope = _place(context)
    return commands.get(scope, context.parts["command_id"])


async def patch(context: Context) -> Json:
    """Change a command; the result must be valid as a whole."""
    commands, scope = _place(context)
    old = commands.get(scope, context.parts["command_id"])
    valid(limits.check_command({**old, **context.table}))
    return commands.patch(scope, old["id"], context.table)


async def delete(context: Context) -> None:
    """Remove a command."""
    commands, scope = _place(context)
    commands.delete(scope, context.parts["command_id"])


def _place(context: Context) -> tuple[Commands, int | None]:
    """The registry and the scope; 20012 for another app's commands."""
    services = context.services
    if context.id("application_id") != services.world.application_id:
        raise DiscordError(20012)
    scope = context.guild().id if "guild_id" in context.parts else None
    return services.commands, scope


def _without_localisations(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_localisations(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_localisations(item) for key, item in value.items() if key not in LOCALISED}
    return value


_GLOBAL = "/applications/{application_id}/commands"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
ROUTES = [
    route
    for base in (_GLOBAL, _GUILD)
    for route in (
        Route("GET", base, list_all),
        Route("PUT", base, overwrite),
        Route("POST", base, create),
        Route("GET", base + "/{command_id}", get),
        Route("PATCH", base + "/{command_id}", patch),
        Route("DELETE", base + "/{command_id}", delete),
    )
]
