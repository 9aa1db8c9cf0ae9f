"""What catch-up had to leave out, in words for admins."""

from collections.abc import Sequence

from bot.ledger.records import Gap
from bot.presentation.translator import Translator

MAX_GAPS = 5
"""Lines before the rest is only counted."""


def lines(found: Sequence[Gap], t: Translator) -> list[str]:
    """Return a line per stretch, Discord shows the moments in the reader's own time; nothing when there is none."""
    if not found:
        return []
    shown = [t("gaps.title"), *(_line(one, t) for one in found[:MAX_GAPS])]
    if len(found) > MAX_GAPS:
        shown.append(t.many("gaps.more", len(found) - MAX_GAPS))
    return shown


def _line(one: Gap, t: Translator) -> str:
    start, end = (int(moment.timestamp()) for moment in (one.start, one.end))
    return t("gaps.line", channel=one.channel_id, start=start, end=end)
