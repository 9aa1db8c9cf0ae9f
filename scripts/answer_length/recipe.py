"""What is fitted with what: the features left out, what is given, penalties. Fit and report use it alike."""

from dataclasses import replace
from math import log2
from pathlib import Path

import numpy as np

from bot.estimation.answer_length.act import TASKS
from bot.estimation.answer_length.feature_names import SMALL_TALK
from bot.estimation.answer_length.predictor import AnswerLength
from bot.estimation.answer_length.verbosity import ModelNames
from bot.estimation.facts.fact import read
from scripts.answer_length.data import NO_FAMILY, Data, Floats, load
from scripts.answer_length.recentring import recentred
from scripts.answer_length.regression import Fits, Penalties, fit_all
from scripts.answer_length.validation import Calibration

PENALTIES = Penalties()


class Recipe:
    """Reads the data and fits it as the committed coefficients are fitted."""

    def __init__(self, folder: Path, config_dir: Path) -> None:
        given = read(config_dir, "answer_length")
        self.predictor = AnswerLength.load(config_dir)
        self.reader = self.predictor.reader
        self.french = log2(given["french"]["factor"])
        self.data = load(folder, self.predictor, ModelNames(given))

    def fit(self, data: Data) -> Fits:
        """Fit low, expected and high on `data`, tasks without bias, small talk and unknown models apart.

        The French factor is set by hand: too few prompts are French to fit it.
        """
        known = data.family != data.families.index(NO_FAMILY) if NO_FAMILY in data.families else True
        data = data.answers(~data.talk[data.prompt] & known)
        column = data.names.index("french")
        french = data.features[:, column] * (1.0 - data.weight) * self.french
        neutral = replace(data, length=data.length - french[data.prompt], features=_with(data.features, column, 0.0))
        fits = recentred(neutral, fit_all(neutral, PENALTIES, len(self.reader.tasks)), self.reader.tasks)
        low, expected, high = (replace(p, features=_with(p.features, column, self.french)) for p in fits)
        return low, expected, high

    def calibration(self, predicted: dict[str, Floats]) -> Calibration:
        """What to widen the fits' intervals by, from predictions out of sample."""
        return Calibration.from_predictions(self.data, predicted, map(self.reader.tasks.index, TASKS))

    def with_small_talk(self, predicted: Floats) -> Floats:
        """The predictions with the given lengths of small talk, by the committed rules."""
        found, data = predicted.copy(), self.data
        for at in np.flatnonzero(data.talk[data.prompt]):
            logs = data.asked[data.prompt[at]]
            length = self.predictor.rules.apply(SMALL_TALK, tuple(logs), data.models[data.model[at]])
            found[:, at] = np.log2((length.low, length.expected, length.high))
        return found


def _with(values: Floats, column: int, value: float) -> Floats:
    changed = values.copy()
    changed[..., column] = value
    return changed
