"""The link by which an admin adds the bot to a server."""

from dataclasses import dataclass

import discord

WANTED = discord.Permissions(
    view_channel=True,
    read_message_history=True,
    send_messages=True,
    send_messages_in_threads=True,
    add_reactions=True,
    embed_links=True,
    attach_files=True,
)
"""What counting and the annotations take (`required_permissions`), and pictures in what it posts."""


@dataclass(frozen=True, slots=True)
class InviteLink:
    """An address; not a `str`, so that it isn't taken for something that a person typed."""

    application_id: int
    guild_id: int

    def __str__(self) -> str:
        return discord.utils.oauth_url(
            self.application_id,
            permissions=WANTED,
            guild=discord.Object(self.guild_id),
            scopes=("bot", "applications.commands"),
        )


def invite_link(application_id: int, guild_id: int) -> InviteLink:
    """Return the link for that server."""
    return InviteLink(application_id, guild_id)
