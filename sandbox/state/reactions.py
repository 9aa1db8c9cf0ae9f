"""Reactions come and go."""

from __future__ import annotations

from sandbox.errors import DiscordError
from sandbox.state import payloads
from sandbox.state.events import Event, PageEvent
from sandbox.state.models import Channel, Json, Message, User
from sandbox.state.views import emoji, reactions
from sandbox.state.world import World

MAX_REACTIONS = 20


def react(world: World, user: User, message: Message, key: str) -> None:
    """A user reacts; twice is once. Errors: 10014 for no emoji, 30010 for a 21st one."""
    if ":" not in key and key.isascii():
        raise DiscordError(10014)
    if key not in message.reactions and len(message.reactions) >= MAX_REACTIONS:
        raise DiscordError(30010)
    users = message.reactions.setdefault(key, [])
    if user.id not in users:
        users.append(user.id)
        _tell(world, "MESSAGE_REACTION_ADD", user, message, key)


def unreact(world: World, user: User, message: Message, key: str) -> None:
    """A user takes a reaction back."""
    users = message.reactions.get(key, [])
    if user.id not in users:
        return
    users.remove(user.id)
    if not users:
        del message.reactions[key]
    _tell(world, "MESSAGE_REACTION_REMOVE", user, message, key)


def clear(world: World, message: Message, key: str | None = None) -> None:
    """All reactions go, or all with one emoji."""
    channel = world.channels[message.channel_id]
    data = _where(message, channel)
    if key is None:
        message.reactions.clear()
        name = "MESSAGE_REACTION_REMOVE_ALL"
    else:
        message.reactions.pop(key, None)
        name, data = "MESSAGE_REACTION_REMOVE_EMOJI", data | {"emoji": emoji(key)}
    world.bus.gateway(Event(name, data, channel.guild_id, channel))
    _tell_page(world, message, channel)


def _tell(world: World, event: str, user: User, message: Message, key: str) -> None:
    channel = world.channels[message.channel_id]
    guild = world.guild_of(channel)
    data = _where(message, channel) | {
        "user_id": str(user.id),
        "emoji": emoji(key),
        "burst": False,
        "type": 0,
    }
    if event == "MESSAGE_REACTION_ADD":
        data["message_author_id"] = str(message.author_id)
        if guild and user.id in guild.members:
            data["member"] = payloads.member(guild.members[user.id])
    world.bus.gateway(Event(event, data, channel.guild_id, channel))
    _tell_page(world, message, channel)


def _tell_page(world: World, message: Message, channel: Channel) -> None:
    def render(reader: int) -> Json:
        return {
            "channel_id": str(channel.id),
            "message_id": str(message.id),
            "reactions": reactions(message, reader),
        }

    world.bus.page(PageEvent("reaction", render, channel))


def _where(message: Message, channel: Channel) -> Json:
    where: Json = {"channel_id": str(channel.id), "message_id": str(message.id)}
    return where if channel.guild_id is None else {**where, "guild_id": str(channel.guild_id)}
