"""Courtesy in a message: how many expressions, which, and whether there is nothing else.

The words are in `config/courtesy.toml`. The usual message holds none and is let go after one look at its
words. Messages of more than `ONLY_WORDS` words are never taken for courtesy alone.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigError
from bot.estimation.courtesy.alone import CourtesyAlone
from bot.estimation.courtesy.context import Context
from bot.estimation.courtesy.phrases import Phrases, expanded
from bot.estimation.courtesy.prose import Prose, ProseReader
from bot.estimation.courtesy.spelling import Spelling, variants
from bot.estimation.courtesy.tables import CourtesyFile
from bot.estimation.facts.fact import CONFIG_DIR, checked

ONLY_WORDS = 24
ONLY_CHARACTERS = 400
OPENING = 5
"""Words that tell whether small talk begins."""

BLANK_CHARACTERS = 40
"""Up to so many characters a message without words is taken for emoji, not for matter."""

_MARKS = frozenset('@#/:;=<>^`_"«“„‘$%().!?')
"""What may be no prose, or no words, but at the end of a text."""

_QUOTE = re.compile(r"(?<!\w)'")


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Courtesy found: how many expressions, whether there is nothing else, the expressions' plain forms."""

    words: int = 0
    only: bool = False
    expressions: tuple[str, ...] = ()


NO_COURTESY = Courtesy()


class CourtesyDetector:
    """Finds courtesy and small talk, with the words loaded once."""

    def __init__(self, config_dir: Path) -> None:
        raw = checked(config_dir, "courtesy", CourtesyFile)
        labels = {kind: _labelled(raw["courtesy"][kind]) for kind in ("please", "thanks")}
        courtesy = Phrases(labels["please"] | labels["thanks"])
        self._social = Phrases.from_patterns(*raw["social"].values())
        # the last word asks, the longest thanks: "s'il te plaît", "if you please"; "thank you", "je vous remercie"
        triggers = {phrase[-1] for phrase in labels["please"]} | {max(phrase, key=len) for phrase in labels["thanks"]}
        self._digits = _with_digits(raw["digits"])
        self._context = Context(raw, courtesy, frozenset(labels["thanks"].values()))
        self._alone = CourtesyAlone(raw, self._social, self._context.modifiers)
        known = {*courtesy.words(), *self._social.words(), *self._context.words()}
        greetings = {phrase[0] for phrase in self._social.labels if len(phrase) == 1}
        twisted = raw["stretched"]["twisted"]
        self._spelling = Spelling(known, triggers, greetings, twisted)
        self._prose = ProseReader(raw["files"]["endings"], raw["files"]["laughs"], self._spelling)
        self._triggers = frozenset((*variants(triggers, twisted), *self._digits))

    @classmethod
    def load(cls, config_dir: Path = CONFIG_DIR) -> "CourtesyDetector":
        """Read `courtesy.toml`; `ConfigError` when it can't be read or lacks a list."""
        try:
            return cls(config_dir)
        except KeyError as missing:
            raise ConfigError("courtesy.toml", f"no {missing.args[0]}") from missing

    def find(self, words: list[str], text: str) -> Courtesy:
        """Return the courtesy in a message given its words (`words.split`) and its text."""
        if self._triggers.isdisjoint(words):
            return NO_COURTESY
        prose = self._read(text)
        met = self._context.find(prose)
        found = [expression for expression in met if not expression.about]
        if not found:
            return NO_COURTESY
        short = len(prose.keys) <= ONLY_WORDS and len(text) <= ONLY_CHARACTERS
        only = short and len(found) == len(met) and self._alone.holds(prose, found)
        return Courtesy(len(found), only, tuple(expression.label for expression in found))

    def small_talk(self, words: list[str], text: str, found: Courtesy) -> bool:
        """Tell whether a message is nothing but greetings, thanks, names, emoji and the like.

        `found`: what `find` returned for it.
        """
        if len(words) > ONLY_WORDS:
            return False
        if not words:
            return len(text) <= BLANK_CHARACTERS
        opening = words if words[0].isascii() else self._prose.keys(words[:OPENING])
        if found.words or (not self._social.length_at(opening, 0) and not text.startswith("@")):
            return found.only
        if len(text) > ONLY_CHARACTERS or not self._triggers.isdisjoint(words):
            return False
        if _is_bare(text):
            return self._alone.holds_social(self._prose.keys(words))
        return self._alone.holds(self._read(text), [])

    def _read(self, text: str) -> Prose:
        prose = self._prose.read(text)
        if self._digits.keys().isdisjoint(prose.keys):
            return prose
        raws: list[str] = []
        keys: list[str] = []
        gaps: list[str] = []
        for raw, key, gap in zip(prose.raws, prose.keys, prose.gaps, strict=False):
            parts = self._digits.get(key) or (key,)
            keys += [self._spelling.plain(part) for part in parts]
            raws += [raw, *parts[1:]]
            gaps += [gap, *(" " for _ in parts[1:])]
        return Prose(raws, keys, [*gaps, prose.gaps[-1]])


def _is_bare(text: str) -> bool:
    """Tell whether all words of a text are prose, and none has a capital but the first: a microsecond."""
    if not text[1:].islower() or not _MARKS.isdisjoint(text.rstrip(" .!?")):
        return False
    return "--" not in text and ("'" not in text or _QUOTE.search(text) is None)


def _labelled(groups: dict[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {phrase: label for label, patterns in groups.items() for phrase in expanded(patterns)}


def _with_digits(raw: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """The words that "thx4", "ty2all" and the like stand for."""
    return {
        f"{word}{digit}{following}": (word, meant, *filter(None, [following]))
        for word in raw["courtesy"]
        for meant in ("for", "to")
        for digit in raw[meant]
        for following in ("", *raw["next"])
    }
