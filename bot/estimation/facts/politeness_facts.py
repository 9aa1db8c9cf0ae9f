"""What is said about politeness to machines, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import Day, Fact, Number, Rows, Table, load, newest

FIGURES = ("tens_of_millions", "electricity_price", "thanking", "polite_us", "polite_uk", "afraid")
QUOTATIONS = ("question", "answer")


class Quotation(Fact):
    """What somebody said, in their words; `said` is the day, where it isn't the source's."""

    text: str
    author: str
    said: Day | None = None


class PolitenessFigure(Fact):
    """One figure; `paper` is the address of the study behind a secondary page."""

    value: Number
    paper: str | None = None


class PolitenessFile(Table):
    """`config/politeness.toml`."""

    quotation: Rows[Quotation]
    politeness: Rows[PolitenessFigure]


@dataclass(frozen=True, slots=True)
class PolitenessFacts:
    """The figures and the quotations by id."""

    figures: Mapping[str, PolitenessFigure]
    quotations: Mapping[str, Quotation]

    @classmethod
    def load(cls, config_dir: Path) -> "PolitenessFacts":
        """Read `config/politeness.toml`; `ConfigError` when it can't be read or one is missing."""
        file = load(config_dir, "politeness", PolitenessFile)
        found = cls(newest(file.politeness), newest(file.quotation))
        for known, needed in ((found.figures, FIGURES), (found.quotations, QUOTATIONS)):
            for name in needed:
                if name not in known:
                    raise ConfigFieldError("error.config_missing", "politeness.toml", name, "id")
        return found
