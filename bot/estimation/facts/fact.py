"""Reads facts from `config/`: dated entries, each with its source; the newest of an id counts."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError, model_validator

from bot.errors import ConfigError, ConfigFieldError

CONFIG_DIR = Path(__file__).resolve().parents[3] / "config"
"""The facts that come with the program; a host may hand in another folder."""

Day = Annotated[str, Field(pattern=r"^\d{4}(-\d\d){0,2}$")]
"""A date by ISO 8601, whole or shortened ("2026-07-01", "2020"), so that text order is time order."""

Text = Annotated[str, Field(min_length=1)]
Number = int | float
Strings = Annotated[tuple[str, ...], Strict(False)]
"""A list of texts; TOML's lists become tuples, nothing else is converted."""

Basis = Literal["definition", "convention", "derived", "judgement"]
"""How a figure comes of its source: the catalogues have the words (`source.<basis>`)."""

JUDGEMENT = "judgement"
"""The `confidence` of a choice of ours that nobody published."""

PROBLEMS = {"missing": "error.config_missing", "extra_forbidden": "error.config_unknown"}


class Table(BaseModel):
    """One table of a file in `config/`: unknown keys and wrong types are refused, and it never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Fact(Table):
    """What each fact says of itself.

    `source` is a name and stays in its language; `basis` says how the figure came of it, where it isn't printed there.
    `date` is the data's, `read` the day on which it was read where that is another one. `via` names who quotes the
    source, where `url` is theirs: the source itself wasn't read. An address with `url_from_memory` wasn't opened, so
    nothing is verified by it. A judgement of ours may have none.
    """

    id: Text
    unit: Text
    source: Text
    basis: Basis | None = None
    url: Annotated[str, Field(pattern=r"^(https?://.+)?$")] = ""
    date: Day
    verified: bool
    read: Day | None = None
    via: str | None = None
    confidence: str | None = None
    note: str | None = None
    url_from_memory: bool = False

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if not self.url and self.confidence != JUDGEMENT:
            raise ValueError("url: only a judgement has none")
        if self.verified and self.url_from_memory:
            raise ValueError("verified: nobody opened the address")
        return self


RowT = TypeVar("RowT")
Rows = Annotated[tuple[RowT, ...], Strict(False)]
"""The entries of one kind in a file."""

Part = Annotated[RowT, Strict(False)]
"""A table within an entry."""

TableT = TypeVar("TableT", bound=Table)
FactT = TypeVar("FactT", bound=Fact)


def read(config_dir: Path, name: str) -> dict[str, Any]:
    """Return `config/<name>.toml` as a dictionary; `ConfigError` when it can't be read."""
    path = config_dir / f"{name}.toml"
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise ConfigError(path.name, error.strerror or type(error).__name__) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path.name, str(error)) from error


def load(config_dir: Path, name: str, kind: type[TableT]) -> TableT:
    """Return `config/<name>.toml` as that kind of table.

    `ConfigError` when it can't be read; `ConfigFieldError` names the entry and the field that is missing, unknown, of
    the wrong type, or there twice.
    """
    raw, file = read(config_dir, name), f"{name}.toml"
    try:
        found = kind.model_validate(raw)
    except ValidationError as error:
        raise _field_error(file, raw, error) from error
    for entries in found.__dict__.values():
        if isinstance(entries, tuple):
            _refuse_duplicates(file, cast("tuple[object, ...]", entries))
    return found


def checked(config_dir: Path, name: str, kind: type[Table]) -> dict[str, Any]:
    """Return `config/<name>.toml` as a dictionary that holds what that kind of table does; errors as of `load`."""
    load(config_dir, name, kind)
    return read(config_dir, name)


def newest(entries: Iterable[FactT]) -> dict[str, FactT]:
    """Return the verified entries by id in the order given, the one of the latest date where an id comes again."""
    found: dict[str, FactT] = {}
    for entry in entries:
        known = found.get(entry.id)
        if entry.verified and (known is None or entry.date >= known.date):
            found[entry.id] = entry
    return found


def _refuse_duplicates(file: str, entries: Iterable[object]) -> None:
    seen: set[tuple[object, object]] = set()
    for entry in entries:
        name = getattr(entry, "id", None)
        key = name, getattr(entry, "date", None)
        if name is not None and key in seen:
            raise ConfigFieldError("error.config_duplicate", file, str(name), "id")
        seen.add(key)


def _field_error(file: str, raw: Mapping[str, Any], error: ValidationError) -> ConfigFieldError:
    first = error.errors(include_url=False)[0]
    entry, field = _place(raw, first["loc"])
    return ConfigFieldError(PROBLEMS.get(first["type"], "error.config_invalid"), file, entry, field, first["msg"])


def _place(raw: Mapping[str, Any], path: Sequence[int | str]) -> tuple[str, str]:
    """Return the entry's id, or its table and number, and the field within it."""
    table, rest = str(path[0]), path[1:]
    if rest and isinstance(rest[0], int):
        entry = raw[table][rest[0]]
        name = cast("Mapping[str, object]", entry).get("id") if isinstance(entry, Mapping) else None
        table, rest = str(name or f"[[{table}]] {rest[0] + 1}"), rest[1:]
    elif rest:
        table = f"[{table}]"
    return table, ".".join(map(str, rest)) or table
