"""What is in force in a server, and why."""

from zoneinfo import ZoneInfo

import pytest

from bot.counting.channels import shard_of
from bot.counting.effective_settings import EffectiveSettings, InForce, Why, community_locale
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Request
from bot.ledger.preferences import Preferences
from bot.ledger.records import ServerSettings
from bot.presentation.translator import Catalogues

OPUS = "anthropic/claude-opus-5"


@pytest.fixture
def effective(estimator: Estimator, catalogues: Catalogues) -> EffectiveSettings:
    servers = (
        ServerSettings(1, model=OPUS, zone="FRA"),
        ServerSettings(2, model="openai/gone-1", zone="FRA"),
        ServerSettings(3, zone="XXX"),
    )
    return EffectiveSettings(estimator, Preferences(servers), catalogues.timezone_of)


def test_requests_take_the_servers_choices(effective: EffectiveSettings, catalogues: Catalogues) -> None:
    assert effective.request(1, Request()) == (Request(model=OPUS, zone="FRA"), None)
    own = Request(model="openai/gpt-4o", zone="SWE", effort="low")
    assert effective.request(1, own) == (own, None)
    assert effective.request(None, Request()) == (Request(), None)
    gone, notice = effective.request(2, Request())
    assert gone == Request(zone="FRA")
    assert notice
    assert "celui par défaut" in catalogues.translator("fr")(notice)
    elsewhere, notice = effective.request(3, Request())
    assert elsewhere == Request()
    assert notice
    assert "provider’s" in catalogues.translator("en")(notice)
    assert effective.request(2, Request(model="gpt-4o"))[1] is None


def test_models_and_zones_say_where_they_come_from(effective: EffectiveSettings) -> None:
    chosen, gone, nothing = (effective.preferences.settings(guild) for guild in (1, 2, 4))
    default = effective.estimator.models.default
    assert effective.model(chosen) == InForce(effective.estimator.models.find(OPUS), Why.CHOSEN)
    assert effective.model(gone) == InForce(default, Why.DEFAULT, gone="openai/gone-1")
    assert effective.model(nothing) == InForce(default, Why.DEFAULT)
    assert effective.zone(chosen) == InForce("FRA", Why.CHOSEN)
    assert effective.zone(nothing) == InForce("USA", Why.PROVIDER)
    assert effective.zone(ServerSettings(3, zone="XXX")) == InForce("USA", Why.PROVIDER, gone="XXX")


@pytest.mark.parametrize(
    ("settings", "model", "zone"),
    [
        (ServerSettings(1), "openai/gpt-4o", "USA"),
        (ServerSettings(1, model=OPUS, zone="FRA"), OPUS, "FRA"),
        (ServerSettings(1, model="openai/gone-1", zone="SWE"), "openai/gpt-4o", "SWE"),
        (ServerSettings(1, model=OPUS, zone="XXX"), OPUS, "USA"),
    ],
)
def test_what_is_gone_doesnt_take_the_rest_with_it(
    effective: EffectiveSettings, settings: ServerSettings, model: str, zone: str
) -> None:
    found = effective.estimate(settings)
    assert (found.model.key, found.zone) == (model, zone)
    assert (effective.model(settings).value.key, effective.zone(settings).value) == (model, zone)


@pytest.mark.parametrize(
    ("settings", "community", "expected"),
    [
        (ServerSettings(1, language="en", first_locale="fr"), "de", InForce("en", Why.CHOSEN)),
        (ServerSettings(1, first_locale="fr"), "de", InForce("fr", Why.FIRST_ADMIN)),
        (ServerSettings(1), "de", InForce("de", Why.COMMUNITY)),
        (ServerSettings(1), None, InForce(None, Why.CALLER)),
    ],
)
def test_languages_in_their_order(
    effective: EffectiveSettings, settings: ServerSettings, community: str | None, expected: InForce[str | None]
) -> None:
    assert effective.locale(settings, community) == expected


def test_only_a_community_servers_locale_means_something() -> None:
    assert community_locale(["COMMUNITY"], "fr") == "fr"
    assert community_locale(["NEWS"], "en-US") is None


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (ServerSettings(1, timezone="Asia/Tokyo", language="fr"), InForce(ZoneInfo("Asia/Tokyo"), Why.CHOSEN)),
        (ServerSettings(1, language="fr"), InForce(ZoneInfo("Europe/Paris"), Why.LANGUAGE)),
        (ServerSettings(1, first_locale="fr-CA"), InForce(ZoneInfo("Europe/Paris"), Why.LANGUAGE)),
        (ServerSettings(1, language="en"), InForce(ZoneInfo("UTC"), Why.LANGUAGE)),
        (ServerSettings(1), InForce(ZoneInfo("UTC"), Why.LANGUAGE)),
        (ServerSettings(1, timezone="Mars/Base"), InForce(ZoneInfo("UTC"), Why.LANGUAGE, gone="Mars/Base")),
        (ServerSettings(1, timezone="../etc"), InForce(ZoneInfo("UTC"), Why.LANGUAGE, gone="../etc")),
    ],
)
def test_timezones(effective: EffectiveSettings, settings: ServerSettings, expected: InForce[ZoneInfo]) -> None:
    assert effective.timezone(settings) == expected


def test_servers_are_spread_over_shards() -> None:
    assert [shard_of(guild << 22, 3) for guild in range(4)] == [0, 1, 2, 0]
    assert shard_of(5 << 22, None) == 0
