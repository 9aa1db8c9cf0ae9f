"""What people do with an app: use commands, press buttons, fill in modals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.interactions import modals
from sandbox.interactions.clients import Clients, MessageRef
from sandbox.interactions.interaction_sessions import PATIENCE, InteractionSession
from sandbox.interactions.options import arrange, leaves
from sandbox.interactions.refusals import Refused
from sandbox.state.directory import ChannelRef, UserRef
from sandbox.state.models import Json, User
from sandbox.state.world import World

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3


class People:
    """The people's side of the sandbox. Users and channels may be objects, ids or names."""

    def __init__(self, world: World, clients: Clients) -> None:
        self.world = world
        self.clients = clients

    async def command(
        self,
        user: UserRef,
        channel: ChannelRef,
        name: str,
        values: Mapping[str, Any] | None = None,
        *,
        locale: str | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        wait: bool = True,
        force: bool = False,
    ) -> InteractionSession:
        """A slash command by its base name (`settings model` for a subcommand).

        Returns at the first visible answer or modal, or at once without `wait`. `force` sends what a
        client would refuse. Errors: `Refused`, TimeoutError.
        """
        one, place = self.world.user(user), self.world.channel(channel)
        first, *path = name.split()
        command = self.clients.find(one, place, first, SLASH, force=force)
        tree = arrange(self.world, command.get("options") or [], path, values or {})
        interaction = self.clients.run(one, place, command, tree, locale=locale, force=force)
        return await interaction.answered(timeout) if wait else interaction

    async def context_menu(
        self,
        user: UserRef,
        channel: ChannelRef,
        name: str,
        target: MessageRef | User,
        *,
        locale: str | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        wait: bool = True,
        force: bool = False,
    ) -> InteractionSession:
        """Right click on a message or a user → Apps → `name`."""
        one, place = self.world.user(user), self.world.channel(channel)
        aim = target if isinstance(target, User) else self.clients.stored(target)
        kind = USER_MENU if isinstance(aim, User) else MESSAGE_MENU
        command = self.clients.find(one, place, name, kind, force=force)
        interaction = self.clients.run(one, place, command, [], target=aim, locale=locale, force=force)
        return await interaction.answered(timeout) if wait else interaction

    async def autocomplete(
        self,
        user: UserRef,
        channel: ChannelRef,
        name: str,
        *,
        focused: str,
        value: str = "",
        options: Mapping[str, Any] | None = None,
        locale: str | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> list[Json]:
        """The suggestions for an option while `value` is typed into it."""
        one, place = self.world.user(user), self.world.channel(channel)
        first, *path = name.split()
        command = self.clients.find(one, place, first, SLASH)
        values = {**(options or {}), focused: value}
        tree = arrange(self.world, command.get("options") or [], path, values)
        for item in leaves(tree):
            if item["name"] == focused:
                item["focused"] = True
        interaction = self.clients.run(one, place, command, tree, locale=locale, completing=True)
        return (await interaction.answered(timeout)).choices or []

    async def press(
        self,
        user: UserRef,
        message: MessageRef,
        *,
        label: str | None = None,
        custom_id: str | None = None,
        locale: str | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        wait: bool = True,
        force: bool = False,
    ) -> InteractionSession:
        """A press on a button, found by its label or its custom id."""
        stored = self.clients.stored(message)
        interaction = self.clients.use(
            self.world.user(user), stored, None, label=label, custom_id=custom_id, locale=locale, force=force
        )
        return await interaction.answered(timeout) if wait else interaction

    async def choose(
        self,
        user: UserRef,
        message: MessageRef,
        custom_id: str,
        values: Sequence[str],
        *,
        locale: str | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        wait: bool = True,
        force: bool = False,
    ) -> InteractionSession:
        """A choice in a select menu."""
        stored = self.clients.stored(message)
        interaction = self.clients.use(
            self.world.user(user), stored, list(values), custom_id=custom_id, locale=locale, force=force
        )
        return await interaction.answered(timeout) if wait else interaction

    async def submit(
        self,
        user: UserRef,
        asked: InteractionSession,
        values: Mapping[str, Any],
        *,
        locale: str | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        wait: bool = True,
        force: bool = False,
    ) -> InteractionSession:
        """Fill in and send the modal that answered `asked`."""
        if asked.modal is None:
            raise Refused("no_modal", "that interaction was not answered with a modal")
        interaction = self.clients.send_modal(
            self.world.user(user), asked, modals.fill(asked.modal, values), locale, force=force
        )
        return await interaction.answered(timeout) if wait else interaction
