"""Reads the classes of a message's words, the word its request opens with, and its task."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from bot.estimation.answer_length.feature_names import UNNAMED
from bot.estimation.answer_length.lexicon import OPENERS, Entry

EDGE = 40
"""Words from a message's beginning or end within which a request is looked for; between, it's the matter's."""

NO_LEAD: frozenset[int] = frozenset()


class Scan(NamedTuple):
    """Classes met in order, those of the word the request opens with as `lead.*`, and the task."""

    hits: list[int]
    lead: Set[int]
    task: str


class RequestScan:
    """Scans messages, with the numbers of classes looked up once."""

    def __init__(self, entries: Mapping[str, Entry], number: Mapping[str, int]) -> None:
        self._entries = entries
        openers = {name: name.split(".")[1] for name in number if name.split(".")[0] in OPENERS}
        self._task = {number[name]: key for name, key in openers.items() if name.startswith("task.")}
        self._lead = {number[name]: number[f"lead.{key}"] for name, key in openers.items()}
        self._orders = frozenset(number[name] for name in openers if name.startswith("verb."))

    def read(self, words: list[str]) -> Scan:
        """Return what a message's words say."""
        hits: list[int] = []
        opening: list[int] = []
        task, tail = "", len(words) - EDGE
        tasks, lead_of = self._task, self._lead
        following = [*words[1:], "", ""]
        for at, entry in enumerate(map(self._entries.get, words)):
            if entry is None:
                continue
            classes, openers, pairs = entry
            hits += classes
            if following[at] in pairs:
                found, longer = pairs[following[at]]
                if following[at + 1] in longer:
                    found = [*found, *_completed(longer[following[at + 1]], words, at + 3)]
                hits += found
                if not task:
                    openers = [*openers, *filter(lead_of.__contains__, found)]
            if openers and not task:
                opening = opening or openers
                if at < EDGE or at >= tail:
                    for number in openers:
                        task = tasks.get(number, task)
        lead = {lead_of[number] for number in opening} if opening else NO_LEAD
        return Scan(hits, lead, task or self._unnamed(opening))

    def _unnamed(self, opening: list[int]) -> str:
        write, ask, other = UNNAMED
        if not opening:
            return other
        return write if opening[0] in self._orders else ask


def _completed(endings: Iterable[tuple[tuple[str, ...], int]], words: list[str], at: int) -> list[int]:
    """The classes of those expressions that go on as the words do from `at`."""
    return [number for rest, number in endings if tuple(words[at : at + len(rest)]) == rest]
