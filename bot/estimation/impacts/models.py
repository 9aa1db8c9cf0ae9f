"""The models that EcoLogits knows, as a person looks for them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.errors import UserError
from bot.estimation.impacts import model_suggestions
from bot.estimation.impacts.model import Model, ModelNames, list_models, read_names
from bot.estimation.impacts.model_facts import ModelFacts, ModelSource
from bot.estimation.impacts.model_names import MAX_NAME, Alias, ModelAliases, fold
from bot.estimation.impacts.model_suggestions import MAX_OFFERED
from bot.estimation.tokenizer_ratios import TokenizerRatios

FILE_FORMATS = re.compile(r"-(gguf|keras|pytorch|flax|onnx|cpp|tflite|awq|4bit|original|quant)\b", re.IGNORECASE)
"""Copies of a model in another format, named last."""

NUMBER = re.compile(r"\d+")


class Models:
    """All models by key, and how to find one from what a person typed: one search for everything that asks."""

    def __init__(
        self, models: Iterable[Model], names: ModelNames, aliases: ModelAliases, sources: Mapping[str, ModelSource]
    ) -> None:
        self.sources = sources
        everything = list(models)
        self.everything = {model.key.lower(): model for model in everything}
        self._by_key = {key: model for key, model in self.everything.items() if not model.is_left_out}
        self._by_short_id = {model.short_id: model for model in everything}
        self._aliases = aliases
        typed = _typed_words(aliases)
        self._words = {model.key: _search_words(model, typed.get(model.key, ())) for model in self}
        self._exact = {
            name: model for model in reversed(list(self)) for name in (model.title.lower(), model.name.lower())
        }
        self._folded = {fold(name): model for name, model in self._exact.items()}
        self._featured = self._those_left(names.featured)
        self.default = self.find(names.default)
        compared = [model for model in self._those_left(names.compare) if not model.implausible]
        self.compared = compared or [self.default]

    @classmethod
    def load(cls, config_dir: Path, tokenizers: TokenizerRatios) -> "Models":
        """Read EcoLogits' list, and what `config/` says of it."""
        names, facts = read_names(config_dir), ModelFacts.load(config_dir)
        models = list_models(names, facts, tokenizers)
        return cls(models, names, ModelAliases.load(config_dir, facts.sources), facts.sources)

    def __iter__(self) -> Iterator[Model]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def find(self, wanted: str) -> Model:
        """Return the model that somebody means: its key, name, title or alias, or the one hit of a search.

        Raises `UserError` where several fit, where the model is known but EcoLogits lacks it, where it is none that
        writes answers, and otherwise with suggestions where there are any that mean something alike.
        """
        if len(wanted) > MAX_NAME:
            raise UserError("error.model_name_too_long", length=len(wanted), most=MAX_NAME)
        typed, folded = wanted.strip().lower(), fold(wanted)
        known = self._by_key.get(typed) or self._exact.get(typed) or self._aliased(wanted) or self._folded.get(folded)
        if known:
            return known
        self.refuse_what_is_known(wanted)
        hits = self._hits(wanted) if _is_telling(wanted) else []
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise UserError("error.ambiguous_model", model=wanted.strip(), found=_titles(hits))
        for key, near in (
            ("error.unknown_model", self._slips(wanted)),
            ("error.unknown_model_family", model_suggestions.family(wanted, self._featured)),
        ):
            if near:
                raise UserError(key, model=wanted.strip(), nearest=_titles(near))
        raise UserError("error.unknown_model_alone", model=wanted.strip())

    def refuse_what_is_known(self, wanted: str) -> None:
        """Raise `UserError` for a model that is left out, and for a known one that EcoLogits lacks."""
        typed, folded = wanted.strip().lower(), fold(wanted)
        left_out = self._left_out(typed, folded)
        if left_out and left_out.kind:
            raise UserError(f"error.left_out.{left_out.kind.id}", model=left_out.title)
        outside = self._aliases.outside.get(folded)
        if outside is None:
            return
        nearest = self._by_key.get((outside.nearest or "").lower())
        if nearest is None:
            raise UserError("error.model_outside_unsized", model=outside.name)
        if outside.times is None:
            raise UserError("error.model_outside_successor", model=outside.name, nearest=nearest.title)
        raise UserError("error.model_outside", model=outside.name, nearest=nearest.title, times=outside.times)

    def by_short_id(self, short_id: str) -> Model | None:
        """Return the model that `short_id` stands for, None when it has left EcoLogits' list."""
        return self._by_short_id.get(short_id)

    def search(self, query: str, limit: int = 25) -> list[Model]:
        """Return models whose key, title or aliases hold every word of the query, the best known first."""
        words = [folded for word in query[:MAX_NAME].replace("/", " ").split() if (folded := fold(word))]
        if not words:
            return (self._featured + [model for model in self if model not in self._featured])[:limit]
        found = [model for model in self if all(word in self._words[model.key] for word in words)]
        whole = fold(query[:MAX_NAME])
        return sorted(found, key=lambda model: self._rank(model, whole))[:limit]

    def _hits(self, wanted: str) -> list[Model]:
        """Return what a search finds; a number that stands alone is one of the name's, not a part of one."""
        numbers = {word for word in wanted.split() if word.isdecimal()}
        found = self.search(wanted, limit=len(self))
        return [model for model in found if numbers <= {*NUMBER.findall(f"{model.key} {model.title}")}][:MAX_OFFERED]

    def _aliased(self, wanted: str) -> Model | None:
        alias = self._aliases.aliases.get(fold(wanted))
        models = self._those_left(alias.models) if alias else []
        if len(models) > 1:
            raise UserError("error.ambiguous_model", model=wanted.strip(), found=_titles(models))
        return models[0] if models else None

    def _left_out(self, typed: str, folded: str) -> Model | None:
        alias: Alias | None = self._aliases.aliases.get(folded)
        names = {typed, *(key.lower() for key in (alias.models if alias else ()))}
        return next(
            (
                one
                for one in self.everything.values()
                if one.is_left_out and names & {one.key.lower(), one.name.lower()}
            ),
            None,
        )

    def _those_left(self, keys: Iterable[str]) -> list[Model]:
        return [self._by_key[key.lower()] for key in keys if key.lower() in self._by_key]

    def _rank(self, model: Model, whole: str) -> tuple[bool, bool, bool, bool, bool, bool, int, str]:
        return (
            not self._is_alias(model, whole),
            whole not in (fold(model.key), fold(model.name), fold(model.title)),
            model not in self._featured,
            whole not in self._words[model.key],
            FILE_FORMATS.search(model.name) is not None,
            model.retired is not None,
            len(model.key),
            model.key,
        )

    def _is_alias(self, model: Model, whole: str) -> bool:
        alias = self._aliases.aliases.get(whole)
        return alias is not None and model.key in alias.models

    def _slips(self, wanted: str) -> list[Model]:
        """Return the models whose name was mistyped."""
        named = {**self._folded, **{word: self._those_left(one.models)[0] for word, one in self._usable_aliases()}}
        return model_suggestions.slips(wanted, named)

    def _usable_aliases(self) -> Iterator[tuple[str, Alias]]:
        return ((word, one) for word, one in self._aliases.aliases.items() if self._those_left(one.models))


def _is_telling(wanted: str) -> bool:
    """Tell whether what was typed says enough to be searched for: single letters fit everything."""
    words = [word for part in wanted.replace("/", " ").split() if (word := fold(part))]
    return bool(words) and all(len(word) > 1 or word.isdigit() for word in words) and len(fold(wanted)) > 1


def _titles(models: Iterable[Model]) -> str:
    return ", ".join(dict.fromkeys(model.title for model in models))


def _typed_words(aliases: ModelAliases) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, alias in aliases.aliases.items():
        for key in alias.models:
            found.setdefault(key, []).append(word)
    return found


def _search_words(model: Model, typed: Iterable[str]) -> str:
    return " ".join((fold(model.key), fold(model.title), fold(model.maker), *typed))
