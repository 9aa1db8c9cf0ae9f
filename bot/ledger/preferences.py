"""What is counted, in memory: asked for every message, so it never asks the database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.ai_bots import AiBots
from bot.ledger.channel_modes import ChannelModes
from bot.ledger.people_choices import PeopleChoices
from bot.ledger.queries.ai_bots import load_ai_bots
from bot.ledger.queries.people import load_people
from bot.ledger.queries.settings import load_channels, load_notices, load_servers
from bot.ledger.records import OFF, AiBot, ChannelMode, Person, ServerSettings, StoredNotice
from bot.ledger.told_channels import ToldChannels
from bot.ledger.write import people, settings
from bot.ledger.write.writer import Writer


class Preferences:
    """Servers' and people's choices: loaded at start, changed in memory and in the database together."""

    def __init__(
        self,
        servers: Iterable[ServerSettings] = (),
        channels: Iterable[ChannelMode] = (),
        persons: Iterable[Person] = (),
        told: Iterable[StoredNotice] = (),
        ai_bots: Iterable[AiBot] = (),
    ) -> None:
        self.ai_bots = AiBots(ai_bots)
        self.told = ToldChannels(told)
        self._servers = {server.guild_id: server for server in servers}
        self._modes = ChannelModes(channels)
        self._people = PeopleChoices(persons)
        self.joined: dict[int, datetime] = {}
        """Since when the bot is a member of each server where it is one now."""

    @classmethod
    async def load(cls, engine: AsyncEngine) -> Self:
        """Read everything once."""
        told = await load_notices(engine)
        chosen = await load_servers(engine), await load_channels(engine), await load_people(engine)
        return cls(*chosen, told, await load_ai_bots(engine))

    # Asked for every message

    def mode_of(self, guild_id: int, channel_id: int, parent_id: int | None = None) -> ChannelMode | None:
        """Return what happens to messages there, None where nothing does: see `ChannelModes.find`."""
        return self._modes.find(guild_id, channel_id, parent_id)

    def counts_in(self, guild_id: int) -> bool:
        """Tell whether messages are counted anywhere in a server."""
        return self._modes.counts_in(guild_id)

    def depends_on_parent(self, guild_id: int, channel_id: int) -> bool:
        """Tell whether, if this is a thread, it takes its parent to know what happens to its messages."""
        return self._modes.depends_on_parent(guild_id, channel_id)

    def opted_out(self, user_id: int, message_id: int | None = None) -> bool:
        """Tell whether nothing of this person may be recorded, or this message from before they came back."""
        return self._people.opted_out(user_id, message_id)

    def quiet(self, user_id: int) -> bool:
        """Tell whether this person wants no annotations."""
        return self._people.quiet(user_id)

    def settings(self, guild_id: int) -> ServerSettings:
        """Return a server's settings."""
        return self._servers.get(guild_id) or ServerSettings(guild_id)

    # Asked now and then

    def modes(self, guild_id: int) -> list[ChannelMode]:
        """Return all choices about a server's channels, "off" included, the whole server's first."""
        return self._modes.listed(guild_id)

    def guilds_with_settings(self) -> frozenset[int]:
        """Return the servers that something is kept of."""
        return frozenset(self._servers) | self._modes.guilds()

    def person(self, user_id: int) -> Person:
        """Return what somebody chose."""
        return self._people.find(user_id)

    # Changes. What makes the bot do less counts at once; what makes it do more, once it is kept.

    async def set_server(self, writer: Writer, guild_id: int, **changes: Any) -> ServerSettings:
        """Change some of a server's settings (fields of `ServerSettings`)."""
        if self.settings(guild_id).joined_at is None and guild_id in self.joined:
            changes.setdefault("joined_at", self.joined[guild_id])
        changed = replace(self.settings(guild_id), **changes)
        await writer.run(partial(settings.put_server, guild_id=guild_id, **changes))
        self._servers[guild_id] = changed
        return changed

    async def set_channel(self, writer: Writer, row: ChannelMode) -> None:
        """Set what happens in a channel, or in the whole server."""
        if row.mode == OFF:
            self._modes.keep(row)
        await writer.run(partial(settings.put_channel, row=row))
        self._modes.keep(row)

    async def come_back(self, writer: Writer, guild_id: int, since_id: int, since: datetime) -> None:
        """Count a server from this moment on, no earlier: it had removed the bot, and invited it again."""
        changes = {"left_at": None, "joined_at": since, "returned_at": since, "notice_due": True}
        told = {"since_id": since_id, "since_at": since, "notice_id": None}
        rows = [replace(row, **told) for row in self.modes(guild_id) if row.mode != OFF and row.since_id < since_id]
        if not await writer.run(partial(settings.come_back, guild_id=guild_id, changes=changes, rows=rows)):
            return  # as another process knows, which tells us so
        self._servers[guild_id] = replace(self.settings(guild_id), **changes)
        for row in rows:
            self._modes.keep(row)

    async def drop_channel(self, writer: Writer, guild_id: int, channel_id: int) -> None:
        """Forget a channel's own choice, as when it is gone."""
        self._modes.drop(guild_id, channel_id)
        await writer.run(partial(settings.drop_channel, guild_id=guild_id, channel_id=channel_id))

    async def opt_out(self, writer: Writer, user_id: int, now: datetime) -> None:
        """Record nothing more of this person, from this moment on."""
        self._people.leave_out(user_id)
        await writer.run(partial(people.put_person, user_id=user_id, opted_out_at=now))
        self._people.note(replace(self.person(user_id), opted_out_at=now))

    async def opt_in(self, writer: Writer, user_id: int, now: datetime) -> None:
        """Count this person again, from this moment on; also where another process was told to leave them out."""
        known = self.opted_out(user_id)
        if await writer.run(partial(people.count_again, user_id=user_id, since=now, known=known)):
            self._people.keep(replace(self.person(user_id), opted_out_at=None, counted_from=now))

    async def set_quiet(self, writer: Writer, user_id: int, quiet: bool) -> None:
        """Choose whether this person's messages may be annotated."""
        if quiet:
            self._people.note(replace(self.person(user_id), quiet=quiet))
        await writer.run(partial(people.put_person, user_id=user_id, quiet=quiet))
        self._people.note(replace(self.person(user_id), quiet=quiet))

    def forget_server(self, guild_id: int) -> None:
        """Forget a server's choices, before its data is deleted (`retention.reset`)."""
        self._servers.pop(guild_id, None)
        for kept in (self._modes, self.told, self.ai_bots):
            kept.forget_server(guild_id)

    # What another process changed

    async def reload_server(self, engine: AsyncEngine, guild_id: int) -> None:
        """Read a server's settings, channels, notices and AI bots again."""
        servers, rows = await load_servers(engine, guild_id), await load_channels(engine, guild_id)
        told, ai_bots = await load_notices(engine, guild_id), await load_ai_bots(engine, guild_id)
        self.forget_server(guild_id)
        self.ai_bots.reload(ai_bots)
        self._servers.update({server.guild_id: server for server in servers})
        for row in rows:
            self._modes.keep(row)
        self.told.reload(told)

    async def reload_person(self, engine: AsyncEngine, user_id: int) -> None:
        """Read somebody's choices again."""
        found = await load_people(engine, user_id)
        self._people.keep(found[0] if found else Person(user_id))
