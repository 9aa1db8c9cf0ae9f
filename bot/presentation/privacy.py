"""What is kept of somebody, in words."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from bot.presentation.method import Section
from bot.presentation.numbers import format_integer
from bot.presentation.translator import Translator


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


def summary(standing: Standing, t: Translator) -> str:
    """Return how much is kept."""
    if not standing.messages or standing.first is None or standing.last is None:
        return t("privacy.nothing")
    servers = t.many("privacy.servers", standing.servers)
    days = _days(standing.first, standing.last, t)
    counted = format_integer(standing.messages, t)
    lines = [t.many("privacy.messages", standing.messages, count=counted, servers=servers, days=days)]
    lines.append(t.many("privacy.entries", standing.entries, count=format_integer(standing.entries, t)))
    return "\n".join(lines)


def sections(standing: Standing, t: Translator) -> list[Section]:
    """Return choices, retention and rights."""
    return [
        (t("privacy.choices"), _choices(standing, t)),
        (t("privacy.how_long"), t("privacy.retention", days=standing.days, left=standing.left_days)),
        (t("privacy.rights"), t("privacy.rights_text")),
    ]


def erasure(t: Translator, *, opted_out: bool) -> str:
    """Return what erasing does, and what stays."""
    text = t("privacy.erase.text")
    return text if opted_out else f"{text}\n{t('privacy.erase.goes_on')}"


def _choices(standing: Standing, t: Translator) -> str:
    out = standing.opted_out_on
    lines = [t("privacy.out", day=_day(out, t)) if out else t("privacy.counted")]
    if standing.quiet:
        lines.append(t("privacy.quiet"))
    return "\n".join(lines)


def _days(first: date, last: date, t: Translator) -> str:
    if first == last:
        return t("privacy.one_day", day=_day(first, t))
    return t("privacy.days", first=_day(first, t), last=_day(last, t))


def _day(day: date, t: Translator) -> str:
    return format_date(day, format="long", locale=t.locale)
