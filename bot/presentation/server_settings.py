"""Where messages are counted and how a server is set, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discord.utils import format_dt

from bot.presentation import permissions
from bot.presentation.method import Section
from bot.presentation.translator import Translator, escape_markdown

MAX_CHANNELS = 8
"""Channels named in one line: more isn't read on a phone."""

MAX_LINES = 10

EVERYWHERE = 0
"""In place of a channel: the whole bot."""

OFF, SILENT, DIGEST = "off", "silent", "digest"


@dataclass(frozen=True, slots=True)
class Place:
    """What happens in a channel since a moment; channel 0 is the whole server. `gone`: Discord knows it no more."""

    channel_id: int
    mode: str
    since: datetime
    min_tokens: int | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class MissingPermission:
    """A permission that is missing, and in which channels."""

    permission: str
    channels: Sequence[int]


@dataclass(frozen=True, slots=True)
class State:
    """What keeps the bot from counting: permissions missing, and whether it gets the text of messages at all."""

    lacks: Sequence[MissingPermission]
    has_message_content: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """What came of `/annotate`.

    `starts` where counting was off before; `notice_in` is the channel that was told, `silent_in` the one that
    couldn't be; `min_tokens` is from how many prompt tokens on a message is annotated.
    """

    place: Place
    starts: bool
    exceptions: Sequence[Place]
    counted_elsewhere: bool
    state: State
    notice_in: int | None = None
    silent_in: int | None = None
    min_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages of a channel between two moments that may not have been counted."""

    channel_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """A channel where Discord refuses annotations since a moment; they are tried again at `next_try`."""

    channel_id: int
    since: datetime
    next_try: datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """A server's settings as they are in force; `…_why` are the catalogue's keys for where each comes from.

    `gone_model` and `gone_zone` were chosen and have left EcoLogits' lists; `zone` is the name of a zone;
    `language` is None where it is that of whoever asks. `invite` is the link that adds the bot where only its commands
    are; `returned` is when the server invited it again.
    """

    server: str
    model: str
    model_why: str
    gone_model: str | None
    zone: str
    zone_why: str
    gone_zone: str | None
    language: str | None
    language_why: str
    timezone: str
    timezone_why: str
    places: Sequence[Place]
    gaps: Sequence[Gap]
    paused: Sequence[Paused]
    state: State
    invite: str | None = None
    outage: bool = False
    returned: datetime | None = None


# /annotate


def annotated_title(done: Annotated, t: Translator) -> str:
    """Return what has become of counting, in three words."""
    if done.place.mode == OFF:
        return t("annotate.title_off")
    return t("annotate.title_on") if done.starts else t("annotate.title_still")


def annotated_text(done: Annotated, t: Translator) -> str:
    """Return what happens from now on, where, and how to stop it."""
    where = [t("annotate.where", where=_where(done.place, t), mode=mode(done.place.mode, t))]
    if done.exceptions:
        shown = [_exception(one, t) for one in done.exceptions[:MAX_CHANNELS]]
        listed = _with_more(shown, len(done.exceptions), t)
        where.append(t("annotate.exceptions", channels=listed))
    paragraphs = [where, *([_stopped(done, t)] if done.place.mode == OFF else _counting(done, t))]
    return "\n\n".join("\n".join(lines) for lines in paragraphs)


def state_sections(state: State, t: Translator) -> list[Section]:
    """Return what is missing; nothing where nothing is."""
    parts: list[Section] = []
    if not state.has_message_content:
        parts.append((t("choices.deaf_title"), t("choices.deaf")))
    if state.lacks:
        parts.append((t("choices.missing"), "\n".join(_lack(one, t) for one in state.lacks)))
        parts.append((t("choices.where"), t("choices.where_to_click")))
    return parts


def told(channel_id: int, in_channel: int, t: Translator, *, shows: bool) -> str:
    """Return the public notice that counting starts in a channel (0: the whole server); `shows`: it is annotated."""
    if not channel_id:
        where = t("annotate.told_whole")
    else:
        where = t("annotate.told_here") if channel_id == in_channel else f"<#{channel_id}>"
    notice = t("annotate.told", where=where)
    return f"{notice}\n{t('annotate.told_shown')}" if shows else notice


def mode(name: str, t: Translator) -> str:
    """Return a mode's name."""
    return t(f"mode.{name}")


def _counting(done: Annotated, t: Translator) -> list[list[str]]:
    """Return two paragraphs: what happens, and who was told and how to stop."""
    place = done.place
    what = [
        t("annotate.counts") if done.starts else t("annotate.still_counts", since=format_dt(place.since)),
    ]
    what.append(t(f"annotate.{place.mode}"))
    if place.mode != SILENT:
        short = "annotate.not_opening" if place.mode == DIGEST else "annotate.not_annotated"
        what += [t(short, tokens=done.min_tokens), t("annotate.quiet")]
    elif place.min_tokens is not None:
        what.append(t("annotate.min_tokens", tokens=place.min_tokens))
    return [what, [*_told(done, t), t("annotate.stop_channel" if place.channel_id else "annotate.stop")]]


def _told(done: Annotated, t: Translator) -> list[str]:
    if done.notice_in:
        return [t("annotate.notice", channel=done.notice_in)]
    if done.silent_in:
        missing = permissions.name("send_messages", t)
        return [t("annotate.no_notice", channel=done.silent_in, permission=missing)]
    return []


def _stopped(done: Annotated, t: Translator) -> list[str]:
    lines = [t("annotate.stopped")]
    return [*lines, t("annotate.rest_counts")] if done.counted_elsewhere else lines


def _where(place: Place, t: Translator) -> str:
    return t("annotate.channel", channel=place.channel_id) if place.channel_id else t("annotate.whole")


def _exception(place: Place, t: Translator) -> str:
    return t("annotate.exception", channel=place.channel_id, mode=mode(place.mode, t))


def _lack(lack: MissingPermission, t: Translator) -> str:
    shown = [f"<#{channel}>" for channel in lack.channels[:MAX_CHANNELS]]
    return t(
        "choices.missing_line",
        permission=permissions.name(lack.permission, t),
        use=t(f"permission_use.{lack.permission}"),
        channels=_with_more(shown, len(lack.channels), t),
    )


def _with_more(shown: Sequence[str], total: int, t: Translator) -> str:
    left = total - len(shown)
    listed = ", ".join(shown)
    return f"{listed} {t.many('choices.more', left)}" if left > 0 else listed


# /settings show


def settings_title(shown: Settings, t: Translator) -> str:
    """Return the page's title with the server's name."""
    return t("settings.title", server=escape_markdown(shown.server))


def settings_text(shown: Settings, t: Translator) -> str:
    """Return the settings in force, and why."""
    language = t("settings.language.caller")
    if shown.language:
        language = t(f"choice.language.{shown.language}")
    lines = [t("settings.model.line", value=escape_markdown(shown.model), why=t(shown.model_why))]
    if shown.gone_model:
        lines.append(t("settings.model.gone", model=escape_markdown(shown.gone_model)))
    lines.append(t("settings.zone.line", value=shown.zone, why=t(shown.zone_why)))
    if shown.gone_zone:
        lines.append(t("settings.zone.gone", zone=escape_markdown(shown.gone_zone)))
    lines.append(t("settings.language.line", value=language, why=t(shown.language_why)))
    lines.append(t("settings.timezone.line", value=escape_markdown(shown.timezone), why=t(shown.timezone_why)))
    if shown.returned:
        lines.append(t("settings.returned", since=format_dt(shown.returned, "d")))
    if shown.invite:
        lines.append(t("settings.not_a_member", link=shown.invite))
    elif shown.outage:
        lines.append(t("settings.outage"))
    elif shown.places and shown.state.has_message_content and not shown.state.lacks and not shown.paused:
        lines.append(t("settings.all_well"))
    return "\n".join(lines)


def settings_sections(shown: Settings, t: Translator) -> list[Section]:
    """Return channels, what was missed, and what is missing."""
    places = [_place(one, t) for one in shown.places] or [t("settings.channels.none")]
    parts = [(t("settings.channels"), _bounded(places, t))]
    if shown.gaps:
        parts.append((t("settings.gaps"), _bounded([_gap(one, t) for one in shown.gaps], t)))
    if shown.paused:
        parts.append((t("settings.paused"), _bounded([_pause(one, t) for one in shown.paused], t)))
    return parts + state_sections(shown.state, t)


def _place(place: Place, t: Translator) -> str:
    if place.gone:
        return t("settings.channel.gone", channel=place.channel_id)
    where = f"<#{place.channel_id}>" if place.channel_id else t("settings.channel.whole")
    line = t("settings.channel.line", where=where, mode=mode(place.mode, t), since=format_dt(place.since, "d"))
    if place.min_tokens is None or place.mode in (OFF, SILENT):
        return line
    return f"{line} · {t('settings.channel.min_tokens', tokens=place.min_tokens)}"


def _pause(paused: Paused, t: Translator) -> str:
    since, next_try = format_dt(paused.since, "t"), format_dt(paused.next_try, "R")
    if paused.channel_id == EVERYWHERE:
        return t("settings.paused_everywhere", next=next_try)
    return t("settings.paused_line", channel=paused.channel_id, since=since, next=next_try)


def _gap(gap: Gap, t: Translator) -> str:
    return t("settings.gap", channel=gap.channel_id, start=format_dt(gap.start), end=format_dt(gap.end))


def _bounded(lines: Sequence[str], t: Translator) -> str:
    left = len(lines) - MAX_LINES
    if left <= 0:
        return "\n".join(lines)
    return "\n".join([*lines[:MAX_LINES], t.many("choices.more", left)])
