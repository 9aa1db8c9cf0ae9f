"""Whether a message is nothing but courtesy: thanks with whatever belongs to thanking, and nothing asked for."""

from collections.abc import Mapping
from typing import Any

from bot.estimation.courtesy.context import Found
from bot.estimation.courtesy.phrases import Phrases
from bot.estimation.courtesy.prose import CLAUSE, SENTENCE, THING, Prose
from bot.estimation.courtesy.thanks_modifiers import Modifiers

NAMES = 3
"""Names a message of courtesy may hold."""

TAIL_WORDS = 16
"""Words that may say what one is thankful for."""


class CourtesyAlone:
    """Goes through a message: courtesy, small talk, names, and clauses that belong to thanks."""

    def __init__(self, raw: Mapping[str, Any], social: Phrases, modifiers: Modifiers) -> None:
        thanking, request = raw["thanking"], raw["request"]
        self._social, self._beforehand = social, modifiers.beforehand
        self._perform = Phrases.from_patterns(raw["about"]["perform"])
        self._for, self._then = Phrases.from_patterns(thanking["for"]), Phrases.from_patterns(thanking["then"])
        self._good, self._contented = (
            Phrases.from_patterns(thanking["good"]),
            Phrases.from_patterns(thanking["contented"]),
        )
        self._closing = Phrases.from_patterns(raw["social"]["closing"])
        self._mine = Phrases.from_patterns(thanking["mine"])
        self._and = Phrases.from_patterns(raw["about"]["and"])
        self._asking, self._trouble = (
            Phrases.from_patterns(request["asking"]),
            Phrases.from_patterns(request["trouble"]),
        )
        self._wanted = Phrases.from_patterns(request["wanted"])
        self._not = Phrases.from_patterns(request["not"])
        self._but = Phrases.from_patterns(request["but"])
        self._orders, self._subjects = (
            Phrases.from_patterns(request["orders"]),
            Phrases.from_patterns(request["subjects"]),
        )

    def holds(self, prose: Prose, found: list[Found]) -> bool:
        """Tell whether there is nothing else; thanks for something yet to come bear no more than their reason."""
        spans = {expression.start: expression for expression in found}
        thanks = bool(found) and all(expression.thanks for expression in found)
        ahead = any(self._beforehand.length_before(prose.keys, expression.end) for expression in found)
        at = names = 0
        thanked = False
        while at < len(prose.keys):
            expression = spans.get(at)
            if expression:
                at, thanked = expression.end, expression.thanks
                continue
            more = self._small(prose, at)
            if thanks and (thanked or not ahead):
                end = self._clause_end(prose, at, spans)
                more = max(more, self._belonging(prose, at, end, thanked and not ahead, thanked))
            if not more:
                more = self._name(prose, at, thanked)
                names += 1
            if not more:
                return False
            at += more
        return names <= NAMES

    def holds_social(self, keys: list[str]) -> bool:
        """Tell whether words that are all prose are nothing but small talk, none of them being a name or courtesy."""
        at, end = 0, len(keys)
        while at < end:
            more = max(self._social.length_at(keys, at), self._perform.length_at(keys, at))
            if not more:
                return False
            at += more
        return True

    def _small(self, prose: Prose, at: int) -> int:
        return max(self._social.length_at(prose.keys, at), self._perform.length_at(prose.keys, at))

    def _clause_end(self, prose: Prose, at: int, spans: Mapping[int, Found]) -> int:
        end = at + 1
        while not prose.between(end, CLAUSE) and end not in spans:
            end += 1
        return end

    def _belonging(self, prose: Prose, at: int, end: int, may_state: bool, thanked: bool) -> int:
        """Return how many words from `at` on belong to thanks, 0 when they don't."""
        keys = prose.keys
        if end - at > TAIL_WORDS or "?" in prose.gaps[end]:
            return 0
        reason = thanked and self._for.length_at(keys, at) and not self._and.length_before(keys, at)
        states = may_state and self._then.length_at(keys, at)
        if not (reason or states or self._is_content(keys, at, end)):
            return 0
        if not reason and (THING in keys[at:end] or self._is_trouble(keys, at, end)):
            return 0
        return end - at if not self._asks(prose, at, end) else 0

    def _is_trouble(self, keys: list[str], start: int, end: int) -> bool:
        return self._trouble.within(keys, start, end) and not self._contented.within(keys, start, end)

    def _asks(self, prose: Prose, start: int, end: int) -> bool:
        keys, at = prose.keys, start
        while at < end:
            contented = self._contented.length_at(keys, at)
            if contented:
                at += contented
                continue
            if self._asking.length_at(keys, at) or self._is_order(prose, start, at, end):
                return True
            if self._but.length_at(keys, at) and not self._is_content(keys, at + 1, end):
                return True
            at += 1
        return False

    def _is_order(self, prose: Prose, start: int, at: int, end: int) -> bool:
        """A verb that begins the clause; within, one that has an object and no subject."""
        keys = prose.keys
        if not self._orders.length_at(keys, at) or prose.raws[at].endswith(("é", "ée", "és")):
            return False
        return at == start or (at + 1 < end and not self._subjects.length_before(keys, at))

    def _is_content(self, keys: list[str], start: int, end: int) -> bool:
        if self._contented.within(keys, start, end):
            return True
        bad = self._trouble.within(keys, start, end) or self._not.within(keys, start, end)
        return self._good.within(keys, start, end) and not bad

    def _name(self, prose: Prose, at: int, thanked: bool) -> int:
        """Return how many words are a name: "Léo", "lucas" and "mon pote" after thanks, whoever signs."""
        signs = prose.raws[at].istitle() and self._closing.length_before(prose.keys, at) > 0
        if signs or _is_name(prose, at):
            return 1
        if not thanked or prose.between(at, SENTENCE):
            return 0
        last = at + self._mine.length_at(prose.keys, at)
        if last > at and prose.between(last, CLAUSE):
            return last - at
        return last + 1 - at if self._is_called(prose, last) else 0

    def _is_called(self, prose: Prose, at: int) -> bool:
        """A clause's last word that is no order: "merci lucas"."""
        keys = prose.keys
        if at >= len(keys) or not prose.between(at + 1, CLAUSE) or not keys[at].isalpha():
            return False
        known = (self._asking, self._orders, self._trouble, self._for, self._wanted)
        return not any(phrases.length_at(keys, at) for phrases in known)


def _is_name(prose: Prose, at: int) -> bool:
    """A capital that doesn't begin a sentence: "merci Léo", but not "Supprime", nor "merci. Supprime"."""
    return prose.raws[at].istitle() and not prose.between(at, SENTENCE + ":")
