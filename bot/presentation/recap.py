"""A server's weekly recap in words, and how it is set."""

from collections.abc import Collection, Sequence

from babel.dates import get_day_names
from discord.utils import format_dt

from bot.estimation.facts.thoughts import Thought
from bot.presentation import days as in_days
from bot.presentation import leaderboard, permissions, sources, totals
from bot.presentation.leaderboard import Named
from bot.presentation.numbers import ENERGY, format_integer, format_number, format_quantity
from bot.presentation.pictured import Pictured
from bot.presentation.pictures import timeline
from bot.presentation.translator import Translator
from bot.usecases.records.recaps import Recap, RecapOutcome, RecapState

DAYS = range(7)
"""The weekdays, 0 for Monday."""


def pictured(recap: Recap, named: Named, t: Translator) -> Pictured:
    """Return the recap: the figures, the picture, then who, how polite, and a sentence."""
    figures = _figures(recap, t)
    below = [*_members(recap, named, t), *_courtesy(recap, named, t), "", thought(recap, t)]
    return Pictured(
        title=t("recap.title", days=in_days.span(recap.summary.days, t)),
        beside=figures,
        alone=[*figures, "", *below],
        footer=totals.footer(t),
        chart=timeline.picture(recap.timeline, t),
        below=below,
    )


def thought(recap: Recap, t: Translator) -> str:
    """Return the sentence to think about, with its source, or those of both figures."""
    one = recap.thought
    return f"💭 {_sentence(one, t)}\n-# {' · '.join(sources.linked(fact, t) for fact in one.facts)}"


def state(found: RecapState | None, hidden: Collection[int], t: Translator) -> list[str]:
    """Return for `/settings show` whether there is a recap, when the next one comes, why the latest one didn't.

    A channel that is `hidden` from the reader isn't named.
    """
    if found is None:
        return [t("settings.recap.off")]
    where = _where(found, hidden, t)
    lines = [t("settings.recap.line", where=where, when=_when(found, t), next=_moment(found))]
    if found.failure is not None and found.failed_at is not None:
        lines.append(t("settings.recap.failed", day=format_dt(found.failed_at, "D"), why=_why(found.failure, t)))
    return lines


def chosen(found: RecapState, lacks: Sequence[str], hidden: Collection[int], *, counts: bool, t: Translator) -> str:
    """Return what came of `/settings recap`: where and when, and what is in its way."""
    where = _where(found, hidden, t)
    lines = [t("settings.recap.done", where=where, when=_when(found, t), next=_moment(found))]
    if lacks:
        lines.append(t("settings.recap.lacks", permissions=permissions.names(lacks, t)))
    return "\n".join([*lines, *([] if counts else [t("settings.recap.nothing_counts")])])


def weekday(number: int, t: Translator) -> str:
    """Return a weekday's name; 0 is Monday."""
    return get_day_names("wide", locale=t.locale)[number]


def moment_of_week(number: int, hour: int, t: Translator) -> str:
    """Return a weekday and an hour: "le lundi à 9 h"."""
    return t("settings.recap.when", day=weekday(number, t), hour=hour)


def _sentence(one: Thought, t: Translator) -> str:
    first, second = (format_number(figure, t, 4) for figure in one.figures)
    return t(f"recap.thought.{one.id}", first=first, second=second)


def _figures(recap: Recap, t: Translator) -> list[str]:
    summary = recap.summary
    shown = totals.headline(summary, t)
    gwp = totals.gwp(summary, t)
    return [f"{shown[0]}   {gwp}", *shown[1:]]


def _members(recap: Recap, named: Named, t: Translator) -> list[str]:
    if not recap.top:
        return []
    return [t("recap.top"), *(leaderboard.line(row, "energy", named, t) for row in recap.top)]


def _courtesy(recap: Recap, named: Named, t: Translator) -> list[str]:
    """Return the courtesy of the week: how much, what it took, who was the most polite."""
    courtesy, polite = recap.tax.totals.courtesy, recap.tax.most_polite
    if not courtesy.messages:
        return []
    line = t.many(
        "recap.courtesy",
        courtesy.messages,
        count=format_integer(courtesy.messages, t),
        words=t.many("board.expressions", courtesy.words, count=format_integer(courtesy.words, t)),
        energy=format_quantity(courtesy.energy_wh, ENERGY, t),
    )
    if not polite:
        return ["", line]
    return ["", line, t("politeness.most.line", names=", ".join(named(row.id) for row in polite))]


def _where(found: RecapState, hidden: Collection[int], t: Translator) -> str:
    return t("settings.recap.hidden") if found.channel_id in hidden else f"<#{found.channel_id}>"


def _when(found: RecapState, t: Translator) -> str:
    return moment_of_week(found.weekday, found.hour, t)


def _moment(found: RecapState) -> str:
    return format_dt(found.next_at, "f")


def _why(failure: RecapOutcome, t: Translator) -> str:
    return t(f"recap.why.{failure}")
