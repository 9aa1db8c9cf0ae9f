"""Where messages are counted and how a server is set, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discord.utils import format_dt

from bot.presentation import permissions
from bot.presentation.method import Section
from bot.presentation.translator import Words, safe

MOST_CHANNELS = 8
"""Channels named in one line: more isn't read on a phone."""

MOST_LINES = 10

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
class Lack:
    """A permission that is missing, and in which channels."""

    permission: str
    channels: Sequence[int]


@dataclass(frozen=True, slots=True)
class State:
    """What keeps the bot from counting: permissions missing, and whether it gets the text of messages at all."""

    lacks: Sequence[Lack]
    hears: bool


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
    `language` is None where it is that of whoever asks.
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


# /annotate


def annotated_title(done: Annotated, words: Words) -> str:
    """Return what has become of counting, in three words."""
    if done.place.mode == OFF:
        return words("annotate.title_off")
    return words("annotate.title_on") if done.starts else words("annotate.title_still")


def annotated_text(done: Annotated, words: Words) -> str:
    """Return what happens from now on, where, and how to stop it."""
    where = [words("annotate.where", where=_where(done.place, words), mode=mode(done.place.mode, words))]
    if done.exceptions:
        shown = [_exception(one, words) for one in done.exceptions[:MOST_CHANNELS]]
        listed = _with_more(shown, len(done.exceptions), words)
        where.append(words("annotate.exceptions", channels=listed))
    paragraphs = [where, *([_stopped(done, words)] if done.place.mode == OFF else _counting(done, words))]
    return "\n\n".join("\n".join(lines) for lines in paragraphs)


def state_sections(state: State, words: Words) -> list[Section]:
    """Return what is missing; nothing where nothing is."""
    parts: list[Section] = []
    if not state.hears:
        parts.append((words("choices.deaf_title"), words("choices.deaf")))
    if state.lacks:
        parts.append((words("choices.missing"), "\n".join(_lack(one, words) for one in state.lacks)))
        parts.append((words("choices.where"), words("choices.where_to_click")))
    return parts


def told(channel_id: int, in_channel: int, words: Words, *, shows: bool) -> str:
    """Return the public notice that counting starts in a channel (0: the whole server); `shows`: it is annotated."""
    if not channel_id:
        where = words("annotate.told_whole")
    else:
        where = words("annotate.told_here") if channel_id == in_channel else f"<#{channel_id}>"
    notice = words("annotate.told", where=where)
    return f"{notice}\n{words('annotate.told_shown')}" if shows else notice


def mode(name: str, words: Words) -> str:
    """Return a mode's name."""
    return words(f"mode.{name}")


def _counting(done: Annotated, words: Words) -> list[list[str]]:
    """Return two paragraphs: what happens, and who was told and how to stop."""
    place = done.place
    what = [
        words("annotate.counts") if done.starts else words("annotate.still_counts", since=format_dt(place.since)),
    ]
    what.append(words(f"annotate.{place.mode}"))
    if place.mode != SILENT:
        short = "annotate.not_opening" if place.mode == DIGEST else "annotate.not_annotated"
        what += [words(short, tokens=done.min_tokens), words("annotate.quiet")]
    elif place.min_tokens is not None:
        what.append(words("annotate.min_tokens", tokens=place.min_tokens))
    return [what, [*_told(done, words), words("annotate.stop_channel" if place.channel_id else "annotate.stop")]]


def _told(done: Annotated, words: Words) -> list[str]:
    if done.notice_in:
        return [words("annotate.notice", channel=done.notice_in)]
    if done.silent_in:
        missing = permissions.name("send_messages", words)
        return [words("annotate.no_notice", channel=done.silent_in, permission=missing)]
    return []


def _stopped(done: Annotated, words: Words) -> list[str]:
    lines = [words("annotate.stopped")]
    return [*lines, words("annotate.rest_counts")] if done.counted_elsewhere else lines


def _where(place: Place, words: Words) -> str:
    return words("annotate.channel", channel=place.channel_id) if place.channel_id else words("annotate.whole")


def _exception(place: Place, words: Words) -> str:
    return words("annotate.exception", channel=place.channel_id, mode=mode(place.mode, words))


def _lack(lack: Lack, words: Words) -> str:
    shown = [f"<#{channel}>" for channel in lack.channels[:MOST_CHANNELS]]
    return words(
        "choices.missing_line",
        permission=permissions.name(lack.permission, words),
        use=words(f"permission_use.{lack.permission}"),
        channels=_with_more(shown, len(lack.channels), words),
    )


def _with_more(shown: Sequence[str], total: int, words: Words) -> str:
    left = total - len(shown)
    listed = ", ".join(shown)
    return f"{listed} {words.many('choices.more', left)}" if left > 0 else listed


# /settings show


def settings_title(shown: Settings, words: Words) -> str:
    """Return the page's title with the server's name."""
    return words("settings.title", server=safe(shown.server))


def settings_text(shown: Settings, words: Words) -> str:
    """Return the settings in force, and why."""
    language = words("settings.language.caller")
    if shown.language:
        language = words(f"choice.language.{shown.language}")
    lines = [words("settings.model.line", value=safe(shown.model), why=words(shown.model_why))]
    if shown.gone_model:
        lines.append(words("settings.model.gone", model=safe(shown.gone_model)))
    lines.append(words("settings.zone.line", value=shown.zone, why=words(shown.zone_why)))
    if shown.gone_zone:
        lines.append(words("settings.zone.gone", zone=safe(shown.gone_zone)))
    lines.append(words("settings.language.line", value=language, why=words(shown.language_why)))
    lines.append(words("settings.timezone.line", value=safe(shown.timezone), why=words(shown.timezone_why)))
    if shown.places and shown.state.hears and not shown.state.lacks and not shown.paused:
        lines.append(words("settings.all_well"))
    return "\n".join(lines)


def settings_sections(shown: Settings, words: Words) -> list[Section]:
    """Return channels, what was missed, and what is missing."""
    places = [_place(one, words) for one in shown.places] or [words("settings.channels.none")]
    parts = [(words("settings.channels"), _bounded(places, words))]
    if shown.gaps:
        parts.append((words("settings.gaps"), _bounded([_gap(one, words) for one in shown.gaps], words)))
    if shown.paused:
        parts.append((words("settings.paused"), _bounded([_pause(one, words) for one in shown.paused], words)))
    return parts + state_sections(shown.state, words)


def _place(place: Place, words: Words) -> str:
    if place.gone:
        return words("settings.channel.gone", channel=place.channel_id)
    where = f"<#{place.channel_id}>" if place.channel_id else words("settings.channel.whole")
    line = words("settings.channel.line", where=where, mode=mode(place.mode, words), since=format_dt(place.since, "d"))
    if place.min_tokens is None or place.mode in (OFF, SILENT):
        return line
    return f"{line} · {words('settings.channel.min_tokens', tokens=place.min_tokens)}"


def _pause(paused: Paused, words: Words) -> str:
    since, next_try = format_dt(paused.since, "t"), format_dt(paused.next_try, "R")
    return words("settings.paused_line", channel=paused.channel_id, since=since, next=next_try)


def _gap(gap: Gap, words: Words) -> str:
    return words("settings.gap", channel=gap.channel_id, start=format_dt(gap.start), end=format_dt(gap.end))


def _bounded(lines: Sequence[str], words: Words) -> str:
    left = len(lines) - MOST_LINES
    if left <= 0:
        return "\n".join(lines)
    return "\n".join([*lines[:MOST_LINES], words.many("choices.more", left)])
