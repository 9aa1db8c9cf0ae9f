"""The report's means, kept for the tables of docs/method.md: those who write the pages needn't have the data."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from scripts.answer_length.metrics import Score

PATH = Path(__file__).with_name("results.toml")

HEADER = """\
# Written by `make length-report DATA=… WRITE=--write`: don't edit.
date = "{date}"
answers = {answers}
"""


class Means(NamedTuple):
    """Error and coverage, means over sources: of each kind of prompt, and of each goal."""

    date: str
    kinds: dict[str, tuple[float, float]]
    goals: dict[str, tuple[float, float]]


def write(kinds: dict[str, Score], goals: dict[str, Score], answers: int, path: Path = PATH) -> None:
    """Keep the means."""
    lines = [HEADER.format(date=datetime.now(UTC).date(), answers=answers)]
    for table, found in (("kind", kinds), ("goal", goals)):
        lines.append(f"[{table}]")
        lines += [f"{name} = [{score.error:.3f}, {score.coverage:.3f}]" for name, score in found.items()]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def read(path: Path = PATH) -> Means:
    """Return the means that were kept."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds, goals = ({name: (row[0], row[1]) for name, row in raw[table].items()} for table in ("kind", "goal"))
    return Means(raw["date"], kinds, goals)
