"""What catch-up had to leave out, in words for admins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.presentation.translator import Words

MOST = 5
"""Lines before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A stretch of a channel's history whose messages may not have been counted."""

    channel_id: int
    start: datetime
    end: datetime


def lines(found: Sequence[Missing], words: Words) -> list[str]:
    """Return a line per stretch, Discord shows the moments in the reader's own time; nothing when there is none."""
    if not found:
        return []
    shown = [words("gaps.title"), *(_line(one, words) for one in found[:MOST])]
    if len(found) > MOST:
        shown.append(words.many("gaps.more", len(found) - MOST))
    return shown


def _line(one: Missing, words: Words) -> str:
    start, end = (int(moment.timestamp()) for moment in (one.start, one.end))
    return words("gaps.line", channel=one.channel_id, start=start, end=end)
