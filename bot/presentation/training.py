"""What training took, in words: the overview and the page of one model, for `/training`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_compact_decimal

from bot.estimation.facts.equivalents import Picture
from bot.estimation.facts.fact import Fact
from bot.estimation.facts.trainings import BreakEven, Training
from bot.estimation.ranges import Range
from bot.presentation import equivalences
from bot.presentation.method import Section
from bot.presentation.numbers import ENERGY, GWP, METALS, NO_BREAK, WATER, amount, number, significant, whole
from bot.presentation.translator import Words

METALS_AT_SCALE = ((1e9, "kg Sb"), *METALS)
HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class Shown:
    """One training, and what it is in everyday terms; `households` in France for a year, None without energy."""

    training: Training
    households: float | None
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """What a training is held against: one answer's energy (Wh), and whose it is.

    `model` and `tokens` name the ordinary answer taken where no server's average is known; None where one is.
    """

    answer_wh: Range
    model: str | None
    tokens: int
    references: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Circulating:
    """The right figures behind the one that circulates: Llama 3.1 405B, and Llama 4."""

    right: Training
    other: Training
    households: float
    inhabitants: float
    household_kwh: float
    person_kwh: float


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of one model shows."""

    shown: Shown
    use: Use
    break_even: BreakEven | None
    circulating: Circulating
    household_kwh: float


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the overview shows: the rows, the most energy first, and how many trainings there are in all."""

    rows: Sequence[Shown]
    use: Use
    break_even: BreakEven
    circulating: Circulating
    household_kwh: float
    known: int


def page_title(page: Page, words: Words) -> str:
    """Return which model, of which year."""
    training = page.shown.training
    key = "training.title_life_cycle" if training.life_cycle else "training.title_model"
    return words(key, model=training.model, year=training.year)


def page_lines(page: Page, words: Words) -> list[str]:
    """Return the figures and what they are in daily life, line by line."""
    training = page.shown.training
    shown = [_energy(training, words), _gwp(training, words)]
    if training.water_ml is not None:
        shown.append(words("training.water", amount=amount(training.water_ml, WATER, words, 3)))
    if training.adpe_ug is not None:
        shown.append(words("training.metals", amount=amount(training.adpe_ug, METALS_AT_SCALE, words, 3)))
    if page.shown.households is not None:
        kwh = whole(page.household_kwh, words)
        shown += ["", words("training.households", count=number(page.shown.households, words), kwh=kwh)]
    if page.shown.pictures:
        shown += ["", words("reply.pictures", pictures=equivalences.row(list(page.shown.pictures), words))]
    if training.fact.get("noted"):
        shown += ["", words(f"training.note.{training.id}")]
    return shown


def page_sections(page: Page, words: Words) -> list[Section]:
    """Return where the figures are from, what they are beside use, and the correction where it belongs."""
    training = page.shown.training
    parts = [(words("training.basis.title"), "\n".join(_basis(training, words)))]
    if page.break_even:
        parts.append((words("training.use.title"), "\n".join(_use(page.use, page.break_even, words))))
    if training.fact.get("circulating"):
        parts.append((words("training.circulating.title"), _circulating(page.circulating, words)))
    return parts


def overview_lines(overview: Overview, words: Words) -> list[str]:
    """Return a line per training, and how they were counted."""
    rows = [_row(row, words) for row in overview.rows]
    return [words("training.intro"), "", *rows, "", words("training.legend", kwh=whole(overview.household_kwh, words))]


def overview_sections(overview: Overview, words: Words) -> list[Section]:
    """Return the largest training beside use, the correction, and what else there is."""
    model = overview.circulating.right.model
    use = "\n".join(_use(overview.use, overview.break_even, words))
    return [
        (words("training.use.title_of", model=model), use),
        (words("training.circulating.title"), _circulating(overview.circulating, words)),
        (words("training.more.title"), words("training.more.text", count=overview.known)),
    ]


def table(trainings: Sequence[Training], words: Words) -> str:
    """Return all trainings as a Markdown table, for the documentation."""
    heads = [words(f"training.table.{name}") for name in ("model", "energy", "gwp", "basis", "source")]
    lines = [heads, ["---"] * len(heads), *(_table_row(one, words) for one in trainings)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def source(fact: Fact, words: Words) -> str:
    """Return the source's name, who quotes it where that was read instead, and its date; linked if it was opened."""
    name, via = fact["source"], fact.get("via")
    if not fact.get("url_from_memory"):
        name, via = (name, f"[{via}]({fact['url']})") if via else (f"[{name}]({fact['url']})", None)
    if via:
        name = words("source.via", source=name, via=via)
    return f"{name}, {fact['date']}"


def compact(value: float, words: Words) -> str:
    """Return a large number with two significant digits: "28 milliards", "2.7 million"."""
    rounded = significant(value, 2)
    if rounded < 1e6:
        return whole(rounded, words)
    return format_compact_decimal(rounded, format_type="long", locale=words.locale, fraction_digits=1)


def _energy(training: Training, words: Words) -> str:
    if training.energy_wh is None:
        return words("training.no_energy")
    return words("training.energy", amount=amount(training.energy_wh, ENERGY, words, 3))


def _gwp(training: Training, words: Words) -> str:
    if training.gwp_g is None:
        return words("training.no_gwp")
    line = words("training.gwp", amount=amount(training.gwp_g, GWP, words, 4))
    if training.gwp_full_g is None:
        return line
    return f"{line} · {words('training.gwp_full', amount=amount(training.gwp_full_g, GWP, words, 4))}"


def _basis(training: Training, words: Words) -> list[str]:
    fact = training.fact
    shown = [words(f"training.confidence.{fact['confidence']}"), *_ways(training, words), source(fact, words)]
    return [f"· {line}" for line in shown]


def _ways(training: Training, words: Words) -> list[str]:
    """Return how energy and CO2e were counted, where they are given."""
    fact, shown = training.fact, []
    if training.energy_wh is not None:
        hours, watts = fact.get("gpu_hours", 0), fact.get("gpu_tdp_w", 0)
        figures = {"hours": whole(hours, words), "watts": watts, "gpu": fact.get("gpu", "GPU")}
        shown.append(words(f"training.energy_basis.{fact['energy_basis']}", **figures))
    if training.gwp_g is not None:
        shown.append(words(f"training.co2_basis.{fact['co2_basis']}"))
    return shown


def _use(use: Use, break_even: BreakEven, words: Words) -> list[str]:
    answers = break_even.answers
    low, expected, high = (compact(value, words) for value in answers)
    energy = amount(use.answer_wh.expected, ENERGY, words)
    if use.model is None:
        first = words("training.use.server", answers=expected, low=low, high=high, energy=energy)
    else:
        ordinary = {"model": use.model, "tokens": whole(use.tokens, words)}
        first = words("training.use.ordinary", answers=expected, low=low, high=high, energy=energy, **ordinary)
    prompts, wh = (use.references[name] for name in ("chatgpt_prompts_per_day", "chatgpt_prompt_wh"))
    days = words(
        "training.use.chatgpt",
        time=_time(break_even.chatgpt_days, words),
        prompts=compact(prompts["value"], words),
        prompts_url=prompts["url"],
        prompts_date=prompts["date"],
        wh=number(wh["value"], words),
        wh_url=wh["url"],
        wh_date=wh["date"],
    )
    return [first, days, words("training.use.meaning")]


def _circulating(right: Circulating, words: Words) -> str:
    energy, other = right.right.energy_wh, right.other.energy_wh
    assert energy is not None, "it is derived from published GPU-hours"
    assert other is not None, "it is derived from published GPU-hours"
    return words(
        "training.circulating.text",
        model=right.right.model,
        mwh=whole(energy / 1e6, words),
        gwh=amount(energy, ENERGY, words, 3),
        other=right.other.model,
        other_gwh=amount(other, ENERGY, words, 3),
        households=number(right.households, words),
        inhabitants=number(right.inhabitants, words),
        household_kwh=whole(right.household_kwh, words),
        person_kwh=whole(right.person_kwh, words),
    )


def _row(row: Shown, words: Words) -> str:
    training = row.training
    parts = [f"**{training.model}**"]
    if training.energy_wh is not None:
        mark = "¹" if training.fact["energy_basis"] == "derived" else ""
        parts.append(f"{amount(training.energy_wh, ENERGY, words, 3)}{mark}")
    if training.gwp_g is not None:
        parts.append(amount(training.gwp_g, GWP, words, 4))
    if row.households is not None:
        parts.append(words("training.row.households", count=number(row.households, words)))
    date, url = training.fact["date"], training.fact["url"]
    parts.append(date if training.fact.get("url_from_memory") else f"[{date}]({url})")
    return " · ".join(parts)


def _table_row(training: Training, words: Words) -> list[str]:
    none = words("training.table.none")
    name = f"{training.model} ({training.year})"
    if training.life_cycle:
        name = words("training.table.life_cycle", name=name)
    return [
        name,
        none if training.energy_wh is None else amount(training.energy_wh, ENERGY, words, 3),
        none if training.gwp_g is None else amount(training.gwp_g, GWP, words, 4),
        "; ".join([*_ways(training, words), words(f"training.confidence.{training.fact['confidence']}")]),
        source(training.fact, words),
    ]


def _time(days: float, words: Words) -> str:
    if days >= 1:
        return words.many("unit.days", significant(days, 2), count=number(days, words))
    if days * HOURS_PER_DAY >= 1:
        return f"{number(days * HOURS_PER_DAY, words)}{NO_BREAK}h"
    return f"{number(days * HOURS_PER_DAY * 60, words)}{NO_BREAK}min"
