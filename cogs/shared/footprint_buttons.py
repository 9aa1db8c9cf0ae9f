"""The buttons under a footprint that everybody may press."""

import discord

from bot.client.button_state import ButtonState
from bot.presentation.translator import Translator
from bot.usecases.records.estimates import Reply
from cogs.buttons.compare_button import CompareButton
from cogs.buttons.method_button import MethodButton
from cogs.buttons.size_button import SizeButton


def view(key: ButtonState, reply: Reply, t: Translator) -> discord.ui.View:
    """Return how it was made, other models beside it, and what its animal stands for."""
    shown = discord.ui.View(timeout=None).add_item(MethodButton(key, t("button.method")))
    shown.add_item(CompareButton(key, t("button.compare")))
    return shown.add_item(SizeButton(key, t("button.size"), reply.size.emoji))
