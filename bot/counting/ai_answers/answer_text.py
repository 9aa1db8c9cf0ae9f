"""What of an AI bot's message is its answer: texts, wherever they stand. Pure, and on Discord's own JSON.

An answer is in the content, in descriptions and fields of embeds, in text displays. Titles, authors and footers of
embeds are the bot's frame around it, previews of links are somebody else's words; pictures and files aren't estimated.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from bot.counting.visible_text import NameOf, visible_text

Payload = Mapping[str, Any]
"""A message as Discord sends it. An update may lack what didn't change."""

SECTIONS = ("content", "embeds", "components")
"""Where texts stand; each is replaced as a whole by an update that has it."""

TEXT_DISPLAY = 10
MAX_DEPTH = 5
"""Containers within containers that are looked into; Discord allows fewer."""

MAX_TEXT = 10_000
"""Characters of one section that are read: Discord allows 6,000 in embeds, 4,000 elsewhere."""

PLACEHOLDER_LENGTH = 60
"""Characters that a text such as "Thinking…" has at the most."""

_SAYS_SOMETHING = re.compile(r"\w")
_MORE_TO_COME = re.compile(r"(?:…|\.\.\.)\W*$")


def texts_of(payload: Payload, excluded: str | None = None) -> dict[str, str]:
    """Return the answer's visible text by section, of the sections that the payload has.

    `excluded` is a pattern with `*`: embeds whose title fits aren't answers. So isn't what only says that more is
    to come.
    """
    names = _names_in(payload)
    found: dict[str, str] = {}
    for section, parts_of in _PARTS.items():
        if section in payload:
            parts = parts_of(payload, excluded)
            seen = (visible_text(part[:MAX_TEXT], names) for part in parts if isinstance(part, str) and part)
            text = "\n".join(part for part in seen if part)[:MAX_TEXT]
            found[section] = "" if is_placeholder(text) else text
    return found


def is_placeholder(text: str) -> bool:
    """Tell whether a text stands for an answer to come: an hourglass, "Thinking…"."""
    if not _SAYS_SOMETHING.search(text):
        return True
    return len(text) <= PLACEHOLDER_LENGTH and _MORE_TO_COME.search(text) is not None


def _content(payload: Payload, _: str | None) -> Iterable[Any]:
    return (payload["content"],)


def _embeds(payload: Payload, excluded: str | None) -> Iterator[Any]:
    content = str(payload.get("content") or "")
    for embed in _dicts(payload["embeds"]):
        if not _is_preview(embed, content) and not _is_excluded(embed, excluded):
            yield embed.get("description")
            for field in _dicts(embed.get("fields")):
                yield from (field.get("name"), field.get("value"))


def _is_preview(embed: Payload, content: str) -> bool:
    """Tell whether Discord made the embed, of a link in the message."""
    url = embed.get("url")
    return embed.get("type", "rich") != "rich" or "provider" in embed or (isinstance(url, str) and url in content)


def _is_excluded(embed: Payload, excluded: str | None) -> bool:
    title = embed.get("title")
    return bool(excluded) and isinstance(title, str) and fnmatchcase(title.casefold(), str(excluded).casefold())


def _components(payload: Payload, _: str | None) -> Iterator[Any]:
    return _displayed(payload["components"], 0)


def _displayed(components: Any, depth: int) -> Iterator[Any]:
    for component in _dicts(components):
        if component.get("type") == TEXT_DISPLAY:
            yield component.get("content")
        elif depth < MAX_DEPTH:
            yield from _displayed(component.get("components"), depth + 1)


_PARTS: dict[str, Callable[[Payload, str | None], Iterable[Any]]] = {
    "content": _content,
    "embeds": _embeds,
    "components": _components,
}


def _names_in(payload: Payload) -> NameOf:
    """Return how the people are called whom the message mentions, as Discord sends them along."""
    known: dict[int, str] = {}
    for user in _dicts(payload.get("mentions")):
        name = user.get("global_name") or user.get("username")
        if isinstance(name, str) and str(user.get("id")).isdecimal():
            known[int(str(user["id"]))] = name
    return lambda kind, snowflake: known.get(snowflake) if kind == "@" else None


def _dicts(values: Any) -> Iterator[Payload]:
    return (value for value in values if isinstance(value, dict)) if isinstance(values, list) else iter(())
