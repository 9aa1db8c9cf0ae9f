"""The politeness tax in words, for `/politeness`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.presentation import days as in_days
from bot.presentation import equivalences, leaderboard, totals
from bot.presentation.days import Days
from bot.presentation.leaderboard import Row
from bot.presentation.method import Section
from bot.presentation.money import dollars
from bot.presentation.numbers import ENERGY, GWP, format_integer, format_number, format_quantity
from bot.presentation.totals import Courtesy
from bot.presentation.training import compact, source
from bot.presentation.translator import Translator

DAYS_PER_MONTH = 365 / 12


@dataclass(frozen=True, slots=True)
class Joke:
    """What "tens of millions of dollars" would be as electricity: Wh, messages, days of all ChatGPT traffic.

    `traffic_of` is the day of the figure of that traffic.
    """

    usd: float
    usd_per_kwh: float
    energy_wh: float
    wh_per_message: float
    messages: float
    days: float
    traffic_of: str


@dataclass(frozen=True, slots=True)
class Tax:
    """All that the page shows. `scaled_wh` is the period's courtesy in as many such servers as `servers`."""

    days: Days
    messages: int
    courtesy: Courtesy
    most_polite: Sequence[Row]
    servers: int
    scaled_wh: float
    scaled: Equivalence | None
    joke: Joke
    facts: PolitenessFacts


def title(tax: Tax, t: Translator) -> str:
    """Return what this is, of which period."""
    return t("politeness.title", period=in_days.name(tax.days, t))


def lines(tax: Tax, t: Translator) -> list[str]:
    """Return the tax line by line; "" stands between groups."""
    if not tax.messages:
        return totals.empty(tax.days, t)
    courtesy = tax.courtesy
    if not courtesy.messages:
        count = format_integer(tax.messages, t)
        return [in_days.dated(tax.days, t), t.many("politeness.none", tax.messages, count=count)]
    return [in_days.dated(tax.days, t), *_counted(tax, t), "", _took(courtesy, t), *_at_scale(tax, t)]


def sections(tax: Tax, t: Translator) -> list[Section]:
    """Return who is the most polite, why the message costs and not the word, and what is said elsewhere."""
    parts = []
    if tax.most_polite:
        rows = [leaderboard.line(row, "courtesy", leaderboard.mention("members"), t) for row in tax.most_polite]
        parts.append((t("politeness.most.title"), "\n".join(rows)))
    return [
        *parts,
        (t("politeness.message.title"), t("politeness.message.text")),
        (t("politeness.question.title"), _question(tax, t)),
        (t("politeness.elsewhere.title"), _elsewhere(tax.facts, t)),
    ]


def _counted(tax: Tax, t: Translator) -> list[str]:
    courtesy = tax.courtesy
    polite = t.many(
        "politeness.messages",
        courtesy.messages,
        count=format_integer(courtesy.messages, t),
        share=t("unit.percent", number=format_number(100 * courtesy.messages / tax.messages, t)),
        words=t.many("board.expressions", courtesy.words, count=format_integer(courtesy.words, t)),
    )
    if not courtesy.only:
        return [polite]
    return [polite, t.many("politeness.only", courtesy.only, count=format_integer(courtesy.only, t))]


def _took(courtesy: Courtesy, t: Translator) -> str:
    shown = t(
        "politeness.took",
        energy=format_quantity(courtesy.energy_wh, ENERGY, t),
        gwp=format_quantity(courtesy.gwp_g, GWP, t),
    )
    if courtesy.cost_usd is None:
        return shown
    return f"{shown} · {t('politeness.cost', dollars=dollars(courtesy.cost_usd, t))}"


def _at_scale(tax: Tax, t: Translator) -> list[str]:
    energy = format_quantity(tax.scaled_wh, ENERGY, t)
    line = t("politeness.at_scale", servers=compact(tax.servers, t), energy=energy)
    return [f"{line} ≈ {equivalences.in_words(tax.scaled, t)}" if tax.scaled else line]


def _question(tax: Tax, t: Translator) -> str:
    question, answer, joke = tax.facts.quotations["question"], tax.facts.quotations["answer"], tax.joke
    asked = t(
        "politeness.question.text",
        asker=question.author,
        question=question.text,
        author=answer.author,
        answer=answer.text,
        day=in_days.day(date.fromisoformat(answer.said or answer.date), t),
        source=f"[{answer.via}]({answer.url}), {answer.date}",
    )
    sum_up = t(
        "politeness.question.sum",
        dollars=compact(joke.usd, t),
        price=dollars(joke.usd_per_kwh, t),
        energy=format_quantity(joke.energy_wh, ENERGY, t),
        messages=compact(joke.messages, t),
        wh=format_number(joke.wh_per_message, t),
        months=format_integer(joke.days / DAYS_PER_MONTH, t),
        date=joke.traffic_of,
    )
    return f"{asked}\n{sum_up}"


def _elsewhere(facts: PolitenessFacts, t: Translator) -> str:
    thanking, us, uk, afraid = (facts.figures[name] for name in ("thanking", "polite_us", "polite_uk", "afraid"))
    study = t(
        "politeness.elsewhere.study",
        paper=thanking.paper,
        wh=format_number(thanking.value, t, 3),
        source=source(thanking, t),
    )
    survey = t(
        "politeness.elsewhere.survey",
        us=t("unit.percent", number=us.value),
        uk=t("unit.percent", number=uk.value),
        source=source(us, t),
        afraid=t("unit.percent", number=afraid.value),
        afraid_source=source(afraid, t),
    )
    return f"· {study}\n· {survey}"
