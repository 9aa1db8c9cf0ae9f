"""How a server is set, in words: `/settings show`."""

from collections.abc import Sequence

from discord.utils import format_dt

from bot.ledger.records import OFF, SILENT, WHOLE_SERVER, ChannelMode, Gap
from bot.presentation import ai_bots, annotate, given_names, recap, zones
from bot.presentation.method import Section
from bot.presentation.translator import Translator, escape_markdown
from bot.usecases.records.server import Paused, Settings

MAX_LINES = 10


def title(shown: Settings, t: Translator) -> str:
    """Return the page's title with the server's name."""
    return t("settings.title", server=given_names.shown(shown.view.server))


def text(shown: Settings, t: Translator) -> str:
    """Return the settings in force, and why."""
    model, zone, locale, timezone = shown.model, shown.zone, shown.locale, shown.timezone
    lines = [t("settings.model.line", value=escape_markdown(model.value.title), why=_why(model.why, t))]
    if model.gone:
        lines.append(t("settings.model.gone", model=escape_markdown(model.gone)))
    lines.append(t("settings.zone.line", value=zones.name(zone.value, t), why=_why(zone.why, t)))
    if zone.gone:
        lines.append(t("settings.zone.gone", zone=escape_markdown(zone.gone)))
    language = t.language_name(locale.value) if locale.value else t("settings.language.caller")
    lines.append(t("settings.language.line", value=language, why=_why(locale.why, t)))
    lines.append(t("settings.timezone.line", value=escape_markdown(timezone.value), why=_why(timezone.why, t)))
    return "\n".join([*lines, *recap.state(shown.recap, shown.view.hidden, t), *_standing(shown, t)])


def sections(shown: Settings, t: Translator) -> list[Section]:
    """Return channels, what was missed, and what is missing; channels that the reader may not see are not named."""
    hidden, view = shown.view.hidden, shown.view
    counted = [_channel(one, shown, t) for one in shown.channels if one.channel_id not in hidden]
    parts = [(t("settings.channels"), _bounded(counted, len(shown.channels), t) or t("settings.channels.none"))]
    if shown.ai_bots:
        bots = ai_bots.lines(shown.ai_bots, t, has_content=view.state.has_message_content)
        parts.append((t("settings.ai_bots"), _bounded(bots, len(bots), t)))
    gaps = [_gap(one, t) for one in shown.gaps if one.channel_id not in hidden]
    paused = [_pause(one, t) for one in view.paused if one.channel_id not in hidden]
    if shown.gaps:
        parts.append((t("settings.gaps"), _bounded(gaps, len(shown.gaps), t)))
    if view.paused:
        parts.append((t("settings.paused"), _bounded(paused, len(view.paused), t)))
    return parts + annotate.state_sections(view.state, hidden, t)


def model_chosen(title: str | None, default: str, t: Translator) -> str:
    """Return which model the server has now; None for the default one."""
    return t("settings.model.done", model=escape_markdown(title or t("settings.default", value=default)))


def _standing(shown: Settings, t: Translator) -> list[str]:
    """Return how the bot stands with the server: invited again, not a member, in an outage, or well."""
    view = shown.view
    lines = [t("settings.returned", since=format_dt(shown.returned, "d"))] if shown.returned else []
    if view.invite:
        return [*lines, t("settings.not_a_member", link=view.invite)]
    if view.outage:
        return [*lines, t("settings.outage")]
    if shown.channels and view.state.has_message_content and not view.state.lacks and not view.paused:
        return [*lines, t("settings.all_well")]
    return lines


def _why(why: str, t: Translator) -> str:
    return t(f"settings.why.{why}")


def _channel(row: ChannelMode, shown: Settings, t: Translator) -> str:
    if row.channel_id in shown.view.gone:
        return t("settings.channel.gone", channel=row.channel_id)
    where = f"<#{row.channel_id}>" if row.channel_id else t("settings.channel.whole")
    mode, since = annotate.mode(row.mode, t), format_dt(row.since_at, "d")
    line = t("settings.channel.line", where=where, mode=mode, since=since)
    if row.mode in (OFF, SILENT):
        return line
    tokens = shown.min_tokens if row.min_tokens is None else row.min_tokens
    return f"{line} · {t('settings.channel.min_tokens', tokens=tokens)}"


def _pause(paused: Paused, t: Translator) -> str:
    since, next_try = format_dt(paused.since, "t"), format_dt(paused.next_try, "R")
    if paused.channel_id == WHOLE_SERVER:
        return t("settings.paused_everywhere", next=next_try)
    return t("settings.paused_line", channel=paused.channel_id, since=since, next=next_try)


def _gap(gap: Gap, t: Translator) -> str:
    return t("settings.gap", channel=gap.channel_id, start=format_dt(gap.start), end=format_dt(gap.end))


def _bounded(lines: Sequence[str], total: int, t: Translator) -> str:
    """Return the first lines, and how many others there are: those that are too many, and hidden ones."""
    shown = lines[:MAX_LINES]
    left = total - len(shown)
    return "\n".join([*shown, t.many("choices.more", left)] if left > 0 else shown)
