"""Where messages are counted: what `/annotate` and its buttons do."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.counting.effective_settings import EffectiveSettings
from bot.errors import UserError
from bot.ledger.ledger import Ledger
from bot.ledger.records import MODES, OFF, SILENT, WHOLE_SERVER, ChannelMode, StoredNotice
from bot.ledger.types import moment_of
from bot.ledger.write.undo import in_channels, take_back
from bot.usecases.records.server import AnnotateResult, Notice, Undone

MAX_MIN_TOKENS = 6000

UNDO_TIMEOUT = timedelta(hours=1)
"""How long a beginning can be taken back; later it is no slip any more."""

__all__ = [
    "MAX_MIN_TOKENS",
    "MODES",
    "OFF",
    "WHOLE_SERVER",
    "Annotate",
    "AnnotateResult",
    "ChannelMode",
    "Notice",
    "StoredNotice",
    "shows",
]


@dataclass(frozen=True, slots=True)
class Annotate:
    """The use cases. Channel 0 is the whole server."""

    ledger: Ledger
    effective: EffectiveSettings

    async def set_mode(
        self, *, guild_id: int, channel_id: int, mode: str, min_tokens: int | None, asked_id: int, asked_at: datetime,
        locale: str,
    ) -> AnnotateResult:  # fmt: skip
        """Turn counting of messages after `asked_id` on or off, or change how; `UserError` for an unknown mode.

        What is on already stays on since when it was. Turning the whole server off turns its channels off too; those
        that were set apart as uncounted stay so.
        """
        if mode not in MODES:
            raise UserError("error.unknown_mode")
        preferences, writer = self.ledger.preferences, self.ledger.writer
        before = preferences.mode_of(guild_id, channel_id)
        min_tokens = None if min_tokens is None else min(min_tokens, MAX_MIN_TOKENS)
        fresh = ChannelMode(guild_id, channel_id, mode, asked_id, asked_at, min_tokens)
        row = _after(before, fresh) if mode != OFF else fresh
        if mode != OFF and preferences.settings(guild_id).first_locale is None:
            await preferences.set_server(writer, guild_id, first_locale=locale)
        await preferences.set_channel(writer, row)
        if mode != OFF:
            return self._result(row, starts=before is None)
        dropped = await self._drop_counted(guild_id) if channel_id == WHOLE_SERVER else []
        ended = await self._end_notices(guild_id, channel_id)
        return replace(self._result(row, starts=False), dropped=dropped, ended=ended)

    async def undo(
        self,
        guild_id: int,
        channel_id: int,
        since_id: int,
        now: datetime,
        threads: Collection[int],
        others: Collection[int],
    ) -> Undone:
        """Stop what began after `since_id`, and take back what it counted; `UserError` when it is too late.

        `threads` are the channel's own; `others` those of channels with a choice of their own, counted all the same.
        """
        preferences, writer = self.ledger.preferences, self.ledger.writer
        row = next((one for one in preferences.modes(guild_id) if one.channel_id == channel_id), None)
        if row is None or row.mode == OFF or row.since_id != since_id:
            raise UserError("error.undo_gone")
        if now - moment_of(since_id) > UNDO_TIMEOUT:
            raise UserError("error.undo_late")
        if channel_id != WHOLE_SERVER and preferences.mode_of(guild_id, WHOLE_SERVER):
            await preferences.set_channel(writer, replace(row, mode=OFF))  # it had been set apart
        else:
            await preferences.drop_channel(writer, guild_id, channel_id)
        concerned = in_channels(channel_id, threads, self.counted_apart(guild_id) | set(others))
        work = partial(take_back, guild_id=guild_id, since_id=since_id, concerned=concerned)
        messages = 0
        while some := await writer.run(work):
            messages += some
        return Undone(row, messages, await self._end_notices(guild_id, channel_id))

    async def follow_server(self, guild_id: int, channel_id: int) -> None:
        """Let a channel follow the server where its own choice says no other thing."""
        rows = {row.channel_id: row for row in self.ledger.preferences.modes(guild_id)}
        own, whole = rows.get(channel_id), rows.get(WHOLE_SERVER)
        if own and whole and (own.mode, own.min_tokens) == (whole.mode, whole.min_tokens):
            await self.ledger.preferences.drop_channel(self.ledger.writer, guild_id, channel_id)

    async def keep_first_notice(self, guild_id: int, place: int, about: int, message_id: int) -> None:
        """Note which message told a channel when its first annotation was shown."""
        stored = StoredNotice(guild_id, place, about, message_id, shows=True)
        await self.ledger.preferences.told.keep(self.ledger.writer, stored)

    def counted_apart(self, guild_id: int) -> set[int]:
        """Return the channels that are counted by a choice of their own."""
        return {one.channel_id for one in self._own_choices(guild_id) if one.mode != OFF}

    async def _drop_counted(self, guild_id: int) -> list[ChannelMode]:
        dropped = [own for own in self._own_choices(guild_id) if own.mode != OFF]
        for own in dropped:
            await self.ledger.preferences.drop_channel(self.ledger.writer, guild_id, own.channel_id)
        return dropped

    async def _end_notices(self, guild_id: int, channel_id: int) -> list[StoredNotice]:
        """Forget the notices that don't hold any more: a channel's, or a server's with those of its channels."""
        preferences, about = self.ledger.preferences, {channel_id}
        if channel_id == WHOLE_SERVER:
            about |= {one.about_id for one in preferences.told.listed(guild_id)} - self.counted_apart(guild_id)
        ended: list[StoredNotice] = []
        for one in sorted(about):
            ended += await preferences.told.drop(self.ledger.writer, guild_id, one)
        return ended

    async def keep_notice(self, row: ChannelMode, channel_id: int, notice_id: int) -> None:
        """Note which message told of it in which channel, unless the choice has changed meanwhile."""
        preferences, writer = self.ledger.preferences, self.ledger.writer
        if row not in preferences.modes(row.guild_id):
            return
        told = replace(row, notice_id=notice_id, notice_channel_id=channel_id)
        await preferences.set_channel(writer, told)
        stored = StoredNotice(row.guild_id, channel_id, row.channel_id, notice_id, shows(row))
        await preferences.told.keep(writer, stored)

    def untold(self, guild_id: int) -> list[ChannelMode]:
        """Return where messages are counted and no notice says so, as after a return."""
        modes = self.ledger.preferences.modes(guild_id)
        return [row for row in modes if row.mode != OFF and row.notice_id is None]

    async def all_told(self, guild_id: int) -> None:
        """Note that the notices of a return were posted, as far as Discord took them."""
        await self.ledger.preferences.set_server(self.ledger.writer, guild_id, notice_due=None)

    def _result(self, row: ChannelMode, *, starts: bool) -> AnnotateResult:
        exceptions: tuple[ChannelMode, ...] = ()
        if row.channel_id == WHOLE_SERVER:
            exceptions = tuple(own for own in self._own_choices(row.guild_id) if own.mode != row.mode)
        whole = self.ledger.preferences.mode_of(row.guild_id, WHOLE_SERVER)
        return AnnotateResult(
            row,
            starts,
            self.effective.min_tokens(row),
            exceptions,
            counted_elsewhere=row.mode == OFF and whole is not None,
            elsewhere=self._means_something_elsewhere(row, whole),
        )

    def _means_something_elsewhere(self, row: ChannelMode, whole: ChannelMode | None) -> bool:
        """Tell whether the same for the whole server would change anything."""
        if row.mode == OFF:
            return whole is not None or bool(self.counted_apart(row.guild_id))
        return whole is None or whole.mode != row.mode

    def _own_choices(self, guild_id: int) -> list[ChannelMode]:
        return [row for row in self.ledger.preferences.modes(guild_id) if row.channel_id != WHOLE_SERVER]


def _after(before: ChannelMode | None, wanted: ChannelMode) -> ChannelMode:
    """Return what is wanted, counted since when it already was."""
    if before is None:
        return wanted
    return replace(
        wanted,
        since_id=before.since_id,
        since_at=before.since_at,
        min_tokens=before.min_tokens if wanted.min_tokens is None else wanted.min_tokens,
        notice_id=before.notice_id,
        notice_channel_id=before.notice_channel_id,
    )


def shows(row: ChannelMode) -> bool:
    """Tell whether messages are annotated there, not only counted."""
    return row.mode not in (OFF, SILENT)
