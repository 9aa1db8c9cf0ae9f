"""An answer with a picture: what is said beside it, and what alone where there can't be one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.charts.records.chart import Chart
from bot.estimation.comparison import Comparison
from bot.estimation.phrasings import Phrasings
from bot.estimation.ranges import Range
from bot.presentation import comparison as worded_comparison
from bot.presentation import leaderboard as worded_leaderboard
from bot.presentation import phrasings as worded_phrasings
from bot.presentation import politeness as worded_politeness
from bot.presentation import totals as worded_totals
from bot.presentation import training as worded_training
from bot.presentation.leaderboard import Named
from bot.presentation.pictures import courtesy, ranking, week_hours
from bot.presentation.pictures import timeline as by_day
from bot.presentation.pictures import training as against_use
from bot.presentation.translator import Translator
from bot.usecases.records.boards import Page, Summary, Tax
from bot.usecases.records.timelines import Timeline, WeekHours
from bot.usecases.records.trainings import Overview
from bot.usecases.records.trainings import Page as TrainingPage


@dataclass(frozen=True, slots=True)
class Pictured:
    """Discord's Markdown, line by line: `beside` a picture and `below` it, `alone` without one; the small line last."""

    title: str
    beside: Sequence[str]
    alone: Sequence[str]
    footer: str
    chart: Chart | None
    below: Sequence[str] = ()

    def text(self, *, pictured: bool) -> str:
        """Return what stands above the picture, or all there is to say without one."""
        return "\n".join([f"### {self.title}", *(self.beside if pictured else self.alone)])


def totals(summary: Summary, timeline: Timeline | None, t: Translator) -> Pictured:
    """Return a server's totals with their days."""
    return Pictured(
        title=worded_totals.title(summary, t),
        beside=worded_totals.headline(summary, t),
        alone=worded_totals.lines(summary, t),
        footer=worded_totals.footer(t) if summary.totals.messages else "",
        chart=by_day.picture(timeline, t) if timeline else None,
    )


def totals_details(summary: Summary, hours: WeekHours | None, t: Translator) -> Pictured:
    """Return all the figures of the totals, with the hours of the week."""
    shown = totals(summary, None, t)
    chart = week_hours.picture(hours, t) if hours and summary.totals.messages else None
    return replace(shown, beside=shown.alone, chart=chart)


def leaderboard(
    page: Page, guild_id: int, names: Mapping[int, str | None], ranges: Mapping[int, Range], t: Translator
) -> Pictured:
    """Return a page of a board as bars."""
    named = worded_leaderboard.named(page.by, guild_id, names, t)
    plain = worded_leaderboard.plain(names, t)
    return Pictured(
        title=worded_leaderboard.title(page, t),
        beside=worded_leaderboard.headline(page, named, t),
        alone=worded_leaderboard.lines(page, named, t),
        footer=worded_leaderboard.footer(page, t) if page.rows else "",
        chart=ranking.picture(page, plain, ranges, t) if page.rows else None,
    )


def politeness(tax: Tax, named: Named, t: Translator) -> Pictured:
    """Return what courtesy takes, beside all answers."""
    lines = worded_politeness.short(tax, named, t)
    return Pictured(worded_politeness.title(tax, t), lines, lines, "", courtesy.picture(tax, t))


def comparison(compared: Comparison, t: Translator) -> Pictured:
    """Return models side by side."""
    return Pictured(
        title=worded_comparison.title(compared, t),
        beside=worded_comparison.beside(compared, t),
        alone=worded_comparison.lines(compared, t),
        footer=t("compare.footer"),
        chart=worded_comparison.picture(compared, t),
    )


def phrasings(asked: Phrasings, t: Translator) -> Pictured:
    """Return two ways of asking the same."""
    lines = worded_phrasings.lines(asked, t)
    chart = worded_phrasings.picture(asked, t)
    return Pictured(worded_phrasings.title(asked, t), lines, lines, t("compare.footer"), chart)


def training(page: TrainingPage, t: Translator) -> Pictured:
    """Return one training beside use."""
    lines = worded_training.page_short(page, t)
    chart = against_use.picture([page.shown.training], page.use, t)
    return Pictured(worded_training.page_title(page, t), lines, lines, "", chart)


def trainings(overview: Overview, t: Translator) -> Pictured:
    """Return the largest trainings beside use."""
    lines = worded_training.overview_short(overview, t)
    chart = against_use.picture([row.training for row in overview.rows], overview.use, t)
    return Pictured(t("training.title"), worded_training.overview_beside(overview, t), lines, "", chart)
