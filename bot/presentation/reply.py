"""A footprint in a few lines that a hurried person reads: the same for an embed and a terminal."""

from collections.abc import Sequence

from bot.estimation.facts.sizes import Size
from bot.estimation.footprint import Footprint
from bot.estimation.impacts.methods import DEFAULT_METHOD
from bot.estimation.ranges import Range
from bot.presentation import annotation, equivalences, notes, zones
from bot.presentation.numbers import (
    ENERGY,
    GWP,
    WATER,
    UnitScale,
    digits_of,
    format_integer,
    format_interval,
    format_number,
    format_quantity,
    significant,
    tokens,
)
from bot.presentation.translator import Translator
from bot.usecases.records.estimates import Reply

LEAST_PLANES = 1.0
"""From how many full planes on the line for scale counts planes; below, it counts passengers."""


def title(reply: Reply, t: Translator) -> str:
    """Return the answer's size as an animal, which model, on which electricity."""
    footprint = reply.footprint
    zone = zones.name(footprint.zone, t)
    return t("reply.title", size=reply.size.emoji, model=footprint.model.title, zone=zone)


def lines(reply: Reply, t: Translator) -> list[str]:
    """Return the reply line by line, with Discord's `**` marks; "" stands between groups."""
    footprint = reply.footprint
    shown = [*_figures(footprint, t), ""]
    if reply.equivalences:
        shown += [*equivalences.lines(reply.equivalences, t), ""]
    shown += [_token_line(footprint, t), *_courtesy_lines(footprint, t)]
    if reply.attachments:
        shown.append(t.many("reply.attachments", reply.attachments))
    if reply.notice:
        shown.append(t(reply.notice))
    if footprint.method != DEFAULT_METHOD:
        shown.append(t("reply.frozen", method=footprint.method))
    return [*shown, *notes.lines(reply.notes, t), _scale_line(reply, t)]


def size(reply: Reply, classes: Sequence[Size], t: Translator) -> str:
    """Return what the animal in the title stands for, beside all of them."""
    energy = format_quantity(reply.footprint.impact.energy_wh.expected, ENERGY, t)
    return t("size.text", emoji=reply.size.emoji, energy=energy, classes=annotation.each_size(classes, t))


def footer(footprint: Footprint, t: Translator) -> str:
    """Return what kind of figures these are."""
    return t("reply.footer_given" if footprint.length_given else "reply.footer")


def plain(line: str) -> str:
    """Return the line without Discord's marks."""
    return line.replace("**", "")


def _figures(footprint: Footprint, t: Translator) -> list[str]:
    impact = footprint.impact
    shown = [_figure("reply.energy", impact.energy_wh, ENERGY, t), _figure("reply.gwp", impact.gwp_g, GWP, t)]
    if impact.water_ml is None:
        return [*shown, t("reply.no_water")]
    return [*shown, _figure("reply.water", impact.water_ml, WATER, t)]


def _figure(key: str, quantity: Range, ladder: UnitScale, t: Translator) -> str:
    digits = digits_of(quantity)
    return t(
        key,
        amount=format_quantity(quantity.expected, ladder, t, digits),
        span=format_interval(quantity, ladder, t, digits),
    )


def _token_line(footprint: Footprint, t: Translator) -> str:
    written = footprint.answer_tokens
    shown = {"expected": tokens(written.expected, t)}
    key = "reply.tokens_given"
    if not footprint.length_given:
        key = "reply.tokens"
        shown |= {"low": tokens(written.low, t), "high": tokens(written.high, t)}
    read = footprint.prompt_tokens
    line = t.many(key, read, count=format_integer(read, t), **shown)
    hidden = written.expected - footprint.visible_tokens.expected
    if footprint.reasoning and round(hidden):
        judged = footprint.reasoning.is_assumption
        line = f"{line}, {t('reply.reasoning_judged' if judged else 'reply.reasoning', tokens=tokens(hidden, t))}"
    return f"{line} {t('reply.tokens_approximate')}" if footprint.model.approximate_tokens else line


def _scale_line(reply: Reply, t: Translator) -> str:
    at_scale, gwp_g = reply.at_scale, reply.footprint.impact.gwp_g
    if at_scale.flights_paris_nyc >= LEAST_PLANES:
        exact, between, count = "reply.scale_planes", "reply.scale_planes_between", at_scale.flights_paris_nyc
    else:
        exact, between = "reply.scale_passengers", "reply.scale_passengers_between"
        count = at_scale.passengers_paris_nyc
    per_gram, digits = count / gwp_g.expected, digits_of(gwp_g)
    low, high = (significant(value * per_gram, digits) for value in (gwp_g.low, gwp_g.high))
    if low == high:
        return t.many(exact, high, count=format_number(high, t, digits))
    # the number as written decides: "1,9 avion" in French, "1.4 planes" in English
    return t.many(between, high, low=format_number(low, t, digits), high=format_number(high, t, digits))


def _courtesy_lines(footprint: Footprint, t: Translator) -> list[str]:
    if not footprint.courtesy.words:
        return []
    counted = t.many("reply.courtesy", footprint.courtesy.words)
    return [counted, t("reply.courtesy_only")] if footprint.courtesy.only else [counted]
