"""What happens, told to the gateway (the bot's side) and to the page (people's side)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.state.models import Channel, Json


@dataclass(slots=True)
class Event:
    """A gateway dispatch. `channel` is where it happened: the bot must be able to see it."""

    name: str
    data: Json
    guild_id: int | None = None
    channel: Channel | None = None


@dataclass(slots=True)
class PageEvent:
    """News for the page: to one user only, to those who see `channel`, or to everyone.

    `render` writes the data for one reader's eyes when it differs between readers.
    """

    t: str
    render: Callable[[int], object]
    channel: Channel | None = None
    only: int | None = None


class Bus:
    """Passes events on, in order, at once."""

    def __init__(self) -> None:
        self.on_gateway: list[Callable[[Event], None]] = []
        self.on_page: list[Callable[[PageEvent], None]] = []

    def gateway(self, event: Event) -> None:
        """Tell the bot's sessions."""
        for listener in self.on_gateway:
            listener(event)

    def page(self, event: PageEvent) -> None:
        """Tell the page's readers."""
        for listener in self.on_page:
            listener(event)

    def channels_changed(self, only: int | None = None) -> None:
        """Tell the page's readers, or only one, to ask again which guilds and channels they see."""
        self.page(PageEvent("channels", lambda _: {}, only=only))
