"""Sends a footprint: the embed, its buttons, and the wait for a vocabulary that isn't loaded yet."""

import asyncio
from dataclasses import replace

import discord

from bot.client.answers import answer, think
from bot.client.button_state import ButtonState, ShareState
from bot.client.client import EmpreinteBot
from bot.client.permissions import member_guild
from bot.presentation import embeds
from cogs.buttons import share_button
from cogs.shared import footprint_buttons


async def send_footprint(
    interaction: discord.Interaction[EmpreinteBot],
    text: str,
    *,
    private: bool,
    model: str | None = None,
    zone: str | None = None,
    effort: str | None = None,
    attachments: int = 0,
) -> None:
    """Answer the interaction with the text's footprint; `UserError` when it can't be estimated.

    What was not asked for is the server's choice, where it made one.
    """
    bot, estimates = interaction.client, interaction.client.usecases.estimates
    request, notice = bot.usecases.request(member_guild(interaction), model, zone, effort)
    if not estimates.is_ready(request):
        await think(interaction, private=private)
        await asyncio.to_thread(estimates.prepare, request)
    reply = bot.usecases.footprint(text, request, attachments, notice)
    t = bot.locales.answer(interaction, private=private)
    state = ShareState.from_reply(reply, ButtonState.from_footprint(reply.footprint, request.effort))
    # what the buttons carry is rounded: all answers say the same to the last digit
    shown = replace(estimates.again(state.key, state.files, state.courtesy), notice=notice)
    view = footprint_buttons.view(state.key, shown, t)
    if private and member_guild(interaction) is not None:
        view.add_item(share_button.offer(state, t))
    await answer(interaction, private=private, embed=embeds.footprint(shown, t), view=view)
    if not private:
        bot.counting.count_request(interaction, reply.footprint)
