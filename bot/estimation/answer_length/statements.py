"""Statements: their features, and the length that judgement gives the short ones."""

from collections.abc import Mapping, Set

from bot.estimation.answer_length.act import (
    FEELING,
    MAX_DOUBT_WORDS,
    MAX_REMARK_WORDS,
    NO_PRIOR,
    STATEMENT,
    Act,
)
from bot.estimation.answer_length.verbosity import Triple

MAX_STATEMENT_WORDS = 45
"""Words of a statement; a longer one is the matter of something asked for."""

MAX_NEWS_WORDS = 16
MAX_OBJECTION_WORDS = 25
MAX_EVERYDAY_WORDS = 12
MAX_SHORT_FEELING_WORDS = 5

JUDGES = frozenset({"that", "thats", "it", "its", "c", "ça", "ca"})
"""Openings of a judgement about what was said: "that's fair"."""

OTHERS = frozenset({"il", "elle", "ils", "elles", "he", "she", "they", "everyone", "everybody", "y", "someone"})
"""Openings of a statement about others, or the weather."""

INDEFINITE = frozenset({"a", "an", "some", "un", "une", "des"})
"""Openings of something that may be asked for: "un poème sur demain"."""

NEWSWORTHY = (
    "task.code", "task.story", "task.plan", "task.article", "task.social", "task.recipe", "task.poem", "task.dialogue",
    "task.quiz", "task.email", "task.opinion",
)  # fmt: skip
"""Tasks that an announcement may seem to name: "the app is down", "nouvelle vidéo en ligne"."""

TECHNICAL = (
    "topic.language", "topic.framework", "topic.computing", "topic.business", "topic.physics",
    "task.code", "task.data", "task.table", "task.solve", "task.convert", "task.complete", "task.rephrase",
    "task.correct", "task.article", "task.essay",
)  # fmt: skip
"""Classes of words that speak of work under way."""

ORDERS = ("verb.write", "verb.create", "verb.give", "question.can_you", "act.wish")
"""Classes of words that ask for something."""


class Statements:
    """Reads statements, with the numbers of classes of words looked up once."""

    def __init__(self, number: Mapping[str, int], priors: Mapping[str, tuple[Triple, float]]) -> None:
        self._priors = priors
        self._feeling, self._objection, self._news = number["act.feeling"], number["act.objection"], number["act.news"]
        tasks = frozenset(at for name, at in number.items() if name.startswith("task."))
        self._asking = tasks - {number[name] for name in NEWSWORTHY} | {number[name] for name in ORDERS}
        self._technical = frozenset(number[name] for name in TECHNICAL)
        self._code = self._technical - {number["task.article"], number["task.essay"]}

    def read(self, opening: str, kind: str, size: int, part: str, present: Set[int], unnamed: bool) -> Act | None:
        """Return the statement of `size` words that `opening` opens; None where it asks for something."""
        feels = kind == "first" and self._feeling in present
        if (size > MAX_STATEMENT_WORDS or ("\n" in part and "\n" in part.strip())) and not (feels and unnamed):
            return None
        objects = self._objection in present
        news = size <= MAX_NEWS_WORDS and self._news in present and self._asking.isdisjoint(present)
        news = news and opening not in INDEFINITE
        if kind == "third" and not unnamed and not news and not (objects and size <= MAX_OBJECTION_WORDS):
            return None
        features = [] if kind in ("third", "filler") else [f"says_{kind}"]
        own = kind == "first" and size <= MAX_REMARK_WORDS  # "I finished my report": no work is asked for
        technical = not (self._code if own else self._technical).isdisjoint(present)
        name = ""
        if objects:
            features.append("says_objection")
            name = "doubt" if size <= MAX_DOUBT_WORDS and not technical else ""
        elif news and not feels:
            name, technical = "news", False
        elif not technical:
            name = _everyday(opening, kind, size, feels)
        if name == "remark":
            features.append("says_remark")
        if technical:
            features.append("says_technical")
        prior, weight = self._priors.get(name, (NO_PRIOR, 0.0))
        return Act(FEELING if feels and not objects else STATEMENT, False, features, prior, weight)


def _everyday(opening: str, kind: str, size: int, feels: bool) -> str:
    """The name of the length that judgement gives a short statement about nothing technical, "" for none."""
    if size <= MAX_REMARK_WORDS and (kind == "second" or opening in JUDGES):
        return "remark"
    if feels:
        return "short_feeling" if size <= MAX_SHORT_FEELING_WORDS else ""
    if size <= MAX_EVERYDAY_WORDS and kind == "first":
        return "everyday"
    return "everyday" if size <= MAX_REMARK_WORDS and opening in OTHERS else ""
