"""Names of models, however people write them: what of a name counts where a training is looked for."""

import re

PARTS = re.compile(r"\d+(?:\.\d+)?b?|[^\W\d_]+")
"""A name's words and numbers, sizes with their b: "Llama-3.1-405B" is llama, 3.1, 405b."""

DECORATION = frozenset(
    ("huggingface", "hub", "meta", "mistralai", "openai", "google", "allenai", "ai", "hf", "instruct", "chat", "it")
)
"""Words around a model's name that say nothing of its training."""

MAX_TYPED = 100
"""Characters of what somebody typed that are looked at."""


def parts(name: str) -> frozenset[str]:
    """Return the words and numbers of a model's name."""
    return frozenset(PARTS.findall(name[:MAX_TYPED].casefold()))


def holds(name: frozenset[str], asked: frozenset[str]) -> bool:
    """Tell whether each part that was typed begins a part of the name."""
    return all(any(part.startswith(typed) for part in name) for typed in asked)
