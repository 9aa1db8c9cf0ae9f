"""Where messages are counted: what `/annotate` does."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.counting.effective_settings import EffectiveSettings
from bot.errors import UserError
from bot.ledger.ledger import Ledger
from bot.ledger.records import MODES, OFF, SILENT, WHOLE_SERVER, ChannelMode
from bot.usecases.records.server import AnnotateResult, Notice

MAX_MIN_TOKENS = 6000

__all__ = [
    "MAX_MIN_TOKENS",
    "MODES",
    "OFF",
    "WHOLE_SERVER",
    "Annotate",
    "AnnotateResult",
    "ChannelMode",
    "Notice",
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

        What is on already stays on since when it was. Turning the whole server off turns its channels off too.
        """
        if mode not in MODES:
            raise UserError("error.unknown_mode")
        preferences, writer = self.ledger.preferences, self.ledger.writer
        before = preferences.mode_of(guild_id, channel_id)
        fresh = ChannelMode(guild_id, channel_id, mode, asked_id, asked_at, min_tokens)
        row = _after(before, fresh) if mode != OFF else fresh
        if mode != OFF and preferences.settings(guild_id).first_locale is None:
            await preferences.set_server(writer, guild_id, first_locale=locale)
        await preferences.set_channel(writer, row)
        if channel_id == WHOLE_SERVER and mode == OFF:
            for own in self._own_choices(guild_id):
                await preferences.drop_channel(writer, guild_id, own.channel_id)
        return self._result(row, starts=mode != OFF and before is None)

    async def keep_notice(self, row: ChannelMode, channel_id: int, notice_id: int) -> None:
        """Note which message told of it in which channel, unless the choice has changed meanwhile."""
        if row in self.ledger.preferences.modes(row.guild_id):
            told = replace(row, notice_id=notice_id, notice_channel_id=channel_id)
            await self.ledger.preferences.set_channel(self.ledger.writer, told)

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
        elsewhere = row.mode == OFF and whole is not None
        return AnnotateResult(row, starts, self.effective.min_tokens(row), exceptions, elsewhere)

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
