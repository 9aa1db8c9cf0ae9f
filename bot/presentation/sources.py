"""Who a figure is from, in words: the source's name, how the figure comes of it, who quotes it, and its date."""

from bot.estimation.facts.fact import Fact
from bot.presentation import days as in_days
from bot.presentation.translator import Translator


def linked(fact: Fact, t: Translator) -> str:
    """Return the source with its date, in Discord's Markdown: linked where it has an address."""
    name, via = fact.source, fact.via
    if fact.url:
        name, via = (name, f"[{via}]({fact.url})") if via else (f"[{name}]({fact.url})", None)
    shown = f"{_worded(name, via, fact, t)}, {in_days.written(fact.date, t)}"
    return t("source.read", source=shown, day=in_days.written(fact.read, t)) if fact.read else shown


def plain(fact: Fact, t: Translator) -> str:
    """Return the source with its address and its date, for a terminal."""
    return f"{_worded(fact.source, fact.via, fact, t)} <{fact.url}> ({in_days.written(fact.date, t)})"


def _worded(name: str, via: str | None, fact: Fact, t: Translator) -> str:
    if via:
        name = t("source.via", source=name, via=via)
    return t(f"source.{fact.basis}", source=name) if fact.basis else name
