"""The public prompts and answers, as arrays."""

import csv
import gzip
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.estimation.answer_length.features import FeatureReader, FeatureVector
from bot.estimation.words import split

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Data:
    """Prompts (rows of `features`) and answers (`length`, log2 of visible tokens), joined by `prompt`.

    `asked` is the log2 length a prompt asks for (low, expected, high), `weight` how far that decides its answer's.
    """

    names: tuple[str, ...]
    features: Floats
    asked: Floats
    weight: Floats
    task: Ints
    source: Ints
    prompt: Ints
    model: Ints
    length: Floats
    sources: tuple[str, ...]
    models: tuple[str, ...]
    families: tuple[str, ...]
    family_of: Ints

    @property
    def answer_source(self) -> Ints:
        """The source of each answer."""
        return self.source[self.prompt]

    @property
    def family(self) -> Ints:
        """The family of each answer's model."""
        return self.family_of[self.model]

    def answers(self, chosen: NDArray[np.bool_]) -> "Data":
        """The same with only the answers chosen."""
        return replace(self, prompt=self.prompt[chosen], model=self.model[chosen], length=self.length[chosen])


def load(folder: Path, reader: FeatureReader) -> Data:
    """Read `prompts.jsonl.gz` and `answers.csv.gz` and the features of every prompt."""
    prompts = _prompts(folder)
    rows = _answers(folder)
    number = {entry["prompt_id"]: i for i, entry in enumerate(prompts)}
    sources = tuple(sorted({entry["source"] for entry in prompts}))
    family_of = {row["model"]: row["family"] for row in rows}
    models = tuple(sorted(family_of))
    families = tuple(sorted(set(family_of.values())))
    readings = [reader.read(split(entry["prompt"]), entry["prompt"]) for entry in prompts]
    return Data(
        names=reader.names,
        features=_features(readings, reader.names),
        asked=np.array([reading.target.length for reading in readings]),
        weight=np.array([reading.target.weight for reading in readings]),
        task=np.array([reader.tasks.index(reading.task) for reading in readings]),
        source=np.array([sources.index(entry["source"]) for entry in prompts]),
        prompt=np.array([number[row["prompt_id"]] for row in rows]),
        model=np.array([models.index(row["model"]) for row in rows]),
        length=np.log2(np.array([max(1, int(row["answer_tokens"])) for row in rows], dtype=float)),
        sources=sources,
        models=models,
        families=families,
        family_of=np.array([families.index(family_of[model]) for model in models]),
    )


def _prompts(folder: Path) -> list[dict[str, str]]:
    with gzip.open(folder / "prompts.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _answers(folder: Path) -> list[dict[str, str]]:
    with gzip.open(folder / "answers.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _features(readings: list[FeatureVector], names: tuple[str, ...]) -> Floats:
    column = {name: number for number, name in enumerate(names)}
    features = np.zeros((len(readings), len(names)))
    for row, reading in zip(features, readings, strict=True):
        row[reading.present] = 1.0
        for name, value in reading.values:
            row[column[name]] = value
    return features
