"""A server's settings as they are in force, and where each comes from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.counting.message_counter import choice_of, timezone_of
from bot.estimation.estimator import Estimator
from bot.ledger.ledger import Ledger
from bot.ledger.queries.watermarks import list_gaps
from bot.ledger.records import ServerSettings
from bot.ledger.types import moment_of
from bot.presentation import zones
from bot.presentation.server_settings import Gap, Paused, Place, Settings, State
from bot.presentation.translator import Translator, speaks
from bot.usecases.server_settings import known_model, known_zone

CHOSEN, DEFAULT = "settings.why.chosen", "settings.why.default"


@dataclass(frozen=True, slots=True)
class Seen:
    """What Discord shows of the server.

    `community` is the locale of a Community server; `gone` are channels that Discord knows no more; in `paused` ones
    it refuses annotations. `invite` is the link that adds the bot where it isn't a member.
    """

    server: str
    community: str | None
    gone: Collection[int]
    paused: Sequence[Paused]
    state: State
    invite: str | None = None
    outage: bool = False


async def page(ledger: Ledger, estimator: Estimator, chosen: ServerSettings, seen: Seen, t: Translator) -> Settings:
    """Return the page."""
    in_force = choice_of(estimator, chosen)
    gone_model = chosen.model if chosen.model and not known_model(estimator, chosen.model) else None
    gone_zone = chosen.zone if chosen.zone and not known_zone(estimator, chosen.zone) else None
    language, language_why = _language(chosen, seen.community)
    return Settings(
        server=seen.server,
        model=in_force.model.title,
        model_why=CHOSEN if chosen.model and not gone_model else DEFAULT,
        gone_model=gone_model,
        zone=zones.name(in_force.zone, t),
        zone_why=CHOSEN if chosen.zone and not gone_zone else "settings.why.provider",
        gone_zone=gone_zone,
        language=language,
        language_why=language_why,
        timezone=timezone_of(chosen).key,
        timezone_why=CHOSEN if chosen.timezone else "settings.why.language",
        places=_places(ledger, chosen.guild_id, seen.gone, estimator.sizes.min_tokens),
        gaps=await _gaps(ledger, chosen.guild_id),
        paused=seen.paused,
        state=seen.state,
        invite=seen.invite,
        outage=seen.outage,
        returned=chosen.returned_at,
    )


def _language(chosen: ServerSettings, community: str | None) -> tuple[str | None, str]:
    """Return the language of public answers and why, in the order of `audience.of_readers`."""
    if chosen.language:
        return speaks(chosen.language), CHOSEN
    if chosen.first_locale:
        return speaks(chosen.first_locale), "settings.why.first_admin"
    if community:
        return speaks(community), "settings.why.community"
    return None, "settings.why.caller"


def _places(ledger: Ledger, guild_id: int, gone: Collection[int], usual: int) -> Sequence[Place]:
    return [
        Place(
            row.channel_id,
            row.mode,
            row.since_at,
            usual if row.min_tokens is None else row.min_tokens,
            row.channel_id in gone,
        )
        for row in ledger.preferences.modes(guild_id)
    ]


async def _gaps(ledger: Ledger, guild_id: int) -> Sequence[Gap]:
    found = await list_gaps(ledger.engine, guild_id)
    return [Gap(gap.channel_id, moment_of(gap.after_id), moment_of(gap.before_id)) for gap in found]
