"""What training a model took, and how many answers equal it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import load, newest
from bot.estimation.facts.training_facts import BreakEven, Reference, Training, TrainingFile, training_of
from bot.estimation.facts.training_search import TrainingSearch
from bot.estimation.ranges import Range

REFERENCES = ("chatgpt_prompts_per_day", "chatgpt_prompt_wh", "french_person_electricity_year")


class Trainings:
    """All trainings that were verified, and the figures they are measured against."""

    def __init__(
        self, trainings: Iterable[Training], featured: Iterable[str], references: Mapping[str, Reference]
    ) -> None:
        self._by_id = {one.id: one for one in trainings}
        self.featured = [self._by_id[name] for name in featured]
        self._search = TrainingSearch(self._by_id, self.featured)
        self.references = references

    @classmethod
    def load(cls, config_dir: Path) -> "Trainings":
        """Read `config/training.toml`; `ConfigError` when an entry lacks something."""
        file = load(config_dir, "training", TrainingFile)
        known = newest(file.training)
        if unknown := set(file.featured) - set(known):
            reason = ", ".join(sorted(unknown))
            raise ConfigFieldError("error.config_invalid", "training.toml", "[[training]]", "featured", reason)
        references = newest(file.reference)
        for name in REFERENCES:
            if name not in references:
                raise ConfigFieldError("error.config_missing", "training.toml", name, "id")
        return cls(map(training_of, known.values()), file.featured, references)

    def __iter__(self) -> Iterator[Training]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __getitem__(self, name: str) -> Training:
        return self._by_id[name]

    def find(self, wanted: str) -> Training:
        """Return the training of that id or name; `UserError` with the nearest names where there is none."""
        return self._search.find(wanted)

    def search(self, query: str) -> list[Training]:
        """Return the trainings one of whose names holds what was typed."""
        return self._search.search(query)

    def break_even(self, training_wh: float, answer_wh: Range) -> BreakEven:
        """Return how many answers of so much energy equal a training, and how many days of ChatGPT's traffic."""
        prompts, wh = (self.references[name].value for name in ("chatgpt_prompts_per_day", "chatgpt_prompt_wh"))
        return BreakEven(training_wh / answer_wh, training_wh / (prompts * wh))

    def inhabitants(self, training_wh: float) -> float:
        """Return how many people in France use that much electricity at home in a year."""
        return training_wh / (self.references["french_person_electricity_year"].value * 1e3)
