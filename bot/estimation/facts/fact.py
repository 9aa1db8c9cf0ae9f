"""Reads facts from `config/`: dated entries, each with its source; the newest of an id counts."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.errors import ConfigError

CONFIG_DIR = Path(__file__).resolve().parents[3] / "config"
"""The facts that come with the program; a host may hand in another folder."""

REQUIRED = ("id", "unit", "source", "url", "date", "verified")
"""What each fact must say of itself."""

Fact = Mapping[str, Any]


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


def facts(config_dir: Path, name: str, table: str) -> dict[str, Fact]:
    """Return the newest verified entry of each id in `[[<table>]]` of `config/<name>.toml`.

    Dates are ISO 8601, whole or shortened ("2026-07-01", "2020"), so text order is time order.
    """
    entries = read(config_dir, name).get(table)
    if not isinstance(entries, list):
        raise ConfigError(f"{name}.toml", f"no [[{table}]]")
    for entry in entries:
        check(entry, f"{name}.toml")
    return newest(entry for entry in entries if entry["verified"])


def check(entry: Fact, file: str) -> None:
    """Raise `ConfigError` unless the entry says its unit, source, address, date and whether it was verified."""
    missing = [key for key in REQUIRED if entry.get(key) in (None, "")]
    if missing:
        raise ConfigError(file, f"{entry.get('id', '?')}: {', '.join(missing)}")


def newest(entries: Iterable[Fact]) -> dict[str, Fact]:
    """Return the entries by id in the order given, the one with the latest date where an id comes again."""
    found: dict[str, Fact] = {}
    for entry in entries:
        known = found.get(entry["id"])
        if known is None or str(entry["date"]) >= str(known["date"]):
            found[entry["id"]] = entry
    return found
