"""The politeness tax in words, for `/politeness`."""

from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.ledger.records import CourtesyTotals
from bot.presentation import days as in_days
from bot.presentation import equivalences, leaderboard, sources, totals
from bot.presentation.leaderboard import Named
from bot.presentation.method import Section
from bot.presentation.money import dollars
from bot.presentation.numbers import ENERGY, GWP, format_compact, format_integer, format_number, format_quantity
from bot.presentation.translator import Translator
from bot.usecases.records.boards import Tax

DAYS_PER_MONTH = 365 / 12


def title(tax: Tax, t: Translator) -> str:
    """Return what this is, of which period."""
    return t("politeness.title", period=in_days.name(tax.days, t))


def lines(tax: Tax, t: Translator) -> list[str]:
    """Return the tax line by line; "" stands between groups."""
    messages, courtesy = tax.totals.messages, tax.totals.courtesy
    if not messages:
        return totals.empty(tax.days, t)
    if not courtesy.messages:
        count = format_integer(messages, t)
        return [in_days.dated(tax.days, t), t.many("politeness.none", messages, count=count)]
    return [in_days.dated(tax.days, t), *_counted(tax, t), "", _took(courtesy, t), *_at_scale(tax, t)]


def short(tax: Tax, named: Named, t: Translator) -> list[str]:
    """Return what everybody reads."""
    shown = lines(tax, t)
    if tax.most_polite:
        shown.append(t("politeness.most.line", names=", ".join(named(row.id) for row in tax.most_polite)))
    return [*shown, f"-# {t('politeness.message.title')}."] if tax.totals.courtesy.messages else shown


def sections(tax: Tax, named: Named, t: Translator) -> list[Section]:
    """Return who is the most polite, why the message costs and not the word, and what is said elsewhere."""
    parts = []
    if tax.most_polite:
        rows = [leaderboard.line(row, "courtesy", named, t) for row in tax.most_polite]
        parts.append((t("politeness.most.title"), "\n".join(rows)))
    return [
        *parts,
        (t("politeness.message.title"), t("politeness.message.text")),
        (t("politeness.question.title"), _question(tax, t)),
        (t("politeness.elsewhere.title"), _elsewhere(tax.facts, t)),
    ]


def _counted(tax: Tax, t: Translator) -> list[str]:
    courtesy = tax.totals.courtesy
    polite = t.many(
        "politeness.messages",
        courtesy.messages,
        count=format_integer(courtesy.messages, t),
        share=t("unit.percent", number=format_number(100 * courtesy.messages / tax.totals.messages, t)),
        words=t.many("board.expressions", courtesy.words, count=format_integer(courtesy.words, t)),
    )
    if not courtesy.only:
        return [polite]
    return [polite, t.many("politeness.only", courtesy.only, count=format_integer(courtesy.only, t))]


def _took(courtesy: CourtesyTotals, t: Translator) -> str:
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
    line = t("politeness.at_scale", servers=format_compact(tax.servers, t), energy=energy)
    return [f"{line} {equivalences.same([tax.scaled], t)}" if tax.scaled else line]


def _question(tax: Tax, t: Translator) -> str:
    question, answer, joke = tax.facts.quotations["question"], tax.facts.quotations["answer"], tax.joke
    asked = t(
        "politeness.question.text",
        asker=question.author,
        question=question.text,
        author=answer.author,
        answer=answer.text,
        day=in_days.written(answer.said or answer.date, t),
        source=f"[{answer.via}]({answer.url}), {in_days.written(answer.date, t)}",
    )
    sum_up = t(
        "politeness.question.sum",
        dollars=format_compact(joke.usd, t),
        price=dollars(joke.usd_per_kwh, t),
        energy=format_quantity(joke.energy_wh, ENERGY, t),
        messages=format_compact(joke.messages, t),
        wh=format_number(joke.wh_per_message, t),
        months=format_integer(joke.days / DAYS_PER_MONTH, t),
        date=in_days.written(joke.traffic_of, t),
    )
    return f"{asked}\n{sum_up}"


def _elsewhere(facts: PolitenessFacts, t: Translator) -> str:
    thanking, us, uk, afraid = (facts.figures[name] for name in ("thanking", "polite_us", "polite_uk", "afraid"))
    study = t(
        "politeness.elsewhere.study",
        paper=thanking.paper,
        wh=format_number(thanking.value, t, 3),
        source=sources.linked(thanking, t),
    )
    survey = t(
        "politeness.elsewhere.survey",
        us=t("unit.percent", number=us.value),
        uk=t("unit.percent", number=uk.value),
        source=sources.linked(us, t),
        afraid=t("unit.percent", number=afraid.value),
        afraid_source=sources.linked(afraid, t),
    )
    return f"· {study}\n· {survey}"
