"""What is counted, in memory: asked for every message, so it never asks the database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.queries.people import load_people
from bot.ledger.queries.settings import load_channels, load_notices, load_servers
from bot.ledger.records import OFF, WHOLE_SERVER, ChannelMode, Person, ServerSettings, StoredNotice
from bot.ledger.types import id_at
from bot.ledger.write import notices, people, settings
from bot.ledger.write.writer import Writer


class Preferences:
    """Servers' and people's choices: loaded at start, changed in memory and in the database together."""

    def __init__(
        self,
        servers: Iterable[ServerSettings] = (),
        channels: Iterable[ChannelMode] = (),
        persons: Iterable[Person] = (),
        told: Iterable[StoredNotice] = (),
    ) -> None:
        self._notices: dict[int, dict[tuple[int, int], StoredNotice]] = {}
        for notice in told:
            self._note(notice)
        self._servers = {server.guild_id: server for server in servers}
        self._channels: dict[tuple[int, int], ChannelMode] = {}  # by server and channel: an id alone may be forged
        self._whole: dict[int, ChannelMode] = {}
        self._own: dict[int, set[int]] = {}
        self._counting: set[int] = set()
        for row in channels:
            self._keep(row)
        self.joined: dict[int, datetime] = {}
        """Since when the bot is a member of each server where it is one now."""
        self._people = {person.user_id: person for person in persons}
        self._out = {person.user_id for person in self._people.values() if person.opted_out_at}
        self._from = {one.user_id: id_at(one.counted_from) for one in self._people.values() if one.counted_from}

    @classmethod
    async def load(cls, engine: AsyncEngine) -> Self:
        """Read everything once."""
        told = await load_notices(engine)
        return cls(await load_servers(engine), await load_channels(engine), await load_people(engine), told)

    # Asked for every message

    def mode_of(self, guild_id: int, channel_id: int, parent_id: int | None = None) -> ChannelMode | None:
        """Return what happens to messages there, None where nothing does.

        A channel's own choice wins over its parent's (threads), the parent's over the server's.
        """
        row = self._channels.get((guild_id, channel_id))
        if row is None and parent_id is not None:
            row = self._channels.get((guild_id, parent_id))
        if row is None:
            row = self._whole.get(guild_id)
        return None if row is None or row.mode == OFF else row

    def counts_in(self, guild_id: int) -> bool:
        """Tell whether messages are counted anywhere in a server."""
        return guild_id in self._counting

    def depends_on_parent(self, guild_id: int, channel_id: int) -> bool:
        """Tell whether, if this is a thread, it takes its parent to know what happens to its messages."""
        return (guild_id, channel_id) not in self._channels and bool(self._own.get(guild_id))

    def opted_out(self, user_id: int, message_id: int | None = None) -> bool:
        """Tell whether nothing of this person may be recorded, or this message from before they came back."""
        return user_id in self._out or (message_id is not None and message_id < self._from.get(user_id, 0))

    def quiet(self, user_id: int) -> bool:
        """Tell whether this person wants no annotations."""
        person = self._people.get(user_id)
        return person is not None and person.quiet

    def settings(self, guild_id: int) -> ServerSettings:
        """Return a server's settings."""
        return self._servers.get(guild_id) or ServerSettings(guild_id)

    # Asked now and then

    def modes(self, guild_id: int) -> list[ChannelMode]:
        """Return all choices about a server's channels, "off" included, the whole server's first."""
        rows = [self._channels[guild_id, channel_id] for channel_id in self._own.get(guild_id, ())]
        whole = self._whole.get(guild_id)
        return ([whole] if whole else []) + sorted(rows, key=lambda row: row.channel_id)

    def notices(self, guild_id: int) -> list[StoredNotice]:
        """Return the messages that told a server's channels of counting."""
        return list(self._notices.get(guild_id, {}).values())

    def is_told(self, guild_id: int, channel_id: int) -> bool:
        """Tell whether a notice about that channel, or in it about the whole server, speaks of annotations."""
        about_it = ((channel_id, WHOLE_SERVER), *((one.channel_id, channel_id) for one in self.notices(guild_id)))
        found = (self._notices.get(guild_id, {}).get(key) for key in about_it)
        return any(one is not None and one.shows for one in found)

    def guilds_with_settings(self) -> frozenset[int]:
        """Return the servers that something is kept of."""
        return frozenset(self._servers) | frozenset(self._whole) | {row.guild_id for row in self._channels.values()}

    def person(self, user_id: int) -> Person:
        """Return what somebody chose."""
        return self._people.get(user_id) or Person(user_id)

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
            self._keep(row)
        await writer.run(partial(settings.put_channel, row=row))
        self._keep(row)

    async def come_back(self, writer: Writer, guild_id: int, since_id: int, since: datetime) -> None:
        """Count a server from this moment on, no earlier: it had removed the bot, and invited it again."""
        changes = {"left_at": None, "joined_at": since, "returned_at": since, "notice_due": True}
        told = {"since_id": since_id, "since_at": since, "notice_id": None}
        rows = [replace(row, **told) for row in self.modes(guild_id) if row.mode != OFF and row.since_id < since_id]
        await writer.run(partial(settings.put_server_and_channels, guild_id=guild_id, changes=changes, rows=rows))
        self._servers[guild_id] = replace(self.settings(guild_id), **changes)
        for row in rows:
            self._keep(row)

    async def drop_channel(self, writer: Writer, guild_id: int, channel_id: int) -> None:
        """Forget a channel's own choice, as when it is gone."""
        self._drop(guild_id, channel_id)
        await writer.run(partial(settings.drop_channel, guild_id=guild_id, channel_id=channel_id))

    async def keep_notice(self, writer: Writer, notice: StoredNotice) -> None:
        """Note which message told a channel."""
        self._note(notice)
        await writer.run(partial(notices.put_notice, notice=notice))

    async def drop_notices(self, writer: Writer, guild_id: int, about_id: int) -> list[StoredNotice]:
        """Forget the notices about a channel, and return them: they don't hold any more."""
        dropped = [one for one in self.notices(guild_id) if one.about_id == about_id]
        for one in dropped:
            del self._notices[guild_id][one.channel_id, about_id]
        if dropped:
            await writer.run(partial(notices.drop_notices, guild_id=guild_id, about_id=about_id))
        return dropped

    async def opt_out(self, writer: Writer, user_id: int, now: datetime) -> None:
        """Record nothing more of this person, from this moment on."""
        self._out.add(user_id)
        await self._set_person(writer, replace(self.person(user_id), opted_out_at=now))

    async def opt_in(self, writer: Writer, user_id: int, now: datetime) -> None:
        """Count this person again, from this moment on."""
        if user_id not in self._out:
            return
        await self._set_person(writer, replace(self.person(user_id), opted_out_at=None, counted_from=now))
        self._from[user_id] = id_at(now)
        self._out.discard(user_id)

    async def set_quiet(self, writer: Writer, user_id: int, quiet: bool) -> None:
        """Choose whether this person's messages may be annotated."""
        person = replace(self.person(user_id), quiet=quiet)
        if quiet:
            self._people[user_id] = person
        await self._set_person(writer, person)

    def forget_server(self, guild_id: int) -> None:
        """Forget a server's choices, before its data is deleted (`retention.reset`)."""
        self._servers.pop(guild_id, None)
        for row in self.modes(guild_id):
            self._drop(guild_id, row.channel_id)
        self._notices.pop(guild_id, None)

    # What another process changed

    async def reload_server(self, engine: AsyncEngine, guild_id: int) -> None:
        """Read a server's settings, channels and notices again."""
        servers, rows = await load_servers(engine, guild_id), await load_channels(engine, guild_id)
        told = await load_notices(engine, guild_id)
        self.forget_server(guild_id)
        self._servers.update({server.guild_id: server for server in servers})
        for row in rows:
            self._keep(row)
        for notice in told:
            self._note(notice)

    async def reload_person(self, engine: AsyncEngine, user_id: int) -> None:
        """Read somebody's choices again."""
        found = await load_people(engine, user_id)
        person = found[0] if found else Person(user_id)
        self._people[user_id] = person
        if person.opted_out_at:
            self._out.add(user_id)
            return
        if person.counted_from:
            self._from[user_id] = id_at(person.counted_from)
        self._out.discard(user_id)

    async def _set_person(self, writer: Writer, person: Person) -> None:
        await writer.run(partial(people.put_person, person=person))
        self._people[person.user_id] = person

    def _note(self, notice: StoredNotice) -> None:
        self._notices.setdefault(notice.guild_id, {})[notice.channel_id, notice.about_id] = notice

    def _keep(self, row: ChannelMode) -> None:
        if row.channel_id == WHOLE_SERVER:
            self._whole[row.guild_id] = row
        else:
            self._channels[row.guild_id, row.channel_id] = row
            self._own.setdefault(row.guild_id, set()).add(row.channel_id)
        self._note_counting(row.guild_id)

    def _drop(self, guild_id: int, channel_id: int) -> None:
        if channel_id == WHOLE_SERVER:
            self._whole.pop(guild_id, None)
        else:
            self._channels.pop((guild_id, channel_id), None)
            self._own.get(guild_id, set()).discard(channel_id)
        self._note_counting(guild_id)

    def _note_counting(self, guild_id: int) -> None:
        own = (self._channels[guild_id, channel_id] for channel_id in self._own.get(guild_id, ()))
        if any(row is not None and row.mode != OFF for row in (self._whole.get(guild_id), *own)):
            self._counting.add(guild_id)
        else:
            self._counting.discard(guild_id)
