"""What people write: messages of every kind."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from sandbox.interactions.clients import Clients, MessageRef
from sandbox.interactions.refusals import Refused
from sandbox.state import message_kinds, payloads
from sandbox.state.directory import ChannelRef, UserRef
from sandbox.state.events import Event, PageEvent
from sandbox.state.files import Upload
from sandbox.state.message_store import MessageStore
from sandbox.state.models import Channel, Json, User
from sandbox.state.snowflakes import created_at
from sandbox.state.world import World

POLL_QUESTION, POLL_ANSWERS, POLL_ANSWER, POLL_HOURS = 300, 10, 55, 32 * 24
"""Discord's limits: characters, answers, characters, hours."""

VOICE = Upload("files[0]", "voice-message.ogg", b"OggS" + bytes(60), "audio/ogg")


class Writing:
    """People's messages. Users and channels may be objects, ids or names; all give the message in Discord's JSON."""

    def __init__(self, world: World, messages: MessageStore, clients: Clients) -> None:
        self.world = world
        self.messages = messages
        self.clients = clients

    async def post_message(
        self,
        user: UserRef,
        channel: ChannelRef,
        text: str,
        attachments: Sequence[Upload] = (),
        *,
        reply_to: MessageRef | None = None,
        webhook: bool = False,
        type: int = 0,  # noqa: A002 - Discord's own name for it
    ) -> Json:
        """A person writes; MESSAGE_CREATE goes out. Returns the message in Discord's JSON."""
        replied = None if reply_to is None else self.clients.stored(reply_to)
        author, place = self.world.user(user), self.world.channel(channel)
        message = self.messages.post_message(
            author, place, text, uploads=attachments, reply_to=replied, webhook=webhook, kind=type
        )
        await asyncio.sleep(0)  # a flood of messages must not keep the loop from anyone else
        return message.data

    async def rewrite(self, message: MessageRef, text: str) -> Json:
        """A person edits their message."""
        stored = self.clients.stored(message)
        self.messages.edit(stored, {"content": text})
        return stored.data

    async def remove(self, message: MessageRef) -> None:
        """A message is deleted."""
        self.messages.delete(self.clients.stored(message))

    async def dm(self, user: UserRef) -> Channel:
        """The private channel between a user and the bot."""
        return self.world.dm(user)

    def typing(self, user: User, channel: Channel) -> None:
        """Someone types (TYPING_START)."""
        moment = int(created_at(self.world.ids.next()).timestamp())
        data: Json = {"channel_id": str(channel.id), "user_id": str(user.id), "timestamp": moment}
        guild = self.world.guild_of(channel)
        if guild is not None:
            data["guild_id"] = str(guild.id)
            if user.id in guild.members:
                data["member"] = payloads.member(guild.members[user.id])
        self.world.bus.gateway(Event("TYPING_START", data, channel.guild_id, channel))
        shown = {"channel_id": str(channel.id), "user_id": str(user.id)}
        self.world.bus.page(PageEvent("typing", lambda _: shown, channel))

    async def post(
        self,
        user: UserRef,
        channel: ChannelRef,
        body: Json,
        attachments: Sequence[Upload] = (),
        *,
        extra: Json | None = None,
    ) -> Json:
        """Somebody, such as another bot, posts a message as it would be sent to the API: embeds, Components V2.

        `extra` are fields the API alone sets.
        """
        author, place = self.world.user(user), self.world.channel(channel)
        message = self.messages.post(author, place, body, attachments, extra=extra)
        await asyncio.sleep(0)
        return message.data

    async def forward(self, user: UserRef, channel: ChannelRef, message: MessageRef) -> Json:
        """A person forwards a message: its text is in the snapshot, the new message has none."""
        stored = self.clients.stored(message)
        guild_id = self.world.channels[stored.channel_id].guild_id
        return await self.post(user, channel, {}, extra=message_kinds.forward(stored, guild_id))

    async def poll(
        self,
        user: UserRef,
        channel: ChannelRef,
        question: str,
        answers: Sequence[str],
        *,
        multiple: bool = False,
        hours: float = 24,
    ) -> Json:
        """A person asks with a poll. `Refused` beyond Discord's limits."""
        fits = len(answers) <= POLL_ANSWERS and all(0 < len(answer) <= POLL_ANSWER for answer in answers)
        if not (answers and fits and 0 < len(question) <= POLL_QUESTION and 0 < hours <= POLL_HOURS):
            raise Refused("out_of_range", "a poll has a question, one to ten short answers and an end")
        ends = self.world.clock.now() + timedelta(hours=hours)
        return await self.post(user, channel, {}, extra=message_kinds.poll(question, answers, multiple, ends))

    async def voice(self, user: UserRef, channel: ChannelRef, seconds: float = 3.0) -> Json:
        """A person sends a voice message."""
        extra, about = message_kinds.voice(seconds)
        return await self.post(user, channel, {"attachments": [about]}, [VOICE], extra=extra)

    async def sticker(self, user: UserRef, channel: ChannelRef, name: str = "Wave", text: str = "") -> Json:
        """A person sends a sticker, with or without a text."""
        extra = message_kinds.sticker(self.world.ids.next(), name)
        return await self.post(user, channel, {"content": text}, extra=extra)

    async def proxy(self, user: UserRef, channel: ChannelRef, text: str, name: str) -> tuple[Json, Json]:
        """A person writes under another name, as PluralKit does it: their message goes, and a webhook's comes.

        Returns both.
        """
        original = await self.post_message(user, channel, text)
        await self.remove(original)
        hook = self.world.ids.next()
        author = {**payloads.user(self.world.user(user)), "id": str(hook), "username": name, "global_name": None}
        author |= {"bot": True, "discriminator": "0000"}
        extra: Json = {"author": author, "webhook_id": str(hook), "application_id": str(hook)}
        return original, await self.post(user, channel, {"content": text}, extra=extra)
