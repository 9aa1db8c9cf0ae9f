"""Messages come, change and go, and everyone who should know is told."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from sandbox.state import content, payloads, permissions, snowflakes
from sandbox.state.events import Event, PageEvent
from sandbox.state.files import FileStore, Upload
from sandbox.state.models import Channel, Json, Message, User
from sandbox.state.snowflakes import timestamp
from sandbox.state.views import gateway_message, page_message
from sandbox.state.world import World

REPLY = 19


class MessageStore:
    """The one place that writes messages."""

    def __init__(self, world: World, files: FileStore) -> None:
        self.world = world
        self.files = files

    def post_message(
        self,
        author: User,
        channel: Channel,
        text: str,
        *,
        uploads: Sequence[Upload] = (),
        reply_to: Message | None = None,
        webhook: bool = False,
        kind: int = 0,
        message_id: int | None = None,
    ) -> Message:
        """A person (or a webhook under that person's name) writes in a channel."""
        extra: Json = {"type": kind}
        if webhook:
            hook = {
                **payloads.user(author),
                "id": str(self.world.ids.next()),
                "bot": True,
                "discriminator": "0000",
            }
            extra |= {"author": hook, "webhook_id": hook["id"]}
        body: Json = {"content": text}
        return self.post(author, channel, body, uploads, extra=extra, reply_to=reply_to, message_id=message_id)

    def post(
        self,
        author: User,
        channel: Channel,
        body: Json,
        uploads: Sequence[Upload] = (),
        *,
        extra: Json | None = None,
        reply_to: Message | None = None,
        message_id: int | None = None,
        draft: Message | None = None,
    ) -> Message:
        """Write a message and tell of it. `draft` carries what only its reader knows (ephemeral, interaction)."""
        message = draft or Message({})
        message.data.update(self._blank(author, channel, message_id or self.world.ids.next()))
        message.data.update(extra or {})
        self._fill(message, channel, author, body, uploads)
        if reply_to is not None:
            _refer(message.data, reply_to, channel)
            content.add_replied(message.data, reply_to, body.get("allowed_mentions"))
        if body.get("nonce") is not None:
            message.data["nonce"] = body["nonce"]
        channel.history.add(message)
        channel.last_message_id = message.id
        self._tell("MESSAGE_CREATE", "message_create", message, channel)
        if channel.is_thread and channel.archived:
            self.world.set_archived(channel, archived=False)
            self.world.tell_channel("THREAD_UPDATE", channel)
        return message

    def edit(self, message: Message, body: Json, uploads: Sequence[Upload] = (), *, first: bool = False) -> None:
        """Change a message. `first`: a deferred answer is given, which is no edit."""
        channel = self.world.channels[message.channel_id]
        author = self.world.users.get(message.author_id, self.world.bot)
        if first:
            message.pending = False
            message.data["flags"] &= ~content.LOADING
        elif "content" in body or "embeds" in body or "components" in body or uploads:
            message.data["edited_timestamp"] = snowflakes.iso(self.world.clock.now())
        self._fill(message, channel, author, body, uploads)
        self._tell("MESSAGE_UPDATE", "message_update", message, channel)

    def delete(self, message: Message) -> None:
        """A message goes."""
        channel = self.world.channels[message.channel_id]
        if channel.history.remove(message.id) is None:
            return
        gone: Json = {"id": str(message.id), "channel_id": str(channel.id)}
        self.world.bus.page(PageEvent("message_delete", lambda _: gone, channel, message.ephemeral_for))
        if message.ephemeral_for is None:
            self.world.bus.gateway(Event("MESSAGE_DELETE", gone | _guild(channel), channel.guild_id, channel))

    def delete_many(self, channel: Channel, messages: Sequence[Message]) -> None:
        """Several messages go at once (MESSAGE_DELETE_BULK)."""
        for message in messages:
            channel.history.remove(message.id)
            gone = {"id": str(message.id), "channel_id": str(channel.id)}
            self.world.bus.page(PageEvent("message_delete", lambda _, gone=gone: gone, channel))
        data: Json = {"ids": [str(message.id) for message in messages], "channel_id": str(channel.id)}
        self.world.bus.gateway(Event("MESSAGE_DELETE_BULK", data | _guild(channel), channel.guild_id, channel))

    def _blank(self, author: User, channel: Channel, message_id: int) -> Json:
        return {
            "id": str(message_id),
            "channel_id": str(channel.id),
            "type": 0,
            "author": payloads.user(author),
            "content": "",
            "timestamp": timestamp(message_id),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "flags": 0,
        }

    def _fill(self, message: Message, channel: Channel, author: User, body: Json, uploads: Sequence[Upload]) -> None:
        data = message.data
        body = copy.deepcopy(body)
        if "content" in body:
            data["content"] = str(body["content"] or "").strip()
        if "flags" in body:
            changed = int(body["flags"] or 0) & content.SETTABLE_FLAGS
            data["flags"] = data["flags"] & ~content.SETTABLE_FLAGS | changed
        if "embeds" in body:
            data["embeds"] = content.embeds(body["embeds"])
        if "components" in body:
            data["components"] = content.with_text_ids(content.numbered(body["components"] or []))
        self._attach(data, channel, body, uploads)
        everyone = bool(self.world.permissions(author, channel) & permissions.MENTION_EVERYONE)
        data.update(content.mentions(self.world.directory, channel, data, body.get("allowed_mentions"), everyone))

    def _attach(self, data: Json, channel: Channel, body: Json, uploads: Sequence[Upload]) -> None:
        """Keep the attachments that stay, add the uploaded ones, and give embeds their addresses.

        Discord lists no attachment that an embed shows.
        """
        described = {str(item.get("id")): item for item in body.get("attachments") or []}
        if "attachments" in body:
            data["attachments"] = [one for one in data["attachments"] if one["id"] in described]
        for upload in uploads:
            about = described.get(upload.key, {})
            data["attachments"].append(self.files.put(channel.id, upload, about))
        by_name = {one["filename"]: one for one in data["attachments"]}
        shown = content.link_files(data["embeds"], by_name)
        content.link_files(data["components"], by_name)
        data["attachments"] = [one for one in data["attachments"] if one["filename"] not in shown]

    def _tell(self, gateway: str, page: str, message: Message, channel: Channel) -> None:
        bus = self.world.bus
        if message.ephemeral_for is None:
            bus.gateway(Event(gateway, gateway_message(self.world.directory, message), channel.guild_id, channel))
        render = lambda reader: page_message(self.world.directory, message, reader)  # noqa: E731 - read beside its use
        bus.page(PageEvent(page, render, channel, message.ephemeral_for))


def _refer(data: Json, replied: Message, channel: Channel) -> None:
    reference: Json = {"type": 0, "message_id": str(replied.id), "channel_id": str(replied.channel_id)}
    data["message_reference"] = reference | _guild(channel)
    data["type"] = data["type"] or REPLY
    nested = ("referenced_message", "message_reference")
    data["referenced_message"] = {key: value for key, value in replied.data.items() if key not in nested}


def _guild(channel: Channel) -> Json:
    return {} if channel.guild_id is None else {"guild_id": str(channel.guild_id)}
