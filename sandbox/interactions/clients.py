"""What people's clients send, and what they refuse before anything reaches the app."""

from __future__ import annotations

from sandbox.interactions import modals
from sandbox.interactions.commands import Commands, usable
from sandbox.interactions.dispatch import BUTTON, TEXT_SELECT, InteractionDispatch
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.interactions.options import check
from sandbox.interactions.refusals import Refused
from sandbox.state import content
from sandbox.state.models import Channel, Json, Message, User
from sandbox.state.world import World

MessageRef = Message | Json


class Clients:
    """Commands, components and modals as clients send them. `force` sends what a client would refuse."""

    def __init__(self, world: World, commands: Commands, dispatch: InteractionDispatch) -> None:
        self.world = world
        self.commands = commands
        self.dispatch = dispatch

    def run(
        self,
        user: User,
        channel: Channel,
        command: Json,
        tree: list[Json],
        *,
        target: Message | User | None = None,
        locale: str | None = None,
        completing: bool = False,
        force: bool = False,
    ) -> InteractionSession:
        """Send a command, a context menu or a request for suggestions, unless the client refuses."""
        if not force:
            if not usable(self.world, command, user, channel):
                raise Refused("not_available", f"{command['name']!r} can't be used here")
            check(command.get("options") or [], tree, complete=not completing)
        return self.dispatch.command(user, channel, command, tree, target=target, locale=locale, completing=completing)

    def use(
        self,
        user: User,
        message: Message,
        values: list[str] | None,
        *,
        label: str | None = None,
        custom_id: str | None = None,
        locale: str | None = None,
        force: bool = False,
    ) -> InteractionSession:
        """Use a component of a message, unless the client refuses."""
        component = _component(message, label, custom_id)
        if component is None and force and custom_id:
            component = {"type": BUTTON if values is None else TEXT_SELECT, "custom_id": custom_id}
        if component is None:
            raise Refused("unknown_component", f"the message has no component {label or custom_id!r}")
        if not force:
            self._check_component(user, message, component, values)
        return self.dispatch.component(user, message, component, values, locale)

    def send_modal(
        self,
        user: User,
        asked: InteractionSession,
        answer: list[Json],
        locale: str | None = None,
        *,
        force: bool = False,
    ) -> InteractionSession:
        """Send a filled-in modal, unless the client refuses."""
        if not force:
            modals.check(asked.modal or {}, answer)
        return self.dispatch.modal(user, asked, answer, locale)

    def stored(self, message: MessageRef) -> Message:
        """The stored message behind an object or its JSON. KeyError when it is gone."""
        if isinstance(message, Message):
            return message
        found = self.world.message(message["channel_id"], message["id"])
        if found is None:
            raise KeyError(message["id"])
        return found

    def find(self, user: User, channel: Channel, name: str, kind: int, *, force: bool = False) -> Json:
        """The command a user finds under a base name; `Refused` when there is none."""
        here = self.commands.all() if force else self.commands.available(user, channel)
        for command in here:
            if command["type"] == kind and command["name"] == name:
                return command
        raise Refused("unknown_command", f"{user.username} finds no command {name!r} here")

    def _check_component(self, user: User, message: Message, component: Json, values: list[str] | None) -> None:
        if message.ephemeral_for not in (None, user.id):
            raise Refused("not_visible", "that message is for somebody else")
        if component.get("disabled"):
            raise Refused("disabled", "that component is disabled")
        if not self.world.can_see(user, message.channel_id):
            raise Refused("not_visible", "that channel is not visible")
        if values is None:
            return
        low, high = component.get("min_values", 1), component.get("max_values", 1)
        known = {option["value"] for option in component.get("options") or []}
        if not low <= len(values) <= high or (known and not set(values) <= known):
            raise Refused("not_a_choice", "that can't be chosen")


def _component(message: Message, label: str | None, custom_id: str | None) -> Json | None:
    """The component of a message with that custom id, or the button with that label."""
    for component in content.each_component(message.data["components"]):
        if "custom_id" not in component:
            continue
        if component["custom_id"] == custom_id or (label is not None and component.get("label") == label):
            return component
    return None
