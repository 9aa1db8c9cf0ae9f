"""What a message does when it asks for nothing: thanks, an announcement, small talk about the listener, a statement.

An act that belongs to small talk has its own length (`answer_length.toml`, `act`). A statement is a task like others
("statement", or "feeling"), with features of its own, and where it is short and about nothing technical, a length
that judgement sets. Words are in `lexicon.toml`, `act` and `opening`.
"""

from collections.abc import Mapping, Set
from typing import Any

from bot.estimation.answer_length.act import MAX_DOUBT_WORDS, MAX_REMARK_WORDS, STATEMENT, Act, read_priors
from bot.estimation.answer_length.lexicon import Lexicon
from bot.estimation.answer_length.statements import ORDERS, Statements
from bot.estimation.answer_length.thanking import is_thanks
from bot.estimation.answer_length.verbosity import Triple

MAX_TALK_WORDS = 14
"""Words of thanks, announcements and small talk about the listener."""

MAX_GREETING_WORDS = 2
"""Words of a greeting and a name."""

MAX_FEELING_WORDS = 250
"""Words of somebody's feelings."""

MAX_INVITATION_WORDS = 12
"""Words of something that is said to people."""

MAX_FILLERS = 5
"""Words before a statement's opening that are passed over: "ok but I …"."""

PERSONAL = (
    "task.opinion",
    "task.lookup",
    "task.advise",
    "task.howto",
    "task.solve",
    "task.code",
    "task.list",
    "task.define",
)
"""Tasks that a question about the listener may seem to name: "do you have feelings"."""


class DialogueActs:
    """Tells the acts, with their words and lengths loaded once."""

    def __init__(self, lexicon: Lexicon, number: Mapping[str, int], given: Mapping[str, Any]) -> None:
        self._openings = lexicon.openings
        self._courtesies, self._french = lexicon.courtesies, lexicon.french_talk
        self._thanks = number["act.thanks"]
        self._announcement, self._listener = number["act.announcement"], number["act.listener"]
        self._doubt, self._invitation = number["act.doubt"], number["act.invitation"]
        self._judgement = number["act.judgement"]
        self._said = frozenset((self._invitation, self._judgement))
        self._talks = frozenset((self._thanks, self._announcement, self._listener, self._doubt))
        self._orders = frozenset(number[name] for name in ORDERS)
        self._wishes = frozenset(number[name] for name in ("act.wish", "verb.write", "task.roleplay"))
        self._tasks = frozenset(at for name, at in number.items() if name.startswith("task."))
        self._other_tasks = self._tasks - {number[name] for name in PERSONAL} | {number["verb.write"]}
        self._priors = read_priors(given)
        self._statements = Statements(number, self._priors)

    def find(self, words: list[str], part: str, present: Set[int], unnamed: bool) -> Act | None:
        """Return the act of a message, None for a request or a question; `unnamed`: it names no task."""
        size = len(words)
        if size > MAX_FEELING_WORDS or not size:
            return None
        at, openings = 0, self._openings
        kind = openings.get(words[0])
        while kind == "filler" and at < MAX_FILLERS and at + 1 < size:
            at += 1
            kind = openings.get(words[at])
        if size <= MAX_TALK_WORDS and (kind == "thanks" or not self._talks.isdisjoint(present)):
            short = self._short(words, at, kind, part, present)
            if short is not None:
                return short
        if size <= MAX_INVITATION_WORDS and not self._said.isdisjoint(present):
            said = self._said_to_people(words, at, kind, part, present)
            if said is not None:
                return said
        if kind is None or kind in ("thanks", "verdict"):
            return None
        if "?" in part or part.rstrip()[-1:] == ":" or not self._wishes.isdisjoint(present):
            return None
        return self._statements.read(words[at], kind, size, part, present, unnamed)

    def _short(self, words: list[str], at: int, kind: str | None, part: str, present: Set[int]) -> Act | None:
        """The act of a short message, of small talk or doubt, if it is one."""
        if self._listener in present and self._other_tasks.isdisjoint(present):
            return self._talk("listener")
        if self._doubt in present and len(words) - at <= MAX_DOUBT_WORDS:
            return Act(STATEMENT, False, ["says_objection"], *self._priors["doubt"])
        if "?" in part:
            return None
        thanks = kind == "thanks" or (kind is not None and self._thanks in present)
        if thanks and self._thanks_alone(words, at, kind or "", present):
            return self._talk("thanks")
        if self._announcement in present and (kind is not None or at > 0):
            return self._talk("announcement")
        return None

    def _said_to_people(self, words: list[str], at: int, kind: str | None, part: str, present: Set[int]) -> Act | None:
        """An invitation or order to people, or a short verdict, if it is one."""
        if self._invitation in present and self._other_tasks.isdisjoint(present):
            return Act(STATEMENT, False, [], *self._priors["invitation"])
        if "?" in part or self._judgement not in present or len(words) > MAX_REMARK_WORDS:
            return None
        if self._orders.isdisjoint(present) and (kind is not None or at > 0 or len(words) == 1):
            return Act(STATEMENT, False, ["says_remark"], *self._priors["remark"])
        return None

    def courtesy(self, words: list[str]) -> Triple | None:
        """The length of thanks or of a bare greeting, None for other courtesies."""
        found = [self._courtesies[word] for word in words if word in self._courtesies]
        for name, most in (("thanks", MAX_TALK_WORDS), ("greeting", MAX_GREETING_WORDS)):
            if len(words) <= most and (name, False) in found:
                return self._priors[name][0]
            if len(words) <= most and (name, True) in found:
                low, expected, high = self._priors[name][0]
                return low + self._french, expected + self._french, high + self._french
        return None

    def _talk(self, name: str) -> Act:
        prior, weight = self._priors[name]
        return Act(name, True, [], prior, weight)

    def _thanks_alone(self, words: list[str], at: int, kind: str, present: Set[int]) -> bool:
        if not self._orders.isdisjoint(present):
            return False
        names_task = not self._tasks.isdisjoint(present) and kind in ("thanks", "third")
        return is_thanks(words, at, kind == "thanks", names_task)
