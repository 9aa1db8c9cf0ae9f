"""One model: what EcoLogits and `config/` say of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ecologits.model_repository import Model as EcoLogitsModel
from ecologits.model_repository import models as ecologits_models

from bot.estimation.facts.fact import Strings, Table, load
from bot.estimation.impacts.model_facts import Drift, Implausible, Kind, ModelFacts, PriceFact
from bot.estimation.tokenizer_ratios import UNIT, TokenizerFact, TokenizerRatios

LEAVE_OUT = "leave_out"


class ModelNames(Table):
    """`config/models.toml`: how models are named to people, and which are shown first."""

    default: str
    featured: Strings
    compare: Strings
    makers: dict[str, str]
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Model:
    """One model: its key "provider/name", the name people use, its tokenizer, EcoLogits' warning codes.

    `figure_name` is the name whose figures EcoLogits gives for it: its own, or that of the model it means (`drift`).
    `kind` is None for a chat; `retired` the day from which its maker answers no more, ISO 8601.
    """

    key: str
    provider: str
    name: str
    title: str
    maker: str
    tokenizer: TokenizerFact
    warnings: tuple[str, ...]
    figure_name: str
    kind: Kind | None = None
    drift: Drift | None = None
    implausible: Implausible | None = None
    list_price: PriceFact | None = None
    retired: str | None = None

    @property
    def encoding(self) -> str:
        """Return the encoding that its texts are counted with."""
        return self.tokenizer.encoding or UNIT

    @property
    def approximate_tokens(self) -> bool:
        """Tell whether its tokens are worked out rather than counted."""
        return self.tokenizer.is_approximate

    @property
    def is_left_out(self) -> bool:
        """Tell whether energy by the token says nothing about it, so that it can't be asked for."""
        return self.kind is not None and self.kind.action == LEAVE_OUT

    @property
    def short_id(self) -> str:
        """Return eight hexadecimal digits that stand for the key where space is short."""
        return hashlib.blake2s(self.key.encode(), digest_size=4).hexdigest()


def read_names(config_dir: Path) -> ModelNames:
    """Return `config/models.toml`; `ConfigError` when it can't be read."""
    return load(config_dir, "models", ModelNames)


def list_models(names: ModelNames, facts: ModelFacts, tokenizers: TokenizerRatios) -> Iterator[Model]:
    """Return all the models that EcoLogits knows, those left out too, with what `config/` says of them."""
    return (_model(model, names, facts, tokenizers) for model in ecologits_models.list_models())


def _model(model: EcoLogitsModel, names: ModelNames, facts: ModelFacts, tokenizers: TokenizerRatios) -> Model:
    provider = model.provider.value
    key = f"{provider}/{model.name}"
    drift, retired = facts.drift.get(key), facts.retired.get(key)
    return Model(
        key=key,
        provider=provider,
        name=model.name,
        title=names.titles.get(key, model.name.rpartition("/")[2]),
        maker=names.makers.get(provider, provider),
        tokenizer=tokenizers.find(key),
        warnings=tuple(warning.code for warning in model.warnings),
        figure_name=drift.use.partition("/")[2] if drift else model.name,
        kind=facts.kind(key),
        drift=drift,
        implausible=facts.implausible.get(key),
        list_price=facts.prices.get(key),
        retired=retired.date if retired else None,
    )
