"""How big an answer is, at a glance: size classes by expected energy, each with an emoji."""

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Self

from bot.errors import ConfigError
from bot.estimation.facts import fact


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
        """Read `config/annotation.toml`; `ConfigError` when it can't be read."""
        known = fact.facts(config_dir, "annotation", "annotation")
        try:
            classes = [Size(one["emoji"], float(one["value"])) for one in known.values() if "emoji" in one]
            classes.sort(key=attrgetter("least_wh"))
            if not classes or classes[0].least_wh != 0:
                raise ConfigError("annotation.toml", "no class begins at 0")
            return cls(tuple(classes), int(known["min_tokens"]["value"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigError("annotation.toml", str(error)) from error

    def of(self, energy_wh: float) -> Size:
        """Return the class of an answer that takes so much energy."""
        return self.classes[bisect_right(self.classes, energy_wh, key=attrgetter("least_wh")) - 1]
