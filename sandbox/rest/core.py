"""What a route's handler gets and gives."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from sandbox import limits
from sandbox.errors import DiscordError, FormError, field_error
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.services import Services
from sandbox.state import content, permissions, snowflakes
from sandbox.state.files import Upload
from sandbox.state.models import Channel, Guild, Json, Message


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with another status than 200 (or 204 for None)."""

    status: int
    data: Any = None


@dataclass(slots=True)
class Context:
    """One request: the services, the path's parts, the query, the decoded body and its files."""

    services: Services
    parts: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    uploads: list[Upload] = field(default_factory=list)

    @property
    def table(self) -> Json:
        """The body as an object; 50035 when it is something else."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise field_error("_errors", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return self.body

    @property
    def file_fields(self) -> list[str]:
        """The names of the file parts."""
        return [upload.field for upload in self.uploads]

    def id(self, name: str) -> int:
        """An id of the path; 50035 when it is none."""
        return snowflake(self.parts[name], name)

    def guild(self) -> Guild:
        """The guild of the path: 10004 unknown, 50001 when the bot is no member."""
        guild = self.services.world.guilds.get(self.id("guild_id"))
        if guild is None:
            raise DiscordError(10004)
        if not self.services.world.has_bot(guild):
            raise DiscordError(50001)
        return guild

    def channel(self, *needed: int) -> Channel:
        """The channel of the path: 10003 unknown, 50001 not visible, 50013 without what is needed."""
        world = self.services.world
        channel = world.channels.get(self.id("channel_id"))
        if channel is None:
            raise DiscordError(10003)
        granted = world.permissions(world.bot, channel)
        if not granted & permissions.VIEW_CHANNEL:
            raise DiscordError(50001)
        if any(not granted & bit for bit in needed):
            raise DiscordError(50013)
        return channel

    def message(self, channel: Channel) -> Message:
        """The message of the path; 10008 when unknown, and for other people's private answers."""
        message = channel.history.get(self.id("message_id"))
        if message is None or message.ephemeral_for is not None:
            raise DiscordError(10008)
        return message

    def interaction(self) -> InteractionSession:
        """The interaction behind the path's token: 10015 when unknown."""
        world = self.services.world
        interaction = self.services.sessions.by_token(self.parts["token"])
        if interaction is None or self.id("webhook_id") != world.application_id:
            raise DiscordError(10015)
        return interaction


Handler = Callable[[Context], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path template; `auth` False for those whose path holds a token."""

    method: str
    template: str
    handler: Handler
    auth: bool = True

    @property
    def key(self) -> str:
        """What rate limits know the route by: placeholders without names."""
        return f"{self.method} {re.sub(r'{[a-z_]+}', '{id}', self.template)}"


class Router:
    """Finds the route of a request; literal parts win over placeholders."""

    def __init__(self, routes: list[Route]) -> None:
        self._by_shape: dict[tuple[str, int], list[tuple[list[str], Route]]] = {}
        for route in sorted(routes, key=lambda one: one.template.count("{")):
            parts = route.template.split("/")
            self._by_shape.setdefault((route.method, len(parts)), []).append((parts, route))

    def find(self, method: str, raw_path: str) -> tuple[Route, dict[str, str]] | None:
        """The route, and what its placeholders stand for; None when there is none."""
        given = [unquote(part) for part in raw_path.split("/")]
        for parts, route in self._by_shape.get((method, len(given)), []):
            if all(part == value or part[:1] == "{" for part, value in zip(parts, given, strict=True)):
                pairs = zip(parts, given, strict=True)
                return route, {part[1:-1]: value for part, value in pairs if part[:1] == "{"}
        return None


def snowflake(value: Any, name: str) -> int:
    """An id from outside; 50035 when it is none."""
    found = snowflakes.parse(value)
    if found is None:
        raise field_error(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
    return found


def valid(errors: Json) -> None:
    """Answer 50035 when there are errors."""
    if errors:
        raise FormError(errors)


def valid_edit(message: Message, body: Json, files: list[str], *, interaction: bool = False) -> None:
    """Check an edit: its fields, and that the message doesn't end up empty (50006).

    A message made of Components V2 stays one, so a text or embed can't be edited into it.
    """
    layout = message.data["flags"] & content.COMPONENTS_V2
    checked = {**body, "flags": int(body.get("flags") or 0) | layout} if layout else body
    valid(limits.check_message(checked, files, creating=False, interaction=interaction))
    shown = ("content", "embeds", "components", "attachments")
    left = {key: body.get(key, message.data.get(key)) for key in shown}
    if not layout and int(body.get("flags") or 0) & content.COMPONENTS_V2:
        _refuse_leftovers(left)
    if limits.empty_message(left, files):
        raise DiscordError(50006)


def _refuse_leftovers(left: Json) -> None:
    """Refuse an edit to Components V2 that doesn't take away what the message showed before."""
    for key in ("content", "embeds"):
        if left[key]:
            said = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            raise field_error(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", said)


def limit_of(query: Mapping[str, str], default: int, most: int) -> int:
    """`limit` of a query, 1 to `most`; 50035 beyond."""
    text = query.get("limit", str(default))
    number = snowflakes.parse(text)
    if number is None or not 1 <= number <= most:
        message = f"int value should be between 1 and {most}."
        raise field_error("limit", "NUMBER_TYPE_MAX", message)
    return number
