"""Discord embeds: a reply, its explanation, the list of models, the page about the bot."""

from collections.abc import Iterable, Sequence

import discord

from bot.presentation import method, reply
from bot.presentation.method import Explained, Section
from bot.presentation.reply import Reply
from bot.presentation.translator import Translator

GREEN = discord.Colour(0x2E9E6B)
FIELD_LIMIT = 1024
"""Characters that Discord takes in one field."""


def footprint(shown: Reply, t: Translator) -> discord.Embed:
    """Return the reply to `/footprint`."""
    embed = discord.Embed(
        title=reply.title(shown.footprint, t),
        description="\n".join(reply.lines(shown, t)),
        colour=GREEN,
    )
    return embed.set_footer(text=reply.footer(shown.footprint, t))


def explanation(explained: Explained, t: Translator) -> discord.Embed:
    """Return how the figures of a reply were made."""
    title = f"{t('method.title')} · {explained.reply.footprint.model.title}"
    return sections(title, "", method.sections(explained, t))


def page(title: str, text: str) -> discord.Embed:
    """Return a page of text."""
    return discord.Embed(title=title, description=text, colour=GREEN)


def sections(title: str, text: str, parts: Iterable[Section]) -> discord.Embed:
    """Return a page of headed sections."""
    embed = page(title, text)
    for heading, body in parts:
        embed.add_field(name=heading, value=_within(body.splitlines()), inline=False)
    return embed


def _within(lines: Sequence[str]) -> str:
    """Return as many whole lines as a field takes."""
    kept: list[str] = []
    for line in lines:
        if sum(len(other) + 1 for other in kept) + len(line) > FIELD_LIMIT:
            break
        kept.append(line)
    return "\n".join(kept)
