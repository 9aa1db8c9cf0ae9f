"""The models that EcoLogits knows, as a person looks for them."""

import difflib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ecologits.model_repository import Model as EcoLogitsModel
from ecologits.model_repository import models as ecologits_models

from bot.errors import UserError
from bot.estimation import tokens
from bot.estimation.facts.fact import Strings, Table, load


class ModelNames(Table):
    """`config/models.toml`: how models are named to people, and which are shown first."""

    default: str
    featured: Strings
    compare: Strings
    makers: dict[str, str]
    titles: dict[str, str]


def read_names(config_dir: Path) -> ModelNames:
    """Return `config/models.toml`; `ConfigError` when it can't be read."""
    return load(config_dir, "models", ModelNames)


@dataclass(frozen=True, slots=True)
class Model:
    """One model: its key "provider/name", the name people use, its tokenizer, EcoLogits' warning codes."""

    key: str
    provider: str
    name: str
    title: str
    maker: str
    encoding: str
    approximate_tokens: bool
    warnings: tuple[str, ...]

    @property
    def short_id(self) -> str:
        """Return eight hexadecimal digits that stand for the key where space is short."""
        return hashlib.blake2s(self.key.encode(), digest_size=4).hexdigest()


class Models:
    """All models by key, and how to find one from what a person typed."""

    def __init__(self, models: list[Model], featured: Iterable[str], compared: Iterable[str], default: str) -> None:
        self._by_key = {model.key.lower(): model for model in models}
        self._by_short_id = {model.short_id: model for model in models}
        self._featured = self._those_left(featured)
        self.default = self.find(default)
        self.compared = self._those_left(compared) or [self.default]

    @classmethod
    def load(cls, config_dir: Path) -> "Models":
        """Read EcoLogits' list and the names in `config/models.toml`."""
        names = read_names(config_dir)
        models = [_model(model, names) for model in ecologits_models.list_models()]
        return cls(models, names.featured, names.compare, names.default)

    def __iter__(self) -> Iterator[Model]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def find(self, wanted: str) -> Model:
        """Return the model of that key, or the first of that name or title.

        Raises `UserError` with the nearest keys when there is none.
        """
        key = wanted.strip().lower()
        known = self._by_key.get(key) or self._named(key)
        if known:
            return known
        raise UserError("error.unknown_model", model=wanted.strip()[:80], nearest=self._nearest(key))

    def by_short_id(self, short_id: str) -> Model | None:
        """Return the model that `short_id` stands for, None when it has left EcoLogits' list."""
        return self._by_short_id.get(short_id)

    def search(self, query: str, limit: int = 25) -> list[Model]:
        """Return models whose key or title holds every word of the query, the best known first."""
        words = query.lower().replace("/", " ").split()
        if not words:
            return (self._featured + [model for model in self if model not in self._featured])[:limit]
        found = [model for model in self if all(word in f"{model.key} {model.title}".lower() for word in words)]
        return sorted(found, key=lambda model: self._rank(model, query))[:limit]

    def _those_left(self, keys: Iterable[str]) -> list[Model]:
        return [self._by_key[key.lower()] for key in keys if key.lower() in self._by_key]

    def _rank(self, model: Model, query: str) -> tuple[bool, bool, int, str]:
        wanted = query.strip().lower()
        exact = wanted in (model.key.lower(), model.name.lower(), model.title.lower())
        return not exact, model not in self._featured, len(model.key), model.key

    def _named(self, name: str) -> Model | None:
        return next((model for model in self if name in (model.name.lower(), model.title.lower())), None)

    def _nearest(self, key: str) -> str:
        names = {model.name.lower(): model.key for model in self} | {model.key.lower(): model.key for model in self}
        close = dict.fromkeys(names[match] for match in difflib.get_close_matches(key, names, n=3, cutoff=0.4))
        return ", ".join(close) or self.default.key


def _model(model: EcoLogitsModel, names: ModelNames) -> Model:
    provider = model.provider.value
    key = f"{provider}/{model.name}"
    encoding, approximate = tokens.encoding_of(provider, model.name)
    return Model(
        key=key,
        provider=provider,
        name=model.name,
        title=names.titles.get(key, model.name.rpartition("/")[2]),
        maker=names.makers.get(provider, provider),
        encoding=encoding,
        approximate_tokens=approximate,
        warnings=tuple(warning.code for warning in model.warnings),
    )
