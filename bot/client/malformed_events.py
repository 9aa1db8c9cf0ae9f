"""Keeps one event that can't be read from ending the whole client, as it would with discord.py alone."""

import logging
from collections.abc import Callable
from typing import Any

import discord

log = logging.getLogger(__name__)

ESSENTIAL = frozenset({"READY", "RESUMED"})
"""Without these there is no session: whatever goes wrong in them must be heard."""

Parser = Callable[[Any], Any]


def shield(client: discord.Client) -> None:
    """Let the client pass over events whose data isn't what Discord documents."""
    parsers = client._connection.parsers  # noqa: SLF001 - discord.py offers no other place
    for name, parser in list(parsers.items()):
        if name not in ESSENTIAL:
            parsers[name] = _shielded(name, parser)


def _shielded(name: str, parser: Parser) -> Parser:
    def parse(data: Any) -> None:
        try:
            parser(data)
        except Exception as error:  # noqa: BLE001
            # neither the data nor the error's own words: both may hold what people wrote
            log.error("an event %s can't be read (%s)", name, type(error).__name__)

    return parse
