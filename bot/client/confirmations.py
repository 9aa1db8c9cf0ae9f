"""Buttons that do what can't be undone: only for who asked, and only for a while."""

from datetime import timedelta
from typing import Any

import discord

from bot.errors import UserError

CONFIRMATION_TIMEOUT = timedelta(minutes=10)


def check(interaction: discord.Interaction[Any], user_id: int) -> None:
    """Raise `UserError` when somebody else presses the button, or too late."""
    if interaction.user.id != user_id:
        raise UserError("error.confirm_not_yours")
    asked = interaction.message.created_at if interaction.message else interaction.created_at
    if interaction.created_at - asked > CONFIRMATION_TIMEOUT:
        raise UserError("error.confirm_late")


def alone(item: discord.ui.Item[Any]) -> discord.ui.View:
    """Return a view with that button, which outlives a restart."""
    return discord.ui.View(timeout=None).add_item(item)
