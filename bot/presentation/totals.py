"""A server's totals in a few lines: the same for an embed and a terminal."""

from bot.estimation.ranges import Range
from bot.ledger.records import Prediction, Totals
from bot.presentation import days as in_days
from bot.presentation import equivalences
from bot.presentation.money import dollars
from bot.presentation.numbers import (
    ENERGY,
    GWP,
    WATER,
    UnitScale,
    format_integer,
    format_interval,
    format_number,
    format_quantity,
    tokens,
)
from bot.presentation.translator import Translator
from bot.usecases.records.boards import Days, Summary, Trend

MIN_PAIRS = 10
"""Pairs of prediction and measured answer from which on they say something."""

SAME, TWICE = 0.005, 2.0
"""Up to which change two periods are the same, and from which growth on it is counted in times."""


def title(summary: Summary, t: Translator) -> str:
    """Return whose totals these are, of which period."""
    return t("totals.title", period=in_days.name(summary.days, t))


def lines(summary: Summary, t: Translator) -> list[str]:
    """Return the totals line by line, with Discord's `**` marks; "" stands between groups."""
    totals = summary.totals
    if not totals.messages:
        return empty(summary.days, t)
    shown = [in_days.dated(summary.days, t), _took_part(totals, t), "", *_figures(totals, t), ""]
    if summary.equivalences:
        shown += [*equivalences.lines(summary.equivalences, t), ""]
    shown += _beside(summary, t)
    return [*shown, "", f"-# {t('totals.counted')}"]


def headline(summary: Summary, t: Translator) -> list[str]:
    """Return what stands beside the picture: one number, one ratio, one comparison."""
    totals = summary.totals
    if not totals.messages:
        return empty(summary.days, t)
    shown = [_figure("reply.energy", totals.energy_wh, ENERGY, t)]
    if summary.trend:
        shown.append(trend(summary.trend, summary.days.name, t))
    if summary.equivalences:
        shown += equivalences.lines(summary.equivalences[:1], t)
    return [*shown, f"-# {_took_part(totals, t)}"]


def gwp(summary: Summary, t: Translator) -> str:
    """Return the CO2e with its range."""
    return _figure("reply.gwp", summary.totals.gwp_g, GWP, t)


def empty(days: Days, t: Translator) -> list[str]:
    """Return what to say where there is nothing to show: how to begin, or that this period is still empty."""
    if days.since is None:
        return [t("board.nothing_yet"), "", t("board.begin")]
    return [t("board.nothing_then", period=in_days.name(days, t), since=in_days.day(days.since, t))]


def footer(t: Translator) -> str:
    """Return what kind of figures these are."""
    return t("totals.footer")


def quality(found: Prediction, t: Translator) -> str | None:
    """Return how good the prediction is here, None while there are too few pairs to tell."""
    if found.pairs < MIN_PAIRS or None in (found.median_ratio, found.within_2, found.coverage):
        return None
    return t(
        "totals.prediction",
        pairs=format_integer(found.pairs, t),
        ratio=format_number(found.median_ratio or 0.0, t),
        within=_percent(found.within_2 or 0.0, t),
        coverage=_percent(found.coverage or 0.0, t),
    )


def _percent(share: float, t: Translator) -> str:
    return t("unit.percent", number=format_integer(share * 100, t))


def with_measured(messages: str, measured: int, t: Translator) -> str:
    """Return a number of messages, and how many of them are answers that were measured."""
    if not measured:
        return messages
    return f"{messages} ({t.many('totals.measured', measured, count=format_integer(measured, t))})"


def _took_part(totals: Totals, t: Translator) -> str:
    messages = t.many("totals.messages", totals.messages, count=format_integer(totals.messages, t))
    return t(
        "totals.took_part",
        messages=with_measured(messages, totals.ai_answers.messages, t),
        members=t.many("totals.members", totals.members, count=format_integer(totals.members, t)),
        channels=t.many("totals.channels", totals.channels, count=format_integer(totals.channels, t)),
    )


def _figures(totals: Totals, t: Translator) -> list[str]:
    shown = [
        _figure("reply.energy", totals.energy_wh, ENERGY, t),
        _figure("reply.gwp", totals.gwp_g, GWP, t),
    ]
    if totals.water_ml is None:
        shown.append(t("reply.no_water"))
    else:
        water = _figure("reply.water", totals.water_ml, WATER, t)
        shown.append(f"{water} {_of(totals.with_water, totals.messages, t)}".rstrip())
    return [*shown, _token_line(totals, t)]


def _figure(key: str, quantity: Range, ladder: UnitScale, t: Translator) -> str:
    return t(key, amount=format_quantity(quantity.expected, ladder, t), span=format_interval(quantity, ladder, t))


def _token_line(totals: Totals, t: Translator) -> str:
    low, expected, high = (tokens(value, t) for value in totals.answer_tokens)
    read = totals.prompt_tokens
    return t.many("reply.tokens", read, count=format_integer(read, t), low=low, expected=expected, high=high)


def _beside(summary: Summary, t: Translator) -> list[str]:
    """Return cost, courtesy and trend, a line each."""
    totals, shown = summary.totals, []
    if totals.cost_usd is not None:
        cost = t("totals.cost", dollars=dollars(totals.cost_usd, t))
        shown.append(f"{cost} {_of(totals.with_cost, totals.messages, t)}".rstrip())
    courtesy = totals.courtesy
    if courtesy.messages:
        energy = format_quantity(courtesy.energy_wh, ENERGY, t)
        count = format_integer(courtesy.messages, t)
        shown.append(t.many("totals.courtesy", courtesy.messages, count=count, energy=energy))
    if summary.trend:
        shown.append(trend(summary.trend, summary.days.name, t))
    measured = totals.ai_answers
    if measured.messages:
        energy, read = (
            format_quantity(measured.energy_wh.expected, ENERGY, t),
            format_integer(measured.answer_tokens, t),
        )
        count = format_integer(measured.messages, t)
        shown.append(t.many("totals.ai_answers", measured.messages, count=count, tokens=read, energy=energy))
    told = quality(totals.prediction, t)
    return [*shown, told] if told else shown


def _of(some: int, every: int, t: Translator) -> str:
    """Return of how many messages a figure is, where it isn't of all of them."""
    return "" if some == every else t("totals.of", some=format_integer(some, t), every=format_integer(every, t))


def trend(found: Trend, period: str, t: Translator) -> str:
    """Return the change against the same days of the period before, in words."""
    before = t(f"totals.before.{period}")
    if found.change is None:
        return t("totals.trend.none", before=before)
    if abs(found.change) < SAME:
        line = t("totals.trend.same", before=before)
    elif found.change >= TWICE:
        line = t("totals.trend.times", times=format_number(1 + found.change, t), before=before)
    else:
        percent = t("unit.percent", number=format_integer(max(abs(found.change) * 100, 1), t))
        if found.change > 0:
            line = t("totals.trend.more", percent=f"+{percent}", before=before)
        else:
            line = t("totals.trend.less", percent=f"−{percent}", before=before)
    if found.counted_from is None:
        return line
    return f"{line} {t('totals.trend.since', day=in_days.day(found.counted_from, t))}"
