"""The form of `/setup`: what it shows, and what a filled-in one changes; all of it is looked at before anything is."""

from dataclasses import dataclass

from bot.errors import UserError
from bot.ledger.ledger import Ledger
from bot.ledger.records import MODES, OFF
from bot.usecases.records.recaps import DEFAULT_HOUR, WEEKDAYS
from bot.usecases.records.setup import KEEP_RECAP, NO_RECAP, SetupChanges, SetupForm
from bot.usecases.server_settings import DEFAULT, ServerChoices, is_default

AUTO = "auto"
"""The language that follows the server."""


@dataclass(frozen=True, slots=True)
class Setups:
    """The use cases; reads only memory, for Discord waits three seconds for a form."""

    ledger: Ledger
    settings: ServerChoices

    def form(self, guild_id: int, channel_id: int) -> SetupForm:
        """Return what the form shows of a server, and of one of its channels."""
        preferences = self.ledger.preferences
        chosen, mode = preferences.settings(guild_id), preferences.mode_of(guild_id, channel_id)
        return SetupForm(
            guild_id=guild_id,
            channel_id=channel_id,
            model=chosen.model or "",
            default_model=self.settings.default_model().title,
            zone=chosen.zone or "",
            language=chosen.language or "",
            mode=mode.mode if mode else OFF,
            recap_channel=chosen.recap_channel,
            recap_weekday=chosen.recap_weekday,
            recap_hour=DEFAULT_HOUR if chosen.recap_hour is None else chosen.recap_hour,
        )

    def changes(self, form: SetupForm, model: str, zone: str, language: str, mode: str, recap: str) -> SetupChanges:
        """Return what is to change; `UserError` for a model, zone, language, mode or day that there isn't."""
        estimator = self.settings.effective.estimator
        model, zone = ("" if is_default(one) else one.strip() for one in (model, zone))
        wanted_model = estimator.models.find(model).key if model and model != form.model else model
        wanted_zone = estimator.zones.find(zone).code if zone and zone != form.zone else zone
        wanted_language = "" if language == AUTO else language
        if wanted_language and wanted_language not in self.settings.languages:
            raise UserError("error.unknown_language")
        if mode not in MODES:
            raise UserError("error.unknown_mode")
        return SetupChanges(
            model=_changed(form.model, wanted_model),
            zone=_changed(form.zone, wanted_zone),
            language=_changed(form.language, wanted_language),
            mode=None if mode == form.mode else mode,
            recap_off=recap == NO_RECAP and form.recap_channel is not None,
            recap_weekday=_weekday(recap),
        )


def _changed(before: str, wanted: str) -> str | None:
    """Return what is wanted where it is something else, "default" for nothing."""
    return None if wanted == before else wanted or DEFAULT


def _weekday(recap: str) -> int | None:
    if recap in (NO_RECAP, KEEP_RECAP):
        return None
    if not (recap.isascii() and recap.isdigit() and int(recap) < WEEKDAYS):
        raise UserError("error.recap_when")
    return int(recap)
