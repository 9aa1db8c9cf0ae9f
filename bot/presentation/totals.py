"""A server's totals in a few lines: the same for an embed and a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.estimation.facts.equivalents import Picture
from bot.estimation.ranges import Range
from bot.presentation import days as in_days
from bot.presentation import equivalences
from bot.presentation.days import Days
from bot.presentation.money import dollars
from bot.presentation.numbers import ENERGY, GWP, WATER, Ladder, amount, number, span, tokens, whole
from bot.presentation.translator import Words

SAME, TWICE = 0.005, 2.0
"""Up to which change two periods are the same, and from which growth on it is counted in times."""


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Polite messages, those that were nothing else, expressions, and what all of it takes (Wh, g CO2e, USD)."""

    messages: int
    only: int
    words: int
    energy_wh: float
    gwp_g: float
    cost_usd: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The change of energy against the same days of the period before: 0.12 is 12 % more.

    None where nothing was counted then; `counted_from` where counting only began during those days.
    """

    change: float | None
    counted_from: date | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the totals show, in tokens, Wh, g CO2e, mL, USD; `with_water` messages had a figure for water."""

    days: Days
    messages: int
    prompt_tokens: int
    answer_tokens: Range
    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None
    with_water: int
    cost_usd: float | None
    with_cost: int
    members: int
    channels: int
    courtesy: Courtesy
    pictures: Sequence[Picture]
    trend: Trend | None


def title(summary: Summary, words: Words) -> str:
    """Return whose totals these are, of which period."""
    return words("totals.title", period=in_days.name(summary.days, words))


def lines(summary: Summary, words: Words) -> list[str]:
    """Return the totals line by line, with Discord's `**` marks; "" stands between groups."""
    if not summary.messages:
        return empty(summary.days, words)
    shown = [in_days.dated(summary.days, words), _took_part(summary, words), "", *_figures(summary, words), ""]
    if summary.pictures:
        shown += [words("reply.pictures", pictures=equivalences.row(list(summary.pictures), words)), ""]
    shown += _beside(summary, words)
    return [*shown, "", f"-# {words('totals.counted')}"]


def empty(days: Days, words: Words) -> list[str]:
    """Return what to say where there is nothing to show: how to begin, or that this period is still empty."""
    if days.since is None:
        return [words("board.nothing_yet"), "", words("board.begin")]
    return [words("board.nothing_then", period=in_days.name(days, words), since=in_days.day(days.since, words))]


def footer(words: Words) -> str:
    """Return what kind of figures these are."""
    return words("totals.footer")


def _took_part(summary: Summary, words: Words) -> str:
    return words(
        "totals.took_part",
        messages=words.many("totals.messages", summary.messages, count=whole(summary.messages, words)),
        members=words.many("totals.members", summary.members, count=whole(summary.members, words)),
        channels=words.many("totals.channels", summary.channels, count=whole(summary.channels, words)),
    )


def _figures(summary: Summary, words: Words) -> list[str]:
    shown = [
        _figure("reply.energy", summary.energy_wh, ENERGY, words),
        _figure("reply.gwp", summary.gwp_g, GWP, words),
    ]
    if summary.water_ml is None:
        shown.append(words("reply.no_water"))
    else:
        water = _figure("reply.water", summary.water_ml, WATER, words)
        shown.append(f"{water} {_of(summary.with_water, summary.messages, words)}".rstrip())
    return [*shown, _token_line(summary, words)]


def _figure(key: str, quantity: Range, ladder: Ladder, words: Words) -> str:
    return words(key, amount=amount(quantity.expected, ladder, words), span=span(quantity, ladder, words))


def _token_line(summary: Summary, words: Words) -> str:
    low, expected, high = (tokens(value, words) for value in summary.answer_tokens)
    read = summary.prompt_tokens
    return words.many("reply.tokens", read, count=whole(read, words), low=low, expected=expected, high=high)


def _beside(summary: Summary, words: Words) -> list[str]:
    """Return cost, courtesy and trend, a line each."""
    shown = []
    if summary.cost_usd is not None:
        cost = words("totals.cost", dollars=dollars(summary.cost_usd, words))
        shown.append(f"{cost} {_of(summary.with_cost, summary.messages, words)}".rstrip())
    courtesy = summary.courtesy
    if courtesy.messages:
        energy = amount(courtesy.energy_wh, ENERGY, words)
        count = whole(courtesy.messages, words)
        shown.append(words.many("totals.courtesy", courtesy.messages, count=count, energy=energy))
    if summary.trend:
        shown.append(trend(summary.trend, summary.days.name, words))
    return shown


def _of(some: int, every: int, words: Words) -> str:
    """Return of how many messages a figure is, where it isn't of all of them."""
    return "" if some == every else words("totals.of", some=whole(some, words), every=whole(every, words))


def trend(found: Trend, period: str, words: Words) -> str:
    """Return the change against the same days of the period before, in words."""
    before = words(f"totals.before.{period}")
    if found.change is None:
        return words("totals.trend.none", before=before)
    if abs(found.change) < SAME:
        line = words("totals.trend.same", before=before)
    elif found.change >= TWICE:
        line = words("totals.trend.times", times=number(1 + found.change, words), before=before)
    else:
        sign = "+" if found.change > 0 else "−"
        percent = words("unit.percent", number=whole(max(abs(found.change) * 100, 1), words))
        line = words("totals.trend.percent", percent=f"{sign}{percent}", before=before)
    if found.counted_from is None:
        return line
    return f"{line} {words('totals.trend.since', day=in_days.day(found.counted_from, words))}"
