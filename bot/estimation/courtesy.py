"""Courtesy in a message: how many expressions, which, and whether there is nothing else.

The words are in `config/courtesy.toml`. The usual message holds none and is let go after one look at its
words. Messages of more than `ONLY_WORDS` words are never taken for courtesy alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.estimation.facts.fact import CONFIG_DIR, read
from bot.estimation.words import split, strip_tags, unaccented

ONLY_WORDS = 24
ONLY_CHARACTERS = 400
NAMES = 3
"""Names a message of courtesy may hold."""

_HANDLE = re.compile(r"@[\w.\-]{1,40}|:\w{2,32}:|[:;=][-']?[()DPpOo3*/|]|<3|\b[xX]D\b")
_CASED_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = ".!?…:;\n"
_FIRST_NAME = "ty"
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Courtesy found: how many expressions, whether there is nothing else, the expressions' plain forms."""

    words: int = 0
    only: bool = False
    expressions: tuple[str, ...] = ()


NO_COURTESY = Courtesy()


class Phrases:
    """Expressions of one or several words with a label each; the longest one that fits at a word is found."""

    def __init__(self, labels: Mapping[tuple[str, ...], str]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, label in labels.items():
            self._by_first.setdefault(phrase[0], []).append((list(phrase), label))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def at(self, words: list[str], start: int) -> tuple[int, str] | None:
        """Return the length in words of the longest expression at `start` and its label, if there is one."""
        for phrase, label in self._by_first.get(words[start], ()):
            if words[start : start + len(phrase)] == phrase:
                return len(phrase), label
        return None

    def walk(self, words: list[str]) -> Iterator[tuple[int, str | None]]:
        """Yield each word's index with None, or an expression's first index with its label."""
        at = 0
        while at < len(words):
            found = self.at(words, at)
            yield at, found[1] if found else None
            at += found[0] if found else 1


class Politeness:
    """Finds courtesy and small talk, with the words loaded once."""

    def __init__(self, courtesy: Phrases, social: Phrases, triggers: frozenset[str]) -> None:
        self._courtesy = courtesy
        self._social = social
        self._triggers = triggers

    @classmethod
    def load(cls, config_dir: Path = CONFIG_DIR) -> "Politeness":
        """Read `courtesy.toml`; `ConfigError` when it can't be read."""
        raw = read(config_dir, "courtesy")
        polite: dict[tuple[str, ...], str] = {}
        for table in (raw["courtesy"], raw["courtesy_after_all"]):
            for label, expressions in table.items():
                polite.update((phrase, label) for phrase in _stretched(_phrases(expressions)))
        excluded = _labelled(raw["not_courtesy"], _NONE)
        social = _labelled(raw["social"], "social")
        triggers = frozenset(max(reversed(phrase), key=len) for phrase in polite)
        return cls(Phrases({**polite, **excluded}), Phrases({**social, **polite}), triggers)

    def find(self, words: list[str], text: str) -> Courtesy:
        """Return the courtesy in a message given its words (`words.split`) and its text."""
        if self._triggers.isdisjoint(words):
            return NO_COURTESY
        labels = [
            label
            for at, label in self._courtesy.walk(words)
            if label not in (None, _NONE) and not (words[at] == _FIRST_NAME and _names_someone(text))
        ]
        if not labels:
            return NO_COURTESY
        return Courtesy(len(labels), self._is_social(words, text), tuple(filter(None, labels)))

    def small_talk(self, words: list[str], text: str) -> bool:
        """Tell whether a message is nothing but greetings, thanks, names, emoji and the like."""
        if len(words) > ONLY_WORDS:
            return False
        if not words:
            return len(text) <= 40
        if self._social.at(words, 0) is None and not text.startswith("@"):
            return False
        return self._is_social(words, text)

    def _is_social(self, words: list[str], text: str) -> bool:
        if len(words) > ONLY_WORDS or len(text) > ONLY_CHARACTERS:
            return False
        plain = unicodedata.normalize("NFC", _HANDLE.sub(" ", strip_tags(text)))
        plain_words = split(plain)
        cased = list(_CASED_WORD.finditer(plain))
        names = 0
        for at, label in self._social.walk(plain_words):
            if label is None:
                if len(cased) != len(plain_words) or not _is_name(cased[at], plain):
                    return False
                names += 1
        return names <= NAMES


def _is_name(word: re.Match[str], text: str) -> bool:
    """A capital that doesn't begin a sentence: "merci Léo", but not "Supprime", nor "merci. Supprime"."""
    before = text[: word.start()].rstrip(" \t\"'«(*_")
    return word[0].istitle() and before != "" and before[-1] not in _SENTENCE_END


def _names_someone(text: str) -> bool:
    return re.search(r"\bTy\s+[^\W\d_a-zà-ÿ]", text) is not None


def _phrases(expressions: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for expression in expressions:
        for spelling in {expression, unaccented(expression)}:
            yield tuple(split(spelling))


def _labelled(groups: Mapping[str, Iterable[str]], label: str) -> dict[tuple[str, ...], str]:
    return {phrase: label for group in groups.values() for phrase in _phrases(group)}


def _stretched(phrases: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Each phrase, also with letters of its last word doubled ("mercii"); `split` undoes longer runs."""
    for phrase in phrases:
        *first, last = phrase
        once = {_doubled(last, at) for at in range(len(last))} if len(last) > 1 else set()
        twice = {_doubled(word, at) for word in once for at in range(len(word))} if len(phrase) == 1 else set()
        for word in {last} | once | {word for word in twice if not re.search(r"(.)\1\1", word)}:
            yield (*first, word)


def _doubled(word: str, at: int) -> str:
    return word[: at + 1] + word[at:]
