"""What people do with messages on the page: read, write, edit, react, dismiss."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.interactions.refusals import Refused
from sandbox.page.lookup import Lookup, read_body
from sandbox.services import Services
from sandbox.state import reactions, snowflakes
from sandbox.state.models import Json, Message, User
from sandbox.state.views import page_message

CONTENT_LIMIT = 2000


class MessagesApi:
    """Handlers; each gives JSON."""

    def __init__(self, services: Services, look: Lookup) -> None:
        self.services = services
        self.world = services.world
        self.look = look

    async def history(self, request: web.Request) -> list[Json]:
        """A channel's messages, oldest first, the user's private ones among them."""
        user = self.look.user(request.query.get("user"))
        channel = self.look.channel(user, request.query.get("channel"))
        limit, before = snowflakes.parse(request.query.get("limit", "50")), request.query.get("before")
        end = None if before is None else snowflakes.parse(before)
        if limit is None or (before is not None and end is None):
            raise Refused("bad_request", "limit and before are numbers")
        found = channel.history.before(
            end,
            min(limit, 200),
            lambda message: message.ephemeral_for in (None, user.id),
        )
        return [page_message(self.world.directory, message, user.id) for message in reversed(found)]

    async def post_message(self, request: web.Request) -> Json:
        """A person writes."""
        body = await read_body(request)
        user, channel = self.look.place(body)
        text = _text(body)
        reply_to = self.look.message(user, channel, body["reply_to"]) if body.get("reply_to") else None
        data = await self.services.writing.post_message(user, channel, text, reply_to=reply_to)
        return page_message(self.world.directory, self.services.clients.stored(data), user.id)

    async def forward(self, request: web.Request) -> Json:
        """A person forwards a message of one channel to another."""
        body = await read_body(request)
        user, channel = self.look.place(body)
        message = self.look.message(user, self.look.channel(user, body.get("from")), body.get("message"))
        data = await self.services.writing.forward(user, channel, message)
        return page_message(self.world.directory, self.services.clients.stored(data), user.id)

    async def poll(self, request: web.Request) -> Json:
        """A person asks with a poll."""
        body = await read_body(request)
        user, channel = self.look.place(body)
        answers = [str(one) for one in body.get("answers") or []]
        data = await self.services.writing.poll(user, channel, str(body.get("question", "")), answers)
        return page_message(self.world.directory, self.services.clients.stored(data), user.id)

    async def edit(self, request: web.Request) -> Json:
        """A person edits their own message."""
        body = await read_body(request)
        message = self._own(request, body)
        self.services.messages.edit(message, {"content": _text(body)})
        return page_message(self.world.directory, message, message.author_id)

    async def delete(self, request: web.Request) -> Json:
        """A person deletes their own message."""
        message = self._own(request, await read_body(request))
        self.services.messages.delete(message)
        return {}

    async def react(self, request: web.Request) -> Json:
        """A person reacts, or takes it back."""
        body = await read_body(request)
        user, channel = self.look.place(body)
        message = self.look.message(user, channel, body.get("message"))
        change = reactions.react if body.get("on", True) else reactions.unreact
        change(self.world, user, message, str(body.get("emoji", "")))
        return {}

    async def dismiss(self, request: web.Request) -> Json:
        """A person sends one of their private messages away."""
        body = await read_body(request)
        user = self.look.user(body.get("user"))
        message = self._find(body.get("message"), user)
        self.services.messages.delete(message)
        return {}

    def _own(self, request: web.Request, body: Json) -> Message:
        user = self.look.user(body.get("user"))
        channel = self.look.channel(user, request.match_info["channel"])
        message = self.look.message(user, channel, request.match_info["message"])
        if message.author_id != user.id:
            raise Refused("not_yours", "that message is somebody else's")
        return message

    def _find(self, ref: Any, user: User) -> Message:
        key = snowflakes.parse(ref)
        for channel in self.world.channels.values() if key is not None else ():
            message = channel.history.get(key or 0)
            if message is not None and message.ephemeral_for == user.id:
                return message
        raise Refused("unknown_message", "no such message")


def _text(body: Json) -> str:
    text = str(body.get("content") or "").strip()
    if not text:
        raise Refused("empty_message", "a message needs a text")
    if len(text) > CONTENT_LIMIT:
        raise Refused("too_long", f"a message has at most {CONTENT_LIMIT} characters")
    return text
