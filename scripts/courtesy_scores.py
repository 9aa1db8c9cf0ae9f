"""How right the rules of courtesy are on the sentences of `tests/estimation/courtesy.tsv`."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bot.estimation.courtesy import Courtesy, CourtesyDetector
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.words import doubled_letters, split

SENTENCES = Path(__file__).parents[1] / "tests" / "estimation" / "courtesy.tsv"


class Sentence(NamedTuple):
    """A sentence, its language, the expressions of courtesy in it, whether there is nothing else.

    `part` is "first" or "known" for the sentences that the rules were written with, "blind-1" to "blind-8" for those
    that were written before they were measured for the first time (`docs/method.md`, section 9).
    """

    part: str
    language: str
    words: int
    only: bool
    text: str

    @classmethod
    def read(cls, line: str) -> "Sentence":
        """Read a line of the table; \\n and \\u200b stand for those characters."""
        part, language, words, only, text = line.split("\t")
        text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text).replace("\\n", "\n")
        return cls(part, language, int(words), only == "only", text)

    @property
    def is_blind(self) -> bool:
        """Tell whether it was written before it was measured."""
        return self.part.startswith("blind")

    def fits(self, found: Courtesy) -> bool:
        """Tell whether the rules say of it what it says of itself."""
        return (found.words, found.only) == (self.words, self.only)


class Scores(NamedTuple):
    """Share of sentences that are right; precision and recall of the expressions, and of *only*."""

    sentences: int
    right: float
    precision: float
    recall: float
    only_precision: float
    only_recall: float


class Measured:
    """The sentences with what the rules find in each."""

    def __init__(self, rows: Iterable[tuple[Sentence, Courtesy]]) -> None:
        self.rows = list(rows)

    @classmethod
    def load(cls, config_dir: Path = CONFIG_DIR) -> "Measured":
        """Read the table and go through it by the rules of `courtesy.toml`."""
        detector, doubled = CourtesyDetector.load(config_dir), doubled_letters(config_dir)
        sentences = map(Sentence.read, SENTENCES.read_text("utf-8").splitlines())
        return cls((one, detector.find(split(one.text, doubled), one.text)) for one in sentences)

    def of(self, language: str | None = None, *, blind: bool | None = None) -> "Measured":
        """Return those of a language, and those that were or weren't written blind."""
        return Measured(
            row for row in self.rows if language in (None, row[0].language) and blind in (None, row[0].is_blind)
        )

    @property
    def wrong(self) -> list[Sentence]:
        """Return the sentences that the rules get wrong."""
        return [sentence for sentence, found in self.rows if not sentence.fits(found)]

    @property
    def scores(self) -> Scores:
        """Return how right the rules are."""
        both = sum(min(sentence.words, found.words) for sentence, found in self.rows)
        alone = sum(sentence.only and found.only for sentence, found in self.rows)
        return Scores(
            len(self.rows),
            1 - len(self.wrong) / len(self.rows),
            both / sum(found.words for _, found in self.rows),
            both / sum(sentence.words for sentence, _ in self.rows),
            alone / sum(found.only for _, found in self.rows),
            alone / sum(sentence.only for sentence, _ in self.rows),
        )
