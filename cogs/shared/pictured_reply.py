"""Sends answers with a picture, in Discord's components V2; the text alone where there can't be one."""

import logging
from collections.abc import Iterable
from typing import Any

import discord

from bot.client.answers import ANSWERED
from bot.client.client import EmpreinteBot
from bot.client.error_handler import LATE
from bot.client.picture_card import Button, file, layout
from bot.presentation.pictured import Pictured

log = logging.getLogger(__name__)


async def show(interaction: discord.Interaction[EmpreinteBot], shown: Pictured, buttons: Iterable[Button] = ()) -> None:
    """Answer an interaction that was told that we think, or turn the message whose button was pressed.

    The message that Discord keeps for it is edited: it takes no components V2 in a first word after thinking. Its
    earlier picture goes with the edit.
    """
    buttons = list(buttons)
    picture = await _picture(interaction, shown)
    if picture is not None and await _sent(interaction, shown, buttons, picture):
        return
    await _edit(interaction, layout(shown, buttons), [])


async def _picture(interaction: discord.Interaction[EmpreinteBot], shown: Pictured) -> bytes | None:
    if shown.chart is None or not interaction.app_permissions.attach_files:
        return None
    return await interaction.client.charts.draw(shown.chart)


async def _sent(
    interaction: discord.Interaction[EmpreinteBot], shown: Pictured, buttons: Iterable[Button], picture: bytes
) -> bool:
    """Tell whether Discord took the picture."""
    try:
        await _edit(interaction, layout(shown, buttons, pictured=True), [file(shown, picture)])
    except discord.HTTPException as error:
        if error.code in LATE:
            raise
        log.warning("Discord didn't take a picture: %s", error)
        return False
    return True


async def _edit(
    interaction: discord.Interaction[EmpreinteBot], view: discord.ui.LayoutView, files: list[discord.File]
) -> None:
    given: dict[str, Any] = {"view": view, "attachments": files}
    pressed = interaction.message
    if pressed is not None and not pressed.flags.components_v2 and not _fresh(interaction):
        given |= {"embeds": [], "content": None}  # an answer of before there were cards
    await interaction.edit_original_response(**given)
    interaction.extras[ANSWERED] = True


def _fresh(interaction: discord.Interaction[EmpreinteBot]) -> bool:
    """Tell whether the answer is a message of its own, not the one whose button was pressed."""
    return interaction.response.type is discord.InteractionResponseType.deferred_channel_message
