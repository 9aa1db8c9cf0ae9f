"""What the tests of the whole bot hand around."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.client.client import EmpreinteBot
from bot.settings import Settings
from sandbox import Sandbox


@dataclass
class House:
    """A running bot and the Discord it runs in."""

    sandbox: Sandbox
    bot: EmpreinteBot
    settings: Settings


StartBot = Callable[..., Awaitable[EmpreinteBot]]
"""Starts the bot; once more is a restart on the same database."""
