"""Quantile regression of the answer's log2 length: a message's features, a model's verbosity, both together.

    length = base + offset[model] + slope[family] * (max(base, SHORTEST) - CENTRE) + tilt[task, family]
    base   = (1 - weight) * (intercept + coefficients . features) + weight * asked

`asked` is the length a message asks for and `weight` how far that decides, both given.

One set of parameters per quantile, by L-BFGS on the smoothed pinball loss with ridge penalties.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from scripts.answer_length.data import BENCHMARK, Data, Floats

CENTRE = 8.5
"""log2 of a usual answer (362 tokens): where a family's slope turns."""

QUANTILES = (0.1, 0.5, 0.9)
"""Low, expected, high."""

SHORTEST = 6.0
"""log2 of an answer of the median model (64 tokens) below which a family's slope goes no further: next to no data."""

SMOOTHING = 0.1
"""Width, in log2, over which the pinball loss is rounded."""


TRUST = {
    "emo2": 0.16, "felm": 0.5, "flask": 0.3, "french_chat": 0.2, "friendliness": 0.2, "halueval": 0.16,
    "humanebench": 0.04, "illusion": 0.24, "kbqa": 0.7, "mushroom": 0.6, "noveltybench": 0.12, "sharegpt_pypi": 1.8,
    "syco": 0.2, "sycon": 0.35, "vera_mh": 0.24,
}  # fmt: skip
"""How much a source of chats counts beside one of benchmarks, a judgement: less where its prompts were selected, its
answers cut, or its assistant told how to behave."""


@dataclass(frozen=True)
class Penalties:
    """Ridge penalties (`slope_of_ends`: of low and high, of which less is known).

    `equal_sources`: how strongly each source counts (0: by its answers, 1: all sources alike).
    """

    feature: float = 7e-4
    model: float = 1e-3
    family: float = 1e-4
    slope: float = 1e-4
    slope_of_ends: float = 5e-4
    tilt: float = 6e-4
    equal_sources: float = 0.7
    light: float = 0.1

    def for_names(self, names: tuple[str, ...]) -> Floats:
        """Each feature's share of `feature`: `light` for what every message has one of, or what is asked."""
        light = ("lead.", "as.", "length.", "fixed.", "size", "short_", "says_", "feels_", "named_", "own_", "french_")
        return np.array([self.light if name.startswith(light) else 1.0 for name in names])


@dataclass(frozen=True)
class Parameters:
    """What one quantile's fit gives; `level`: which of `QUANTILES`; `seen`: the models there were answers of."""

    level: int
    intercept: float
    features: Floats
    family: Floats
    model: Floats
    slope: Floats
    tilt: Floats
    seen: NDArray[np.bool_]

    def base(self, data: Data) -> Floats:
        """The median model's log2 length of each prompt."""
        free = self.intercept + data.features @ self.features
        return (1.0 - data.weight) * free + data.weight * data.asked[:, self.level]

    def predict(self, data: Data, known: str = "model") -> Floats:
        """The log2 length of each answer in `data`, the model, only its family or nothing being known."""
        base = self.base(data)[data.prompt]
        median = base + self.median_offset(data)
        if known == "nothing":
            return median
        family = data.family
        offset = self.family[family] + (self.model[data.model] if known == "model" else 0.0)
        tilt = self.tilt[data.task[data.prompt], family]
        families_seen = np.bincount(data.family_of, self.seen, len(data.families)) > 0
        return np.where(families_seen[family], base + offset + self.slope[family] * turn(base) + tilt, median)

    def offsets(self, data: Data) -> Floats:
        """The whole offset of each model."""
        return self.family[data.family_of] + self.model

    def median_offset(self, data: Data) -> float:
        """The offset of the median model among those seen."""
        return float(np.median(self.offsets(data)[self.seen]))


Fits = tuple[Parameters, Parameters, Parameters]
"""Low, expected, high."""


def fit_all(data: Data, penalties: Penalties, tasks: int) -> Fits:
    """Fit low, expected and high; expected first, as the start of the others."""
    expected = fit(data, 1, penalties, tasks)
    ends = replace(penalties, slope=penalties.slope_of_ends)
    low, high = (fit(data, level, ends, tasks, expected) for level in (0, 2))
    return low, expected, high


def weights(data: Data, equal_sources: float) -> Floats:
    """One weight per answer, those of benchmarks summing to 1; each source counts by its `TRUST` too."""
    source = data.answer_source
    count = np.bincount(source, minlength=len(data.sources)).astype(float)
    trust = np.array([TRUST.get(name, 1.0) for name in data.sources])
    weight = trust[source] * count[source] ** -equal_sources
    benchmarks = data.answer_kind == BENCHMARK
    return weight / weight[benchmarks].sum() if benchmarks.any() else weight / weight.sum()


def turn(base: Floats) -> Floats:
    """How far a length is from the centre, in what a family's slope goes by."""
    return np.maximum(base, SHORTEST) - CENTRE


def fit(
    data: Data,
    level: int,
    penalties: Penalties,
    tasks: int,
    start: Parameters | None = None,
) -> Parameters:
    """Fit one of `QUANTILES`, from another's parameters if they're given."""
    problem = _Problem(data, level, penalties, tasks)
    first = problem.pack(start) if start else problem.guess()
    found = minimize(
        problem.loss,
        first,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 600, "maxfun": 900, "ftol": 1e-9},
    )
    return problem.unpack(found.x)


class _Problem:
    def __init__(self, data: Data, level: int, penalties: Penalties, tasks: int) -> None:
        self.data, self.level, self.quantile, self.penalties = data, level, QUANTILES[level], penalties
        self.weight = weights(data, penalties.equal_sources)
        self.family = data.family
        self.ridge = penalties.for_names(data.names)
        self.seen = np.bincount(data.model, minlength=len(data.models)) > 0
        self.cell = data.task[data.prompt] * len(data.families) + self.family
        self.shape = (tasks, len(data.families))
        self.cuts = np.cumsum([1, data.features.shape[1], len(data.families), len(data.models), len(data.families)])

    def guess(self) -> Floats:
        x = np.zeros(self.cuts[-1] + self.shape[0] * self.shape[1])
        x[0] = np.quantile(self.data.length, self.quantile)
        return x

    def pack(self, p: Parameters) -> Floats:
        return np.concatenate([[p.intercept], p.features, p.family, p.model, p.slope, p.tilt.ravel()])

    def unpack(self, x: Floats) -> Parameters:
        first, features, family, model, slope, tilt = np.split(x, self.cuts)
        return Parameters(
            self.level, float(first[0]), features, family, model, slope, tilt.reshape(self.shape), self.seen
        )

    def loss(self, x: Floats) -> tuple[float, Floats]:
        p, data, k = self.unpack(x), self.data, self.penalties
        base = p.base(data)[data.prompt]
        slope, turned = p.slope[self.family], turn(base)
        guess = base + p.family[self.family] + p.model[data.model] + slope * turned + x[self.cuts[-1] :][self.cell]
        residual = data.length - guess
        scaled = -residual / SMOOTHING
        rounded = self.quantile * residual + SMOOTHING * np.logaddexp(0.0, scaled)
        pull = self.weight * (1.0 / (1.0 + np.exp(-np.clip(scaled, -50, 50))) - self.quantile)
        value = float(np.sum(self.weight * rounded)) + self._penalty(p)
        return value, np.concatenate(
            [
                *self._base_gradient(pull * (1.0 + slope * (base > SHORTEST)), p.features),
                np.bincount(self.family, pull, self.shape[1]) + 2 * k.family * p.family,
                np.bincount(data.model, pull, len(data.models)) + 2 * k.model * p.model,
                np.bincount(self.family, pull * turned, self.shape[1]) + 2 * k.slope * p.slope,
                np.bincount(self.cell, pull, self.shape[0] * self.shape[1]) + 2 * k.tilt * x[self.cuts[-1] :],
            ]
        )

    def _penalty(self, p: Parameters) -> float:
        k = self.penalties
        penalty = k.feature * np.sum(self.ridge * p.features**2) + k.family * np.sum(p.family**2)
        penalty += k.model * np.sum(p.model**2) + k.slope * np.sum(p.slope**2) + k.tilt * np.sum(p.tilt**2)
        return float(penalty)

    def _base_gradient(self, pull: Floats, features: Floats) -> tuple[Floats, Floats]:
        by_prompt = np.bincount(self.data.prompt, pull, len(self.data.features)) * (1.0 - self.data.weight)
        return by_prompt.sum(
            keepdims=True
        ), by_prompt @ self.data.features + 2 * self.penalties.feature * self.ridge * features
