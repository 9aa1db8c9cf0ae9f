"""Print how good the answer-length predictor is, on prompts its fit hasn't seen.

    python -m scripts.length_report --data DIR [--write]

By cross-validation over prompts: benchmarks by source, then each kind of chat by source, the model known; benchmarks
also with only the family or nothing known of the model. Errors and widths in log2 (1 = a factor of 2); the interval
score is lower for better. Beside chats stand the scores of the predictor of 2026-11-26 on the same answers; then come
the goals (`scripts/answer_length/yardstick.toml`), and all kinds again with each source left out of the fit. `--write`
keeps the means for the tables of docs/method.md. DIR as for `scripts/fit_answer_length.py`; takes some five minutes.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from bot.estimation.facts.fact import CONFIG_DIR
from scripts.answer_length import results
from scripts.answer_length.data import BENCHMARK, Bools, Data, Floats
from scripts.answer_length.metrics import Score
from scripts.answer_length.recipe import Recipe
from scripts.answer_length.validation import by_prompt, by_source, out_of_sample, scores
from scripts.answer_length.yardstick import Goal, Yardstick

FEWEST = 20
"""Answers of a source below which a kind of chat has no line for it."""

QUESTION, FRENCH = "short_question", "_french"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=CONFIG_DIR)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    recipe, yardstick = Recipe(arguments.data, arguments.config), Yardstick.load()
    data = recipe.data
    seen = out_of_sample(data, by_prompt(data), recipe.fit)
    calibration = recipe.calibration(seen)
    known = recipe.with_small_talk(calibration.widened(data, seen["model"]))
    means: dict[str, Score] = {}
    for name, chosen in _kinds(data):
        kind = name.removesuffix(FRENCH)
        before = None if kind == BENCHMARK else (yardstick, kind, "fr" if name != kind else None)
        title = f"{name}, cross-validated by prompt, model known ({len({*data.prompt[chosen].tolist()})} prompts)"
        means[name] = _table(title, data, known, chosen, before)
    for level, title in (("family", "family known"), ("nothing", "unknown model")):
        widened = recipe.with_small_talk(calibration.widened(data, seen[level], level))
        _table(f"benchmarks, cross-validated by prompt, {title}", data, widened, data.answer_kind == BENCHMARK)
    _goals(data, known, yardstick)
    unseen = out_of_sample(data, by_source(data), recipe.fit)
    left_out = recipe.with_small_talk(calibration.widened(data, unseen["model"]))
    for name, chosen in _kinds(data):
        means[f"{name}_unseen"] = _table(f"{name}, each source left out of the fit", data, left_out, chosen)
    if arguments.write:
        results.write(means, {goal.id: _goal(data, known, goal) for goal in yardstick.goals}, len(data.length))


def _kinds(data: Data) -> Iterator[tuple[str, Bools]]:
    """The kinds of prompts, and those in French of two of them."""
    french = data.french[data.prompt]
    for kind in (BENCHMARK, *sorted({*data.kind} - {BENCHMARK})):
        yield kind, data.answer_kind == kind
        if kind in (BENCHMARK, QUESTION):
            yield f"{kind}{FRENCH}", (data.answer_kind == kind) & french


def _table(
    title: str,
    data: Data,
    predicted: Floats,
    chosen: Bools,
    before: tuple[Yardstick, str, str | None] | None = None,
) -> Score:
    heads = "   before: error cover" if before else ""
    print(f"\n{title}\n{'source':16} error   <=2x  cover  width  score{heads}")
    found = scores(data.answers(chosen), predicted[:, chosen], min(FEWEST, int(chosen.sum())))
    old = {name: before[0].before(before[1], name, before[2]) for name in found} if before else {}
    if before:
        old["mean"] = before[0].before_mean(before[1], before[2])
    for name, score in found.items():
        pair = old.get(name)
        print(f"{name:16} {score.row()}{f'          {pair[0]:6.3f}{pair[1]:6.3f}' if pair else ''}")
    return found["mean"]


def _goals(data: Data, predicted: Floats, yardstick: Yardstick) -> None:
    print("\nthe goals: error / coverage, means over the sources whose old scores come nearest to those published")
    print(f"{'':16} published  before     now        to reach")
    for goal in yardstick.goals:
        score = _goal(data, predicted, goal)
        pairs = (goal.published, yardstick.before_of(goal), (score.error, score.coverage), goal.reach)
        cells = "  ".join(f"{error:5.2f}/{coverage:.2f}" for error, coverage in pairs)
        reached = "reached" if goal.is_reached((score.error, score.coverage)) else "missed "
        print(f"{goal.id:16}{cells}  {reached}  {', '.join(goal.sources)}")


def _goal(data: Data, predicted: Floats, goal: Goal) -> Score:
    chosen = goal.chosen(data)
    return scores(data.answers(chosen), predicted[:, chosen], FEWEST)["mean"]


if __name__ == "__main__":
    main()
