"""Takes the bias out of tasks after the fit: penalties draw rare tasks to the rest, and sources differ in prompts.

A task's shift is the median error of its answers, each prompt counting alike, prompts of chats in full, those of
other benchmarks by `OTHERS` and all else not at all; shrunk by `prompts / (prompts + SHRINKAGE)`, so that a task with
few prompts moves little. It is added to the task's `as.*` coefficient; low and high move along with expected.
"""

from dataclasses import replace

import numpy as np

from scripts.answer_length.data import BENCHMARK, Data, Floats
from scripts.answer_length.metrics import weighted_quantile
from scripts.answer_length.regression import Fits, Parameters

CHATS = ("alpaca_eval", "oasst_lottery")
"""Benchmarks whose prompts look most like what people write to a chat bot."""

OTHERS = 0.2
"""How much a prompt of another source counts: essays about politics, hard problems."""

SHRINKAGE = 4.0
"""So many prompts halve a shift."""


def recentred(data: Data, fits: Fits, tasks: tuple[str, ...]) -> Fits:
    """The same fits with each task's shift added."""
    shift = _shifts(data, fits[1], len(tasks))
    columns = [data.names.index(f"as.{task}") for task in tasks]
    low, expected, high = (replace(p, features=_added(p.features, columns, shift)) for p in fits)
    return low, expected, high


def _shifts(data: Data, expected: Parameters, tasks: int) -> Floats:
    task = data.task[data.prompt]
    error = data.length - expected.predict(data)
    chat = np.isin(data.answer_source, [data.sources.index(name) for name in CHATS if name in data.sources])
    share = np.where(chat, 1.0, np.where(data.answer_kind == BENCHMARK, OTHERS, 0.0))
    weight = share / np.bincount(data.prompt, minlength=len(data.task))[data.prompt]
    shift = np.zeros(tasks)
    for number in np.unique(task):
        chosen = task == number
        prompts = float(weight[chosen].sum())
        if not prompts:
            continue
        shift[number] = weighted_quantile(error[chosen], weight[chosen], 0.5) * prompts / (prompts + SHRINKAGE)
    return shift


def _added(features: Floats, columns: list[int], shift: Floats) -> Floats:
    changed = features.copy()
    changed[columns] += shift
    return changed
