"""Tells a channel that its messages are counted."""

from bot.client.client import EmpreinteBot
from bot.client.notices import post_notice
from bot.presentation import annotate
from bot.presentation.translator import Translator
from bot.usecases.annotate import ChannelMode, Notice, shows
from cogs.buttons import quiet_button


async def tell_channel(bot: EmpreinteBot, row: ChannelMode, channel_id: int, t: Translator) -> Notice:
    """Post the notice there, and keep which message it is; tell whether Discord took it."""
    shown = shows(row)
    text = annotate.notice(row.channel_id, channel_id, t, shows=shown)
    view = quiet_button.view(t) if shown else None
    notice, message_id = await post_notice(bot, row.guild_id, channel_id, content=text, view=view)
    if message_id is not None:
        await bot.usecases.annotate.keep_notice(row, channel_id, message_id)
    return notice
