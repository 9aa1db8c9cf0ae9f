"""The words of `/setup`: its form, and what came of it."""

from bot.presentation import given_names
from bot.presentation.recap import moment_of_week
from bot.presentation.translator import Translator

MAX_NAME = 28
"""Characters of a channel's name in a label, which has room for 45."""

MAX_LABEL = 100
"""Characters of a choice."""


def in_channel(name: str, t: Translator) -> str:
    """Return the label of what happens in a channel."""
    return t("setup.mode", channel=given_names.plain(name, MAX_NAME))


def weekly(weekday: int, hour: int, t: Translator) -> str:
    """Return the choice of a recap on that day."""
    return t("setup.recap.weekly", when=moment_of_week(weekday, hour, t))[:MAX_LABEL]


def kept(channel: str | None, weekday: int, hour: int, t: Translator) -> str:
    """Return the choice that leaves the recap as it is, by its channel's name (None where that is gone)."""
    when = moment_of_week(weekday, hour, t)
    return t("setup.recap.keep", channel=given_names.plain(channel or "?"), when=when)[:MAX_LABEL]
