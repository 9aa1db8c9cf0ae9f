"""What a quiz sends to its channel: each post once, edits now and then, and none of it can stop the game."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import discord

from bot.annotating.rate_limits import RateLimits
from bot.annotating.sending import Outcome, attempt
from bot.counting.tasks import Tasks

log = logging.getLogger(__name__)

POST_SECONDS = 40.0
"""A post is waited for that long, Discord's limits and its mishaps included."""

EDIT_SECONDS = 60.0
AGAIN_AFTER = 2.0
"""Seconds before a post is tried once more; its nonce keeps it from standing there twice."""

FINAL = frozenset({Outcome.GONE, Outcome.REFUSED, Outcome.BLOCKED})
"""The channel is gone or closed to us: nothing more to try."""

COLOUR = discord.Colour(0x2E9E6B)

Buttons = Sequence[discord.ui.Item[Any]]


def layout(blocks: Sequence[str], buttons: Buttons = ()) -> discord.ui.LayoutView:
    """Return a message of blocks of text with buttons below; it takes no permission to embed links."""
    card = discord.ui.Container[discord.ui.LayoutView](*map(discord.ui.TextDisplay, blocks), accent_colour=COLOUR)
    if buttons:
        card.add_item(discord.ui.ActionRow(*buttons))
    return discord.ui.LayoutView(timeout=None).add_item(card)


def without_buttons(message: discord.Message) -> discord.ui.LayoutView:
    """Return a quiz's message as it is, its buttons gone."""
    parts = discord.ui.LayoutView.from_message(message).walk_children()
    return layout([part.content for part in parts if isinstance(part, discord.ui.TextDisplay)])


class QuizPosts:
    """Posts to one channel and edits there."""

    def __init__(
        self,
        channel: discord.PartialMessageable,
        tasks: Tasks,
        rate_limits: RateLimits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._channel, self._tasks, self._rate_limits, self._clock = channel, tasks, rate_limits, clock
        self._editing = asyncio.Lock()

    async def post(self, view: discord.ui.LayoutView, nonce: str) -> discord.Message | None:
        """Post it once; None where Discord doesn't take it, also not a moment later."""
        outcome, message = await self._try(view, nonce)
        if message is None and outcome not in FINAL:
            await asyncio.sleep(AGAIN_AFTER)
            _, message = await self._try(view, nonce)
        return message

    def edit_if_idle(self, message_id: int, view: discord.ui.LayoutView) -> bool:
        """Edit a post in the background, unless an edit is still on its way; tell whether it goes out."""
        if self._editing.locked():
            return False
        self.edit(message_id, view)
        return True

    def edit(self, message_id: int, view: discord.ui.LayoutView) -> None:
        """Edit a post in the background, after the edit that is on its way."""
        self._tasks.start(self._edit(message_id, view), f"quiz edit {message_id}")

    async def _edit(self, message_id: int, view: discord.ui.LayoutView) -> None:
        async with self._editing:
            editing = self._channel.get_partial_message(message_id).edit(view=view)
            await attempt(editing, EDIT_SECONDS, self._rate_limits, self._clock, "an edit of a quiz")

    async def _try(self, view: discord.ui.LayoutView, nonce: str) -> tuple[Outcome, discord.Message | None]:
        sending = self._channel.send(view=view, nonce=nonce)
        return await attempt(sending, POST_SECONDS, self._rate_limits, self._clock, "a post of a quiz")
