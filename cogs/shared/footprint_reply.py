"""Sends a footprint: the embed, its buttons, and the wait for a vocabulary that isn't loaded yet."""

import asyncio

import discord

from bot.client import locales
from bot.client.button_state import ButtonState
from bot.client.client import EmpreinteBot
from bot.counting.visible_text import visible_text
from bot.estimation.footprint import Request
from bot.presentation import embeds
from bot.usecases.server_settings import request_for
from cogs.buttons.compare_button import CompareButton
from cogs.buttons.method_button import MethodButton


async def send_footprint(
    interaction: discord.Interaction[EmpreinteBot],
    text: str,
    board_request: Request,
    *,
    private: bool,
    attachments: int = 0,
) -> None:
    """Answer the interaction with the text's footprint; `UserError` when it can't be estimated.

    What was not asked for is the server's choice, where it made one.
    """
    bot = interaction.client
    chosen = bot.ledger.preferences.settings(interaction.guild_id or 0)
    request, notice = request_for(bot.estimates, chosen, board_request.model, board_request.zone, board_request.effort)
    await make_ready(interaction, request, private=private)
    reply = bot.estimates.footprint(visible_text(text), request, attachments, notice)
    t = bot.catalogues.translator(locales.answer_locale(interaction, private=private))
    view = discord.ui.View(timeout=None)
    carried = ButtonState.of(reply.footprint, request.effort)
    view.add_item(MethodButton(carried, t("button.method")))
    view.add_item(CompareButton(carried, t("button.compare")))
    embed = embeds.footprint(reply, t)
    if interaction.response.is_done():
        await interaction.followup.send(embed=embed, view=view, ephemeral=private)
    else:
        await interaction.response.send_message(embed=embed, view=view, ephemeral=private)
    if not private:
        bot.count_request(interaction, reply.footprint)


async def make_ready(interaction: discord.Interaction[EmpreinteBot], request: Request, *, private: bool) -> None:
    """Load the model's vocabulary off the event loop when it isn't in memory, after saying that we think."""
    estimator = interaction.client.estimates.estimator
    model = estimator.model(request.model)
    if not estimator.is_ready(model):
        await interaction.response.defer(ephemeral=private, thinking=True)
        await asyncio.to_thread(estimator.prepare, model)
