"""How a reply's figures were made, what they leave out, and where they come from: the *Méthode* button."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import ecologits

from bot.estimation.facts.fact import Fact
from bot.estimation.footprint import Footprint
from bot.estimation.impacts.coefficients import Impact
from bot.estimation.impacts.zones import Zone
from bot.presentation import equivalences, zones
from bot.presentation.numbers import ENERGY, GWP, METALS, NO_BREAK, PRIMARY_ENERGY, amount, number, span, tokens, whole
from bot.presentation.reply import Reply
from bot.presentation.translator import Words

Section = tuple[str, str]
"""A heading and its text."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What the explanation needs beside the reply itself.

    `then` and `now` are the talks' mail (GPT-4o, 170 tokens) by the old and the installed method; `crosscheck` says
    how EcoLogits compares with measured GPUs, `input_share` what part of a written token a token read takes.
    """

    reply: Reply
    zone: Zone
    then: Impact
    now: Impact
    method: Fact
    lengths: Sequence[Fact]
    lengths_date: str
    method_factor: float
    crosscheck: Fact
    input_share: Fact
    prices_of: date


def sections(explained: Explained, words: Words) -> list[Section]:
    """Return the explanation, section by section."""
    footprint = explained.reply.footprint
    shown = [
        (words("method.tokens.title"), "\n".join(_tokens(footprint, words))),
        (words("method.impacts.title"), "\n".join(_impacts(explained, words))),
        (words("method.left_out.title"), "\n".join(_left_out(explained, words))),
        (words("method.story.title"), _story(explained, words)),
    ]
    if footprint.warnings:
        notes = "\n".join(f"· {words(f'warning.{code}')}" for code in footprint.warnings)
        shown.append((words("method.warnings.title"), notes))
    return [*shown, (words("method.sources.title"), "\n".join(_sources(explained, words)))]


def _tokens(footprint: Footprint, words: Words) -> list[str]:
    key = "method.tokens.approximate" if footprint.model.approximate_tokens else "method.tokens.counted"
    count = footprint.prompt_tokens
    shown = [words.many(key, count, encoding=footprint.model.encoding, count=whole(count, words))]
    if not footprint.length_given:
        low, high = footprint.visible_tokens.low, footprint.visible_tokens.high
        shown.append(words("method.tokens.length", low=tokens(low, words), high=tokens(high, words)))
    if footprint.reasoning:
        low, high = (number(value, words) for value in (footprint.reasoning.low, footprint.reasoning.high))
        shown.append(words("method.tokens.reasoning", low=low, high=high))
    return shown


def _impacts(explained: Explained, words: Words) -> list[str]:
    footprint, impact = explained.reply.footprint, explained.reply.footprint.impact
    mix = f"{whole(explained.zone.gwp_g_per_kwh, words)}{NO_BREAK}g CO₂e/kWh"
    zone = zones.name(footprint.zone, words)
    shown = [words("method.impacts.text", version=ecologits.__version__, zone=zone, mix=mix)]
    ladders = (("primary", impact.primary_energy_kj, PRIMARY_ENERGY), ("metals", impact.adpe_ug, METALS))
    for key, quantity, ladder in ladders:
        if quantity:
            figures = {
                "amount": amount(quantity.expected, ladder, words),
                "span": span(quantity, ladder, words),
            }
            shown.append(words(f"method.impacts.{key}", **figures))
    if impact.water_ml:
        shown.append(words("method.impacts.water"))
    if footprint.cost_usd is not None:
        usd, day = number(footprint.cost_usd, words), explained.prices_of.isoformat()
        shown.append(words("method.impacts.cost", usd=usd, date=day))
    return shown


def shares(share: Fact) -> dict[str, str]:
    """Return what part of a written token a token read takes, and its range: "1/5", "1/20", "1/2"."""
    names = {"share": "value", "least": "low", "most": "high"}
    return {name: str(Fraction(share[key]).limit_denominator(100)) for name, key in names.items()}


def _left_out(explained: Explained, words: Words) -> list[str]:
    reading, check = explained.reply.footprint.input_energy_wh, explained.crosscheck
    return [
        words(
            "method.left_out.measured",
            factor=number(explained.method_factor, words),
            low=number(check["low"], words),
            median=number(check["value"], words),
            high=number(check["high"], words),
            cases=check["pairs"],
            url=check["url"],
            date=check["date"],
        ),
        words("method.left_out.text"),
        words(
            "method.left_out.input",
            amount=amount(reading.expected, ENERGY, words),
            span=span(reading, ENERGY, words),
            **shares(explained.input_share),
        ),
    ]


def _story(explained: Explained, words: Words) -> str:
    then, now = explained.then, explained.now
    return words(
        "method.story.text",
        then=amount(then.energy_wh.expected, ENERGY, words, 3),
        then_span=span(then.energy_wh, ENERGY, words),
        then_gwp=amount(then.gwp_g.expected, GWP, words),
        now_span=f"{span(now.energy_wh, ENERGY, words)}{NO_BREAK}Wh",
    )


def _sources(explained: Explained, words: Words) -> list[str]:
    method = explained.method
    shown = [
        words(
            "method.sources.method",
            url=method["url"],
            version=ecologits.__version__,
            date=method["date"],
        ),
        words("method.sources.lengths", sources=_length_sources(explained), date=explained.lengths_date),
    ]
    for one in explained.reply.pictures:
        fact = one.equivalent.fact
        name = equivalences.in_words(one, words)
        shown.append(words("method.sources.equivalent", name=name, url=fact["url"], date=fact["date"]))
    return [f"· {line}" for line in shown]


def _length_sources(explained: Explained) -> str:
    return ", ".join(f"[{source['name']}]({source['repository']})" for source in explained.lengths)
