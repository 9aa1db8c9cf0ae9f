"""How much a model writes: its own verbosity, else its family's, else the median model's."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

Triple = tuple[float, float, float]
"""Low, expected and high, in log2 of tokens unless said otherwise."""

NOTHING: Triple = (0.0, 0.0, 0.0)


class Verbosity(NamedTuple):
    """From the median model's log2 length to a model's, for one task.

    `length + slope * max(length, shortest) + shift`
    """

    slope: Triple
    shift: Triple


class ModelNames:
    """Recognises models and families by name: `answer_length.toml`, `alias` and `family`."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._alias: Mapping[str, str] = given["alias"]
        self._patterns = [(pattern, entry["name"]) for entry in given["family"] for pattern in entry["match"]]

    def known_as(self, model: str) -> str:
        """Return the name that the coefficients have for `model`, a name with or without its provider."""
        name = model.strip().lower().rsplit("/", 1)[-1].removeprefix("meta-")
        return self._alias.get(name, name)

    def family(self, name: str) -> str | None:
        """Return the family of a name that `known_as` gave, None for a stranger."""
        for pattern, family in self._patterns:
            if name.startswith(pattern[1:]) if pattern[0] == "^" else pattern in name:
                return family
        return None


class ModelTable:
    """Finds the verbosity that belongs to a model's name and a task.

    A model's offset, its family's slope around the centre and tilt for the task; its family's offset where there
    are no data of the model; nothing but a wider range where the family isn't known either.
    """

    def __init__(self, given: Mapping[str, Any], fitted: Mapping[str, Any]) -> None:
        self.centre = _triple(fitted["centre"])
        self.shortest = _triple(fitted["shortest"])
        self._names = ModelNames(given)
        self._models = fitted["model"]
        self._families = fitted["family"]
        self._unknown = _triple(fitted["unknown"]["offset"])
        self.find = lru_cache(maxsize=4096)(self._find)

    def _find(self, model: str, task: str) -> Verbosity:
        """Return the verbosity of `model`, a name with or without its provider; any text is accepted."""
        name = self._names.known_as(model)
        known = self._models.get(name)
        family = known["family"] if known else self._names.family(name)
        if family is None:
            return Verbosity(NOTHING, self._unknown)
        entry = self._families[family]
        slope = _triple(entry["slope"])
        terms = zip(slope, self.centre, (known or entry)["offset"], entry["tilt"].get(task, NOTHING), strict=True)
        shift = _triple(offset + tilt - s * centre for s, centre, offset, tilt in terms)
        return Verbosity(slope, shift)


def _triple(values: Iterable[float]) -> Triple:
    low, expected, high = values
    return float(low), float(expected), float(high)
