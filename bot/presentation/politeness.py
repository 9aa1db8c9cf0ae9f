"""The politeness tax in words, for `/politeness`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.estimation.facts.equivalents import Picture
from bot.estimation.facts.fact import Fact
from bot.presentation import days as in_days
from bot.presentation import equivalences, leaderboard, totals
from bot.presentation.days import Days
from bot.presentation.leaderboard import Row
from bot.presentation.method import Section
from bot.presentation.money import dollars
from bot.presentation.numbers import ENERGY, GWP, amount, number, whole
from bot.presentation.totals import Courtesy
from bot.presentation.training import compact, source
from bot.presentation.translator import Words

DAYS_PER_MONTH = 365 / 12


@dataclass(frozen=True, slots=True)
class Joke:
    """What "tens of millions of dollars" would be as electricity: Wh, messages, days of all ChatGPT traffic."""

    usd: float
    usd_per_kwh: float
    energy_wh: float
    wh_per_message: float
    messages: float
    days: float


@dataclass(frozen=True, slots=True)
class Tax:
    """All that the page shows. `scaled_wh` is the period's courtesy in as many such servers as `servers`."""

    days: Days
    messages: int
    courtesy: Courtesy
    most_polite: Sequence[Row]
    servers: int
    scaled_wh: float
    scaled: Picture | None
    joke: Joke
    facts: Mapping[str, Fact]


def title(tax: Tax, words: Words) -> str:
    """Return what this is, of which period."""
    return words("politeness.title", period=in_days.name(tax.days, words))


def lines(tax: Tax, words: Words) -> list[str]:
    """Return the tax line by line; "" stands between groups."""
    if not tax.messages:
        return totals.empty(tax.days, words)
    courtesy = tax.courtesy
    if not courtesy.messages:
        count = whole(tax.messages, words)
        return [in_days.dated(tax.days, words), words.many("politeness.none", tax.messages, count=count)]
    return [in_days.dated(tax.days, words), *_counted(tax, words), "", _took(courtesy, words), *_at_scale(tax, words)]


def sections(tax: Tax, words: Words) -> list[Section]:
    """Return who is the most polite, why the message costs and not the word, and what is said elsewhere."""
    parts = []
    if tax.most_polite:
        rows = [leaderboard.line(row, "courtesy", leaderboard.mention("members"), words) for row in tax.most_polite]
        parts.append((words("politeness.most.title"), "\n".join(rows)))
    return [
        *parts,
        (words("politeness.message.title"), words("politeness.message.text")),
        (words("politeness.question.title"), _question(tax, words)),
        (words("politeness.elsewhere.title"), _elsewhere(tax.facts, words)),
    ]


def _counted(tax: Tax, words: Words) -> list[str]:
    courtesy = tax.courtesy
    polite = words.many(
        "politeness.messages",
        courtesy.messages,
        count=whole(courtesy.messages, words),
        share=words("unit.percent", number=number(100 * courtesy.messages / tax.messages, words)),
        words=words.many("board.expressions", courtesy.words, count=whole(courtesy.words, words)),
    )
    if not courtesy.only:
        return [polite]
    return [polite, words.many("politeness.only", courtesy.only, count=whole(courtesy.only, words))]


def _took(courtesy: Courtesy, words: Words) -> str:
    shown = words(
        "politeness.took",
        energy=amount(courtesy.energy_wh, ENERGY, words),
        gwp=amount(courtesy.gwp_g, GWP, words),
    )
    if courtesy.cost_usd is None:
        return shown
    return f"{shown} · {words('politeness.cost', dollars=dollars(courtesy.cost_usd, words))}"


def _at_scale(tax: Tax, words: Words) -> list[str]:
    energy = amount(tax.scaled_wh, ENERGY, words)
    line = words("politeness.at_scale", servers=compact(tax.servers, words), energy=energy)
    return [f"{line} ≈ {equivalences.in_words(tax.scaled, words)}" if tax.scaled else line]


def _question(tax: Tax, words: Words) -> str:
    question, answer, joke = tax.facts["question"], tax.facts["answer"], tax.joke
    asked = words(
        "politeness.question.text",
        asker=question["author"],
        question=question["text"],
        author=answer["author"],
        answer=answer["text"],
        day=in_days.day(date.fromisoformat(answer["said"]), words),
        source=f"[{answer['via']}]({answer['url']}), {answer['date']}",
    )
    sum_up = words(
        "politeness.question.sum",
        dollars=compact(joke.usd, words),
        price=dollars(joke.usd_per_kwh, words),
        energy=amount(joke.energy_wh, ENERGY, words),
        messages=compact(joke.messages, words),
        wh=number(joke.wh_per_message, words),
        months=whole(joke.days / DAYS_PER_MONTH, words),
    )
    return f"{asked}\n{sum_up}"


def _elsewhere(facts: Mapping[str, Fact], words: Words) -> str:
    thanking, us, uk, afraid = (facts[name] for name in ("thanking", "polite_us", "polite_uk", "afraid"))
    study = words(
        "politeness.elsewhere.study",
        paper=thanking["paper"],
        wh=number(thanking["value"], words, 3),
        source=source(thanking, words),
    )
    survey = words(
        "politeness.elsewhere.survey",
        us=words("unit.percent", number=us["value"]),
        uk=words("unit.percent", number=uk["value"]),
        source=source(us, words),
        afraid=words("unit.percent", number=afraid["value"]),
        afraid_source=source(afraid, words),
    )
    return f"· {study}\n· {survey}"
