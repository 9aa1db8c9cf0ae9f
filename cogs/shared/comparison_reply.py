"""Sends a comparison with its picture, or without where there can't be one."""

import io
import logging

import discord

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.client.error_handler import LATE
from bot.estimation.comparison import Comparison
from bot.presentation import comparison, embeds
from bot.presentation.translator import Translator

log = logging.getLogger(__name__)


async def send_comparison(
    interaction: discord.Interaction[EmpreinteBot], compared: Comparison, *, private: bool
) -> None:
    """Answer the interaction; drawing takes longer than Discord waits, so it is told first that we think."""
    t = interaction.client.catalogues.translator(locales.answer_locale(interaction, private=private))
    await interaction.response.defer(ephemeral=private, thinking=True)
    if not interaction.app_permissions.attach_files:
        note = t("compare.no_permission")
    elif await _sent_with_picture(interaction, compared, t, private=private):
        return
    else:
        note = t("compare.no_picture")
    await interaction.followup.send(embed=_embed(compared, t, note), ephemeral=private)


async def _sent_with_picture(
    interaction: discord.Interaction[EmpreinteBot], compared: Comparison, t: Translator, *, private: bool
) -> bool:
    """Tell whether there was a picture, and Discord took it."""
    picture = await interaction.client.charts.draw(comparison.picture(compared, t))
    if picture is None:
        return False
    description = comparison.alt_text(compared, t)
    file = discord.File(io.BytesIO(picture), t("compare.file"), description=description)
    try:
        await interaction.followup.send(embed=_embed(compared, t), file=file, ephemeral=private)
    except discord.HTTPException as error:
        if error.code in LATE:
            raise
        log.warning("Discord didn't take a picture: %s", error)
        return False
    return True


def _embed(compared: Comparison, t: Translator, note: str = "") -> discord.Embed:
    lines = comparison.lines(compared, t)
    text = "\n".join([*lines, note] if note else lines)
    return embeds.page(comparison.title(compared, t), text).set_footer(text=t("compare.footer"))
