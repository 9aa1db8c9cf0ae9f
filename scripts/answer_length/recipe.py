"""What is fitted with what: the features left out, what is given, penalties. Fit and report use it alike."""

from dataclasses import replace
from math import log2
from pathlib import Path

import numpy as np

from bot.estimation.answer_length import AnswerLength
from bot.estimation.facts import read
from bot.estimation.length_models import ModelNames
from scripts.answer_length.data import NO_FAMILY, Data, Floats, load
from scripts.answer_length.recentring import recentred
from scripts.answer_length.regression import Fits, Penalties, fit_all

PENALTIES = Penalties()


class Recipe:
    """Reads the data and fits it as the committed coefficients are fitted."""

    def __init__(self, folder: Path, config_dir: Path) -> None:
        given = read(config_dir, "answer_length")
        self.predictor = AnswerLength.load(config_dir)
        self.reader = self.predictor.reader
        self.french = log2(given["french"]["factor"])
        self.data = _fitted_features(load(folder, self.predictor, ModelNames(given)))

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


LEFT_OUT = ("language.", "question.", "mark.", "form.", "act.")
"""Features that would tell the languages apart (a class counts alike in both), and those with a length given."""


def _fitted_features(data: Data) -> Data:
    """The data without the features that get no coefficient."""
    kept = np.array([not name.startswith(LEFT_OUT) for name in data.names])
    return replace(data, features=data.features * kept)


def _with(values: Floats, column: int, value: float) -> Floats:
    changed = values.copy()
    changed[..., column] = value
    return changed
