"""A command's options as a client sends them, and what the client refuses to send."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.interactions.refusals import Refused
from sandbox.state import payloads
from sandbox.state.models import Channel, Json
from sandbox.state.snowflakes import parse
from sandbox.state.world import World

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)
INTEGER_LIMIT = 2**53
_DIGITS = re.compile(r"\d{1,20}")


def arrange(world: World, spec: list[Json], path: list[str], values: Mapping[str, Any]) -> list[Json]:
    """Discord's option tree for a subcommand path and named values; `Refused` for unknown names."""
    by_name = {option["name"]: option for option in spec}
    if path:
        if path[0] not in by_name:
            raise Refused("unknown_subcommand", f"there is no subcommand {path[0]!r}")
        option = by_name[path[0]]
        inner = arrange(world, option.get("options") or [], path[1:], values)
        return [{"name": option["name"], "type": option["type"], "options": inner}]
    unknown = set(values) - set(by_name)
    if unknown:
        raise Refused("unknown_option", f"there is no option {', '.join(sorted(unknown))}")
    return [
        {"name": name, "type": by_name[name]["type"], "value": _sent(world, by_name[name]["type"], value)}
        for name, value in values.items()
    ]


def _sent(world: World, kind: int, value: Any) -> Any:
    """A value as it is sent: objects and names of users and channels become ids."""
    if kind == USER:
        return str(world.user(value).id)
    if kind == CHANNEL:
        return str(world.channel(value).id)
    if kind in (ROLE, MENTIONABLE):
        return str(getattr(value, "id", value))
    return value


def check(spec: list[Json], tree: list[Json], *, complete: bool = True) -> None:
    """Refuse what Discord's client refuses; `complete` False while typing (autocompletion)."""
    by_name = {option["name"]: option for option in spec}
    given = {item.get("name"): item for item in tree}
    nested = any(option["type"] in (SUBCOMMAND, GROUP) for option in spec)
    if nested and len(tree) != 1:
        raise Refused("missing_subcommand", "a subcommand is needed")
    for name, item in given.items():
        option = by_name.get(str(name))
        if option is None or option["type"] != item.get("type"):
            raise Refused("unknown_option", f"there is no option {name!r} of that type")
        if option["type"] in (SUBCOMMAND, GROUP):
            check(option.get("options") or [], item.get("options") or [], complete=complete)
        elif complete:
            _check_value(option, item.get("value"))
    missing = [option["name"] for option in spec if option.get("required") and option["name"] not in given]
    if complete and missing:
        raise Refused("missing_option", f"the option {missing[0]!r} is needed")


def _check_value(option: Json, value: Any) -> None:
    kind, name = option["type"], option["name"]
    if not _is_kind(kind, value):
        raise Refused("wrong_type", f"the option {name!r} doesn't take {value!r}")
    if option.get("choices") and value not in [choice["value"] for choice in option["choices"]]:
        raise Refused("not_a_choice", f"{value!r} is no choice of {name!r}")
    size, low, high = value, option.get("min_value"), option.get("max_value")
    if kind == STRING:
        size, low, high = len(value), option.get("min_length"), option.get("max_length", 6000)
    if kind in (STRING, INTEGER, NUMBER) and not _between(size, low, high):
        raise Refused("out_of_range", f"the option {name!r} is out of its range")


def _is_kind(kind: int, value: Any) -> bool:
    if kind == BOOLEAN:
        return isinstance(value, bool)
    if kind == INTEGER:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= INTEGER_LIMIT
    if kind == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == STRING:
        return isinstance(value, str) and bool(value)
    return isinstance(value, str) and _DIGITS.fullmatch(value) is not None


def _between(size: float, low: float | None, high: float | None) -> bool:
    return (low is None or size >= low) and (high is None or size <= high)


def leaves(tree: list[Json]) -> Iterator[Json]:
    """The options that carry values, however deep."""
    for item in tree:
        if "options" in item and "value" not in item:
            yield from leaves(item["options"])
        else:
            yield item


def resolved(world: World, tree: list[Json], channel: Channel) -> Json:
    """The objects behind the ids in a tree: users, members, channels, roles."""
    found: Json = {}
    for item in leaves(tree):
        kind, key = item.get("type"), str(item.get("value"))
        if kind in (USER, MENTIONABLE):
            add_user(world, found, key, channel)
        if kind == CHANNEL:
            add_channel(world, found, key)
        if kind in (ROLE, MENTIONABLE):
            add_role(world, found, key, channel)
    return found


def add_user(world: World, found: Json, key: str, channel: Channel) -> None:
    """Put a user, and their member when they are in the guild, among the resolved objects."""
    user = world.users.get(parse(key) or 0)
    if user is None:
        return
    found.setdefault("users", {})[key] = payloads.user(user)
    guild = world.guild_of(channel)
    if guild is not None and user.id in guild.members:
        member = payloads.partial_member(guild.members[user.id])
        member["permissions"] = str(world.permissions(user, channel))
        found.setdefault("members", {})[key] = member


def add_channel(world: World, found: Json, key: str) -> None:
    """Put a channel among the resolved objects, with what the app may do there if it is a member."""
    channel = world.channels.get(parse(key) or 0)
    if channel is None:
        return
    partial = payloads.channel(channel) | {"permissions": str(world.permissions(world.bot, channel))}
    if (guild := world.guild_of(channel)) is not None and world.has_bot(guild):
        partial["app_permissions"] = partial["permissions"]
    found.setdefault("channels", {})[key] = partial


def add_role(world: World, found: Json, key: str, channel: Channel) -> None:
    """Put a role of the guild among the resolved objects."""
    guild = world.guild_of(channel)
    role = guild.roles.get(parse(key) or 0) if guild is not None else None
    if role is not None:
        found.setdefault("roles", {})[key] = payloads.role(role)
