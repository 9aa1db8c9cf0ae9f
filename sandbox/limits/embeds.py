"""Embeds: at most ten, 6,000 code points over all of them."""

from typing import Any

from . import values
from .media import URL, Names, media
from .tree import At

EMBEDS = 10
TOTAL = 6000
_SHOWN = ("title", "description", "fields", "image", "thumbnail", "footer", "author")


def embeds(at: At, value: Any, attached: Names) -> None:
    """Check the embeds of a message; `attached` are its file names, where known."""
    total = sum(_embed(place, embed, attached) for place, embed in values.tables(at, value, EMBEDS))
    if total > TOTAL:
        at.refuse("MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {TOTAL}")


def _embed(at: At, embed: dict[str, Any], attached: Names) -> int:
    """Check one embed; give its code points as they count towards the total."""
    if not any(embed.get(key) for key in _SHOWN):
        values.require(at / "description", None)
    values.url(at / "url", embed.get("url"), URL)
    values.moment(at / "timestamp", embed.get("timestamp"))
    values.whole(at / "color", embed.get("color"), 0, 0xFFFFFF)
    for key in ("image", "thumbnail"):
        if embed.get(key) is not None:
            media(at / key / "url", values.table(at / key, embed[key]).get("url"), attached)
    counted = [
        values.text(at / "title", embed.get("title"), 256),
        values.text(at / "description", embed.get("description"), 4096),
        _byline(at / "footer", embed.get("footer"), "text", 2048, attached),
        _byline(at / "author", embed.get("author"), "name", 256, attached),
    ]
    for place, field in values.tables(at / "fields", embed.get("fields"), 25):
        counted.append(values.worded(place / "name", field.get("name"), 256))
        counted.append(values.worded(place / "value", field.get("value"), 1024))
        values.flag(place / "inline", field.get("inline"))
    return sum(map(len, counted))


def _byline(at: At, value: Any, key: str, most: int, attached: Names) -> str:
    """Check a footer or an author: its words under `key`, and a small picture."""
    if value is None:
        return ""
    byline = values.table(at, value)
    values.url(at / "url", byline.get("url"), URL)
    if byline.get("icon_url") is not None:
        media(at / "icon_url", byline["icon_url"], attached)
    return values.worded(at / key, byline.get(key), most)
