"""What the bot is, where its figures come from, and what they leave out: `/about`."""

from collections.abc import Sequence
from dataclasses import dataclass

import ecologits

from bot import __version__
from bot.estimation.facts.fact import Fact
from bot.estimation.facts.publishers import Published
from bot.estimation.facts.scale import Scale
from bot.estimation.facts.sizes import Size
from bot.presentation import annotation
from bot.presentation.method import Section, shares
from bot.presentation.numbers import number
from bot.presentation.training import compact
from bot.presentation.translator import Words

KG_PER_TONNE = 1000


@dataclass(frozen=True, slots=True)
class About:
    """What the page needs: counts, assumptions, and who published the facts.

    `without_primary_energy` and `without_metals` are zones whose data can't be used for that; `others` are facts
    whose publishers aren't named.
    """

    models: int
    zones: int
    without_primary_energy: int
    without_metals: int
    method_factor: float
    crosscheck: Fact
    input_share: Fact
    scale: Scale
    ademe_flight: Fact
    published: Sequence[Published]
    others: int
    sizes: Sequence[Size]


def title(words: Words) -> str:
    """Return the page's title with the version."""
    return words("about.title", version=__version__)


def sections(about: About, words: Words) -> list[Section]:
    """Return the page, section by section."""
    how = words("about.how.text", version=ecologits.__version__, models=about.models, zones=about.zones)
    missing = words(
        "about.missing.text", zones=about.zones, primary=about.without_primary_energy, metals=about.without_metals
    )
    return [
        (words("about.how.title"), how),
        (words("about.range.title"), words("about.range.text")),
        (words("about.limits.title"), _limits(about, words)),
        (words("about.scale.title"), _scale(about, words)),
        (words("about.sizes.title"), annotation.legend(about.sizes, words)),
        (words("about.water.title"), words("about.water.text")),
        (words("about.missing.title"), missing),
        (words("about.sources.title"), "\n".join(_sources(about, words))),
        (words("about.privacy.title"), f"{words('about.privacy.text')} {words('about.licence')}"),
    ]


def _limits(about: About, words: Words) -> str:
    check = about.crosscheck
    return words(
        "about.limits.text",
        factor=number(about.method_factor, words),
        low=number(check["low"], words),
        median=number(check["value"], words),
        high=number(check["high"], words),
        cases=check["pairs"],
        **shares(about.input_share),
    )


def _scale(about: About, words: Words) -> str:
    scale = about.scale
    return words(
        "about.scale.text",
        people=compact(scale.people, words),
        days=scale.days,
        passengers=scale.plane_passengers,
        tonnes=number(scale.plane_t_per_passenger, words, 3),
        ademe=number(about.ademe_flight["value"] / KG_PER_TONNE, words, 3),
        date=about.ademe_flight["date"],
    )


def _sources(about: About, words: Words) -> list[str]:
    lines = [_source(one, words) for one in about.published]
    return [*lines, words.many("about.sources.others", about.others)] if about.others else lines


def _source(one: Published, words: Words) -> str:
    dates = (
        one.newest
        if one.newest.startswith(one.oldest)
        else words("about.sources.dates", old=one.oldest, new=one.newest)
    )
    count = words.many("about.sources.count", one.count)
    return f"· [{one.publisher.name}]({one.publisher.url}), {dates} · {count}"
