"""How many tokens an answer would take: low, expected and high, from the message and the model's name.

    log2 length = base + offset[model] + slope[family] * (max(base, shortest) - centre) + tilt[task, family]
    base        = intercept + coefficients . features of the message, drawn to a length the message asks for

once for each of the three quantiles (10 %, 50 %, 90 %), then widened so that four answers in five lie between
low and high. Coefficients: `config/answer_length.coefficients.toml`, fitted by `scripts/fit_answer_length.py`.
Greetings and thanks follow a rule given in `config/answer_length.toml`. Visible tokens only; hidden reasoning
is the concern of `reasoning`.
"""

from functools import cache
from math import log2
from pathlib import Path
from typing import NamedTuple

from bot.estimation.answer_length.feature_names import SMALL_TALK
from bot.estimation.answer_length.features import FeatureReader
from bot.estimation.answer_length.tables import CoefficientFile, LengthFile
from bot.estimation.answer_length.verbosity import NOTHING, ModelTable, Triple
from bot.estimation.courtesy import Courtesy, CourtesyDetector
from bot.estimation.facts.fact import CONFIG_DIR, checked
from bot.estimation.ranges import Range
from bot.estimation.words import doubled_letters, split


class LengthPrediction(NamedTuple):
    """A prediction before the model is chosen: the task, and the median model's log2 lengths.

    `encode` writes it in at most 40 characters, enough for any model's prediction without the text.
    """

    task: str
    logs: Triple
    rules: "LengthRules"

    def encode(self) -> str:
        """Return `task.low.expected.high`, lengths in thousandths of log2 tokens: "code.7421.8730.9892"."""
        return ".".join((self.task, *(str(round(value * 1000)) for value in self.logs)))

    def for_model(self, model: str) -> Range:
        """Return the visible tokens of `model`'s answer; any name is accepted."""
        return self.rules.apply(self.task, self.logs, model)


class LengthRules:
    """Turns the median model's log2 lengths into a model's tokens."""

    def __init__(self, config_dir: Path) -> None:
        given = checked(config_dir, "answer_length", LengthFile)
        fitted = checked(config_dir, "answer_length.coefficients", CoefficientFile)
        talk = given["small_talk"]
        self.talk: Triple = (log2(talk["low"]), log2(talk["expected"]), log2(talk["high"]))
        self._talk_most = log2(talk["expected_at_most"]) - 1e-9
        self._talk_share = float(talk["verbosity_share"])
        self._most = log2(given["longest"]["tokens"])
        self._models = ModelTable(given, fitted)

    def apply(self, task: str, logs: Triple, model: str) -> Range:
        """Return low <= expected <= high, each at least one token."""
        slope, shift = self._models.find(model, task)
        low, expected, high = logs
        if task == SMALL_TALK:
            centre = self._models.centre[1]
            more = min((slope[1] * centre + shift[1]) * self._talk_share, self._talk_most - expected)
            return self._tokens(low + more, expected + more, high + more)
        a, b, c = self._models.shortest
        return self._tokens(
            low + slope[0] * (low if low > a else a) + shift[0],
            expected + slope[1] * (expected if expected > b else b) + shift[1],
            high + slope[2] * (high if high > c else c) + shift[2],
        )

    def _tokens(self, low: float, expected: float, high: float) -> Range:
        most = self._most
        expected = 0.0 if expected < 0.0 else most if expected > most else expected
        low = 0.0 if low < 0.0 else expected if low > expected else low
        high = expected if high < expected else most if high > most else high
        return Range(2.0**low, 2.0**expected, 2.0**high)


class AnswerLength:
    """The predictor, its words and coefficients loaded once."""

    def __init__(self, config_dir: Path) -> None:
        self.rules = LengthRules(config_dir)
        self.reader = FeatureReader.load(config_dir)
        self.courtesy = CourtesyDetector.load(config_dir)
        self.doubled = doubled_letters(config_dir)
        fitted = checked(config_dir, "answer_length.coefficients", CoefficientFile)
        self._intercept = fitted["intercept"]
        self._coefficients: dict[str, Triple] = dict.fromkeys(self.reader.names, NOTHING) | fitted["feature"]
        self._in_places = list(self._coefficients.values())

    @classmethod
    def load(cls, config_dir: Path = CONFIG_DIR) -> "AnswerLength":
        """Read the configuration; `ConfigError` when it can't be read."""
        return cls(config_dir)

    def predict(self, text: str, model: str) -> Range:
        """Return the visible tokens `model` would answer `text` with; any text, any model."""
        words = split(text, self.doubled)
        return self.basis(words, text, self.courtesy.find(words, text)).for_model(model)

    def basis(self, words: list[str], text: str, courtesy: Courtesy) -> LengthPrediction:
        """Return the prediction before the model is chosen, from the text, its words and the courtesy in it."""
        task, logs = self._logs(words, text, courtesy)
        return LengthPrediction(task, logs, self.rules)

    def _logs(self, words: list[str], text: str, courtesy: Courtesy) -> tuple[str, Triple]:
        if self.courtesy.small_talk(words, text, courtesy):
            return SMALL_TALK, self.reader.acts.courtesy(words) or self.rules.talk
        present, values, task, (asked, weight) = self.reader.read(words, text)
        low, expected, high = self._intercept
        in_places, by_name = self._in_places, self._coefficients
        for place in present:
            a, b, c = in_places[place]
            low += a
            expected += b
            high += c
        for name, value in values:
            a, b, c = by_name[name]
            low += a * value
            expected += b * value
            high += c * value
        if weight:
            low += weight * (asked[0] - low)
            expected += weight * (asked[1] - expected)
            high += weight * (asked[2] - high)
        return task, (low, expected, high)

    def decode(self, code: str) -> LengthPrediction:
        """Return the basis that `LengthPrediction.encode` wrote; `ValueError` for anything else."""
        task, *numbers = code.split(".")
        low, expected, high = (int(number) / 1000 for number in numbers)
        return LengthPrediction(task, (low, expected, high), self.rules)


@cache
def default() -> AnswerLength:
    """The predictor with the configuration that comes with the program, loaded at first use."""
    return AnswerLength.load()


def predict(text: str, model: str) -> Range:
    """Return `low`, `expected`, `high` visible tokens of `model`'s answer; any text, any model name."""
    return default().predict(text, model)
