"""Questions about facts: told by the words they open with and by what they name."""

from collections.abc import Mapping, Set

MAX_FACT_WORDS = 24
"""Words of a question about a fact."""

FACTS = ("who", "when", "where", "which", "how_many", "lookup")
"""Openings of questions about facts."""

WHATS = ("what", "what_is", "what_is_the")
"""Openings of questions that are about a fact where they name something: "what is Batman's real name?"."""

MATTERS = frozenset({
    "story", "poem", "article", "name", "table", "social", "email", "dialogue", "classify", "plan", "joke", "quiz",
    "essay", "analyse", "extract", "list", "code", "data", "correct", "argue", "complete",
})  # fmt: skip
"""Tasks that a question about a fact names as its matter."""


class FactualQuestions:
    """Tells questions about facts, with the numbers of their openings looked up once."""

    def __init__(self, number: Mapping[str, int]) -> None:
        self._facts = frozenset(number[f"lead.{name}"] for name in FACTS)
        self._whats = frozenset(number[f"lead.{name}"] for name in WHATS)
        self._speakers = frozenset((number["style.self"], number["style.you"]))

    def task(self, part: str, lead: Set[int], present: Set[int], task: str, names: list[str]) -> str:
        """Add what tells a question about a fact, and return its task: "who wrote the story of …" asks for no story."""
        named = not part[1:].islower() and " I " not in part
        if self._facts.isdisjoint(lead):
            if named and not self._whats.isdisjoint(lead):
                names.append("named_what")
            return task
        names.append("short_fact")
        if not self._speakers.isdisjoint(present):
            names.append("own_fact")
        if "french" in names:
            names.append("french_fact")
        if named:
            names.append("named_fact")
        return "lookup" if task in MATTERS else task
