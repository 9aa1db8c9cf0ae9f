"""GUILD_MEMBERS_CHUNK: a guild's members in pieces, on request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.state import payloads
from sandbox.state.models import Guild, Json, Member

CHUNK = 1000


def member_chunks(guild: Guild, request: dict[str, Any]) -> Iterator[Json]:
    """The answers to one request: by `user_ids`, or by the start of the name (`query`, `limit`)."""
    found, missing = select(guild, request)
    pieces = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)] or [[]]
    for index, piece in enumerate(pieces):
        chunk: Json = {
            "guild_id": str(guild.id),
            "members": [payloads.member(member) for member in piece],
            "chunk_index": index,
            "chunk_count": len(pieces),
            "not_found": missing,
        }
        if request.get("nonce"):
            chunk["nonce"] = request["nonce"]
        yield chunk


def select(guild: Guild, request: dict[str, Any]) -> tuple[list[Member], list[str]]:
    """The members a request asks for, and the ids it asks for in vain."""
    if (ids := request.get("user_ids")) is not None:
        wanted = [str(one) for one in (ids if isinstance(ids, list) else [ids])]
        found = [guild.members[int(one)] for one in wanted if int(one) in guild.members]
        return found, [one for one in wanted if int(one) not in guild.members]
    found = named(guild, str(request.get("query", "")))
    limit = int(request.get("limit") or 0)
    return (found[:limit] if limit else found), []


def named(guild: Guild, start: str) -> list[Member]:
    """The members whose nickname, display name or user name begins so."""
    start = start.casefold()
    return [
        member
        for member in guild.members.values()
        if any(
            (name or "").casefold().startswith(start)
            for name in (member.nick, member.user.global_name, member.user.username)
        )
    ]
