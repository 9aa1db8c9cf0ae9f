"""Messages with a picture, in Discord's components V2: as answers, and as posts of our own accord."""

import io
from collections.abc import Iterable
from typing import Any

import discord

from bot.presentation.embeds import GREEN
from bot.presentation.pictured import Pictured

FILE = "empreinte.png"
MAX_TEXT = 3900
"""Characters of one message; Discord shows 4,000 in all."""

Button = discord.ui.Item[Any]
"""Buttons kept by their id stand in old views and new layouts alike."""


def layout(shown: Pictured, buttons: Iterable[Button] = (), *, pictured: bool = False) -> discord.ui.LayoutView:
    """Return the message as a card: text, picture with its description, small print; buttons below."""
    card = discord.ui.Container[discord.ui.LayoutView](accent_colour=GREEN)
    card.add_item(discord.ui.TextDisplay(shown.text(pictured=pictured)[:MAX_TEXT]))
    if pictured and shown.chart:
        gallery = discord.ui.MediaGallery[discord.ui.LayoutView]()
        card.add_item(gallery.add_item(media=f"attachment://{FILE}", description=shown.chart.alt))
        if shown.below:
            card.add_item(discord.ui.TextDisplay("\n".join(shown.below)))
    if shown.footer:
        card.add_item(discord.ui.TextDisplay(f"-# {shown.footer}"))
    view = discord.ui.LayoutView(timeout=None).add_item(card)
    row = discord.ui.ActionRow[discord.ui.LayoutView](*buttons)
    return view.add_item(row) if row.children else view


def file(shown: Pictured, picture: bytes) -> discord.File:
    """Return the picture as the card names it, with its description."""
    assert shown.chart is not None, "there is a picture of it"
    return discord.File(io.BytesIO(picture), FILE, description=shown.chart.alt)
