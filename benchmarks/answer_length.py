"""Print what splitting, courtesy and the answer's length cost per call, in microseconds.

python -m benchmarks.answer_length
"""

import timeit

from bot.estimation.answer_length.predictor import AnswerLength
from bot.estimation.courtesy import CourtesyDetector
from bot.estimation.words import split

TEXTS = {
    "200 characters, English": (
        "Can you explain how photosynthesis works, with a few simple examples for a ten year old pupil who "
        "loves plants and the sun, without any jargon, and then give me three questions to check that it's clear?"
    ),
    "200 characters, French": (
        "Peux-tu m'expliquer comment fonctionne la photosynthèse, avec des exemples simples pour un élève de "
        "dix ans qui aime les plantes et le soleil, sans jargon, puis me donner trois questions de contrôle ?"
    ),
    "2,000 characters": "Write a function that reads the table below and returns the mean of each column.\n" * 25,
    "100,000 characters": "lorem ipsum dolor sit amet " * 3704,
}
CALLS, ROUNDS = 500, 7


def microseconds(call: object) -> float:
    """The best of several rounds, per call."""
    return min(timeit.repeat(call, number=CALLS, repeat=ROUNDS)) / CALLS * 1e6  # pyright: ignore[reportArgumentType]


def main() -> None:
    """Measure and print."""
    lengths, politeness = AnswerLength.load(), CourtesyDetector.load()
    print(f"{'text':26}{'split':>8}{'courtesy':>10}{'length':>8}{'all':>8}  microseconds")
    for name, text in TEXTS.items():
        words = split(text)
        times = [
            microseconds(lambda text=text: split(text)),
            microseconds(lambda words=words, text=text: politeness.find(words, text)),
            microseconds(lambda words=words, text=text: lengths.predict_words(words, text, "openai/gpt-4o")),
        ]
        print(f"{name:26}{times[0]:8.1f}{times[1]:10.1f}{times[2]:8.1f}{sum(times):8.1f}")


if __name__ == "__main__":
    main()
