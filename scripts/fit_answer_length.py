"""Fit the answer-length predictor and write `config/answer_length.coefficients.toml`.

    python -m scripts.fit_answer_length --data DIR

DIR holds `prompts.jsonl.gz` (prompt_id, source, lang, prompt), `answers.csv.gz` (prompt_id, model, family,
answer_tokens) and `chat.jsonl.gz` (source, kind, lang, model, prompt, answer_tokens, forced_brevity, persona).
The same data gives the same file. Needs the extra `fit`; takes about two minutes on one core.
"""

import argparse
from pathlib import Path

from bot.estimation.facts.fact import CONFIG_DIR
from scripts.answer_length.output import write
from scripts.answer_length.recipe import Recipe
from scripts.answer_length.validation import by_prompt, out_of_sample


def main() -> None:
    """Fit, calibrate, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=CONFIG_DIR)
    arguments = parser.parse_args()
    recipe = Recipe(arguments.data, arguments.config)
    predicted = out_of_sample(recipe.data, by_prompt(recipe.data), recipe.fit)
    calibration = recipe.calibration(predicted)
    fits = recipe.fit(recipe.data)
    path = arguments.config / "answer_length.coefficients.toml"
    write(path, recipe.data, fits, calibration, recipe.reader.tasks)
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB; widened by {calibration}")


if __name__ == "__main__":
    main()
