"""What is fitted with what: the features left out, what is given, penalties. Fit and report use it alike."""

from dataclasses import replace
from math import log2
from pathlib import Path

import numpy as np

from bot.estimation.answer_length.features import FeatureReader
from bot.estimation.answer_length.lexicon import Lexicon
from bot.estimation.facts.fact import read
from scripts.answer_length.data import Data, Floats, load
from scripts.answer_length.recentring import recentred
from scripts.answer_length.regression import Fits, Penalties, fit_all

PENALTIES = Penalties()


class Recipe:
    """Reads the data and fits it as the committed coefficients are fitted."""

    def __init__(self, folder: Path, config_dir: Path) -> None:
        self.reader = FeatureReader(Lexicon.load(config_dir))
        given = read(config_dir, "answer_length")
        self.french = log2(given["french"]["factor"])
        self.data = _fitted_features(load(folder, self.reader))

    def fit(self, data: Data) -> Fits:
        """Fit low, expected and high on `data`, tasks without bias."""
        return recentred(data, fit_all(data, PENALTIES, len(self.reader.tasks)), self.reader.tasks)

    def finished(self, fits: Fits) -> Fits:
        """The fits with what is set by hand: the French factor, too few prompts being French to fit it."""
        column = self.data.names.index("french")
        low, expected, high = (replace(p, features=_with(p.features, column, self.french)) for p in fits)
        return low, expected, high


LEFT_OUT = ("language.", "question.", "mark.", "form.")
"""Features that would tell the languages apart (a class counts alike in both), and those with a length given."""


def _fitted_features(data: Data) -> Data:
    """The data without the features that get no coefficient."""
    kept = np.array([not name.startswith(LEFT_OUT) and name != "french" for name in data.names])
    return replace(data, features=data.features * kept)


def _with(features: Floats, column: int, value: float) -> Floats:
    changed = features.copy()
    changed[column] = value
    return changed
