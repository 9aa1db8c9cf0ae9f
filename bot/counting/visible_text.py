"""What a person sees of a message: Discord's markup turned into words, invisible characters gone. Pure.

A plain text comes back as it is after two looks at it: this is asked for every counted message.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

NameOf = Callable[[str, int], str | None]
"""The name behind a mention: of a user ("@"), a role ("@&") or a channel ("#"); None for one that isn't known."""

UNKNOWN = {"@": "someone", "@&": "role", "#": "channel"}
"""What stands for a name that isn't known, about as long as one."""

TIME_STYLES = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%d/%m/%Y",
    "D": "%d %B %Y",
    "f": "%d %B %Y %H:%M",
    "F": "%A %d %B %Y %H:%M",
    "R": "%d/%m/%Y",
}
"""How long a time is as Discord writes it (its docs: Message Formatting), in UTC; relative ones as a day."""

MAX_TIME = 8_640_000_000_000
"""Seconds from 1970: Discord shows a time beyond as it was typed."""

MAX_MARKS = 4
"""Combining marks on one letter; more of them only smear over the lines around."""

_MARKUP = re.compile(
    r"<(?:(?P<mention>@&|@!?|#)(?P<id>\d{1,20})"
    r"|a?(?P<emoji>:\w{1,32}:)\d{1,20}"
    r"|t:(?P<time>-?\d{1,17})(?::(?P<style>[tTdDfFR]))?"
    r"|(?P<command>/[^<>:\n]{1,99}):\d{1,20}"
    r"|id:(?P<page>customize|browse|guide|linked-roles)(?::\d{1,20})?"
    r"|(?P<link>https?://[^<>\s]{1,2000}))>"
)
_MASKED_LINK = re.compile(r"\[(?P<text>[^\[\]\n]{1,500})\]\(<?https?://[^\s<>()]{1,2000}>?(?: \"[^\"\n]{0,200}\")?\)")
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
"""Controls, fillers that are drawn as nothing, direction marks, soft hyphens, lone surrogates."""

_PICTURE = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u3299\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(f"(?<![{_PICTURE}\ufe0f])[\u200d\ufe00-\ufe0f]|\u200d(?![{_PICTURE}])")
"""A joiner or variation selector that has no picture to join or to change."""

_LOOSE_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
"""Tag letters that don't belong to a flag."""

_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_SMEAR = re.compile(f"({_MARK}{{{MAX_MARKS}}}){_MARK}+")
_SUSPECT = re.compile(f"[{_HIDDEN}\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff]|{_MARK}{{{MAX_MARKS}}}")
_UNSEEN = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xAD])
_WESTERN = (("latin-1", bytes([*_UNSEEN, *range(0x80, 0xA0)])), ("cp1252", _UNSEEN))
"""Encodings of Western letters and signs, the quicker one first, with their controls and the soft hyphen."""


def visible_text(content: str, name_of: NameOf = lambda _kind, _id: None) -> str:
    """Return what a reader sees of a message's text; empty when there is nothing to see.

    Mentions become `@name` with no blank inside (a name's words aren't the writer's), custom emoji `:name:`, times a
    date, commands and links what they say.
    """
    if not _is_plain(content):
        content = _without_invisible(content)
    if "<" in content:
        content = _MARKUP.sub(lambda match: _words_of(match, name_of), content)
    if "](" in content:
        content = _MASKED_LINK.sub(r"\g<text>", content)
    return content.strip()


def _is_plain(text: str) -> bool:
    """Tell whether there are none but Western letters and signs, all of them to be seen: a microsecond."""
    for encoding, unseen in _WESTERN:
        data = text.encode(encoding, "ignore")
        if len(data) == len(text):
            return len(data) == len(data.translate(None, unseen))
    return False


def _without_invisible(text: str) -> str:
    if not _SUSPECT.search(text):
        return text
    text = _INVISIBLE.sub("", text)
    text = _LOOSE_JOINER.sub("", _LOOSE_TAGS.sub("", text))
    return _SMEAR.sub(r"\1", text)


def _words_of(match: re.Match[str], name_of: NameOf) -> str:
    if mention := match["mention"]:
        kind = "@" if mention.startswith("@") and mention != "@&" else mention
        name = name_of(kind, int(match["id"])) or UNKNOWN[kind]
        return kind[0] + "_".join(_without_invisible(name).split())
    if match["time"]:
        return _time(int(match["time"]), match["style"] or "f") or match[0]
    if match["page"]:
        return f"#{match['page']}"
    return match["emoji"] or match["command"] or match["link"]


def _time(seconds: int, style: str) -> str | None:
    if abs(seconds) > MAX_TIME:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime(TIME_STYLES[style])
    except (ValueError, OverflowError, OSError):  # years that Python's calendar doesn't have
        return None
