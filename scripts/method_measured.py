"""The tables about the method's own measurements: predicted lengths, a server's day, courtesy."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from babel.numbers import format_decimal, format_percent

from bot.estimation.footprint import Request
from bot.presentation.numbers import NO_BREAK, format_integer
from bot.presentation.translator import Translator
from bot.presentation.typography import listed, printed
from bot.usecases.estimates import Estimates
from scripts import method_words, server_day
from scripts.answer_length import results
from scripts.answer_length.data import BENCHMARK
from scripts.answer_length.yardstick import Pair, Yardstick
from scripts.courtesy_scores import Measured, Scores

DAY_BEFORE = Path(__file__).with_name("server_day_before.toml")

BENCHMARKS_BEFORE: Pair = (0.47, 0.82)
"""Of the predictor of 2026-11-26, by its own cross-validation; mean over the five sources."""


def lengths(t: Translator) -> str:
    """Return error and coverage by kind of prompt, before and now, on prompts that the fit hasn't seen."""
    yardstick, means = Yardstick.load(), results.read()
    rows: list[list[str]] = []
    for kind, names in method_words.KINDS.items():
        (error, coverage), before = means.kinds[kind], _before(yardstick, kind)
        old = (_hundredths(before[0], t), _percent(before[1], t)) if before else ("", "")
        unseen = _hundredths(means.kinds[f"{kind}_unseen"][0], t)
        rows.append([names[t.language], old[0], _hundredths(error, t), unseen, old[1], _percent(coverage, t)])
    return _table(method_words.LENGTHS[t.language], rows)


def goals(t: Translator) -> str:
    """Return error / coverage against what was to be reached."""
    yardstick, means = Yardstick.load(), results.read()
    rows: list[list[str]] = []
    for goal in yardstick.goals:
        pairs = (goal.published, yardstick.before_of(goal), means.goals[goal.id], goal.reach)
        name = f"{method_words.GOAL_NAMES[goal.id][t.language]} ({', '.join(goal.sources)})"
        rows.append([name, *(f"{_hundredths(error, t)} / {_hundredths(share, t)}" for error, share in pairs)])
    return _table(method_words.GOALS[t.language], rows)


def day(estimates: Estimates, t: Translator) -> str:
    """Return what a server's day of 200 messages comes to, before and now."""
    before = tomllib.loads(DAY_BEFORE.read_text(encoding="utf-8"))
    sums = {
        kind: [0, before[kind]["tokens"], 0.0, before[kind]["energy_wh"], 0.0] for kind in ("chat", "short", "long")
    }
    for message in server_day.read():
        found = estimates.estimator.estimate(message.text, Request(model=server_day.MODEL))
        row = sums[message.kind]
        row[0] += 1
        row[2] += found.answer_tokens.expected
        row[4] += found.impact.energy_wh.expected
    sums["all"] = [sum(row[at] for row in sums.values()) for at in range(5)]
    rows = [
        [
            method_words.DAY_KINDS[kind][t.language].format(count=round(count)),
            *(format_integer(tokens, t) for tokens in (old, new)),
            *(f"{format_decimal(wh, '0.0', locale=t.locale)}{NO_BREAK}Wh" for wh in (old_wh, new_wh)),
        ]
        for kind, (count, old, new, old_wh, new_wh) in sums.items()
    ]
    return _table(method_words.DAY[t.language], rows)


def courtesy(t: Translator) -> str:
    """Return how right the rules of courtesy are now, and the sentences that they get wrong."""
    measured, words = Measured.load(), method_words.COURTESY_ROWS
    parts = {
        "fr": measured.of("fr", blind=True),
        "en": measured.of("en", blind=True),
        "blind": measured.of(blind=True),
        "known": measured.of(blind=False),
        "all": measured,
    }
    rows = [[words[name][t.language], *_shares(part.scores, t)] for name, part in parts.items()]
    heads = (*method_words.COURTESY[t.language], *method_words.COURTESY_ONLY[t.language])
    quoted = [
        printed(f"« {one.text} »" if t.language == "fr" else f"“{one.text}”", t.language) for one in measured.wrong
    ]
    said = method_words.WRONG[t.language].format(sentences=listed(quoted, t.language))
    return f"{_table(heads, rows)}\n\n{said}"


def _before(yardstick: Yardstick, kind: str) -> Pair | None:
    if kind == BENCHMARK:
        return BENCHMARKS_BEFORE
    name = kind.removesuffix("_french")
    return yardstick.before_mean(name, "fr" if name != kind else None)


def _shares(scores: Scores, t: Translator) -> list[str]:
    right = format_percent(scores.right, "0.0 %", locale=t.locale)
    return [
        format_integer(scores.sentences, t),
        right,
        *(format_decimal(share, "0.000", locale=t.locale) for share in scores[2:]),
    ]


def _hundredths(value: float, t: Translator) -> str:
    return format_decimal(value, "0.00", locale=t.locale)


def _percent(share: float, t: Translator) -> str:
    return format_percent(share, "0 %", locale=t.locale)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
