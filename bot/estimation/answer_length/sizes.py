"""What the size of a message says about the length of its answer: features of `features`."""

from math import log2

from bot.estimation.answer_length import shape
from bot.estimation.words import HEAD, TAIL

CODE_WORDS = 3
"""With so many words of code, "2 lines" is part of the problem, not a length asked for."""

TINY = 4
"""Words of a message whose request can hardly be told."""

SHORT = 14
"""Words of a question that is likely to have a plain answer."""

EDITS = frozenset({"translate", "correct", "rephrase", "convert", "complete"})
"""Tasks that give back a text handed over."""

PLAIN = {"lookup": "short_lookup", "ask": "short_ask"}
"""The features of short questions."""


def words_of(words: list[str], part: str, text: str, names: list[str]) -> float:
    """Words of the whole text, as far as its excerpt tells; two Chinese characters count as one."""
    size: float = len(words)
    if not part.isascii():
        script, foreign = shape.script(part)
        if script:
            names.append(script)
        size += foreign / 2
    return size * len(text) / len(part) if len(text) > HEAD + TAIL else size


def add(size: float, task: str, code: int, names: list[str], values: list[tuple[str, float]]) -> None:
    """Add the features of a message of `size` words, `code` of them words of code."""
    log_size = log2(1 + size)
    values.append(("size", log_size - 4))
    if log_size > 5:
        values.append(("size_above_32", log_size - 5))
        if code >= CODE_WORDS:
            values.append(("size_code", log_size - 5))
        if log_size > 7:
            values.append(("size_above_128", log_size - 7))
    if task in EDITS:
        values.append(("size_edited", log_size - 4))
    if code:
        values.append(("code_words", log2(1 + code)))
    if size <= TINY:
        names.append("tiny")
    if size <= SHORT and task in PLAIN:
        names.append(PLAIN[task])
