"""Keeps one event that can't be read from ending the whole client, as it would with discord.py alone."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import discord

from bot.counting.message_record import read_id

log = logging.getLogger(__name__)

ESSENTIAL = frozenset({"READY", "RESUMED"})
"""Without these there is no session: whatever goes wrong in them must be heard."""

ID_KEYS = frozenset({"id", "channel_id", "guild_id", "message_id", "user_id", "parent_id", "owner_id", "target_id"})

DEPTH, GUILD_DEPTH = 6, 2
"""How far down ids are looked for; in a server only down to its channels, threads and roles."""

NOT_OURS = "presences"
"""What people are doing, by other programs, with ids of their own kind."""

Parser = Callable[[Any], Any]


class UnreadableSession(Exception):  # noqa: N818
    """The event by which a session begins can't be read."""


def shield(client: discord.Client, ours: Mapping[str, Parser] | None = None) -> None:
    """Let the client pass over events whose data isn't what Discord documents.

    `ours` are parsers to take in place of discord.py's; they look at ids themselves.
    """
    parsers = client._connection.parsers  # noqa: SLF001 - discord.py offers no other place
    for name, parser in list(parsers.items()):
        parsers[name] = _essential(name, parser) if name in ESSENTIAL else _shielded(name, checked(name, parser))
    for name, parser in (ours or {}).items():
        parsers[name] = _shielded(name, parser)


def has_sound_ids(name: str, data: Any) -> bool:
    """Tell whether the ids in an event's data are ids of Discord's: whole numbers from 0 to 2^63 - 1."""
    return _sound(data, GUILD_DEPTH if name == "GUILD_CREATE" else DEPTH)


def _is_id(value: Any) -> bool:
    """Tell whether it is an id, or none is given."""
    try:
        return value is None or read_id(value) >= 0
    except ValueError:
        return False


def _sound(data: Any, depth: int) -> bool:
    if isinstance(data, dict):
        return all(
            _is_id(value) if key in ID_KEYS else depth == 0 or key == NOT_OURS or _sound(value, depth - 1)
            for key, value in data.items()
        )
    if isinstance(data, list):
        return depth == 0 or all(_sound(value, depth - 1) for value in data)
    return True


def _essential(name: str, parser: Parser) -> Parser:
    def parse(data: Any) -> None:
        try:
            if not _sound(data, DEPTH):
                raise ValueError("an id")
            parser(data)
        except Exception as error:  # noqa: BLE001
            raise UnreadableSession(f"{name} can't be read ({type(error).__name__})") from None

    return parse


def checked(name: str, parser: Parser) -> Parser:
    """Return the parser so that it raises `ValueError` where an event's ids aren't Discord's."""

    def parse(data: Any) -> None:
        if not has_sound_ids(name, data):
            raise ValueError("an id")
        parser(data)

    return parse


def _shielded(name: str, parser: Parser) -> Parser:
    def parse(data: Any) -> None:
        try:
            parser(data)
        except Exception as error:  # noqa: BLE001
            # neither the data nor the error's own words: both may hold what people wrote
            log.error("an event %s can't be read (%s)", name, type(error).__name__)

    return parse
