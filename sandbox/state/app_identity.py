"""Whose bot the sandbox serves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AppIdentity:
    """The bot's account, and what the page tells a newcomer of it.

    `first_command` is the slash command (base name) that the page suggests trying; without one, the first
    registered. `api_variable` and `token_variable` are the environment variables by which the bot is told
    where Discord is.
    """

    name: str = "Test Bot"
    username: str = "test-bot"
    color: str = "#3ba55c"
    first_command: str | None = None
    api_variable: str = "DISCORD_API"
    token_variable: str = "DISCORD_TOKEN"  # noqa: S105 - a variable's name
