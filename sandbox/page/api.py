"""What the page asks and does, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.interactions.commands import usable
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.interactions.people import MESSAGE_MENU, SLASH
from sandbox.interactions.refusals import Refused
from sandbox.page import faults_api, page_state
from sandbox.services import Services
from sandbox.state import reactions
from sandbox.state.models import Channel, Json, Message, User
from sandbox.state.views import page_message

CONTENT_LIMIT = 2000
Handler = Callable[[web.Request], Awaitable[Any]]


class PageApi:
    """Handlers under `/sandbox/api`. Refusals are 4xx with `{"error", "message"}`."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.world = services.world
        self.people = services.people

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Register the routes."""
        base = "/sandbox/api"
        add: Callable[[str, str, Handler], object] = lambda method, path, handler: router.add_route(  # noqa: E731
            method, base + path, _answered(handler)
        )
        add("GET", "/state", self.state)
        add("GET", "/messages", self.history)
        add("POST", "/messages", self.say)
        add("PATCH", "/messages/{channel}/{message}", self.edit)
        add("DELETE", "/messages/{channel}/{message}", self.delete)
        add("PUT", "/reactions", self.react)
        add("POST", "/command", self.command)
        add("POST", "/autocomplete", self.autocomplete)
        add("POST", "/component", self.component)
        add("POST", "/modal", self.modal)
        add("POST", "/dismiss", self.dismiss)
        add("POST", "/faults", self.faults)

    async def state(self, request: web.Request) -> Json:
        """Everything the page shows at its start."""
        user = self._user(request.query.get("user") or "camille")
        return page_state.state(self.services, user)

    async def history(self, request: web.Request) -> list[Json]:
        """A channel's messages, oldest first, the user's private ones among them."""
        user = self._user(request.query.get("user"))
        channel = self._channel(user, request.query.get("channel"))
        limit, before = request.query.get("limit", "50"), request.query.get("before")
        if not limit.isdecimal() or not (before is None or before.isdecimal()):
            raise Refused("bad_request", "limit and before are numbers")
        found = channel.history.before(
            int(before) if before else None,
            min(int(limit), 200),
            lambda message: message.ephemeral_for in (None, user.id),
        )
        return [page_message(self.world.directory, message, user.id) for message in reversed(found)]

    async def say(self, request: web.Request) -> Json:
        """A person writes."""
        body = await _body(request)
        user, channel = self._place(body)
        text = _text(body)
        reply_to = self._message(user, channel, body["reply_to"]) if body.get("reply_to") else None
        data = await self.people.say(user, channel, text, reply_to=reply_to)
        return page_message(self.world.directory, self.services.clients.stored(data), user.id)

    async def edit(self, request: web.Request) -> Json:
        """A person edits their own message."""
        body = await _body(request)
        message = self._own(request, body)
        self.services.messages.edit(message, {"content": _text(body)})
        return page_message(self.world.directory, message, message.author_id)

    async def delete(self, request: web.Request) -> Json:
        """A person deletes their own message."""
        message = self._own(request, await _body(request))
        self.services.messages.delete(message)
        return {}

    async def react(self, request: web.Request) -> Json:
        """A person reacts, or takes it back."""
        body = await _body(request)
        user, channel = self._place(body)
        message = self._message(user, channel, body.get("message"))
        change = reactions.react if body.get("on", True) else reactions.unreact
        change(self.world, user, message, str(body.get("emoji", "")))
        return {}

    async def command(self, request: web.Request) -> Json:
        """A slash command or a context menu."""
        return {"call": self._run(await _body(request)).id}

    async def autocomplete(self, request: web.Request) -> Json:
        """Suggestions for the option in focus."""
        interaction = self._run(await _body(request), completing=True)
        try:
            await interaction.answered(self.services.sessions.answer_within + 1)
        except TimeoutError:
            raise Refused("timeout", "the app gave no suggestions in time") from None
        return {"choices": interaction.choices or []}

    async def component(self, request: web.Request) -> Json:
        """A button or a select menu."""
        body = await _body(request)
        user, channel = self._place(body)
        message = self._message(user, channel, body.get("message"))
        custom_id, locale = str(body.get("custom_id")), body.get("locale")
        interaction = self.services.clients.use(user, message, body.get("values"), custom_id=custom_id, locale=locale)
        return {"call": interaction.id}

    async def modal(self, request: web.Request) -> Json:
        """A modal filled in."""
        body = await _body(request)
        user = self._user(body.get("user"))
        asked = self.services.sessions.by_id(str(body.get("call")))
        if asked is None or asked.modal is None or asked.user is not user:
            raise Refused("unknown_call", "no modal was asked there")
        interaction = self.services.clients.send_modal(user, asked, body.get("components") or [], body.get("locale"))
        return {"call": interaction.id}

    async def dismiss(self, request: web.Request) -> Json:
        """A person sends one of their private messages away."""
        body = await _body(request)
        user = self._user(body.get("user"))
        message = self._find(body.get("message"), user)
        self.services.messages.delete(message)
        return {}

    async def faults(self, request: web.Request) -> Json:
        """The developer drawer: misbehave."""
        return await faults_api.apply(self.services, await _body(request))

    # ---- common ---------------------------------------------------------------------------------

    def _run(self, body: Json, *, completing: bool = False) -> InteractionSession:
        user, channel = self._place(body)
        command = self.services.commands.by_id(str(body.get("command_id")))
        if command is None or not usable(self.world, command, user, channel):
            raise Refused("unknown_command", "that command can't be used here")
        target: Message | User | None = None
        if command["type"] == MESSAGE_MENU:
            target = self._message(user, channel, body.get("target_id"))
        elif command["type"] != SLASH:
            target = self._user(body.get("target_id"))
        tree, locale = body.get("options") or [], body.get("locale")
        return self.services.clients.run(
            user, channel, command, tree, target=target, locale=locale, completing=completing
        )

    def _place(self, body: Json) -> tuple[User, Channel]:
        user = self._user(body.get("user"))
        return user, self._channel(user, body.get("channel"))

    def _user(self, ref: Any) -> User:
        try:
            return self.world.user(str(ref))
        except KeyError:
            raise Refused("unknown_user", "no such user") from None

    def _channel(self, user: User, ref: Any) -> Channel:
        try:
            channel = self.world.channel(str(ref))
        except KeyError:
            raise Refused("unknown_channel", "no such channel") from None
        if not self.world.can_see(user, channel):
            raise Refused("not_visible", "that channel is not visible")
        return channel

    def _message(self, user: User, channel: Channel, ref: Any) -> Message:
        message = channel.history.get(int(ref)) if str(ref).isdecimal() else None
        if message is None or message.ephemeral_for not in (None, user.id):
            raise Refused("unknown_message", "no such message")
        return message

    def _own(self, request: web.Request, body: Json) -> Message:
        user = self._user(body.get("user"))
        channel = self._channel(user, request.match_info["channel"])
        message = self._message(user, channel, request.match_info["message"])
        if message.author_id != user.id:
            raise Refused("not_yours", "that message is somebody else's")
        return message

    def _find(self, ref: Any, user: User) -> Message:
        for channel in self.world.channels.values():
            message = channel.history.get(int(ref)) if str(ref).isdecimal() else None
            if message is not None and message.ephemeral_for == user.id:
                return message
        raise Refused("unknown_message", "no such message")


def _answered(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await handler(request))
        except Refused as refused:
            status = 404 if refused.code.startswith("unknown") else 400
            return web.json_response({"error": refused.code, "message": refused.message}, status=status)

    return answer


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except json.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise Refused("bad_request", "a JSON object is needed")
    return body


def _text(body: Json) -> str:
    text = str(body.get("content") or "").strip()
    if not text:
        raise Refused("empty_message", "a message needs a text")
    if len(text) > CONTENT_LIMIT:
        raise Refused("too_long", f"a message has at most {CONTENT_LIMIT} characters")
    return text
