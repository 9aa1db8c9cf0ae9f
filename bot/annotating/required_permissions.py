"""Which permissions each mode takes in a channel, and which of them the bot lacks there."""

from collections.abc import Sequence

import discord

from bot.ledger.records import DIGEST, REACTION, REPLY

TO_COUNT = ("view_channel", "read_message_history")
"""What counting takes in a channel: to get its messages, and to catch up on them."""

TO_SHOW = {REACTION: ("add_reactions",), REPLY: ("send_messages",), DIGEST: ("send_messages",)}
"""What each mode takes besides."""


def missing(channel: discord.abc.GuildChannel | discord.Thread, mode: str) -> Sequence[str]:
    """Return the permissions that the bot lacks there for that mode, the most fundamental first."""
    try:
        granted = channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose channel isn't known: Discord will say
        return ()
    if not granted.view_channel:
        return ("view_channel",)  # without it nothing else is granted either
    in_thread = isinstance(channel, (discord.Thread, discord.ForumChannel))
    return [name for name in needed(mode, in_thread=in_thread) if not getattr(granted, name)]


def needed(mode: str, *, in_thread: bool) -> list[str]:
    """Return all that a mode takes."""
    names = [*TO_COUNT, *TO_SHOW.get(mode, ())]
    return ["send_messages_in_threads" if in_thread and name == "send_messages" else name for name in names]
