"""What admins choose for their server: what `/settings` does."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.counting import timezones
from bot.counting.channels import forget_channel
from bot.counting.effective_settings import EffectiveSettings, InForce
from bot.errors import UserError
from bot.estimation.impacts.model import Model
from bot.ledger.ledger import Ledger
from bot.ledger.queries.watermarks import list_gaps
from bot.ledger.records import WHOLE_SERVER, ServerSettings
from bot.ledger.write import retention
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.recap_choices import RecapChoices
from bot.usecases.records.server import ServerView, Settings

DEFAULT = "default"
DEFAULTS = frozenset({DEFAULT, "défaut", "par défaut", "auto"})
"""What people type to take a choice back."""


@dataclass(frozen=True, slots=True)
class ServerChoices:
    """The use cases. `languages` are those that answers can have."""

    ledger: Ledger
    reader: LedgerReader
    effective: EffectiveSettings
    languages: Collection[str]
    recap: RecapChoices

    async def page(self, guild_id: int, view: ServerView, now: datetime) -> Settings:
        """Return the settings in force and why; channels that are gone are shown this once, then forgotten."""
        chosen, effective = self._chosen(guild_id), self.effective
        zone = effective.timezone(chosen)
        page = Settings(
            view=view,
            model=effective.model(chosen),
            zone=effective.zone(chosen),
            locale=effective.locale(chosen, view.community),
            timezone=InForce(zone.value.key, zone.why),
            channels=self.ledger.preferences.modes(guild_id),
            gaps=await self.reader.read(list_gaps, guild_id),
            min_tokens=effective.min_tokens(None),
            returned=chosen.returned_at,
            recap=await self.recap.state(guild_id, now),
        )
        for channel_id in view.gone:
            await forget_channel(self.ledger, guild_id, channel_id)
        return page

    def channels(self, guild_id: int) -> list[int]:
        """Return the channels with a choice of their own."""
        return [row.channel_id for row in self.ledger.preferences.modes(guild_id) if row.channel_id != WHOLE_SERVER]

    def counts(self, guild_id: int) -> bool:
        """Tell whether messages are counted anywhere in the server."""
        return self.ledger.preferences.counts_in(guild_id)

    def default_model(self) -> Model:
        """Return the model in force where none is chosen."""
        return self.effective.estimator.models.default

    def default_timezone(self, guild_id: int) -> str:
        """Return the timezone in force where none is chosen."""
        return self.effective.timezone(replace(self._chosen(guild_id), timezone=None)).value.key

    async def choose_model(self, guild_id: int, wanted: str) -> Model | None:
        """Set the server's model, its vocabulary loaded first; None for the default one.

        `UserError` when there is none of that name.
        """
        estimator = self.effective.estimator
        model = None if is_default(wanted) else estimator.models.find(wanted)
        await asyncio.to_thread(estimator.prepare, model or estimator.models.default)
        await self._set(guild_id, model=model and model.key)
        return model

    async def choose_zone(self, guild_id: int, wanted: str) -> str | None:
        """Set the server's electricity; None for the provider's. `UserError` when there is no such zone."""
        code = None if is_default(wanted) else self.effective.estimator.zones.find(wanted).code
        await self._set(guild_id, zone=code)
        return code

    async def choose_language(self, guild_id: int, wanted: str) -> str | None:
        """Set the language of public answers; None for automatic. `UserError` for one we don't speak."""
        language = None if is_default(wanted) else wanted
        if language is not None and language not in self.languages:
            raise UserError("error.unknown_language")
        await self._set(guild_id, language=language)
        return language

    async def choose_timezone(self, guild_id: int, wanted: str) -> str | None:
        """Set when days and weeks begin; None for the default. `UserError` when there is no such timezone."""
        name = None if is_default(wanted) else timezones.find(wanted)
        await self._set(guild_id, timezone=name)
        return name

    async def reset(self, guild_id: int, now: datetime) -> None:
        """Delete everything of a server; counting forgets it at once, the rest may take minutes."""
        self.ledger.preferences.forget_server(guild_id)
        await retention.reset(self.ledger.writer, guild_id, now)

    def _chosen(self, guild_id: int) -> ServerSettings:
        return self.ledger.preferences.settings(guild_id)

    async def _set(self, guild_id: int, **changes: str | None) -> None:
        await self.ledger.preferences.set_server(self.ledger.writer, guild_id, **changes)


def is_default(wanted: str) -> bool:
    """Tell whether somebody takes a choice back."""
    return wanted.strip().casefold() in DEFAULTS
