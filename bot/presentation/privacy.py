"""What is kept of somebody, in words."""

from datetime import date

from bot.presentation import days as in_days
from bot.presentation.method import Section
from bot.presentation.numbers import format_integer
from bot.presentation.translator import Translator
from bot.usecases.records.privacy import PersonalData


def summary(data: PersonalData, t: Translator) -> str:
    """Return how much is kept."""
    stored = data.stored
    if not stored.messages or stored.first is None or stored.last is None:
        return t("privacy.nothing")
    servers = t.many("privacy.servers", stored.servers)
    days = _days(stored.first, stored.last, t)
    counted = format_integer(stored.messages, t)
    lines = [t.many("privacy.messages", stored.messages, count=counted, servers=servers, days=days)]
    lines.append(t.many("privacy.entries", stored.entries, count=format_integer(stored.entries, t)))
    return "\n".join(lines)


def sections(data: PersonalData, t: Translator) -> list[Section]:
    """Return choices, retention and rights."""
    return [
        (t("privacy.choices"), _choices(data, t)),
        (t("privacy.how_long"), t("privacy.retention", days=data.days, left=data.left_days)),
        (t("privacy.rights"), t("privacy.rights_text")),
    ]


def erasure(t: Translator, *, opted_out: bool) -> str:
    """Return what erasing does, and what stays."""
    text = t("privacy.erase.text")
    return text if opted_out else f"{text}\n{t('privacy.erase.goes_on')}"


def _choices(data: PersonalData, t: Translator) -> str:
    person, out = data.person, data.person.opted_out_at
    lines = [t("privacy.out", day=in_days.day(out.date(), t)) if out else t("privacy.counted")]
    if person.quiet:
        lines.append(t("privacy.quiet"))
    if data.stored.quiet_offered:
        lines.append(t("privacy.quiet_offered"))
    return "\n".join(lines)


def _days(first: date, last: date, t: Translator) -> str:
    if first == last:
        return t("privacy.one_day", day=in_days.day(first, t))
    return t("privacy.days", first=in_days.day(first, t), last=in_days.day(last, t))
