"""Where a figure is from: its source's name, linked, and its date."""

from bot.estimation.facts.fact import Fact
from bot.presentation import days
from bot.presentation.translator import Translator


def linked(fact: Fact, t: Translator) -> str:
    """Return the source's name, who quotes it where that was read instead, and its date; linked if it was opened."""
    name, via = fact.source, fact.via
    if fact.url and not fact.url_from_memory:
        name, via = (name, f"[{via}]({fact.url})") if via else (f"[{name}]({fact.url})", None)
    if via:
        name = t("source.via", source=name, via=via)
    shown = f"{name}, {days.written(fact.date, t)}"
    return t("source.read", source=shown, day=days.written(fact.read, t)) if fact.read else shown
