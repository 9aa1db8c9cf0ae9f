"""What is fitted with what: the features left out, what is given, penalties. Fit and report use it alike."""

from dataclasses import replace
from math import log2
from pathlib import Path

import numpy as np

from bot.estimation.facts import read
from bot.estimation.features import FeatureReader
from bot.estimation.length_lexicon import Lexicon
from scripts.answer_length.data import Data, Floats, load
from scripts.answer_length.output import Fits
from scripts.answer_length.regression import Penalties
from scripts.answer_length.validation import fit_all

PENALTIES = Penalties()


class Recipe:
    """Reads the data and fits it as the committed coefficients are fitted."""

    def __init__(self, folder: Path, config_dir: Path) -> None:
        self.reader = FeatureReader(Lexicon.load(config_dir))
        given = read(config_dir, "answer_length")
        asked = given["asked"]
        self.french = log2(given["french"]["factor"])
        self.drift = (asked["low"], asked["expected"], asked["high"])
        self.data = _without_languages(load(folder, self.reader))

    def fit(self, data: Data) -> Fits:
        """Fit low, expected and high on `data`."""
        return fit_all(data, PENALTIES, self.drift, len(self.reader.tasks))

    def finished(self, fits: Fits) -> Fits:
        """The fits with what is set by hand: the French factor, too few prompts being French to fit it."""
        column = self.data.names.index("french")
        low, expected, high = (replace(p, features=_with(p.features, column, self.french)) for p in fits)
        return low, expected, high


def _without_languages(data: Data) -> Data:
    """The data without features that would tell the languages apart: a class counts alike in both."""
    kept = np.array([not name.startswith(("language.", "question.")) and name != "french" for name in data.names])
    return replace(data, features=data.features * kept)


def _with(features: Floats, column: int, value: float) -> Floats:
    changed = features.copy()
    changed[column] = value
    return changed
