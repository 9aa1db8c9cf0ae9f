"""What stands under the answer to `/annotate`: the whole server as a second step, and *Undo*."""

import re
from typing import Self

import discord

from bot.client import permissions
from bot.client.answers import think
from bot.client.button_state import SNOWFLAKE
from bot.client.client import EmpreinteBot
from bot.presentation import annotate, given_names
from bot.usecases.annotate import MODES, OFF, WHOLE_SERVER, AnnotateResult
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared import annotate_reply


class PlaceButton(
    PersistentButton,
    template=rf"annotate:(?P<place>0|{SNOWFLAKE}):(?P<mode>{'|'.join(MODES)}):(?P<tokens>[0-9]{{0,4}})",
):
    """Does what was asked for somewhere else: in the whole server (place 0), or in a thread's channel."""

    def __init__(self, place: int, mode: str, min_tokens: int | None, label: str = "…") -> None:
        tokens = "" if min_tokens is None else str(min_tokens)
        super().__init__(f"annotate:{place}:{mode}:{tokens}", label)
        self.place, self.mode, self.min_tokens = place, mode, min_tokens

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says."""
        return cls(int(match["place"]), match["mode"], int(match["tokens"]) if match["tokens"] else None)

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Do it, for those who manage the server."""
        permissions.require_admin(interaction)
        done, notice = await annotate_reply.annotate(interaction, self.place, self.mode, self.min_tokens)
        await annotate_reply.send(interaction, done, notice, view_of(interaction, done, self.min_tokens))


class UndoButton(PersistentButton, template=rf"undo:(?P<place>0|{SNOWFLAKE}):(?P<since>{SNOWFLAKE})"):
    """Stops what has just begun, and takes back what it counted."""

    def __init__(self, place: int, since_id: int, label: str = "…") -> None:
        super().__init__(f"undo:{place}:{since_id}", label, discord.ButtonStyle.danger)
        self.place, self.since_id = place, since_id

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says."""
        return cls(int(match["place"]), int(match["since"]))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Undo, and say how many messages that were."""
        permissions.require_admin(interaction)
        guild, bot = interaction.guild, interaction.client
        assert guild is not None, "checked before"
        apart = bot.usecases.annotate.counted_apart(guild.id)
        threads = {one.id for one in guild.threads if one.parent_id == self.place}
        others = {one.id for one in guild.threads if one.parent_id in apart}
        await think(interaction, private=True)
        undone = await bot.usecases.annotate.undo(
            guild.id, self.place, self.since_id, interaction.created_at, threads, others
        )
        annotate_reply.end_notices(interaction, undone.ended)
        t = bot.locales.user(interaction)
        await interaction.followup.send(annotate.undone(undone.messages, t), ephemeral=True)


def view_of(
    interaction: discord.Interaction[EmpreinteBot], done: AnnotateResult, min_tokens: int | None
) -> discord.ui.View | None:
    """Return the buttons that make sense after what was done; None for none."""
    t, row, view = interaction.client.locales.user(interaction), done.row, discord.ui.View(timeout=None)
    if done.starts:
        view.add_item(UndoButton(row.channel_id, row.since_id, t("button.undo")))
    if row.channel_id != WHOLE_SERVER and done.elsewhere:
        label = t("button.annotate.stop_server" if row.mode == OFF else "button.annotate.server")
        view.add_item(PlaceButton(WHOLE_SERVER, row.mode, min_tokens, label))
    return view if view.children else None


async def offer_channel(
    interaction: discord.Interaction[EmpreinteBot], parent_id: int, mode: str, min_tokens: int | None
) -> None:
    """Answer who chose a thread: it follows its channel, which a button takes instead."""
    t = interaction.client.locales.user(interaction)
    channel = permissions.countable(interaction, parent_id)
    label = t("button.annotate.channel", channel=given_names.plain(channel.name))
    view = discord.ui.View(timeout=None).add_item(PlaceButton(parent_id, mode, min_tokens, label))
    await interaction.response.send_message(annotate.thread(parent_id, t), view=view, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to the buttons, also under answers sent before this start."""
    bot.add_dynamic_items(PlaceButton, UndoButton)
