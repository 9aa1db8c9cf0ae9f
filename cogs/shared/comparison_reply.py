"""Sends a comparison with its picture, or without where there can't be one."""

import io
import logging

import discord

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.client.error_handler import LATE
from bot.estimation.comparison import Comparison
from bot.presentation import comparison, embeds
from bot.presentation.translator import Words

log = logging.getLogger(__name__)


async def send_comparison(
    interaction: discord.Interaction[EmpreinteBot], compared: Comparison, *, private: bool
) -> None:
    """Answer the interaction; drawing takes longer than Discord waits, so it is told first that we think."""
    words = interaction.client.catalogues.words(locales.of_answer(interaction, private=private))
    await interaction.response.defer(ephemeral=private, thinking=True)
    if not interaction.app_permissions.attach_files:
        note = words("compare.no_permission")
    elif await _sent_with_picture(interaction, compared, words, private=private):
        return
    else:
        note = words("compare.no_picture")
    await interaction.followup.send(embed=_embed(compared, words, note), ephemeral=private)


async def _sent_with_picture(
    interaction: discord.Interaction[EmpreinteBot], compared: Comparison, words: Words, *, private: bool
) -> bool:
    """Tell whether there was a picture, and Discord took it."""
    picture = await interaction.client.charts.draw(comparison.picture(compared, words))
    if picture is None:
        return False
    description = comparison.alt_text(compared, words)
    file = discord.File(io.BytesIO(picture), words("compare.file"), description=description)
    try:
        await interaction.followup.send(embed=_embed(compared, words), file=file, ephemeral=private)
    except discord.HTTPException as error:
        if error.code in LATE:
            raise
        log.warning("Discord didn't take a picture: %s", error)
        return False
    return True


def _embed(compared: Comparison, words: Words, note: str = "") -> discord.Embed:
    lines = comparison.lines(compared, words)
    text = "\n".join([*lines, note] if note else lines)
    return embeds.page(comparison.title(compared, words), text).set_footer(text=words("compare.footer"))
