"""How an interaction is answered: at once, or after having said that we think."""

from typing import Any

import discord

THINKING, ANSWERED = "thinks in public", "answered"
"""What is noted of an interaction, in its `extras`."""


async def think(interaction: discord.Interaction[Any], *, private: bool) -> None:
    """Gain time, as before reading the database or drawing: Discord waits three seconds for a first word."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=private, thinking=True)
        interaction.extras[THINKING] = not private


async def answer(interaction: discord.Interaction[Any], *, private: bool, **content: Any) -> None:
    """Send an answer, as the first one or after having thought."""
    given = {name: value for name, value in content.items() if value is not None}
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=private, **given)
    else:
        await interaction.response.send_message(ephemeral=private, **given)
    interaction.extras[ANSWERED] = True


async def tell_privately(interaction: discord.Interaction[Any], sentence: str) -> None:
    """Send a sentence to the caller alone, also where the answer was to be a public one."""
    if not interaction.response.is_done():
        await interaction.response.send_message(sentence, ephemeral=True)
        return
    if interaction.extras.get(THINKING) and not interaction.extras.get(ANSWERED):
        await interaction.delete_original_response()  # else it would become the answer, for everybody
    await interaction.followup.send(sentence, ephemeral=True)
