"""Sends a footprint: the embed, its buttons, and the wait for a vocabulary that isn't loaded yet."""

import asyncio

import discord

from bot.client.answers import answer, think
from bot.client.button_state import ButtonState
from bot.client.client import EmpreinteBot
from bot.client.permissions import member_guild
from bot.presentation import embeds
from bot.presentation.translator import Translator
from cogs.buttons.compare_button import CompareButton
from cogs.buttons.method_button import MethodButton


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
    view = _buttons(ButtonState.of(reply.footprint, request.effort), t)
    await answer(interaction, private=private, embed=embeds.footprint(reply, t), view=view)
    if not private:
        bot.count_request(interaction, reply.footprint)


def _buttons(state: ButtonState, t: Translator) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(MethodButton(state, t("button.method")))
    return view.add_item(CompareButton(state, t("button.compare")))
