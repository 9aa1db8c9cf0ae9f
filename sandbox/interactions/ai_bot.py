"""A member that is an AI bot, as many servers have one: it answers with canned texts whoever speaks to it.

In turn it streams by editing one message, writes several messages, or fills an embed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from itertools import cycle
from typing import Any

from sandbox.state.events import Event
from sandbox.state.message_store import MessageStore
from sandbox.state.models import Json, Message, User
from sandbox.state.seed import AI_BOT
from sandbox.state.world import World

WRITTEN = (0, 19)
PIECES = 6
"""Edits of a streamed answer."""

THINKING = {"fr": "⏳ Réflexion…", "en": "⏳ Thinking…"}
TITLE = {"fr": "Réponse", "en": "Answer"}
ANSWERS = {
    "fr": (
        "La photosynthèse, c'est une cuisine : la feuille prend de la lumière, de l'eau et du gaz carbonique.",
        "La lumière joue le rôle de la plaque de cuisson : sans elle, rien ne cuit, et la plante attend le matin.",
        "Le plat, c'est du sucre, que la plante garde pour grandir ; l'oxygène est la vapeur qui s'échappe.",
    ),
    "en": (
        "Photosynthesis is a kitchen: the leaf takes light, water and carbon dioxide as its ingredients.",
        "Light is the stove: without it nothing cooks, and the plant waits for the morning.",
        "The dish is sugar, which the plant keeps to grow; oxygen is the steam that escapes.",
    ),
}


class AiBot:
    """Listens to all servers where it is a member. `pause` is how many seconds there are between its steps."""

    def __init__(self, world: World, messages: MessageStore, pause: float = 0.7) -> None:
        self._world, self._messages, self.pause = world, messages, pause
        self._ways = cycle((self.stream, self.write_on, self.fill_embed))
        self._tasks: set[asyncio.Task[Any]] = set()
        world.bus.on_gateway.append(self._hear)

    @property
    def user(self) -> User:
        """The member."""
        return self._world.user(AI_BOT)

    async def stream(self, question: Json, texts: Sequence[str] | None = None) -> list[Message]:
        """Answer by one message, a placeholder at first, that is edited until it says everything."""
        whole = " ".join(texts or self._texts(question))
        message = self._post(question, {"content": THINKING[self._language(question)]})
        for piece in range(1, PIECES + 1):
            await asyncio.sleep(self.pause)
            self._messages.edit(message, {"content": whole[: len(whole) * piece // PIECES]})
        return [message]

    async def write_on(self, question: Json, texts: Sequence[str] | None = None) -> list[Message]:
        """Answer by several messages, one after the other."""
        found: list[Message] = []
        for number, text in enumerate(texts or self._texts(question)):
            if number:
                await asyncio.sleep(self.pause)
            found.append(self._post(question, {"content": text}, reply=not number))
        return found

    async def fill_embed(self, question: Json, texts: Sequence[str] | None = None) -> list[Message]:
        """Answer by an embed: its description, then a field."""
        first, *more = texts or self._texts(question)
        embed: Json = {"title": TITLE[self._language(question)], "description": first, "footer": {"text": "modèle-5"}}
        message = self._post(question, {"embeds": [embed]})
        await asyncio.sleep(self.pause)
        embed["fields"] = [{"name": "…", "value": text} for text in more]
        self._messages.edit(message, {"embeds": [embed]})
        return [message]

    async def stop(self) -> None:
        """Say no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hear(self, event: Event) -> None:
        if event.name == "MESSAGE_CREATE" and self._is_asked(event.data):
            self._begin(next(self._ways)(event.data))

    def _is_asked(self, data: Json) -> bool:
        if data["author"].get("bot") or data["type"] not in WRITTEN:
            return False
        spoken_to = {one["id"] for one in data["mentions"]}
        spoken_to.add((data.get("referenced_message") or {}).get("author", {}).get("id"))
        return str(self.user.id) in spoken_to

    def _begin(self, answering: Coroutine[Any, Any, list[Message]]) -> None:
        task = asyncio.create_task(answering, name="the sandbox's AI bot")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _post(self, question: Json, body: Json, *, reply: bool = True) -> Message:
        channel = self._world.channels[int(question["channel_id"])]
        asked = channel.history.get(int(question["id"])) if reply else None
        return self._messages.post(self.user, channel, body, reply_to=asked)

    def _language(self, question: Json) -> str:
        guild = self._world.guild_of(self._world.channels[int(question["channel_id"])])
        return "fr" if guild is None or guild.preferred_locale.startswith("fr") else "en"

    def _texts(self, question: Json) -> Sequence[str]:
        return ANSWERS[self._language(question)]
