"""Interactions as the gateway delivers them (INTERACTION_CREATE)."""

from __future__ import annotations

from typing import Any

from sandbox.interactions import interaction_sessions, modals, options
from sandbox.interactions.commands import IN_PRIVATE, context_of, owners
from sandbox.interactions.interaction_sessions import InteractionSession, InteractionSessions
from sandbox.state import payloads, permissions
from sandbox.state.events import Event
from sandbox.state.files import FILE_LIMIT
from sandbox.state.models import Channel, Json, Message, User
from sandbox.state.views import rest_message
from sandbox.state.world import World

BUTTON = 2
TEXT_SELECT, USER_SELECT, ROLE_SELECT, MENTION_SELECT, CHANNEL_SELECT = 3, 5, 6, 7, 8


class InteractionDispatch:
    """Makes interactions of what people do and sends them to the app."""

    def __init__(self, world: World, sessions: InteractionSessions) -> None:
        self.world = world
        self.sessions = sessions

    def command(
        self,
        user: User,
        channel: Channel,
        command: Json,
        tree: list[Json],
        *,
        target: Message | User | None = None,
        locale: str | None = None,
        completing: bool = False,
    ) -> InteractionSession:
        """A slash command, a context menu on `target`, or (`completing`) a request for suggestions."""
        kind = interaction_sessions.AUTOCOMPLETE if completing else interaction_sessions.COMMAND
        interaction = InteractionSession(self.world.ids.next(), kind, user, channel, _full_name(command, tree))
        interaction.target = target
        interaction.owners = owners(self.world, command, user, channel)
        data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
        found = options.resolved(self.world, tree, channel)
        if tree:
            data["options"] = tree
        if target is not None:
            data["target_id"] = str(target.id)
            self._resolve_target(found, target, channel)
        if found:
            data["resolved"] = found
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return self._deliver(interaction, data, locale)

    def component(
        self,
        user: User,
        message: Message,
        component: Json,
        values: list[str] | None,
        locale: str | None = None,
    ) -> InteractionSession:
        """A press on a button, or a choice in a select menu."""
        channel = self.world.channels[message.channel_id]
        interaction = InteractionSession(
            self.world.ids.next(), interaction_sessions.COMPONENT, user, channel, component["custom_id"]
        )
        interaction.source = message
        interaction.owners = self._owners_of(message, user, channel)
        kind = component["type"]
        data: Json = {
            "custom_id": component["custom_id"],
            "component_type": kind,
            "id": component.get("id", 0),
        }
        if kind != BUTTON:
            data["values"] = values or []
            if kind != TEXT_SELECT:
                data["resolved"] = {}
                self._resolve_values(data["resolved"], kind, values or [], channel)
        return self._deliver(interaction, data, locale)

    def modal(
        self, user: User, asked: InteractionSession, components: list[Json], locale: str | None = None
    ) -> InteractionSession:
        """A modal filled in; `asked` is the interaction it was the answer to."""
        modal = asked.modal or {}
        interaction = InteractionSession(
            self.world.ids.next(), interaction_sessions.MODAL_SUBMIT, user, asked.channel, str(modal.get("custom_id"))
        )
        interaction.source = asked.source
        interaction.owners = asked.owners
        data: Json = {"custom_id": modal.get("custom_id"), "components": components}
        found: Json = {}
        for field in modals.fields(components):
            self._resolve_values(found, field["type"], field.get("values") or [], asked.channel)
        if found:
            data["resolved"] = found
        return self._deliver(interaction, data, locale)

    def _owners_of(self, message: Message, user: User, channel: Channel) -> Json:
        """A component works under the installation that made its message."""
        made_by = message.data.get("interaction_metadata", {}).get("authorizing_integration_owners")
        return made_by or owners(self.world, None, user, channel)

    def _deliver(self, interaction: InteractionSession, data: Json, locale: str | None) -> InteractionSession:
        guild = self.world.guild_of(interaction.channel)
        interaction.app_is_member = (
            self.world.has_bot(guild) if guild else self.world.bot in interaction.channel.recipients
        )
        granted = self.world.permissions(interaction.user, interaction.channel)
        interaction.force_ephemeral = (
            guild is not None and not interaction.installed_here and not granted & permissions.USE_EXTERNAL_APPS
        )
        self.sessions.add(interaction)
        payload = {**self._common(interaction, locale or interaction.user.locale), "data": data}
        self.world.bus.gateway(Event("INTERACTION_CREATE", payload, interaction.channel.guild_id, interaction.channel))
        return interaction

    def _common(self, interaction: InteractionSession, locale: str) -> Json:
        channel, user, world = interaction.channel, interaction.user, self.world
        granted = str(world.permissions(user, channel))
        common: Json = {
            "id": interaction.id,
            "application_id": str(world.application_id),
            "type": interaction.type,
            "token": interaction.token,
            "version": 1,
            "channel_id": str(channel.id),
            "channel": {**payloads.dm_for(channel, world.bot), "permissions": granted},
            "locale": locale,
            "app_permissions": str(self._app_permissions(interaction)),
            "authorizing_integration_owners": interaction.owners,
            "context": context_of(world, channel),
            "entitlements": [],
            "attachment_size_limit": FILE_LIMIT,
        }
        if interaction.source is not None:
            common["message"] = rest_message(interaction.source, world.bot.id)
        guild = world.guild_of(channel)
        if guild is None:
            return common | {"user": payloads.user(user)}
        member: Json = {**payloads.member(guild.members[user.id]), "permissions": granted}
        about = {"id": str(guild.id), "locale": guild.preferred_locale, "features": guild.features}
        place = {"guild_id": str(guild.id), "guild": about, "guild_locale": guild.preferred_locale}
        return common | place | {"member": member}

    def _app_permissions(self, interaction: InteractionSession) -> int:
        if interaction.app_is_member and interaction.channel.guild_id is not None:
            return self.world.permissions(self.world.bot, interaction.channel)
        here = permissions.NOT_INSTALLED
        private = context_of(self.world, interaction.channel) == IN_PRIVATE
        return here if private or interaction.channel.guild_id else here | permissions.USE_EXTERNAL_EMOJIS

    def _resolve_target(self, found: Json, target: Message | User, channel: Channel) -> None:
        if isinstance(target, Message):
            found["messages"] = {str(target.id): rest_message(target, self.world.bot.id)}
        else:
            options.add_user(self.world, found, str(target.id), channel)

    def _resolve_values(self, found: Json, kind: int, values: list[str], channel: Channel) -> None:
        for value in values:
            if kind in (USER_SELECT, MENTION_SELECT):
                options.add_user(self.world, found, value, channel)
            if kind in (ROLE_SELECT, MENTION_SELECT):
                options.add_role(self.world, found, value, channel)
            if kind == CHANNEL_SELECT:
                options.add_channel(self.world, found, value)


def _full_name(command: Json, tree: list[Json]) -> str:
    """A command's name with its subcommands: `settings model`."""
    names: list[str] = [command["name"]]
    level: Any = tree
    while level and level[0].get("type") in (options.SUBCOMMAND, options.GROUP):
        names.append(level[0]["name"])
        level = level[0].get("options")
    return " ".join(names)
