"""What a message does when it asks for nothing: thanks, an announcement, small talk about the listener, a statement.

An act that belongs to small talk has its own length (`answer_length.toml`, `act`). A statement is a task like others
("statement", or "feeling"), with features of its own, and where it is short and about nothing technical, a length
that judgement sets. Words are in `lexicon.toml`, `act` and `opening`.
"""

from collections.abc import Mapping, Set
from math import log2
from typing import Any, NamedTuple

from bot.estimation.answer_length.lexicon import Lexicon
from bot.estimation.answer_length.verbosity import Triple

STATEMENT, FEELING = "statement", "feeling"
TASKS = (STATEMENT, FEELING)
"""Tasks of messages that state something."""

PRESENCES = ("says_first", "says_second", "says_remark", "says_objection", "says_technical")
"""Features of statements: who speaks or is spoken to, a short judgement, an objection, words of code or of a task."""

NUMBERS = ("says_size", "feels_size")
"""The size of statements and of feelings, log2(1 + words) - 4."""

MOST_TALK = 14
"""Words of thanks, announcements and small talk about the listener."""

MOST_GREETING = 2
"""Words of a greeting and a name."""

MOST_STATEMENT = 45
"""Words of a statement; a longer one is the matter of something asked for."""

MOST_FEELING = 250
"""Words of somebody's feelings."""

MOST_INVITATION = 12
MOST_NEWS = 16
MOST_OBJECTION = 25
MOST_EVERYDAY = 12
MOST_REMARK = 8
MOST_SHORT_FEELING = 5
MOST_DOUBT = 5

FILLERS = 5
"""Words before a statement's opening that are passed over: "ok but I …"."""

JUDGES = frozenset({"that", "thats", "it", "its", "c", "ça", "ca"})
"""Openings of a judgement about what was said: "that's fair"."""

OTHERS = frozenset({"il", "elle", "ils", "elles", "he", "she", "they", "everyone", "everybody", "y", "someone"})
"""Openings of a statement about others, or the weather."""

FORMAL_REQUEST = frozenset({"de", "d"})
"""After "merci", a formal request ("merci de vérifier") unless one of `THANKED` follows."""

THANKED = frozenset({"avance", "ton", "ta", "tes", "votre", "vos", "m", "nous", "tout", "cette", "ce", "l", "la"})

YOU = ("yo", "ya", "u")
"""How "you" begins, however it is spelt."""

PERSONAL = ("task.opinion", "task.lookup", "task.advise", "task.howto", "task.solve")
"""Tasks that a question about the listener may seem to name: "do you have feelings"."""

INDEFINITE = frozenset({"a", "an", "some", "un", "une", "des"})
"""Openings of something that may be asked for: "un poème sur demain"."""

NEWSWORTHY = (
    "task.code", "task.story", "task.plan", "task.article", "task.social", "task.recipe", "task.poem", "task.dialogue",
    "task.quiz", "task.email", "task.opinion",
)  # fmt: skip
"""Tasks that an announcement may seem to name: "the app is down", "nouvelle vidéo en ligne"."""

THANKING = frozenset({
    "you", "u", "ya", "so", "very", "much", "a", "lot", "alot", "ton", "again", "all", "guys", "really", "beaucoup",
    "bcp", "bien", "encore", "infiniment", "vraiment", "à", "toi", "vous", "tous",
})  # fmt: skip
"""Words between thanks and what they are for."""

FOR = frozenset({"for", "pour"})


TECHNICAL = (
    "topic.language", "topic.framework", "topic.computing", "topic.business", "topic.physics",
    "task.code", "task.data", "task.table", "task.solve", "task.convert", "task.complete", "task.rephrase",
    "task.correct", "task.article", "task.essay",
)  # fmt: skip
"""Classes of words that speak of work under way."""


class Act(NamedTuple):
    """The act of a message: small talk where it has a name in `talk`, else a statement of this task.

    `prior`: the length that judgement gives it, log2 tokens, and how far that decides, 0 to 1.
    """

    task: str
    talk: bool
    features: list[str]
    prior: Triple
    weight: float


NO_PRIOR: Triple = (0.0, 0.0, 0.0)


class DialogueActs:
    """Tells the acts, with their words and lengths loaded once."""

    def __init__(self, lexicon: Lexicon, number: Mapping[str, int], given: Mapping[str, Any]) -> None:
        self._openings = lexicon.openings
        self._courtesies, self._french = lexicon.courtesies, lexicon.french_talk
        self._thanks = number["act.thanks"]
        self._announcement, self._listener = number["act.announcement"], number["act.listener"]
        self._feeling, self._objection = number["act.feeling"], number["act.objection"]
        self._doubt, self._invitation = number["act.doubt"], number["act.invitation"]
        self._judgement, self._news = number["act.judgement"], number["act.news"]
        self._said = frozenset((self._invitation, self._judgement))
        self._talks = frozenset((self._thanks, self._announcement, self._listener, self._doubt))
        orders = ("verb.write", "verb.create", "verb.give", "question.can_you", "act.wish")
        self._orders = frozenset(number[name] for name in orders)
        self._wishes = frozenset(number[name] for name in ("act.wish", "verb.write", "task.roleplay"))
        self._tasks = frozenset(at for name, at in number.items() if name.startswith("task."))
        self._asking = self._tasks - {number[name] for name in NEWSWORTHY} | self._orders
        self._other_tasks = self._tasks - {number[name] for name in PERSONAL} | {number["verb.write"]}
        self._technical = frozenset(number[name] for name in TECHNICAL)
        self._code = self._technical - {number["task.article"], number["task.essay"]}
        self._priors = {name: _prior(entry) for name, entry in given.items()}

    def find(self, words: list[str], part: str, present: Set[int], unnamed: bool) -> Act | None:
        """Return the act of a message, None for a request or a question; `unnamed`: it names no task."""
        size = len(words)
        if size > MOST_FEELING or not size:
            return None
        at, openings = 0, self._openings
        kind = openings.get(words[0])
        while kind == "filler" and at < FILLERS and at + 1 < size:
            at += 1
            kind = openings.get(words[at])
        if size <= MOST_TALK and (kind == "thanks" or not self._talks.isdisjoint(present)):
            short = self._short(words, at, kind, part, present)
            if short is not None:
                return short
        if size <= MOST_INVITATION and not self._said.isdisjoint(present):
            said = self._said_to_people(words, at, kind, part, present)
            if said is not None:
                return said
        if kind is None or kind in ("thanks", "verdict"):
            return None
        if "?" in part or part.rstrip()[-1:] == ":" or not self._wishes.isdisjoint(present):
            return None
        return self._statement(words[at], kind, size, part, present, unnamed)

    def _short(self, words: list[str], at: int, kind: str | None, part: str, present: Set[int]) -> Act | None:
        """The act of a short message, of small talk or doubt, if it is one."""
        if self._listener in present and self._other_tasks.isdisjoint(present):
            return self._talk("listener")
        if self._doubt in present and len(words) - at <= MOST_DOUBT:
            return Act(STATEMENT, False, ["says_objection"], *self._priors["doubt"])
        if kind is not None and "?" not in part:
            if (kind == "thanks" or self._thanks in present) and self._is_thanks(words, at, kind, present):
                return self._talk("thanks")
            if self._announcement in present:
                return self._talk("announcement")
        return None

    def _said_to_people(self, words: list[str], at: int, kind: str | None, part: str, present: Set[int]) -> Act | None:
        """An invitation or order to people, or a short verdict, if it is one."""
        if self._invitation in present and self._other_tasks.isdisjoint(present):
            return Act(STATEMENT, False, [], *self._priors["invitation"])
        if "?" in part or self._judgement not in present or len(words) > MOST_REMARK:
            return None
        if self._orders.isdisjoint(present) and (kind is not None or at > 0 or len(words) == 1):
            return Act(STATEMENT, False, ["says_remark"], *self._priors["remark"])
        return None

    def courtesy(self, words: list[str]) -> Triple | None:
        """The length of thanks or of a bare greeting, None for other courtesies."""
        found = [self._courtesies[word] for word in words if word in self._courtesies]
        for name, most in (("thanks", MOST_TALK), ("greeting", MOST_GREETING)):
            if len(words) <= most and (name, False) in found:
                return self._priors[name][0]
            if len(words) <= most and (name, True) in found:
                low, expected, high = self._priors[name][0]
                return low + self._french, expected + self._french, high + self._french
        return None

    def _talk(self, name: str) -> Act:
        prior, weight = self._priors[name]
        return Act(name, True, [], prior, weight)

    def _is_thanks(self, words: list[str], at: int, kind: str, present: Set[int]) -> bool:
        if not self._orders.isdisjoint(present):
            return False
        if kind != "thanks":
            return self._tasks.isdisjoint(present) or kind != "third"
        following = [*words[at + 1 : at + 3], "", ""]
        if words[at] == "merci" and following[0] in FORMAL_REQUEST:
            return following[1] in THANKED
        if words[at] == "thank" and not following[0].startswith(YOU):
            return False
        return self._tasks.isdisjoint(present) or _are_thanks_for(words[at + 1 :])

    def _statement(self, opening: str, kind: str, size: int, part: str, present: Set[int], unnamed: bool) -> Act | None:
        feels = kind == "first" and self._feeling in present
        if (size > MOST_STATEMENT or ("\n" in part and "\n" in part.strip())) and not (feels and unnamed):
            return None
        objects = self._objection in present
        news = size <= MOST_NEWS and self._news in present and self._asking.isdisjoint(present)
        news = news and opening not in INDEFINITE
        if kind == "third" and not unnamed and not news and not (objects and size <= MOST_OBJECTION):
            return None
        features = [] if kind in ("third", "filler") else [f"says_{kind}"]
        own = kind == "first" and size <= MOST_REMARK  # "I finished my report": no work is asked for
        technical = not (self._code if own else self._technical).isdisjoint(present)
        name = ""
        if objects:
            features.append("says_objection")
            name = "doubt" if size <= MOST_DOUBT and not technical else ""
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
    if size <= MOST_REMARK and (kind == "second" or opening in JUDGES):
        return "remark"
    if feels:
        return "short_feeling" if size <= MOST_SHORT_FEELING else ""
    if size <= MOST_EVERYDAY and kind == "first":
        return "everyday"
    return "everyday" if size <= MOST_REMARK and opening in OTHERS else ""


def _are_thanks_for(words: list[str]) -> bool:
    """Tell "(thank) you so much for …": nothing before "for" but what belongs to thanking."""
    for word in words:
        if word not in THANKING:
            return word in FOR
    return False


def _prior(entry: Mapping[str, Any]) -> tuple[Triple, float]:
    return (log2(entry["low"]), log2(entry["expected"]), log2(entry["high"])), float(entry["weight"])
