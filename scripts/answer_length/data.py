"""The public prompts and answers, as arrays."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.estimation.answer_length.feature_names import SMALL_TALK
from bot.estimation.answer_length.features import FeatureVector
from bot.estimation.answer_length.predictor import AnswerLength
from bot.estimation.answer_length.verbosity import ModelNames
from bot.estimation.words import split

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

BENCHMARK = "benchmark"
"""The kind of the prompts in `prompts.jsonl.gz`; those of `chat.jsonl.gz` say theirs."""

NO_FAMILY = ""
"""The family of models that the predictor doesn't know."""


class Row(NamedTuple):
    """One answer: its prompt (source and text), kind and language of the prompt, model, family, visible tokens."""

    source: str
    prompt: str
    kind: str
    language: str
    model: str
    family: str
    tokens: int


@dataclass(frozen=True)
class Data:
    """Prompts (rows of `features`) and answers (`length`, log2 of visible tokens), joined by `prompt`.

    `asked` is the log2 length a prompt asks for (low, expected, high), `weight` how far that decides its answer's.
    `talk`: prompts that are small talk, whose length is given (`asked`), not fitted. `group`: equal prompts, but for
    case and punctuation, have the same.
    """

    names: tuple[str, ...]
    features: Floats
    asked: Floats
    weight: Floats
    talk: Bools
    task: Ints
    source: Ints
    kind: tuple[str, ...]
    french: Bools
    group: Ints
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
    def answer_kind(self) -> NDArray[np.str_]:
        """The kind of each answer's prompt."""
        return np.array(self.kind)[self.prompt]

    @property
    def family(self) -> Ints:
        """The family of each answer's model."""
        return self.family_of[self.model]

    def answers(self, chosen: Bools) -> "Data":
        """The same with only the answers chosen."""
        return replace(self, prompt=self.prompt[chosen], model=self.model[chosen], length=self.length[chosen])


def load(folder: Path, predictor: AnswerLength, names: ModelNames) -> Data:
    """Read the prompts and answers of `folder` and the features of every prompt."""
    rows = [*_benchmarks(folder), *_chats(folder, names)]
    prompts = list(dict.fromkeys((row.source, row.prompt, row.kind, row.language) for row in rows))
    number = {prompt: at for at, prompt in enumerate(prompts)}
    sources = tuple(sorted({row.source for row in rows}))
    family_of = {row.model: row.family for row in reversed(rows)}
    models = tuple(sorted(family_of))
    families = tuple(sorted(set(family_of.values())))
    model_number = {model: at for at, model in enumerate(models)}
    groups: dict[str, int] = {}
    reader = predictor.reader
    texts = [(split(text, predictor.doubled), text) for _, text, _, _ in prompts]
    bases = [predictor.basis(words, text, predictor.courtesy.find(words, text)) for words, text in texts]
    readings = [reader.read(words, text) for words, text in texts]
    talk = np.array([basis.task == SMALL_TALK for basis in bases])
    return Data(
        names=reader.names,
        features=_features(readings, reader.names),
        asked=np.array(
            [b.logs if b.task == SMALL_TALK else r.target.length for b, r in zip(bases, readings, strict=True)]
        ),
        weight=np.where(talk, 1.0, [reading.target.weight for reading in readings]),
        talk=talk,
        task=np.array([0 if basis.task == SMALL_TALK else reader.tasks.index(basis.task) for basis in bases]),
        source=np.array([sources.index(source) for source, _, _, _ in prompts]),
        kind=tuple(kind for _, _, kind, _ in prompts),
        french=np.array([language == "fr" for _, _, _, language in prompts]),
        group=np.array([groups.setdefault(_folded(text), len(groups)) for _, text, _, _ in prompts]),
        prompt=np.array([number[row.source, row.prompt, row.kind, row.language] for row in rows]),
        model=np.array([model_number[row.model] for row in rows]),
        length=np.log2(np.array([max(1, row.tokens) for row in rows], dtype=float)),
        sources=sources,
        models=models,
        families=families,
        family_of=np.array([families.index(family_of[model]) for model in models]),
    )


def _benchmarks(folder: Path) -> Iterator[Row]:
    """The answers of `answers.csv.gz` to the prompts of `prompts.jsonl.gz`."""
    prompts = {entry["prompt_id"]: entry for entry in _lines(folder / "prompts.jsonl.gz")}
    with gzip.open(folder / "answers.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry = prompts[row["prompt_id"]]
            language, tokens = entry.get("lang", "en"), int(row["answer_tokens"])
            yield Row(entry["source"], entry["prompt"], BENCHMARK, language, row["model"], row["family"], tokens)


def _chats(folder: Path, names: ModelNames) -> Iterator[Row]:
    """The answers of `chat.jsonl.gz`, but for those told to be short or to play a part."""
    for entry in _lines(folder / "chat.jsonl.gz"):
        if entry["forced_brevity"] or entry["persona"]:
            continue
        model = names.known_as(entry["model"])
        family = names.family(model) or NO_FAMILY
        yield Row(entry["source"], entry["prompt"], entry["kind"], entry["lang"], model, family, entry["answer_tokens"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _features(readings: list[FeatureVector], names: tuple[str, ...]) -> Floats:
    column = {name: number for number, name in enumerate(names)}
    features = np.zeros((len(readings), len(names)))
    for row, reading in zip(features, readings, strict=True):
        row[reading.present] = 1.0
        for name, value in reading.values:
            row[column[name]] = value
    return features
