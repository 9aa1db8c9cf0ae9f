"""Lengths that a message asks for: "in 200 words", "3 exemples", "yes or no", or a text to be translated."""

from collections.abc import Container, Iterable, Set
from math import log2
from typing import NamedTuple

from bot.estimation.answer_length.lexicon import Form, Lexicon, Request
from bot.estimation.answer_length.verbosity import Triple

FREE_WORDS = 3
"""Words of "translate this to English" that aren't the text handed over."""

TEXT_STARTS = (":", "\n", "«", '"', "“")
"""Marks before a text handed over."""

OVERHEAD = 10
"""Tokens an answer has besides the text it gives back."""

LINKS = frozenset({"à", "a"})
"""Words between a number and its unit that don't count: "5 points à puces"."""

MAX_TOKENS = 100_000
"""No greater length is understood."""


class Asked(NamedTuple):
    """Tokens asked for, and how far that decides the length: 0 not at all, 1 altogether."""

    tokens: float
    weight: float


class Target(NamedTuple):
    """The low, expected and high length asked for, in log2 of tokens, and how far that decides: 0 to 1."""

    length: Triple
    weight: float


NO_TARGET = Target((0.0, 0.0, 0.0), 0.0)


def target(asked: Asked, drift: Triple) -> Target:
    """What an answer of a length asked for comes to: its log2 and `drift`."""
    length, (low, expected, high) = log2(asked.tokens), drift
    return Target((length + low, length + expected, length + high), asked.weight)


def asked_by_units(words: list[str], lexicon: Lexicon) -> Asked | None:
    """The greatest length asked for in numbers, of the first unit in the lexicon that is asked for."""
    best: tuple[int, float, float] | None = None
    for at, word in enumerate(words):
        unit = lexicon.units.get(word)
        if unit is None:
            continue
        number = number_before(words, at, lexicon, unit)
        if number >= unit.least:
            found = (-unit.rank, min(number * unit.tokens, MAX_TOKENS), unit.weight)
            best = max(best, found) if best else found
    return Asked(best[1], best[2]) if best else None


def asked_items(words: list[str], lexicon: Lexicon) -> int:
    """The number before the first counted thing ("5 ideas"), 0 for none."""
    counted = lexicon.items
    for at, word in enumerate(words):
        if word in counted:
            number = number_before(words, at, lexicon, None)
            if number:
                return number
    return 0


def asked_by_phrase(present: Container[int], lexicon: Lexicon) -> Asked | None:
    """A length said without a number: "yes or no"."""
    for number, request in lexicon.fixed.items():
        if number in present:
            return Asked(request.tokens, request.weight)
    return None


def asked_by_form(present: Set[int], size: float, forms: Iterable[Form]) -> Target | None:
    """The length of the short thing that a message of `size` words asks for: "a haiku"."""
    for form in forms:
        if size <= form.most_words and form.needs <= present:
            return Target(form.length, form.weight)
    return None


def asked_by_text(part: str, size: float, weight: float) -> Asked:
    """The length of a text handed over in a message of `size` words, half as sure where no mark sets it off."""
    starts = [at for at in map(part.find, TEXT_STARTS) if at > 0]
    before = len(part[: min(starts)].split()) if starts else FREE_WORDS
    return Asked(1.35 * max(1.0, size - before) + OVERHEAD, weight if starts else weight / 2)


def is_sum(words: list[str], lexicon: Lexicon) -> bool:
    """Tell "what is 2+2" and the like: no words but numbers, two at least, and those of arithmetic."""
    numbers = 0
    for word in words:
        if word.isdecimal() or word in lexicon.numbers:
            numbers += 1
        elif word not in lexicon.sums:
            return False
    return numbers > 1


def number_before(words: list[str], at: int, lexicon: Lexicon, unit: Request | None) -> int:
    """The number one or two words before the word at `at`, 0 for none: "200 (easy) words", "1 000 mots"."""
    reach = 2
    for back in range(at - 1, -1, -1):
        word = words[back]
        if word in LINKS:
            continue
        reach -= 1
        if word.isdecimal():
            thousands = words[back - 1] if back and len(word) == 3 else ""
            return _number(thousands + word) if len(thousands) == 1 and thousands.isdecimal() else _number(word)
        if word in lexicon.numbers:
            return _spoken(words[max(0, back - 4) : back + 1], lexicon)
        if unit is not None and unit.article and word in ("un", "une"):
            return 1
        if not reach:
            return 0
    return 0


def _spoken(words: list[str], lexicon: Lexicon) -> int:
    """The number said by the last of these words: "… deux cent cinquante", "two hundred and fifty"."""
    numbers: list[int] = []
    for word in reversed(words):
        if word in lexicon.numbers:
            numbers.insert(0, lexicon.numbers[word])
        elif word not in ("and", "et"):
            break
    thousands, rest = 0, 0
    for number in numbers:
        if number == 1000:
            thousands, rest = thousands + max(rest, 1) * 1000, 0
        elif number == 100:
            rest = max(rest, 1) * 100
        else:
            rest += number
    return thousands + rest


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= 6 else 0
