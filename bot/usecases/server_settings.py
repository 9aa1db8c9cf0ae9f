"""What admins choose for their server: what `/annotate` and `/settings` do."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from bot.counting import timezones
from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Request
from bot.estimation.impacts.models import Model
from bot.ledger.ledger import Ledger
from bot.ledger.records import MODES, OFF, WHOLE_SERVER, ChannelMode, ServerSettings
from bot.ledger.write import retention
from bot.presentation.translator import LANGUAGES
from bot.usecases.estimates import Estimates

MAX_MIN_TOKENS = 6000
DEFAULT = "default"
DEFAULTS = frozenset({DEFAULT, "défaut", "par défaut", "auto"})
"""What people type to take a choice back."""


@dataclass(frozen=True, slots=True)
class AnnotateRequest:
    """What an admin wants to happen to messages of a channel (0: the whole server) after `asked_id`."""

    guild_id: int
    channel_id: int
    mode: str
    min_tokens: int | None
    asked_id: int
    asked_at: datetime
    locale: str


@dataclass(frozen=True, slots=True)
class AnnotateResult:
    """What came of a wish: `starts` where nothing was counted before, `exceptions` with a choice of their own.

    `counted_elsewhere` is for a channel that is off while the rest of the server is counted.
    """

    row: ChannelMode
    starts: bool
    exceptions: tuple[ChannelMode, ...] = ()
    counted_elsewhere: bool = False


# Where messages are counted


async def annotate(ledger: Ledger, wish: AnnotateRequest) -> AnnotateResult:
    """Turn counting on or off, or change how; `UserError` for an unknown mode.

    What is on already stays on since when it was. Turning the whole server off turns its channels off too.
    """
    if wish.mode not in MODES:
        raise UserError("error.unknown_mode")
    preferences, writer = ledger.preferences, ledger.writer
    before = preferences.mode_of(wish.guild_id, wish.channel_id)
    row = _row(wish, before if wish.mode != OFF else None)
    if wish.mode != OFF and preferences.settings(wish.guild_id).first_locale is None:
        await preferences.set_server(writer, wish.guild_id, first_locale=wish.locale)
    await preferences.set_channel(writer, row)
    if wish.channel_id == WHOLE_SERVER and wish.mode == OFF:
        for own in _own_choices(ledger, wish.guild_id):
            await preferences.drop_channel(writer, wish.guild_id, own.channel_id)
    return AnnotateResult(row, wish.mode != OFF and before is None, _exceptions(ledger, row), _elsewhere(ledger, row))


async def keep_notice(ledger: Ledger, row: ChannelMode, channel_id: int, notice_id: int) -> None:
    """Note which message told of it in which channel, unless the choice has changed meanwhile."""
    if row in ledger.preferences.modes(row.guild_id):
        await ledger.preferences.set_channel(
            ledger.writer, replace(row, notice_id=notice_id, notice_channel_id=channel_id)
        )


async def forget_channel(ledger: Ledger, guild_id: int, channel_id: int) -> None:
    """Drop the choice about a channel that is gone; its totals stay."""
    await ledger.preferences.drop_channel(ledger.writer, guild_id, channel_id)
    await ledger.writer.forget_channel(channel_id)


def _row(wish: AnnotateRequest, before: ChannelMode | None) -> ChannelMode:
    kept = wish.min_tokens
    if before is not None and kept is None:
        kept = before.min_tokens
    return ChannelMode(
        guild_id=wish.guild_id,
        channel_id=wish.channel_id,
        mode=wish.mode,
        since_id=before.since_id if before else wish.asked_id,
        since_at=before.since_at if before else wish.asked_at,
        min_tokens=kept,
        notice_id=before.notice_id if before else None,
        notice_channel_id=before.notice_channel_id if before else None,
    )


def _own_choices(ledger: Ledger, guild_id: int) -> list[ChannelMode]:
    return [row for row in ledger.preferences.modes(guild_id) if row.channel_id != WHOLE_SERVER]


def _exceptions(ledger: Ledger, row: ChannelMode) -> tuple[ChannelMode, ...]:
    if row.channel_id != WHOLE_SERVER:
        return ()
    return tuple(own for own in _own_choices(ledger, row.guild_id) if own.mode != row.mode)


def _elsewhere(ledger: Ledger, row: ChannelMode) -> bool:
    return row.mode == OFF and ledger.preferences.mode_of(row.guild_id, WHOLE_SERVER) is not None


# A server's settings


def request_for(
    answers: Estimates, chosen: ServerSettings, model: str | None, zone: str | None, effort: str | None
) -> tuple[Request, str | None]:
    """Return a request with the server's model and zone where the caller named none.

    The second is the key of a notice, for the reply, when the server's own choice is gone from EcoLogits' lists.
    """
    estimator = answers.estimator
    model_gone = model is None and chosen.model is not None and known_model(estimator, chosen.model) is None
    zone_gone = zone is None and chosen.zone is not None and not known_zone(estimator, chosen.zone)
    request = Request(
        model=model or (None if model_gone else chosen.model),
        zone=zone or (None if zone_gone else chosen.zone),
        effort=effort,
    )
    if model_gone:
        return request, "notice.model_gone"
    return request, "notice.zone_gone" if zone_gone else None


def known_model(estimator: Estimator, key: str) -> Model | None:
    """Return the model of that key, None when it has left EcoLogits' list."""
    try:
        return estimator.models.find(key)
    except UserError:
        return None


def known_zone(estimator: Estimator, code: str) -> bool:
    """Tell whether EcoLogits still has data of that zone."""
    return code in estimator.zones.codes()


async def choose_model(ledger: Ledger, estimator: Estimator, guild_id: int, wanted: str) -> Model | None:
    """Set the server's model, its vocabulary loaded first; None for the default one.

    `UserError` when there is none of that name.
    """
    model = None if _is_default(wanted) else estimator.models.find(wanted)
    await asyncio.to_thread(estimator.prepare, model or estimator.models.default)
    await ledger.preferences.set_server(ledger.writer, guild_id, model=model and model.key)
    return model


async def choose_zone(ledger: Ledger, estimator: Estimator, guild_id: int, wanted: str) -> str | None:
    """Set the server's electricity; None for the provider's. `UserError` when there is no such zone."""
    code = None if _is_default(wanted) else estimator.zones.find(wanted).code
    await ledger.preferences.set_server(ledger.writer, guild_id, zone=code)
    return code


async def choose_language(ledger: Ledger, guild_id: int, wanted: str) -> str | None:
    """Set the language of public answers; None for automatic. `UserError` for one we don't speak."""
    language = None if _is_default(wanted) else wanted
    if language not in (None, *LANGUAGES):
        raise UserError("error.unknown_language")
    await ledger.preferences.set_server(ledger.writer, guild_id, language=language)
    return language


async def choose_timezone(ledger: Ledger, guild_id: int, wanted: str) -> str | None:
    """Set when days and weeks begin; None for the default. `UserError` when there is no such timezone."""
    name = None if _is_default(wanted) else timezones.find(wanted)
    await ledger.preferences.set_server(ledger.writer, guild_id, timezone=name)
    return name


async def reset(ledger: Ledger, guild_id: int, now: datetime) -> None:
    """Delete everything of a server; counting forgets it at once, the rest may take minutes."""
    ledger.preferences.forget_server(guild_id)
    await retention.reset(ledger.writer, guild_id, now)


def _is_default(wanted: str) -> bool:
    return wanted.strip().casefold() in DEFAULTS
