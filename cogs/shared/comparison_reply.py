"""Sends a comparison with its picture, or without where there can't be one."""

import io
import logging

import discord

from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.client.error_handler import LATE
from bot.presentation import comparison, embeds
from bot.presentation.translator import Translator
from bot.usecases.comparisons import Comparison

log = logging.getLogger(__name__)


async def send_comparison(
    interaction: discord.Interaction[EmpreinteBot], compared: Comparison, *, private: bool
) -> None:
    """Answer the interaction; drawing takes longer than Discord waits, so it is told first that we think."""
    t = interaction.client.locales.answer(interaction, private=private)
    await think(interaction, private=private)
    if not interaction.app_permissions.attach_files:
        note = t("compare.no_permission")
    elif await _sent_with_picture(interaction, compared, t, private=private):
        return
    else:
        note = t("compare.no_picture")
    await answer(interaction, private=private, embed=embeds.comparison(compared, t, note))


async def _sent_with_picture(
    interaction: discord.Interaction[EmpreinteBot], compared: Comparison, t: Translator, *, private: bool
) -> bool:
    """Tell whether there was a picture, and Discord took it."""
    chart = comparison.picture(compared, t)
    picture = await interaction.client.charts.draw(chart)
    if picture is None:
        return False
    file = discord.File(io.BytesIO(picture), t("compare.file"), description=chart.alt)
    try:
        await answer(interaction, private=private, embed=embeds.comparison(compared, t), file=file)
    except discord.HTTPException as error:
        if error.code in LATE:
            raise
        log.warning("Discord didn't take a picture: %s", error)
        return False
    return True
