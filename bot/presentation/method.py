"""How a reply's figures were made, what they leave out, and where they come from: the *Méthode* button."""

from fractions import Fraction

import ecologits

from bot.estimation.facts.fact import Fact
from bot.estimation.footprint import Footprint
from bot.presentation import equivalences, zones
from bot.presentation.numbers import (
    ENERGY,
    GWP,
    METALS,
    NO_BREAK,
    PRIMARY_ENERGY,
    format_integer,
    format_interval,
    format_number,
    format_quantity,
    tokens,
)
from bot.presentation.translator import Translator
from bot.usecases.records.estimates import Explained

Section = tuple[str, str]
"""A heading and its text."""


def sections(explained: Explained, t: Translator) -> list[Section]:
    """Return the explanation, section by section."""
    footprint = explained.reply.footprint
    shown = [
        (t("method.tokens.title"), "\n".join(_tokens(footprint, t))),
        (t("method.impacts.title"), "\n".join(_impacts(explained, t))),
        (t("method.left_out.title"), "\n".join(_left_out(explained, t))),
        (t("method.story.title"), _story(explained, t)),
    ]
    if footprint.warnings:
        notes = "\n".join(f"· {t(f'warning.{code}')}" for code in footprint.warnings)
        shown.append((t("method.warnings.title"), notes))
    return [*shown, (t("method.sources.title"), "\n".join(_sources(explained, t)))]


def _tokens(footprint: Footprint, t: Translator) -> list[str]:
    key = "method.tokens.approximate" if footprint.model.approximate_tokens else "method.tokens.counted"
    count = footprint.prompt_tokens
    shown = [t.many(key, count, encoding=footprint.model.encoding, count=format_integer(count, t))]
    if not footprint.length_given:
        low, high = footprint.visible_tokens.low, footprint.visible_tokens.high
        shown.append(t("method.tokens.length", low=tokens(low, t), high=tokens(high, t)))
    if footprint.reasoning:
        low, high = (format_number(value, t) for value in (footprint.reasoning.low, footprint.reasoning.high))
        shown.append(t("method.tokens.reasoning", low=low, high=high))
    return shown


def _impacts(explained: Explained, t: Translator) -> list[str]:
    footprint, impact = explained.reply.footprint, explained.reply.footprint.impact
    mix = f"{format_integer(explained.zone.gwp_g_per_kwh, t)}{NO_BREAK}g CO₂e/kWh"
    zone = zones.name(footprint.zone, t)
    shown = [t("method.impacts.text", version=ecologits.__version__, zone=zone, mix=mix)]
    ladders = (("primary", impact.primary_energy_kj, PRIMARY_ENERGY), ("metals", impact.adpe_ug, METALS))
    for key, quantity, ladder in ladders:
        if quantity:
            figures = {
                "amount": format_quantity(quantity.expected, ladder, t),
                "span": format_interval(quantity, ladder, t),
            }
            shown.append(t(f"method.impacts.{key}", **figures))
    if impact.water_ml:
        shown.append(t("method.impacts.water"))
    if footprint.cost_usd is not None:
        usd, day = format_number(footprint.cost_usd, t), explained.prices_of.isoformat()
        shown.append(t("method.impacts.cost", usd=usd, date=day))
    return shown


def shares(share: Fact) -> dict[str, str]:
    """Return what part of a written token a token read takes, and its range: "1/5", "1/20", "1/2"."""
    names = {"share": "value", "least": "low", "most": "high"}
    return {name: str(Fraction(share[key]).limit_denominator(100)) for name, key in names.items()}


def _left_out(explained: Explained, t: Translator) -> list[str]:
    reading, check = explained.reply.footprint.input_energy_wh, explained.crosscheck
    return [
        t(
            "method.left_out.measured",
            factor=format_number(explained.method_factor, t),
            low=format_number(check["low"], t),
            median=format_number(check["value"], t),
            high=format_number(check["high"], t),
            cases=check["pairs"],
            url=check["url"],
            date=check["date"],
        ),
        t("method.left_out.text"),
        t(
            "method.left_out.input",
            amount=format_quantity(reading.expected, ENERGY, t),
            span=format_interval(reading, ENERGY, t),
            **shares(explained.input_share),
        ),
    ]


def _story(explained: Explained, t: Translator) -> str:
    then, now = explained.then, explained.now
    return t(
        "method.story.text",
        then=format_quantity(then.energy_wh.expected, ENERGY, t, 3),
        then_span=format_interval(then.energy_wh, ENERGY, t),
        then_gwp=format_quantity(then.gwp_g.expected, GWP, t),
        now_span=f"{format_interval(now.energy_wh, ENERGY, t)}{NO_BREAK}Wh",
    )


def _sources(explained: Explained, t: Translator) -> list[str]:
    method = explained.method
    shown = [
        t(
            "method.sources.method",
            url=method["url"],
            version=ecologits.__version__,
            date=method["date"],
        ),
        t("method.sources.lengths", sources=_length_sources(explained), date=explained.lengths_date),
    ]
    for one in explained.reply.equivalences:
        fact = one.equivalent.fact
        name = equivalences.in_words(one, t)
        shown.append(t("method.sources.equivalent", name=name, url=fact["url"], date=fact["date"]))
    return [f"· {line}" for line in shown]


def _length_sources(explained: Explained) -> str:
    return ", ".join(_length_source(source) for source in explained.lengths)


def _length_source(source: Fact) -> str:
    """Return a source's name, linked where it has an address: some came in packages."""
    return f"[{source['name']}]({source['repository']})" if "repository" in source else source["name"]
