"""From what a request says to what the message then shows: mentions, embeds, components, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sandbox.state import payloads
from sandbox.state.directory import Directory
from sandbox.state.models import Channel, Json, Message

EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
SETTABLE_FLAGS = (1 << 2) | (1 << 12) | COMPONENTS_V2
"""SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, IS_COMPONENTS_V2."""

USER_MENTION = re.compile(r"<@!?(\d{15,20})>")
ROLE_MENTION = re.compile(r"<@&(\d{15,20})>")


def each_component(components: list[Json]) -> Iterator[Json]:
    """All components, nested ones too, in the order Discord numbers them."""
    for component in components:
        yield component
        yield from each_component(component.get("components") or [])
        for key in ("accessory", "component"):
            if component.get(key):
                yield from each_component([component[key]])


def numbered(components: list[Json]) -> list[Json]:
    """Give each component without an `id` the next free one, as Discord does."""
    everything = list(each_component(components))
    taken = {component.get("id") for component in everything}
    fresh = (number for number in range(1, 10_000) if number not in taken)
    for component in everything:
        if not component.get("id"):
            component["id"] = next(fresh)
    return components


def with_text_ids(components: list[Json]) -> list[Json]:
    """Give the ids of what selects hold as strings, as Discord returns them: clients can't read larger numbers."""
    for component in each_component(components):
        for preset in component.get("default_values") or []:
            preset["id"] = str(preset["id"])
    return components


def displayed_text(data: Json) -> str:
    """The content and all text displays of a message."""
    texts = [str(data.get("content") or "")]
    texts += [str(one.get("content", "")) for one in each_component(data.get("components") or [])]
    return "\n".join(texts)


def embeds(raw: list[Json] | None) -> list[Json]:
    """Embeds as Discord returns them: empty values dropped, `type` rich."""
    kept = [{key: value for key, value in embed.items() if value is not None} for embed in raw or []]
    for embed in kept:
        embed["fields"] = [{"inline": False, **field} for field in embed.get("fields") or []]
        if not embed["fields"]:
            del embed["fields"]
    return [{"type": "rich", **embed, "content_scan_version": 0} for embed in kept]


def link_files(value: Any, attachments: dict[str, Json]) -> set[str]:
    """Replace `attachment://name` by the file's address, in place; returns the names used."""
    used: set[str] = set()
    if isinstance(value, list):
        return used.union(*(link_files(item, attachments) for item in value))
    if not isinstance(value, dict):
        return used
    name = str(value.get("url", "")).removeprefix("attachment://")
    if name in attachments and value["url"] != name:
        used.add(name)
        file = attachments[name]
        value.update({key: file[key] for key in ("url", "proxy_url", "width", "height", "content_type") if key in file})
    return used.union(*(link_files(item, attachments) for item in value.values()))


def mentions(world: Directory, channel: Channel, data: Json, allowed: Json | None, everyone: bool) -> Json:
    """`mentions`, `mention_roles` and `mention_everyone` of a text under `allowed_mentions`.

    None allows all; `everyone` says whether the author may mention @everyone.
    """
    text = displayed_text(data)
    users = _allowed(USER_MENTION.findall(text), allowed, "users")
    roles = _allowed(ROLE_MENTION.findall(text), allowed, "roles")
    guild = world.guild_of(channel)
    known = [world.users[int(key)] for key in users if int(key) in world.users]
    loud = allowed is None or "everyone" in allowed.get("parse", [])
    return {
        "mentions": [payloads.user(user) for user in known],
        "mention_roles": [key for key in roles if guild and int(key) in guild.roles],
        "mention_everyone": everyone and loud and ("@everyone" in text or "@here" in text),
    }


def add_replied(data: Json, replied: Message, allowed: Json | None) -> None:
    """A reply mentions the author replied to, unless `replied_user` says otherwise."""
    wanted = allowed is None or allowed.get("replied_user", False)
    author = replied.data["author"]
    if wanted and not replied.data.get("webhook_id") and all(one["id"] != author["id"] for one in data["mentions"]):
        data["mentions"].append(author)


def _allowed(found: list[str], allowed: Json | None, kind: str) -> list[str]:
    unique = list(dict.fromkeys(found))
    if allowed is None or kind in allowed.get("parse", []):
        return unique
    named = {str(key) for key in allowed.get(kind) or []}
    return [key for key in unique if key in named]
