"""How a reply's figures were made, what they leave out, and where they come from: the *Méthode* button."""

from fractions import Fraction

import ecologits

from bot.estimation.facts.assumptions import Assumption
from bot.estimation.footprint import Footprint
from bot.presentation import days, equivalences, zones
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


def short(explained: Explained, t: Translator) -> list[str]:
    """Return how far the figures can be trusted, what they are good for, and what a token is."""
    factor, zone = format_number(explained.method_factor, t), zones.name(explained.reply.footprint.zone, t)
    return [
        t("method.short.factor", factor=factor),
        t("method.short.use"),
        t("method.short.tokens"),
        "",
        t("method.short.how", version=ecologits.__version__, zone=zone),
    ]


def sections(explained: Explained, t: Translator) -> list[Section]:
    """Return the explanation, section by section."""
    footprint = explained.reply.footprint
    shown = [
        (t("method.tokens.title"), "\n".join([*_tokens(footprint, t), *_thinking(explained, t)])),
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
    if footprint.model.tokenizer.encoding is None:
        shown.append(_ratio(footprint, t))
    if not footprint.length_given:
        low, high = footprint.visible_tokens.low, footprint.visible_tokens.high
        shown.append(t("method.tokens.length", low=tokens(low, t), high=tokens(high, t)))
    return shown


def _ratio(footprint: Footprint, t: Translator) -> str:
    """Return by what the tokens of o200k are multiplied, and how that is known."""
    tokenizer, mix = footprint.model.tokenizer, footprint.reading.mix
    basis = "method.tokens.ratio_measured" if tokenizer.state == "measured" else "method.tokens.ratio_assumed"
    if mix.language == "other" and mix.code < 1:
        basis = "method.tokens.ratio_other"
    return t("method.tokens.ratio", ratio=format_number(tokenizer.ratio(mix), t, 3), basis=t(basis))


def _thinking(explained: Explained, t: Translator) -> list[str]:
    """Return how much the model thinks, why at that effort, and whether anybody measured it."""
    factor = explained.reply.footprint.reasoning
    if factor is None or factor.times.expected == 1:
        return []
    low, high = (format_number(value, t) for value in (factor.times.low, factor.times.high))
    shown = [t("method.tokens.reasoning", low=low, high=high)]
    documented, source = explained.thinking or (None, None)
    if documented and source and factor.effort == documented.default:
        if documented.default_is_documented:
            values = {"effort": factor.effort, "source": source.name, "url": source.url}
            shown.append(t("method.tokens.thinking_default", **values))
        else:
            shown.append(t("method.tokens.thinking_cautious", effort=factor.effort))
    return [*shown, t("method.tokens.thinking_judged")] if factor.is_assumption else shown


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
        usd, day = format_number(footprint.cost_usd, t), days.day(explained.prices_of, t)
        shown.append(t("method.impacts.cost", usd=usd, date=day))
    return shown


def shares(share: Assumption) -> dict[str, str]:
    """Return what part of a written token a token read takes, and its range: "1/5", "1/20", "1/2"."""
    low, expected, high = (str(Fraction(end).limit_denominator(100)) for end in share.range)
    return {"share": expected, "least": low, "most": high}


def _left_out(explained: Explained, t: Translator) -> list[str]:
    reading, check = explained.reply.footprint.input_energy_wh, explained.crosscheck
    return [
        t(
            "method.left_out.measured",
            factor=format_number(explained.method_factor, t),
            low=format_number(check.low, t),
            median=format_number(check.value, t),
            high=format_number(check.high, t),
            cases=check.pairs,
            url=check.url,
            date=days.written(check.date, t),
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
            url=method.url,
            version=ecologits.__version__,
            date=days.written(method.date, t),
        ),
        t("method.sources.lengths", sources=_length_sources(explained), date=days.written(explained.lengths_date, t)),
    ]
    for one in explained.reply.equivalences:
        fact = one.equivalent.fact
        name = equivalences.in_words(one, t)
        shown.append(t("method.sources.equivalent", name=name, url=fact.url, date=days.written(fact.date, t)))
    return [f"· {line}" for line in shown]


def _length_sources(explained: Explained) -> str:
    """Return the sources' names, linked where they are in a repository."""
    known = ((source.name, source.repository) for source in explained.lengths)
    return ", ".join(f"[{name}]({url})" if url else name for name, url in known)
