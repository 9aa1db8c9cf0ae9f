"""What is in force in a server, and why: model, zone, language, timezone, threshold. Worked out here alone."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Request
from bot.estimation.impacts.model import Model
from bot.estimation.resolved_estimate import ResolvedEstimate
from bot.ledger.preferences import Preferences
from bot.ledger.records import ChannelMode, ServerSettings

log = logging.getLogger(__name__)

COMMUNITY = "COMMUNITY"
"""The feature of servers whose locale somebody chose; all others say "en-US", whatever is spoken there."""

T = TypeVar("T")


class Why(StrEnum):
    """Where a setting comes from; the catalogues have each under `settings.why.<value>`."""

    CHOSEN = "chosen"
    DEFAULT = "default"
    PROVIDER = "provider"
    LANGUAGE = "language"
    FIRST_ADMIN = "first_admin"
    COMMUNITY = "community"
    CALLER = "caller"


@dataclass(frozen=True, slots=True)
class InForce(Generic[T]):
    """A setting in force, and why; `gone` was chosen and isn't in EcoLogits' lists any more."""

    value: T
    why: Why
    gone: str | None = None


@dataclass(frozen=True, slots=True)
class EffectiveSettings:
    """Answers for every server; reads only memory.

    `timezone_of_locale` gives the usual timezone of a language (IANA name), that of no language for None.
    """

    estimator: Estimator
    preferences: Preferences
    timezone_of_locale: Callable[[str | None], str]

    def request(self, guild_id: int | None, wanted: Request) -> tuple[Request, str | None]:
        """Return the request with the server's model and zone where none was asked for (None: no server).

        The second is the key of a notice, for the reply, when the server's own choice is gone.
        """
        settings = self.preferences.settings(guild_id or 0)
        model, zone = known_model(self.estimator, settings.model), known_zone(self.estimator, settings.zone)
        request = replace(wanted, model=wanted.model or (model and settings.model), zone=wanted.zone or zone)
        if not wanted.model and settings.model and model is None:
            return request, "notice.model_gone"
        return request, "notice.zone_gone" if not wanted.zone and settings.zone and zone is None else None

    def estimate(self, settings: ServerSettings) -> ResolvedEstimate:
        """Return what a server's messages are estimated for; the default where its model or zone is gone."""
        model, zone = known_model(self.estimator, settings.model), known_zone(self.estimator, settings.zone)
        if (settings.model and model is None) or (settings.zone and zone is None):
            log.warning("server %d: its model or zone is gone; the default is taken", settings.guild_id)
        try:
            return self.estimator.choose(Request(model=model and model.key, zone=zone))
        except UserError as error:  # known, but not together
            log.warning("server %d: %s", settings.guild_id, error)
            return self.estimator.choose(Request(zone=zone))

    def model(self, settings: ServerSettings) -> InForce[Model]:
        """Return the model whose answers are estimated."""
        known = known_model(self.estimator, settings.model)
        if known is not None:
            return InForce(known, Why.CHOSEN)
        return InForce(self.estimator.models.default, Why.DEFAULT, gone=settings.model)

    def zone(self, settings: ServerSettings) -> InForce[str]:
        """Return the electricity's zone."""
        known = known_zone(self.estimator, settings.zone)
        if known is not None:
            return InForce(known, Why.CHOSEN)
        return InForce(self.estimate(settings).zone, Why.PROVIDER, gone=settings.zone)

    def locale(self, settings: ServerSettings, community: str | None) -> InForce[str | None]:
        """Return the locale of public answers, None for that of whoever asks.

        The one an admin chose; else that of the admin who first turned something on; else a Community server's.
        """
        if settings.language:
            return InForce(settings.language, Why.CHOSEN)
        if settings.first_locale:
            return InForce(settings.first_locale, Why.FIRST_ADMIN)
        return InForce(community, Why.COMMUNITY if community else Why.CALLER)

    def timezone(self, settings: ServerSettings) -> InForce[ZoneInfo]:
        """Return when days begin."""
        return timezone_in_force(settings, self.timezone_of_locale)

    def min_tokens(self, row: ChannelMode | None) -> int:
        """Return from how many prompt tokens on a message is annotated there."""
        usual = self.estimator.sizes.min_tokens
        return usual if row is None or row.min_tokens is None else row.min_tokens


def timezone_in_force(settings: ServerSettings, timezone_of_locale: Callable[[str | None], str]) -> InForce[ZoneInfo]:
    """Return when a server's days begin: its choice, else the usual timezone of its language."""
    try:
        if settings.timezone:
            return InForce(ZoneInfo(settings.timezone), Why.CHOSEN)
    except (ZoneInfoNotFoundError, ValueError):
        log.warning("server %d: no timezone %r", settings.guild_id, settings.timezone)
    usual = timezone_of_locale(settings.language or settings.first_locale)
    return InForce(ZoneInfo(usual), Why.LANGUAGE, gone=settings.timezone)


def community_locale(features: Collection[str], locale: str | None) -> str | None:
    """Return a server's locale where it means something, else None."""
    return locale if COMMUNITY in features else None


def known_model(estimator: Estimator, key: str | None) -> Model | None:
    """Return the model of that key, None when there is none, or it has left EcoLogits' list."""
    try:
        return estimator.models.find(key) if key else None
    except UserError:
        return None


def known_zone(estimator: Estimator, code: str | None) -> str | None:
    """Return the zone, None where EcoLogits has no data of it."""
    return code if code in estimator.zones.codes() else None
