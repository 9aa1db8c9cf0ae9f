"""Print how good the answer-length predictor is, on prompts its fit hasn't seen.

    python -m scripts.length_report --data DIR

By cross-validation over prompts, then with each source left out of the fit. Errors and widths in log2 (1 = a
factor of 2); the interval score is lower for better. DIR as for `scripts/fit_answer_length.py`.
"""

import argparse
from pathlib import Path

import numpy as np

from bot.estimation.facts.fact import CONFIG_DIR
from scripts.answer_length.data import Data, Floats
from scripts.answer_length.recipe import Recipe
from scripts.answer_length.validation import by_prompt, by_source, calibrate, out_of_sample, scores


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=CONFIG_DIR)
    arguments = parser.parse_args()
    recipe = Recipe(arguments.data, arguments.config)
    data = recipe.data
    seen = out_of_sample(data, by_prompt(data), recipe.fit)
    for level, title in (("model", "model known"), ("family", "family known"), ("nothing", "unknown model")):
        _table(f"cross-validated by prompt, {title}", data, _widened(data, seen[level], seen[level]))
    unseen = out_of_sample(data, by_source(data), recipe.fit)
    _table("each source left out", data, _widened(data, unseen["model"], seen["model"]))


def _widened(data: Data, predicted: Floats, calibration: Floats) -> Floats:
    low, high = calibrate(data, calibration)
    return predicted + np.array([[low], [0.0], [high]])


def _table(title: str, data: Data, predicted: Floats) -> None:
    print(f"\n{title}\n{'source':16} error   <=2x  cover  width  score")
    for name, score in scores(data, predicted).items():
        print(f"{name:16} {score.row()}")


if __name__ == "__main__":
    main()
