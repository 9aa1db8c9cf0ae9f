"""One stored message, seen by the bot's gateway, by the REST API, or by a reader of the page."""

from __future__ import annotations

from sandbox.state import payloads
from sandbox.state.directory import Directory
from sandbox.state.models import Json, Message


def emoji(key: str) -> Json:
    """The emoji object of a key as the API's paths write it: `🌱` or `name:id`."""
    name, _, emoji_id = key.partition(":")
    return {"id": emoji_id or None, "name": name}


def reactions(message: Message, reader: int) -> list[Json]:
    """A message's reactions as one user sees them."""
    return [
        {
            "emoji": emoji(key),
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "me": reader in users,
            "me_burst": False,
            "burst_me": False,
            "burst_count": 0,
            "burst_colors": [],
        }
        for key, users in message.reactions.items()
    ]


def gateway_message(world: Directory, message: Message) -> Json:
    """A message as MESSAGE_CREATE and MESSAGE_UPDATE carry it: with `guild_id` and members."""
    data = dict(message.data)
    guild = world.guild_of(world.channels[message.channel_id])
    if guild is None:
        return {**data, "channel_type": world.channels[message.channel_id].type}
    data["guild_id"] = str(guild.id)
    author = guild.members.get(message.author_id)
    if author is not None:
        data["member"] = payloads.partial_member(author)
    if data["mentions"]:
        data["mentions"] = [_with_member(world, guild.id, one) for one in data["mentions"]]
    return data


def rest_message(message: Message, reader: int) -> Json:
    """A message as the REST API answers it."""
    if not message.reactions:
        return message.data
    return {**message.data, "reactions": reactions(message, reader)}


def page_message(world: Directory, message: Message, reader: int) -> Json:
    """A message as the page gets it: the gateway's, and what the reader's own client knows."""
    own: Json = {
        "ephemeral_for": str(message.ephemeral_for) if message.ephemeral_for else None,
        "interaction_call": message.interaction_id,
        "pending": message.pending,
    }
    if message.reactions:
        own["reactions"] = reactions(message, reader)
    return gateway_message(world, message) | own


def without_content(data: Json) -> Json:
    """A message event for a session without the Message Content intent."""
    hidden = {**data, "content": "", "embeds": [], "attachments": [], "components": []}
    hidden.pop("poll", None)
    if hidden.get("message_snapshots"):
        shown = [one["message"] for one in hidden["message_snapshots"]]
        hidden["message_snapshots"] = [{"message": without_content(one)} for one in shown]
    if hidden.get("referenced_message"):
        hidden["referenced_message"] = without_content(hidden["referenced_message"])
    return hidden


def _with_member(world: Directory, guild_id: int, mention: Json) -> Json:
    member = world.guilds[guild_id].members.get(int(mention["id"]))
    return {**mention, "member": payloads.partial_member(member)} if member else mention


def concerns(data: Json, bot_id: int) -> bool:
    """Whether a message is the bot's own or mentions it: its content then needs no intent."""
    bot = str(bot_id)
    return data["author"]["id"] == bot or any(one["id"] == bot for one in data["mentions"])
