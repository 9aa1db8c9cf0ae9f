"""What the bot is, where its figures come from, and what they leave out: `/about`."""

import ecologits

from bot import __version__
from bot.estimation.facts.publishers import Published
from bot.presentation import annotation, days
from bot.presentation.method import Section, shares
from bot.presentation.numbers import format_compact, format_number
from bot.presentation.translator import Translator
from bot.usecases.records.estimates import About

KG_PER_TONNE = 1000


def title(t: Translator) -> str:
    """Return the page's title with the version."""
    return t("about.title", version=__version__)


def sections(about: About, t: Translator) -> list[Section]:
    """Return the page, section by section."""
    how = t("about.how.text", version=ecologits.__version__, models=about.models, zones=about.zones)
    missing = t(
        "about.missing.text", zones=about.zones, primary=about.without_primary_energy, metals=about.without_metals
    )
    return [
        (t("about.how.title"), how),
        (t("about.range.title"), t("about.range.text")),
        (t("about.limits.title"), _limits(about, t)),
        (t("about.scale.title"), _scale(about, t)),
        (t("about.sizes.title"), annotation.legend(about.sizes, t)),
        (t("about.water.title"), t("about.water.text")),
        (t("about.missing.title"), missing),
        (t("about.sources.title"), "\n".join(_sources(about, t))),
        (t("about.privacy.title"), f"{t('about.privacy.text')} {t('about.licence')}"),
    ]


def _limits(about: About, t: Translator) -> str:
    check = about.crosscheck
    return t(
        "about.limits.text",
        factor=format_number(about.method_factor, t),
        low=format_number(check.low, t),
        median=format_number(check.value, t),
        high=format_number(check.high, t),
        cases=check.pairs,
        **shares(about.input_share),
    )


def _scale(about: About, t: Translator) -> str:
    scale = about.scale
    return t(
        "about.scale.text",
        people=format_compact(scale.people, t),
        days=scale.days,
        passengers=scale.plane_passengers,
        tonnes=format_number(scale.plane_t_per_passenger, t, 3),
        ademe=format_number(about.ademe_flight.value / KG_PER_TONNE, t, 3),
        date=days.written(about.ademe_flight.date, t),
    )


def _sources(about: About, t: Translator) -> list[str]:
    lines = [_source(one, t) for one in about.published]
    return [*lines, t.many("about.sources.others", about.others)] if about.others else lines


def _source(one: Published, t: Translator) -> str:
    dates = days.written(one.newest, t)
    if not one.newest.startswith(one.oldest):
        dates = t("about.sources.dates", old=days.written(one.oldest, t), new=dates)
    count = t.many("about.sources.count", one.count)
    return f"· [{one.publisher.name}]({one.publisher.url}), {dates} · {count}"
