"""The app's registered commands, global and per guild, and who finds them where."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

from sandbox.errors import DiscordError
from sandbox.state import permissions
from sandbox.state.events import PageEvent
from sandbox.state.models import Channel, Guild, Json, User
from sandbox.state.world import World

GUILD_INSTALL, USER_INSTALL = 0, 1
IN_GUILD, IN_BOT_DM, IN_PRIVATE = 0, 1, 2
DAILY_CREATES = 200
DAY = 86_400.0


class Commands:
    """Registered commands in Discord's shape. `scope` is a guild id, None for global ones."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._scopes: dict[int | None, dict[str, Json]] = {}
        self._created: dict[int | None, deque[float]] = {}

    def all(self) -> list[Json]:
        """Every command, guild commands too."""
        return [command for scope in self._scopes.values() for command in scope.values()]

    def list(self, scope: int | None) -> list[Json]:
        """The commands of one scope."""
        return list(self._scopes.get(scope, {}).values())

    def get(self, scope: int | None, command_id: str) -> Json:
        """One command; error 10063 when there is none."""
        try:
            return self._scopes[scope][command_id]
        except KeyError:
            raise DiscordError(10063) from None

    def by_id(self, command_id: str) -> Json | None:
        """A command of any scope."""
        return next((command for command in self.all() if command["id"] == command_id), None)

    def put(self, scope: int | None, payload: Json) -> tuple[Json, bool]:
        """Create a command, or replace the one of that name and type; whether it is new."""
        known = self._named(scope, payload)
        if known is None:
            self._count_create(scope)
        command = self._complete(scope, payload, known)
        self._scopes.setdefault(scope, {})[command["id"]] = command
        self._tell()
        return command, known is None

    def put_all(self, scope: int | None, payloads: list[Json]) -> list[Json]:
        """Replace all commands of a scope; those of the same name and type keep their ids."""
        known = [self._named(scope, payload) for payload in payloads]
        for one in known:
            if one is None:
                self._count_create(scope)
        commands = [self._complete(scope, payload, old) for payload, old in zip(payloads, known, strict=True)]
        self._scopes[scope] = {command["id"]: command for command in commands}
        self._tell()
        return commands

    def patch(self, scope: int | None, command_id: str, changes: Json) -> Json:
        """Change some fields of a command."""
        old = self.get(scope, command_id)
        command = self._complete(scope, {**old, **changes}, old)
        self._scopes[scope][command_id] = command
        self._tell()
        return command

    def delete(self, scope: int | None, command_id: str) -> None:
        """Remove a command; error 10063 when there is none."""
        self.get(scope, command_id)
        del self._scopes[scope][command_id]
        self._tell()

    def clear(self) -> None:
        """All commands of all scopes go, as when somebody clears them on Discord's side."""
        self._scopes.clear()
        self._tell()

    def available(self, user: User, channel: Channel) -> Iterator[Json]:
        """The commands a user finds in a channel; a guild's own hide global ones of the same name."""
        guild_commands = self.list(channel.guild_id) if channel.guild_id else []
        own = {(command["type"], command["name"]) for command in guild_commands}
        hidden = (one for one in self.list(None) if (one["type"], one["name"]) not in own)
        for command in (*guild_commands, *hidden):
            if usable(self.world, command, user, channel):
                yield command

    def _named(self, scope: int | None, payload: Json) -> Json | None:
        wanted = (payload.get("type") or 1, payload["name"])
        scoped = self._scopes.get(scope, {}).values()
        return next((command for command in scoped if (command["type"], command["name"]) == wanted), None)

    def _complete(self, scope: int | None, payload: Json, known: Json | None) -> Json:
        """A payload with everything Discord adds."""
        ids = self.world.ids
        command: Json = {
            "name_localizations": None,
            "description": "",
            "description_localizations": None,
            "default_member_permissions": None,
            "nsfw": False,
            **payload,
            "id": known["id"] if known else str(ids.next()),
            "application_id": str(self.world.application_id),
            "version": str(ids.next()),
            "type": payload.get("type") or 1,
        }
        if command["default_member_permissions"] is not None:
            command["default_member_permissions"] = str(command["default_member_permissions"])
        if scope is not None:
            return {**command, "guild_id": str(scope)}
        command.setdefault("dm_permission", True)
        command["integration_types"] = command.get("integration_types") or [GUILD_INSTALL]
        command.setdefault("contexts", None)
        return command

    def _count_create(self, scope: int | None) -> None:
        """Discord lets an app create 200 commands a day and scope."""
        created = self._created.setdefault(scope, deque(maxlen=DAILY_CREATES))
        now = time.monotonic()
        if len(created) == DAILY_CREATES and now - created[0] < DAY:
            raise DiscordError(30034)
        created.append(now)

    def _tell(self) -> None:
        commands = self.all()
        self.world.bus.page(PageEvent("commands", lambda _: commands))


def context_of(world: World, channel: Channel) -> int:
    """Where a channel is: a guild (0), a private channel with the bot (1), or another one (2)."""
    if channel.guild_id is not None:
        return IN_GUILD
    return IN_BOT_DM if world.bot in channel.recipients else IN_PRIVATE


def owners(world: World, command: Json | None, user: User, channel: Channel) -> Json:
    """`authorizing_integration_owners`: by whose installation a command may be used here.

    Key "0" is the guild ("0" itself in a private channel with the bot), key "1" the user.
    """
    context = context_of(world, channel)
    types = (command or {}).get("integration_types") or [GUILD_INSTALL]
    found: Json = {}
    guild = world.guild_of(channel)
    if GUILD_INSTALL in types and guild is not None and guild.commands_authorized:
        found["0"] = str(guild.id)
    if GUILD_INSTALL in types and context == IN_BOT_DM:
        found["0"] = "0"
    if USER_INSTALL in types and user.app_installed:
        found["1"] = str(user.id)
    return found


def usable(world: World, command: Json, user: User, channel: Channel) -> bool:
    """Whether a user finds a command in a channel: contexts, installation, permissions."""
    context = context_of(world, channel)
    contexts = command.get("contexts")
    in_context = context in contexts if contexts is not None else _by_default(command, context)
    guild = world.guild_of(channel)
    if not (in_context and owners(world, command, user, channel)):
        return False
    return guild is None or _permitted(world, guild, command, user, channel)


def _by_default(command: Json, context: int) -> bool:
    """Without `contexts`: everywhere, save that `dm_permission` false keeps it out of private channels."""
    return context == IN_GUILD or command.get("dm_permission") is not False


def _permitted(world: World, guild: Guild, command: Json, user: User, channel: Channel) -> bool:
    granted = world.permissions(user, channel)
    if not granted & permissions.USE_APPLICATION_COMMANDS:
        return False
    if user.id not in guild.members:
        return False
    if granted == permissions.ALL or command.get("default_member_permissions") is None:
        return True
    needed = int(command["default_member_permissions"])
    return needed != 0 and granted & needed == needed
