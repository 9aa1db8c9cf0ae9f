"""What a message shows besides its own text: a forward, embeds, a poll, components; and what isn't estimated of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import discord

from bot.counting.message_counter import names_in
from bot.counting.visible_text import visible_text

MAX_DEPTH = 5
"""Containers within containers that are looked into; Discord allows fewer."""


@dataclass(frozen=True, slots=True)
class MessageContents:
    """The text that a reader sees, and how many pictures, files, voice messages and stickers come with it."""

    text: str
    not_estimated: int


def contents_of(message: discord.Message) -> MessageContents:
    """Return what a message shows, parts of it in the order in which they stand."""
    parts: list[str] = []
    media = 0
    for shown in (message, *message.message_snapshots):
        parts += [shown.content, *_embed_texts(shown.embeds), *_component_texts(shown.components)]
        media += len(shown.attachments) + len(shown.stickers)
    if message.poll is not None:
        parts += [message.poll.question, *(answer.text for answer in message.poll.answers)]
    names = names_in([(user.id, user.display_name) for user in message.mentions], message.guild)
    seen = [text for part in parts if part and (text := visible_text(part, names))]
    return MessageContents("\n".join(seen), media)


def _embed_texts(embeds: Iterable[discord.Embed]) -> Iterator[str]:
    for embed in embeds:
        yield from (embed.author.name or "", embed.title or "", embed.description or "")
        for field in embed.fields:
            yield from (field.name or "", field.value or "")
        yield embed.footer.text or ""


def _component_texts(components: Iterable[Any], depth: int = 0) -> Iterator[str]:
    """Yield the texts of text displays, also within sections and containers; buttons and menus aren't text."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        elif depth < MAX_DEPTH:
            yield from _component_texts(getattr(component, "children", ()), depth + 1)
