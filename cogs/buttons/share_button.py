"""The *Partager* button under a private footprint: posts it in the channel, once. It carries what it needs."""

import logging
import re
from typing import Any, Self

import discord

from bot.client.button_state import SHARE_TEMPLATE, ShareState
from bot.client.client import EmpreinteBot
from bot.client.error_handler import TROUBLE
from bot.client.permissions import require_sharing
from bot.errors import UserError, reason
from bot.presentation import embeds
from bot.presentation.translator import Translator
from bot.usecases.records.estimates import Reply
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared import footprint_buttons

log = logging.getLogger(__name__)

CLOSED = 50083
"""Discord's code for a thread that is archived."""


class ShareButton(PersistentButton, template=f"share:{SHARE_TEMPLATE}"):
    """Shares on behalf of whoever presses; afterwards it can't be pressed any more, whatever restarts."""

    def __init__(self, state: ShareState, label: str = "…", *, pressed: bool = False) -> None:
        super().__init__(state.to_custom_id(), label, disabled=pressed)
        self.state = state

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        return cls(ShareState.from_custom_id_match(match), pressed=getattr(item, "disabled", False))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Post it, unless it was posted or can't be: then its reader is told, and may try again."""
        channel_id, message = require_sharing(interaction), interaction.message
        assert message is not None, "a button is pressed under a message"
        bot, state = interaction.client, self.state
        reply = bot.usecases.estimates.again(state.key, state.files, state.courtesy)
        if self.item.disabled or not bot.shares.claim(message.id):
            raise UserError("error.share_once")
        try:
            await self._turn(interaction, reply, pressed=True)
            await self._post(interaction, reply, channel_id)
        except Exception:
            bot.shares.release(message.id)
            await self._offer_again(interaction, reply)
            raise

    async def _turn(self, interaction: discord.Interaction[EmpreinteBot], reply: Reply, *, pressed: bool) -> None:
        """Show the button as pressed before anything is posted: so it is never posted twice."""
        t = interaction.client.locales.user(interaction)
        view = footprint_buttons.view(self.state.key, reply, t).add_item(offer(self.state, t, pressed=pressed))
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view)
        else:
            await interaction.response.edit_message(view=view)

    async def _offer_again(self, interaction: discord.Interaction[EmpreinteBot], reply: Reply) -> None:
        if interaction.response.is_done():
            try:
                await self._turn(interaction, reply, pressed=False)
            except (discord.HTTPException, *TROUBLE) as error:
                log.info("a button that shares stays pressed: %s", reason(error))

    async def _post(self, interaction: discord.Interaction[EmpreinteBot], reply: Reply, channel_id: int) -> None:
        bot, t = interaction.client, interaction.client.locales.guild(interaction)
        assert interaction.message is not None, "checked before"
        try:
            await bot.get_partial_messageable(channel_id, guild_id=interaction.guild_id).send(
                t("share.by", user=interaction.user.mention),
                embed=embeds.footprint(reply, t),
                view=footprint_buttons.view(self.state.key, reply, t),
                nonce=f"s{interaction.message.id}",
            )
        except discord.NotFound as error:
            raise UserError("error.share_gone") from error
        except discord.HTTPException as error:
            if isinstance(error, discord.Forbidden) or error.code == CLOSED:
                raise UserError("error.share_cannot_post") from error
            raise


def offer(state: ShareState, t: Translator, *, pressed: bool = False) -> ShareButton:
    """Return the button, to be pressed or as it is afterwards."""
    return ShareButton(state, t("button.shared" if pressed else "button.share"), pressed=pressed)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(ShareButton)
