"""An estimate by folded coefficients against calling EcoLogits for each answer; tokenising apart.

python -m benchmarks.estimate
"""

import math
import timeit
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from ecologits.tracers.utils import llm_impacts

from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.footprint import Request
from bot.estimation.ranges import Range

VOCABULARIES = Path(__file__).parents[1] / "data" / "tiktoken"
TEXT = (
    "Peux-tu m'expliquer comment fonctionne la photosynthèse, avec des exemples simples pour un élève de "
    "dix ans qui aime les plantes et le soleil, sans jargon, puis me donner trois questions de contrôle ?"
)


def microseconds(call: Callable[[], object], number: int) -> float:
    """Return the best of five rounds, per call."""
    return min(timeit.repeat(call, number=number, repeat=5)) / number * 1e6


def main() -> None:
    """Measure and print."""
    estimator = Estimator.load(CONFIG_DIR, VOCABULARIES, lambda: datetime.now(UTC))
    request = Request(model="openai/gpt-4o", zone="FRA")
    model = estimator.model(request.model)
    reading = estimator.read(TEXT, model)
    coefficients, length = estimator.choose(request).coefficients, Range(110, 420, 860)
    direct = microseconds(lambda: llm_impacts("openai", "gpt-4o", 420, math.inf, "FRA"), 200)
    for name, call in (
        ("folded impacts: 5 criteria, 3 values each", lambda: coefficients.at(length)),
        ("footprint of a text read before", lambda: estimator.footprint(reading, request)),
        (f"reading {len(TEXT)} characters (tokens, length, courtesy)", lambda: estimator.read(TEXT, model)),
        ("tokens alone", lambda: estimator.tokenizers.count(TEXT, model.encoding)),
    ):
        taken = microseconds(call, 5000)
        print(f"{name:56}{taken:8.1f} µs{direct / taken:10.0f} times faster than EcoLogits' {direct:.0f} µs")


if __name__ == "__main__":
    main()
