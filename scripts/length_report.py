"""Print how good the answer-length predictor is, on prompts its fit hasn't seen.

    python -m scripts.length_report --data DIR

By cross-validation over prompts: benchmarks by source, then each kind of chat by source, the model known; benchmarks
also with only the family or nothing known of the model, and with each source left out of the fit. Errors and widths
in log2 (1 = a factor of 2); the interval score is lower for better. DIR as for `scripts/fit_answer_length.py`.
"""

import argparse
from pathlib import Path

from bot.estimation.facts.fact import CONFIG_DIR
from scripts.answer_length.data import BENCHMARK, Bools, Data, Floats
from scripts.answer_length.recipe import Recipe
from scripts.answer_length.validation import by_prompt, by_source, out_of_sample, scores

FEWEST = 20
"""Answers of a source below which a kind of chat has no line for it."""

QUESTION = "short_question"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=CONFIG_DIR)
    arguments = parser.parse_args()
    recipe = Recipe(arguments.data, arguments.config)
    data = recipe.data
    seen = out_of_sample(data, by_prompt(data), recipe.fit)
    calibration = recipe.calibration(seen)
    known = recipe.with_small_talk(calibration.widened(data, seen["model"]))
    benchmark = data.answer_kind == BENCHMARK
    _table("benchmarks, cross-validated by prompt, model known", data, known, benchmark)
    for level, title in (("family", "family known"), ("nothing", "unknown model")):
        widened = calibration.widened(data, seen[level], level)
        _table(f"benchmarks, cross-validated by prompt, {title}", data, recipe.with_small_talk(widened), benchmark)
    for kind in sorted({*data.kind} - {BENCHMARK}):
        _table(f"{kind}, cross-validated by prompt, model known", data, known, data.answer_kind == kind)
    french = (data.answer_kind == QUESTION) & data.french[data.prompt]
    _table(f"{QUESTION} in French, cross-validated by prompt, model known", data, known, french)
    unseen = out_of_sample(data, by_source(data), recipe.fit)
    left_out = recipe.with_small_talk(calibration.widened(data, unseen["model"]))
    _table("benchmarks, each source left out", data, left_out, benchmark)


def _table(title: str, data: Data, predicted: Floats, chosen: Bools) -> None:
    print(f"\n{title}\n{'source':16} error   <=2x  cover  width  score")
    for name, score in scores(data.answers(chosen), predicted[:, chosen], FEWEST).items():
        print(f"{name:16} {score.row()}")


if __name__ == "__main__":
    main()
