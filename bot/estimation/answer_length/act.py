"""What a message does when it asks for nothing."""

from collections.abc import Mapping
from math import log2
from typing import Any, NamedTuple

from bot.estimation.answer_length.verbosity import Triple

STATEMENT, FEELING = "statement", "feeling"
TASKS = (STATEMENT, FEELING)
"""Tasks of messages that state something."""

PRESENCES = ("says_first", "says_second", "says_remark", "says_objection", "says_technical")
"""Features of statements: who speaks or is spoken to, a short judgement, an objection, words of code or of a task."""

NUMBERS = ("says_size", "feels_size")
"""The size of statements and of feelings, log2(1 + words) - 4."""

MAX_REMARK_WORDS = 8
"""Words of a short judgement of what was said, or of the listener."""

MAX_DOUBT_WORDS = 5
"""Words of a doubt: "are you sure"."""

NO_PRIOR: Triple = (0.0, 0.0, 0.0)


class Act(NamedTuple):
    """The act of a message: small talk where it has a name in `talk`, else a statement of this task.

    `prior`: the length that judgement gives it, log2 tokens, and how far that decides, 0 to 1.
    """

    task: str
    talk: bool
    features: list[str]
    prior: Triple
    weight: float


def read_priors(given: Mapping[str, Any]) -> dict[str, tuple[Triple, float]]:
    """Return each act's length (log2 tokens: low, expected, high) and weight, from `answer_length.toml`, `act`."""
    return {name: _prior(entry) for name, entry in given.items()}


def _prior(entry: Mapping[str, Any]) -> tuple[Triple, float]:
    return (log2(entry["low"]), log2(entry["expected"]), log2(entry["high"])), float(entry["weight"])
