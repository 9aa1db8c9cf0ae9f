"""Interactions under way: what was asked, when it was answered, and with what."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict

from sandbox.state import content
from sandbox.state.events import Bus, PageEvent
from sandbox.state.models import Channel, Json, Message, User
from sandbox.state.signals import Signal

ANSWER_WITHIN = 3.0
"""Seconds an app has for its first answer."""

PATIENCE = 30.0
"""Seconds that whoever waits for an answer waits, where nothing else is said: machines may be busy."""

TOKEN_LIFETIME = 15 * 60.0
"""Seconds an interaction's token can be used."""

KEPT = 10_000
"""Interactions remembered; the oldest are forgotten first."""

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5


class InteractionSession:
    """One interaction, from a person's click to the app's last edit.

    `source` is the message whose component was used; `messages` are Discord's JSON: the first answer,
    then the follow-ups, changed in place by edits. Times are monotonic seconds.
    """

    def __init__(self, interaction_id: int, kind: int, user: User, channel: Channel, name: str) -> None:
        self.id = str(interaction_id)
        self.token = secrets.token_urlsafe(96)
        self.type = kind
        self.user = user
        self.channel = channel
        self.name = name
        self.source: Message | None = None
        self.target: Message | User | None = None
        self.owners: Json = {}
        self.app_is_member = True
        self.force_ephemeral = False
        self.dispatched_at = time.monotonic()
        self.acknowledged_at: float | None = None
        self.answered_at: float | None = None
        self.callback_type: int | None = None
        self.modal: Json | None = None
        self.choices: list[Json] | None = None
        self.failed: str | None = None
        self.original: Message | None = None
        self.posts: list[Message] = []
        self.follow_ups = 0
        self.signal = Signal()

    @property
    def installed_here(self) -> bool:
        """Whether the app is installed where it is used, rather than only by the user."""
        return self.app_is_member or "0" in self.owners

    @property
    def messages(self) -> list[Json]:
        """The visible answers, in the order they were given."""
        return [post.data for post in self.posts if not post.pending]

    @property
    def message(self) -> Json | None:
        """The first answer, None while there is none."""
        return next(iter(self.messages), None)

    @property
    def deferred(self) -> bool:
        """Whether the app asked for more time first."""
        return self.callback_type in (5, 6)

    @property
    def ephemeral(self) -> bool:
        """Whether the first answer is for the caller alone."""
        return bool(self.message and self.message["flags"] & content.EPHEMERAL)

    @property
    def seconds(self) -> float | None:
        """Seconds from the click to the first real answer, None while there is none."""
        return None if self.answered_at is None else self.answered_at - self.dispatched_at

    @property
    def age(self) -> float:
        """Seconds since the click."""
        return time.monotonic() - self.dispatched_at

    async def settled(self, n: int = 1, timeout: float = PATIENCE) -> InteractionSession:  # noqa: ASYNC109
        """Return once `n` answers are visible; TimeoutError after `timeout` seconds."""
        await self.signal.until(lambda: len(self.messages) >= n, timeout)
        return self

    async def answered(self, timeout: float = PATIENCE) -> InteractionSession:  # noqa: ASYNC109
        """Return once there is an answer, a modal or choices. TimeoutError after `timeout` seconds,
        or as soon as the app let the 3 s pass."""
        await self.signal.until(lambda: self.answered_at is not None or self.failed is not None, timeout)
        if self.failed is not None:
            raise TimeoutError(f"the app did not respond to {self.name!r} in time")
        return self

    def acknowledge(self, callback_type: int) -> None:
        """The first callback came."""
        self.acknowledged_at = time.monotonic()
        self.callback_type = callback_type
        self.signal.notify()

    def answer(self, post: Message | None = None) -> None:
        """Something became visible: a message, or (None) a modal or choices."""
        if post is not None and post not in self.posts:
            self.posts.append(post)
        if self.answered_at is None:
            self.answered_at = time.monotonic()
        self.signal.notify()


class InteractionSessions:
    """The interactions known, by id and by token."""

    def __init__(self, bus: Bus) -> None:
        self.answer_within = ANSWER_WITHIN
        self.token_lifetime = TOKEN_LIFETIME
        self._bus = bus
        self._by_id: OrderedDict[str, InteractionSession] = OrderedDict()
        self._by_token: dict[str, InteractionSession] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, interaction: InteractionSession) -> None:
        """Remember a interaction and watch its first three seconds."""
        self._by_id[interaction.id] = self._by_token[interaction.token] = interaction
        loop = asyncio.get_running_loop()
        self._timers[interaction.id] = loop.call_later(self.answer_within, self._expire, interaction)
        while len(self._by_id) > KEPT:
            self._forget(next(iter(self._by_id.values())))

    def by_id(self, interaction_id: str) -> InteractionSession | None:
        """The interaction of that interaction id, None when unknown."""
        return self._by_id.get(interaction_id)

    def by_token(self, token: str) -> InteractionSession | None:
        """The interaction of that interaction token, None when unknown."""
        return self._by_token.get(token)

    def close(self) -> None:
        """Watch no more: the sandbox stops."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _expire(self, interaction: InteractionSession) -> None:
        self._timers.pop(interaction.id, None)
        if interaction.acknowledged_at is None:
            interaction.failed = "timeout"
            interaction.signal.notify()
            shown = {"call": interaction.id, "reason": interaction.failed}
            self._bus.page(PageEvent("call_failed", lambda _: shown, only=interaction.user.id))

    def _forget(self, interaction: InteractionSession) -> None:
        self._by_id.pop(interaction.id, None)
        self._by_token.pop(interaction.token, None)
        if timer := self._timers.pop(interaction.id, None):
            timer.cancel()
