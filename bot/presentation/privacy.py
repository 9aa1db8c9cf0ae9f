"""What is kept of somebody, in words."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from bot.presentation.method import Section
from bot.presentation.numbers import whole
from bot.presentation.translator import Words


@dataclass(frozen=True, slots=True)
class Standing:
    """What is kept of somebody and what they chose.

    `messages` were counted in so many `servers` from `first` to `last`, `entries` of them in detail; the detail is
    kept `days` days, a server's data `left_days` days after it removed the bot.
    """

    messages: int
    servers: int
    first: date | None
    last: date | None
    entries: int
    opted_out_on: date | None
    quiet: bool
    days: int
    left_days: int


def summary(standing: Standing, words: Words) -> str:
    """Return how much is kept."""
    if not standing.messages or standing.first is None or standing.last is None:
        return words("privacy.nothing")
    servers = words.many("privacy.servers", standing.servers)
    days = _days(standing.first, standing.last, words)
    counted = whole(standing.messages, words)
    lines = [words.many("privacy.messages", standing.messages, count=counted, servers=servers, days=days)]
    lines.append(words.many("privacy.entries", standing.entries, count=whole(standing.entries, words)))
    return "\n".join(lines)


def sections(standing: Standing, words: Words) -> list[Section]:
    """Return choices, retention and rights."""
    return [
        (words("privacy.choices"), _choices(standing, words)),
        (words("privacy.how_long"), words("privacy.retention", days=standing.days, left=standing.left_days)),
        (words("privacy.rights"), words("privacy.rights_text")),
    ]


def erasure(words: Words, *, opted_out: bool) -> str:
    """Return what erasing does, and what stays."""
    text = words("privacy.erase.text")
    return text if opted_out else f"{text}\n{words('privacy.erase.goes_on')}"


def _choices(standing: Standing, words: Words) -> str:
    out = standing.opted_out_on
    lines = [words("privacy.out", day=_day(out, words)) if out else words("privacy.counted")]
    if standing.quiet:
        lines.append(words("privacy.quiet"))
    return "\n".join(lines)


def _days(first: date, last: date, words: Words) -> str:
    if first == last:
        return words("privacy.one_day", day=_day(first, words))
    return words("privacy.days", first=_day(first, words), last=_day(last, words))


def _day(day: date, words: Words) -> str:
    return format_date(day, format="long", locale=words.locale)
