"""Weekly recaps: what came of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RecapOutcome(StrEnum):
    """What came of a week's recap; the catalogues have those that explain something under `recap.why.<value>`.

    `SENDING` is noted before Discord is asked: where nothing else follows, nobody knows whether it was posted.
    """

    SENDING = "sending"
    POSTED = "posted"
    NOTHING = "nothing"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    MISSED = "missed"


NOT_POSTED = (RecapOutcome.GONE, RecapOutcome.FORBIDDEN, RecapOutcome.REFUSED)
"""What a recap certainly wasn't posted with, so that it may be tried again."""


@dataclass(frozen=True, slots=True)
class StoredRecap:
    """A server's latest recap: the Monday of its week, when it was due, what came of it, noted when."""

    guild_id: int
    week: date
    due_at: datetime
    outcome: RecapOutcome
    noted_at: datetime
