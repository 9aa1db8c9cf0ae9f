"""Writes fitted numbers as TOML, one named line each."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from scripts.answer_length.data import Data
from scripts.answer_length.regression import CENTRE, SHORTEST, Fits
from scripts.answer_length.validation import Calibration, Shift

HEADER = '''\
# Fitted by scripts/fit_answer_length.py: don't edit. Each line holds low, expected, high (10 %, 50 %, 90 %).
#   log2 tokens = base + offset[model] + slope[family] * (max(base, shortest) - centre) + tilt[task, family]
#   base = intercept + sum of the features present, or of feature * its number, drawn to a length asked for
# The offsets of low and high hold the widening that makes four answers in five lie between them.
date = "2026-11-27"
verified = true
unit = "log2 of visible answer tokens (o200k_base)"
source = """{answers:,} answers to {prompts:,} public prompts of {sources} (see answer_length.toml)"""
method = """linear quantile regression (pinball loss, ridge penalties, small sources raised, chats weighted by \\
how far they are trusted), each task's bias on benchmarks taken out, calibrated by cross-validation over prompts"""
'''


def write(path: Path, data: Data, fits: Fits, calibration: Calibration, tasks: tuple[str, ...]) -> None:
    """Write the coefficients file; the same input gives the same bytes."""
    path.write_text("\n".join(_lines(data, fits, calibration, tasks)) + "\n", encoding="utf-8")


def _lines(data: Data, fits: Fits, calibration: Calibration, tasks: tuple[str, ...]) -> Iterator[str]:
    shifts = calibration.levels
    by_feature = {f"as.{tasks[task]}": shift for task, shift in calibration.tasks.items()}
    middle = [p.median_offset(data) for p in fits]
    yield HEADER.format(answers=len(data.length), prompts=len(np.unique(data.group)), sources=", ".join(data.sources))
    yield f"centre = {_row(CENTRE + m for m in middle)}"
    yield f"shortest = {_row(SHORTEST + m for m in middle)}"
    yield f"intercept = {_row(p.intercept + m for p, m in zip(fits, middle, strict=True))}"
    yield "\n[unknown]"
    yield f"offset = {_row(_shifted((0.0, 0.0, 0.0), shifts['nothing']))}"
    yield "\n[feature]"
    for column, name in enumerate(data.names):
        values = _shifted((float(p.features[column]) for p in fits), by_feature.get(name, (0.0, 0.0)))
        if any(abs(value) >= 5e-5 for value in values):
            yield f'"{name}" = {_row(values)}'
    yield from _models(data, fits, shifts["model"], middle)
    yield from _families(data, fits, shifts["family"], middle, tasks)


NARROW = frozenset({"emo2", "vera_mh", "illusion", "empathy"})
"""Sources of answers to feelings alone: a model met nowhere else takes its family's length, not one of its own."""


def _is_narrow(data: Data, number: int) -> bool:
    return {data.sources[source] for source in data.answer_source[data.model == number]} <= NARROW


def _models(data: Data, fits: Fits, shift: Shift, middle: list[float]) -> Iterator[str]:
    yield "\n[model]"
    offsets = [p.offsets(data) for p in fits]
    for number, name in enumerate(data.models):
        if _is_narrow(data, number):
            continue
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
