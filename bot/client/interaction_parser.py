"""Where the gateway's interactions are heard: whatever people use, one process answers."""

from collections.abc import Callable, Mapping
from typing import Any

import discord

from bot.client.malformed_events import Parser, checked
from bot.counting.clock import DiscordClock
from bot.counting.message_record import read_id


def interaction_parsers(
    client: discord.Client, clock: DiscordClock, speaks_for: Callable[[int | None], bool]
) -> Mapping[str, Parser]:
    """Return the parser that hands commands, completions, buttons and forms on where the answer is this process's.

    The clock hears of all: where nobody writes, somebody may still use a command.
    """
    name = "INTERACTION_CREATE"
    answer = checked(name, client._connection.parsers[name])  # noqa: SLF001

    def created(data: Any) -> None:
        clock.hear_message(read_id(data["id"]))
        guild_id = data.get("guild_id")
        if speaks_for(None if guild_id is None else read_id(guild_id)):
            answer(data)

    return {name: created}
