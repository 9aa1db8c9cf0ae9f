"""Annotations in words: one compact line under a message, a digest of a channel, the size classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discord.utils import format_dt

from bot.estimation.facts.equivalents import Picture
from bot.estimation.facts.sizes import Size
from bot.estimation.footprint import Footprint
from bot.estimation.ranges import Range
from bot.presentation import equivalences
from bot.presentation.numbers import ENERGY, GWP, WATER, amount, span, whole
from bot.presentation.translator import Words


@dataclass(frozen=True, slots=True)
class Summed:
    """What a digest shows: sums in Wh, g and mL (None where unknown), since when, as of when.

    `largest_wh` and `largest_url` are of the message with the largest footprint, None where it isn't to be named.
    """

    messages: int
    model: str
    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None
    picture: Picture | None
    largest_wh: float | None
    largest_url: str | None
    courtesy_words: int
    courtesy_only: int
    since: datetime
    now: datetime


def line(footprint: Footprint, picture: Picture | None, words: Words) -> str:
    """Return one line in small print: energy with its range, CO2e, one equivalent."""
    impact = footprint.impact
    said = words(
        "annotation.line",
        model=footprint.model.title,
        energy=amount(impact.energy_wh.expected, ENERGY, words),
        span=span(impact.energy_wh, ENERGY, words),
        gwp=amount(impact.gwp_g.expected, GWP, words),
    )
    return f"{said} · ≈\u00a0{equivalences.in_words(picture, words)}" if picture else said


def digest(summed: Summed, words: Words) -> str:
    """Return the digest of a channel: what, how much, the largest, an equivalent, the courtesy of the moment."""
    count, since = whole(summed.messages, words), format_dt(summed.since, "t")
    lines = [words.many("annotation.digest", summed.messages, count=count, since=since), _sums(summed, words)]
    details = _details(summed, words)
    if details:
        lines.append(" · ".join(details))
    lines.append(words("annotation.updated", model=summed.model, now=format_dt(summed.now, "t")))
    return "\n".join(lines)


def legend(classes: Sequence[Size], words: Words) -> str:
    """Return what each emoji of the reactions stands for."""
    bounds = [*(one.least_wh for one in classes[1:]), None]
    shown = [_class(one, below, words) for one, below in zip(classes, bounds, strict=True)]
    return words("annotation.legend", classes=" · ".join(shown))


def _class(size: Size, below_wh: float | None, words: Words) -> str:
    if below_wh is None:
        return words("annotation.from", emoji=size.emoji, energy=amount(size.least_wh, ENERGY, words))
    return words("annotation.below", emoji=size.emoji, energy=amount(below_wh, ENERGY, words))


def _sums(summed: Summed, words: Words) -> str:
    parts = {
        "energy": amount(summed.energy_wh.expected, ENERGY, words),
        "span": span(summed.energy_wh, ENERGY, words),
        "gwp": amount(summed.gwp_g.expected, GWP, words),
    }
    if summed.water_ml is None:
        return words("annotation.sums_no_water", **parts)
    return words("annotation.sums", water=amount(summed.water_ml.expected, WATER, words), **parts)


def _details(summed: Summed, words: Words) -> list[str]:
    found: list[str] = []
    if summed.picture is not None:
        found.append(f"≈\u00a0{equivalences.in_words(summed.picture, words)}")
    if summed.largest_wh is not None and summed.messages > 1:
        energy = amount(summed.largest_wh, ENERGY, words)
        found.append(words("annotation.largest", energy=energy, url=summed.largest_url))
    if summed.courtesy_words:
        found.append(words.many("annotation.courtesy", summed.courtesy_words))
    if summed.courtesy_only:
        found.append(words.many("annotation.courtesy_only", summed.courtesy_only))
    return found
