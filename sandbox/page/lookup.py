"""What a request of the page names: users, channels, messages, through the asking user's eyes."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from sandbox.interactions.refusals import Refused
from sandbox.state import snowflakes
from sandbox.state.models import Channel, Json, Message, User
from sandbox.state.world import World


class Lookup:
    """Finds what is named; `Refused` for what doesn't exist or can't be seen."""

    def __init__(self, world: World) -> None:
        self.world = world

    def place(self, body: Json) -> tuple[User, Channel]:
        """Who asks, and in which channel."""
        user = self.user(body.get("user"))
        return user, self.channel(user, body.get("channel"))

    def user(self, ref: Any) -> User:
        """A user by id or name."""
        try:
            return self.world.user(str(ref))
        except KeyError:
            raise Refused("unknown_user", "no such user") from None

    def channel(self, user: User, ref: Any) -> Channel:
        """A channel that the user sees."""
        try:
            channel = self.world.channel(str(ref))
        except KeyError:
            raise Refused("unknown_channel", "no such channel") from None
        if not self.world.can_see(user, channel):
            raise Refused("not_visible", "that channel is not visible")
        return channel

    def message(self, user: User, channel: Channel, ref: Any) -> Message:
        """A message of the channel that the user sees."""
        key = snowflakes.parse(ref)
        message = None if key is None else channel.history.get(key)
        if message is None or message.ephemeral_for not in (None, user.id):
            raise Refused("unknown_message", "no such message")
        return message


async def read_body(request: web.Request) -> Json:
    """A request's JSON object; `Refused` for anything else."""
    try:
        body = await request.json()
    except json.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise Refused("bad_request", "a JSON object is needed")
    return body
