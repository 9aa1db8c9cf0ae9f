"""How big an answer is, at a glance: size classes by expected energy, each with an emoji."""

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Self

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import Fact, Number, Rows, Table, load, newest


class AnnotationFact(Fact):
    """A threshold of prompt tokens, or where a class of energies begins (Wh), with its emoji."""

    value: Number
    emoji: str | None = None


class AnnotationFile(Table):
    """`config/annotation.toml`."""

    annotation: Rows[AnnotationFact]


@dataclass(frozen=True, slots=True)
class Size:
    """A class that begins at `least_wh` (Wh)."""

    emoji: str
    least_wh: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """The classes, smallest first, and below how many prompt tokens a message isn't annotated by default."""

    classes: tuple[Size, ...]
    min_tokens: int

    @classmethod
    def load(cls, config_dir: Path) -> Self:
        """Read `config/annotation.toml`; `ConfigError` when it can't be read, or no class begins at 0."""
        known = newest(load(config_dir, "annotation", AnnotationFile).annotation)
        classes = [Size(one.emoji, float(one.value)) for one in known.values() if one.emoji]
        classes.sort(key=attrgetter("least_wh"))
        if not classes or classes[0].least_wh != 0:
            raise ConfigFieldError("error.config_invalid", "annotation.toml", "[[annotation]]", "value", "0 expected")
        if "min_tokens" not in known:
            raise ConfigFieldError("error.config_missing", "annotation.toml", "min_tokens", "id")
        return cls(tuple(classes), int(known["min_tokens"].value))

    def for_energy(self, energy_wh: float) -> Size:
        """Return the class of an answer that takes so much energy."""
        return self.classes[bisect_right(self.classes, energy_wh, key=attrgetter("least_wh")) - 1]
