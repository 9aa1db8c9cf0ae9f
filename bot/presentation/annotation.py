"""Annotations in words: one compact line under a message, a digest of a channel, the size classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discord.utils import format_dt

from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.facts.sizes import Size
from bot.estimation.footprint import Footprint
from bot.estimation.ranges import Range
from bot.presentation import equivalences
from bot.presentation.numbers import ENERGY, GWP, WATER, format_integer, format_interval, format_quantity
from bot.presentation.translator import Translator


@dataclass(frozen=True, slots=True)
class DigestSums:
    """What a digest shows: sums in Wh, g and mL (None where unknown), since when, as of when.

    `largest_wh` and `largest_url` are of the message with the largest footprint, None where it isn't to be named.
    """

    messages: int
    model: str
    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None
    picture: Equivalence | None
    largest_wh: float | None
    largest_url: str | None
    courtesy_words: int
    courtesy_only: int
    since: datetime
    now: datetime


def line(footprint: Footprint, picture: Equivalence | None, t: Translator) -> str:
    """Return one line in small print: energy with its range, CO2e, one equivalent."""
    impact = footprint.impact
    said = t(
        "annotation.line",
        model=footprint.model.title,
        energy=format_quantity(impact.energy_wh.expected, ENERGY, t),
        span=format_interval(impact.energy_wh, ENERGY, t),
        gwp=format_quantity(impact.gwp_g.expected, GWP, t),
    )
    return f"{said} · {equivalences.same([picture], t)}" if picture else said


def digest(summed: DigestSums, t: Translator) -> str:
    """Return the digest of a channel: what, how much, the largest, an equivalent, the courtesy of the moment."""
    count, since = format_integer(summed.messages, t), format_dt(summed.since, "t")
    lines = [t.many("annotation.digest", summed.messages, count=count, since=since), _sums(summed, t)]
    details = _details(summed, t)
    if details:
        lines.append(" · ".join(details))
    lines.append(t("annotation.updated", model=summed.model, now=format_dt(summed.now, "t")))
    return "\n".join(lines)


def legend(classes: Sequence[Size], t: Translator) -> str:
    """Return what each emoji of the reactions stands for."""
    return t("annotation.legend", classes=each_size(classes, t))


def each_size(classes: Sequence[Size], t: Translator) -> str:
    """Return the classes with their bounds, in one line."""
    bounds = [*(one.least_wh for one in classes[1:]), None]
    return " · ".join(_class(one, below, t) for one, below in zip(classes, bounds, strict=True))


def _class(size: Size, below_wh: float | None, t: Translator) -> str:
    if below_wh is None:
        return t("annotation.from", emoji=size.emoji, energy=format_quantity(size.least_wh, ENERGY, t))
    return t("annotation.below", emoji=size.emoji, energy=format_quantity(below_wh, ENERGY, t))


def _sums(summed: DigestSums, t: Translator) -> str:
    parts = {
        "energy": format_quantity(summed.energy_wh.expected, ENERGY, t),
        "span": format_interval(summed.energy_wh, ENERGY, t),
        "gwp": format_quantity(summed.gwp_g.expected, GWP, t),
    }
    if summed.water_ml is None:
        return t("annotation.sums_no_water", **parts)
    return t("annotation.sums", water=format_quantity(summed.water_ml.expected, WATER, t), **parts)


def _details(summed: DigestSums, t: Translator) -> list[str]:
    found: list[str] = []
    if summed.picture is not None:
        found.append(equivalences.same([summed.picture], t))
    if summed.largest_wh is not None and summed.messages > 1:
        energy = format_quantity(summed.largest_wh, ENERGY, t)
        found.append(t("annotation.largest", energy=energy, url=summed.largest_url))
    if summed.courtesy_words:
        found.append(t.many("annotation.courtesy", summed.courtesy_words))
    if summed.courtesy_only:
        found.append(t.many("annotation.courtesy_only", summed.courtesy_only))
    return found
