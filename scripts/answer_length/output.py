"""Writes fitted numbers as TOML, one named line each."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from scripts.answer_length.data import Data
from scripts.answer_length.regression import CENTRE, SHORTEST, Fits

Shift = tuple[float, float]
"""What calibration adds to low and to high."""

HEADER = '''\
# Fitted by scripts/fit_answer_length.py: don't edit. Each line holds low, expected, high (10 %, 50 %, 90 %).
#   log2 tokens = base + offset[model] + slope[family] * (max(base, shortest) - centre) + tilt[task, family]
#   base = intercept + sum of the features present, or of feature * its number, drawn to a length asked for
# The offsets of low and high hold the widening that makes four answers in five lie between them.
date = "2026-11-23"
verified = true
unit = "log2 of visible answer tokens (o200k_base)"
source = """47,875 answers to 1,760 public prompts: alpaca_eval, arena_hard_v01, arena_hard_v2, \\
oasst_lottery, speechmap (see answer_length.toml)"""
method = """linear quantile regression (pinball loss, ridge penalties, small sources raised), each task's bias \\
taken out, calibrated by cross-validation over prompts"""
'''


def write(path: Path, data: Data, fits: Fits, shifts: dict[str, Shift], tasks: tuple[str, ...]) -> None:
    """Write the coefficients file; the same input gives the same bytes."""
    path.write_text("\n".join(_lines(data, fits, shifts, tasks)) + "\n", encoding="utf-8")


def _lines(data: Data, fits: Fits, shifts: dict[str, Shift], tasks: tuple[str, ...]) -> Iterator[str]:
    middle = [p.median_offset(data) for p in fits]
    yield HEADER
    yield f"centre = {_row(CENTRE + m for m in middle)}"
    yield f"shortest = {_row(SHORTEST + m for m in middle)}"
    yield f"intercept = {_row(p.intercept + m for p, m in zip(fits, middle, strict=True))}"
    yield "\n[unknown]"
    yield f"offset = {_row(_shifted((0.0, 0.0, 0.0), shifts['nothing']))}"
    yield "\n[feature]"
    for column, name in enumerate(data.names):
        values = [float(p.features[column]) for p in fits]
        if any(abs(value) >= 5e-5 for value in values):
            yield f'"{name}" = {_row(values)}'
    yield from _models(data, fits, shifts["model"], middle)
    yield from _families(data, fits, shifts["family"], middle, tasks)


def _models(data: Data, fits: Fits, shift: Shift, middle: list[float]) -> Iterator[str]:
    yield "\n[model]"
    offsets = [p.offsets(data) for p in fits]
    for number, name in enumerate(data.models):
        values = _shifted([float(o[number]) - m for o, m in zip(offsets, middle, strict=True)], shift)
        family = data.families[data.family_of[number]]
        yield f'"{name}" = {{ family = "{family}", offset = {_row(values)} }}'


def _families(data: Data, fits: Fits, shift: Shift, middle: list[float], tasks: tuple[str, ...]) -> Iterator[str]:
    used = _tasks_seen(data)
    for number, name in enumerate(data.families):
        values = _shifted([float(p.family[number]) - m for p, m in zip(fits, middle, strict=True)], shift)
        yield f'\n[family."{name}"]'
        yield f"offset = {_row(values)}"
        yield f"slope = {_row(float(p.slope[number]) for p in fits)}"
        yield f'\n[family."{name}".tilt]'
        for task in sorted(used, key=lambda task: tasks[task]):
            tilt = [float(p.tilt[task, number]) for p in fits]
            if any(abs(value) >= 5e-4 for value in tilt):
                yield f"{tasks[task]} = {_row(tilt, 3)}"


def _tasks_seen(data: Data) -> set[int]:
    return {int(task) for task in np.unique(data.task)}


def _shifted(values: Iterable[float], shift: Shift) -> tuple[float, float, float]:
    low, expected, high = values
    return low + shift[0], expected, high + shift[1]


def _row(values: Iterable[float], digits: int = 4) -> str:
    return "[" + ", ".join(f"{value + 0.0:.{digits}f}" for value in values) + "]"
