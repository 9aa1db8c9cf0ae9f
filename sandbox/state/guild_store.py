"""Guilds, their roles and members come, change and go."""

from __future__ import annotations

from sandbox.state import payloads, permissions
from sandbox.state.directory import Directory, GuildRef, UserRef
from sandbox.state.events import Bus, Event
from sandbox.state.models import Guild, Member, Role, User


class GuildStore:
    """The one place that writes guilds. Changes are told to the bot and to the page."""

    def __init__(self, directory: Directory, bus: Bus) -> None:
        self.directory = directory
        self.bus = bus

    def add_user(self, username: str, global_name: str | None = None, locale: str = "fr") -> User:
        """A new person, member of nothing yet."""
        user = User(self.directory.ids.next(), username, global_name or username.title(), locale)
        self.directory.users[user.id] = user
        return user

    def add_guild(
        self,
        name: str,
        owner: UserRef,
        *,
        locale: str = "en-US",
        features: tuple[str, ...] = (),
        bot: bool = True,
        commands: bool = False,
        guild_id: int | None = None,
    ) -> Guild:
        """A new guild with @everyone and its owner; with `bot`, the bot joins (GUILD_CREATE).

        `commands` without `bot`: only the app's commands were added (`applications.commands`).
        """
        owner = self.directory.user(owner)
        guild = Guild(guild_id or self.directory.ids.next(), name, owner.id, locale, list(features))
        guild.roles[guild.id] = Role(guild.id, "@everyone", permissions.EVERYONE)
        guild.members[owner.id] = self._member(owner)
        guild.commands_authorized = bot or commands
        self.directory.guilds[guild.id] = guild
        if bot:
            self.add_bot(guild)
        self.bus.channels_changed()
        return guild

    def add_bot(self, guild: GuildRef) -> None:
        """The bot joins a guild, for the first time or again (GUILD_CREATE without `unavailable`)."""
        guild = self.directory.guild(guild)
        guild.members[self.directory.bot.id] = self._member(self.directory.bot)
        guild.commands_authorized = True
        created = payloads.guild_create(guild, self.directory.bot, joined=True)
        self.bus.gateway(Event("GUILD_CREATE", created, guild.id))
        self.bus.channels_changed()

    def remove_bot(self, guild: GuildRef) -> None:
        """The bot and its commands are removed from a guild (GUILD_DELETE without `unavailable`)."""
        guild = self.directory.guild(guild)
        guild.members.pop(self.directory.bot.id, None)
        guild.commands_authorized = False
        self.bus.gateway(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id))
        self.bus.channels_changed()

    def add_role(self, guild: GuildRef, name: str, *granted: str) -> Role:
        """A new role with the named permissions."""
        guild = self.directory.guild(guild)
        role = Role(self.directory.ids.next(), name, permissions.bits(*granted), len(guild.roles))
        guild.roles[role.id] = role
        data = {"guild_id": str(guild.id), "role": payloads.role(role)}
        self.bus.gateway(Event("GUILD_ROLE_CREATE", data, guild.id))
        return role

    def add_member(self, guild: GuildRef, user: UserRef, *roles: Role) -> Member:
        """A user joins a guild."""
        guild, user = self.directory.guild(guild), self.directory.user(user)
        member = self._member(user, *roles)
        guild.members[user.id] = member
        data = {**payloads.member(member), "guild_id": str(guild.id)}
        self.bus.gateway(Event("GUILD_MEMBER_ADD", data, guild.id))
        self.bus.channels_changed()
        return member

    def remove_member(self, guild: GuildRef, user: UserRef) -> None:
        """A user leaves a guild."""
        guild, user = self.directory.guild(guild), self.directory.user(user)
        guild.members.pop(user.id, None)
        data = {"guild_id": str(guild.id), "user": payloads.user(user)}
        self.bus.gateway(Event("GUILD_MEMBER_REMOVE", data, guild.id))
        self.bus.channels_changed()

    def authorize_commands(self, guild: GuildRef, on: bool = True) -> None:
        """The app's commands alone are added to a guild, or taken away: no event tells of it."""
        self.directory.guild(guild).commands_authorized = on
        self.bus.channels_changed()

    def add_role_to(self, guild: GuildRef, user: UserRef, role: Role) -> None:
        """A member gets a role (GUILD_MEMBER_UPDATE)."""
        guild = self.directory.guild(guild)
        member = guild.members[self.directory.user(user).id]
        member.roles.append(role.id)
        self.bus.gateway(Event("GUILD_MEMBER_UPDATE", {**payloads.member(member), "guild_id": str(guild.id)}, guild.id))
        self.bus.channels_changed()

    def _member(self, user: User, *roles: Role) -> Member:
        return Member(user, [role.id for role in roles], joined_at=self.directory.clock.now())
