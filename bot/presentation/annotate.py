"""Where messages are counted, and what is missing for it, in words: `/annotate`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from discord.utils import format_dt

from bot.ledger.records import DIGEST, OFF, SILENT, ChannelMode
from bot.presentation import permissions
from bot.presentation.method import Section
from bot.presentation.numbers import format_integer
from bot.presentation.translator import Translator
from bot.usecases.records.server import AnnotateResult, MissingPermission, Notice, State

MAX_CHANNELS = 8
"""Channels named in one line: more isn't read on a phone."""


def title(done: AnnotateResult, t: Translator) -> str:
    """Return what has become of counting, in three words."""
    if done.row.mode == OFF:
        return t("annotate.title_off")
    return t("annotate.title_on") if done.starts else t("annotate.title_still")


def text(done: AnnotateResult, notice: Notice | None, hidden: Collection[int], t: Translator) -> str:
    """Return what happens from now on, where, and how to stop it; `hidden` channels are not named."""
    where = [t("annotate.where", where=_where(done.row, t), mode=mode(done.row.mode, t))]
    if done.exceptions:
        named = [_exception(one, t) for one in done.exceptions if one.channel_id not in hidden]
        where.append(t("annotate.exceptions", channels=_with_more(named, len(done.exceptions), t)))
    if done.dropped:
        named = [_exception(one, t) for one in done.dropped if one.channel_id not in hidden]
        where.append(t("annotate.dropped", channels=_with_more(named, len(done.dropped), t)))
    rest = [_stopped(done, t)] if done.row.mode == OFF else _counting(done, notice, t)
    return "\n\n".join("\n".join(lines) for lines in [where, *rest])


def state_sections(state: State, hidden: Collection[int], t: Translator) -> list[Section]:
    """Return what is missing; nothing where nothing is."""
    parts: list[Section] = []
    if not state.has_message_content:
        parts.append((t("choices.no_message_content_title"), t("choices.no_message_content")))
    if state.lacks:
        parts.append((t("choices.missing"), "\n".join(_lack(one, hidden, t) for one in state.lacks)))
        parts.append((t("choices.where"), t("choices.where_to_click")))
    return parts


def notice(channel_id: int, in_channel: int, t: Translator, *, shows: bool) -> str:
    """Return the public notice that counting starts in a channel (0: the whole server); `shows`: it is annotated."""
    told = t("annotate.told", where=_told_where(channel_id, in_channel, t), rest=t("annotate.told_rest"))
    return f"{told}\n{t('annotate.told_shown')}" if shows else told


def first_notice(t: Translator) -> str:
    """Return what a channel is told when its first annotation is shown, whoever was told elsewhere."""
    return t("annotate.told_first", rest=t("annotate.told_rest"))


def ended_notice(about_id: int, in_channel: int, now: datetime, t: Translator) -> str:
    """Return what a notice is edited to when it doesn't hold any more."""
    return t("annotate.ended", where=_told_where(about_id, in_channel, t), since=format_dt(now, "f"))


def undone(messages: int, t: Translator) -> str:
    """Return what came of taking a beginning back."""
    return t.many("annotate.undone", messages, count=format_integer(messages, t))


def thread(parent_id: int, t: Translator) -> str:
    """Return what is said where a thread was chosen."""
    return t("annotate.thread", parent=parent_id)


def mode(name: str, t: Translator) -> str:
    """Return a mode's name."""
    return t(f"mode.{name}")


def _told_where(about_id: int, in_channel: int, t: Translator) -> str:
    if not about_id:
        return t("annotate.told_whole")
    return t("annotate.told_here") if about_id == in_channel else f"<#{about_id}>"


def _counting(done: AnnotateResult, notice: Notice | None, t: Translator) -> list[list[str]]:
    """Return two paragraphs: what happens, and who was told and how to stop."""
    row = done.row
    what = [t("annotate.counts") if done.starts else t("annotate.still_counts", since=format_dt(row.since_at))]
    what.append(t(f"annotate.{row.mode}"))
    if row.mode != SILENT:
        short = "annotate.not_opening" if row.mode == DIGEST else "annotate.not_annotated"
        what += [t(short, tokens=done.min_tokens), t("annotate.quiet")]
    elif row.min_tokens is not None:
        what.append(t("annotate.min_tokens", tokens=row.min_tokens))
    return [what, [*_told(notice, t), t("annotate.stop_channel" if row.channel_id else "annotate.stop")]]


def _told(notice: Notice | None, t: Translator) -> list[str]:
    if notice is None:
        return []
    if notice.posted:
        return [t("annotate.notice", channel=notice.channel_id)]
    missing = permissions.name("send_messages", t)
    return [t("annotate.no_notice", channel=notice.channel_id, permission=missing)]


def _stopped(done: AnnotateResult, t: Translator) -> list[str]:
    lines = [t("annotate.stopped")]
    return [*lines, t("annotate.rest_counts")] if done.counted_elsewhere else lines


def _where(row: ChannelMode, t: Translator) -> str:
    return t("annotate.channel", channel=row.channel_id) if row.channel_id else t("annotate.whole")


def _exception(row: ChannelMode, t: Translator) -> str:
    return t("annotate.exception", channel=row.channel_id, mode=mode(row.mode, t))


def _lack(lack: MissingPermission, hidden: Collection[int], t: Translator) -> str:
    shown = [f"<#{channel}>" for channel in lack.channels if channel not in hidden]
    return t(
        "choices.missing_line",
        permission=permissions.name(lack.permission, t),
        use=t(f"permission_use.{lack.permission}"),
        channels=_with_more(shown, len(lack.channels), t),
    )


def _with_more(named: Sequence[str], total: int, t: Translator) -> str:
    """Return the first of the names, and how many others there are: those that are too many, and hidden ones."""
    shown = named[:MAX_CHANNELS]
    left = total - len(shown)
    listed = ", ".join(shown)
    return f"{listed} {t.many('choices.more', left)}".strip() if left > 0 else listed
