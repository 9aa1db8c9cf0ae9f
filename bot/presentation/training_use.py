"""What a training took beside what use takes, in words."""

from bot.estimation.facts.training_facts import BreakEven
from bot.presentation import days
from bot.presentation.numbers import (
    ENERGY,
    NO_BREAK,
    format_compact,
    format_integer,
    format_number,
    format_quantity,
    significant,
)
from bot.presentation.translator import Translator
from bot.usecases.records.trainings import Use

HOURS_PER_DAY = 24


def use_lines(use: Use, break_even: BreakEven, t: Translator) -> list[str]:
    """Return how many answers take as much as a training, and what that doesn't mean."""
    answers = break_even.answers
    low, expected, high = (format_compact(value, t) for value in answers)
    energy = format_quantity(use.answer_wh.expected, ENERGY, t)
    if not use.tokens:
        first = t("training.use.server", answers=expected, low=low, high=high, energy=energy, model=use.model)
    else:
        ordinary = {"model": use.model, "tokens": format_integer(use.tokens, t)}
        first = t("training.use.ordinary", answers=expected, low=low, high=high, energy=energy, **ordinary)
    prompts, wh = (use.references[name] for name in ("chatgpt_prompts_per_day", "chatgpt_prompt_wh"))
    chatgpt = t(
        "training.use.chatgpt",
        time=_time(break_even.chatgpt_days, t),
        prompts=format_compact(prompts.value, t),
        prompts_url=prompts.url,
        prompts_date=days.written(prompts.date, t),
        wh=format_number(wh.value, t),
        wh_url=wh.url,
        wh_date=days.written(wh.date, t),
    )
    return [first, chatgpt, t("training.use.meaning")]


def use_short(use: Use, break_even: BreakEven | None, t: Translator) -> list[str]:
    """Return the first of these lines, where there is something to compare."""
    return ["", use_lines(use, break_even, t)[0]] if break_even else []


def _time(days: float, t: Translator) -> str:
    if days >= 1:
        return t.many("unit.days", significant(days, 2), count=format_number(days, t))
    if days * HOURS_PER_DAY >= 1:
        return f"{format_number(days * HOURS_PER_DAY, t)}{NO_BREAK}h"
    return f"{format_number(days * HOURS_PER_DAY * 60, t)}{NO_BREAK}min"
