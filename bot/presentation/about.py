"""What the bot is, where its figures come from, and what they leave out: `/about`."""

from dataclasses import dataclass

import ecologits

from bot import __version__
from bot.estimation.facts import Fact
from bot.estimation.scale import Scale
from bot.presentation.messages import Words
from bot.presentation.method import Section
from bot.presentation.numbers import number

KG_PER_TONNE = 1000


@dataclass(frozen=True, slots=True)
class About:
    """What the page needs: how many models and zones, the assumptions, the facts to name."""

    models: int
    zones: int
    method_factor: float
    scale: Scale
    ademe_flight: Fact
    sources: list[Fact]


def title(words: Words) -> str:
    """Return the page's title with the version."""
    return words("about.title", version=__version__)


def sections(about: About, words: Words) -> list[Section]:
    """Return the page, section by section."""
    how = words("about.how.text", version=ecologits.__version__, models=about.models, zones=about.zones)
    return [
        (words("about.how.title"), how),
        (words("about.limits.title"), words("about.limits.text", factor=number(about.method_factor, words))),
        (words("about.scale.title"), _scale(about, words)),
        (words("about.privacy.title"), words("about.privacy.text")),
        (words("about.sources.title"), "\n".join(_sources(about))),
    ]


def _scale(about: About, words: Words) -> str:
    scale = about.scale
    return words(
        "about.scale.text",
        people=number(scale.people, words),
        days=scale.days,
        passengers=scale.plane_passengers,
        tonnes=number(scale.plane_t_per_passenger, words, 3),
        ademe=number(about.ademe_flight["value"] / KG_PER_TONNE, words, 3),
    )


def _sources(about: About) -> list[str]:
    """Return one line per address, the newest date of each."""
    newest: dict[str, str] = {}
    for fact in about.sources:
        newest[fact["url"]] = max(newest.get(fact["url"], ""), fact["date"])
    names = {fact["url"]: str(fact["source"]).split(",")[0].split("(")[0].strip() for fact in about.sources}
    return [f"· [{names[url]}]({url}), {date}" for url, date in newest.items()]
