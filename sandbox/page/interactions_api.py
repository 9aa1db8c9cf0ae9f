"""What people do with the app on the page: commands, suggestions, components, modals."""

from __future__ import annotations

from aiohttp import web

from sandbox.interactions.commands import usable
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.interactions.people import MESSAGE_MENU, SLASH
from sandbox.interactions.refusals import Refused
from sandbox.page.lookup import Lookup, read_body
from sandbox.services import Services
from sandbox.state.models import Json, Message, User


class InteractionsApi:
    """Handlers; each gives JSON."""

    def __init__(self, services: Services, look: Lookup) -> None:
        self.services = services
        self.world = services.world
        self.look = look

    async def command(self, request: web.Request) -> Json:
        """A slash command or a context menu."""
        return {"call": self._run(await read_body(request)).id}

    async def autocomplete(self, request: web.Request) -> Json:
        """Suggestions for the option in focus."""
        interaction = self._run(await read_body(request), completing=True)
        try:
            await interaction.answered(self.services.sessions.answer_within + 1)
        except TimeoutError:
            raise Refused("timeout", "the app gave no suggestions in time") from None
        return {"choices": interaction.choices or []}

    async def component(self, request: web.Request) -> Json:
        """A button or a select menu."""
        body = await read_body(request)
        user, channel = self.look.place(body)
        message = self.look.message(user, channel, body.get("message"))
        custom_id, locale = str(body.get("custom_id")), body.get("locale")
        interaction = self.services.clients.use(user, message, body.get("values"), custom_id=custom_id, locale=locale)
        return {"call": interaction.id}

    async def modal(self, request: web.Request) -> Json:
        """A modal filled in."""
        body = await read_body(request)
        user = self.look.user(body.get("user"))
        asked = self.services.sessions.by_id(str(body.get("call")))
        if asked is None or asked.modal is None or asked.user is not user:
            raise Refused("unknown_call", "no modal was asked there")
        interaction = self.services.clients.send_modal(user, asked, body.get("components") or [], body.get("locale"))
        return {"call": interaction.id}

    def _run(self, body: Json, *, completing: bool = False) -> InteractionSession:
        user, channel = self.look.place(body)
        command = self.services.commands.by_id(str(body.get("command_id")))
        if command is None or not usable(self.world, command, user, channel):
            raise Refused("unknown_command", "that command can't be used here")
        target: Message | User | None = None
        if command["type"] == MESSAGE_MENU:
            target = self.look.message(user, channel, body.get("target_id"))
        elif command["type"] != SLASH:
            target = self.look.user(body.get("target_id"))
        tree, locale = body.get("options") or [], body.get("locale")
        return self.services.clients.run(
            user, channel, command, tree, target=target, locale=locale, completing=completing
        )
