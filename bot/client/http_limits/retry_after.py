"""How long an answer asks to wait: in seconds, as Discord says it, or until a moment, as a proxy before it may."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` asks for, None where it says nothing that makes sense.

    A moment is held against the same answer's `Date`: the host's clock may be wrong.
    """
    given = headers.get("Retry-After", "")
    try:
        seconds = float(given)
    except ValueError:
        until, now = _moment(given), _moment(headers.get("Date", "")) or datetime.now(UTC)
        return None if until is None else max(0.0, (until - now).total_seconds())
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
