"""What is known of EcoLogits' models beside their figures: what they are for, whose figure they take, prices, ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, Strict

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import Day, Number, Rows, Strings, Table, load

State = Literal["verified", "secondhand", "measured", "assumed", "not_found"]


class ModelSource(Table):
    """Where facts about models are from; an undated page has only its day of reading, a package no `url`."""

    id: str
    name: str
    url: Annotated[str, Field(pattern=r"^(https://.+)?$")] = ""
    read: Day
    date: Day | None = None


class SourceFile(Table):
    """`config/model_sources.toml`."""

    source: Rows[ModelSource]


class ModelRow(Table):
    """A fact about one model; `source` is an id in `config/model_sources.toml`."""

    model: str
    state: State
    source: str


class Drift(ModelRow):
    """The model takes the figure of `use`; its own in EcoLogits is so many times that one."""

    use: str
    because: Literal["same", "routed", "old_size", "speed"]
    times: Annotated[Number, Field(gt=0)]


class Implausible(ModelRow):
    """A size that EcoLogits derives from a price: Wh of 400 tokens, and what they would be if energy followed price."""

    wh: Annotated[tuple[Number, Number, Number], Strict(False)]
    if_price: Number


class PriceFact(ModelRow):
    """US dollars per million tokens; None where there is no price by the token."""

    input: Number | None = None
    output: Number | None = None


class Retired(ModelRow):
    """The day from which its maker doesn't answer for it any more."""

    date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class NoteFile(Table):
    """`config/model_notes.toml`."""

    drift: Rows[Drift]
    implausible: Rows[Implausible]
    price: Rows[PriceFact]
    retired: Rows[Retired]


class Kind(Table):
    """Models that aren't chats: left out, or warned about."""

    id: str
    action: Literal["leave_out", "warn"]
    match: Strings
    state: State
    source: str


class KindFile(Table):
    """`config/model_kinds.toml`."""

    kind: Rows[Kind]


RowT = TypeVar("RowT", bound=ModelRow)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """The facts by model key ("provider/name")."""

    sources: Mapping[str, ModelSource]
    kinds: tuple[Kind, ...]
    drift: Mapping[str, Drift]
    implausible: Mapping[str, Implausible]
    prices: Mapping[str, PriceFact]
    retired: Mapping[str, Retired]

    @classmethod
    def load(cls, config_dir: Path) -> "ModelFacts":
        """Read the tables; `ConfigError` when one can't be read or names a source that there isn't."""
        sources = {one.id: one for one in load(config_dir, "model_sources", SourceFile).source}
        kinds, notes = load(config_dir, "model_kinds", KindFile).kind, load(config_dir, "model_notes", NoteFile)
        for kind in kinds:
            check_source("model_kinds.toml", kind.id, kind.source, sources)
        return cls(
            sources=sources,
            kinds=kinds,
            drift=_by_model(notes.drift, sources),
            implausible=_by_model(notes.implausible, sources),
            prices=_by_model(notes.price, sources),
            retired=_by_model(notes.retired, sources),
        )

    def kind(self, key: str) -> Kind | None:
        """Return what kind of model it is where it isn't a chat."""
        lowered = key.lower()
        return next((one for one in self.kinds if any(fnmatchcase(lowered, part) for part in one.match)), None)


def check_source(file: str, entry: str, source: str, known: Mapping[str, ModelSource]) -> None:
    """Raise `ConfigFieldError` for a source that isn't in `model_sources.toml`."""
    if source not in known:
        raise ConfigFieldError("error.config_invalid", file, entry, "source", f"{source} is no source")


def _by_model(rows: Iterable[RowT], sources: Mapping[str, ModelSource]) -> dict[str, RowT]:
    found: dict[str, RowT] = {}
    for row in rows:
        check_source("model_notes.toml", row.model, row.source, sources)
        if row.model in found:
            raise ConfigFieldError("error.config_duplicate", "model_notes.toml", row.model, "model")
        found[row.model] = row
    return found
