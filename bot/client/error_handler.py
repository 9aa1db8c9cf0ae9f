"""What a person is told when something goes wrong: one clear sentence, in their language, to them alone."""

import logging
import secrets

import aiohttp
import discord
from discord import app_commands

from bot.client.answers import tell_privately
from bot.client.locales import Locales
from bot.errors import UserError, reason
from bot.presentation import permissions
from bot.presentation.translator import Translator, escape_markdown

log = logging.getLogger(__name__)

LATE = frozenset({10062, 40060, 10015, 50027})
"""Discord's codes for an interaction that came too late or was answered already: expected under load."""

TROUBLE = (discord.DiscordServerError, discord.RateLimited, aiohttp.ClientError, TimeoutError, ConnectionError)
"""What Discord and the network do: nothing that a traceback would help with."""


class ErrorHandler:
    """The one place where errors of commands, menus and buttons end."""

    def __init__(self, locales: Locales) -> None:
        self._locales = locales

    async def handle(self, interaction: discord.Interaction, error: Exception) -> None:
        """Tell the person, and the host's log when it isn't the person's doing."""
        cause = _cause(error)
        if _is_late(cause):
            log.info("interaction too late: %s", cause)
            return
        await self._tell(interaction, self._sentence(cause, interaction, self._locales.user(interaction)))

    def _sentence(self, error: BaseException, interaction: discord.Interaction, t: Translator) -> str:
        if isinstance(error, UserError):
            return t(
                error.key,
                **{
                    name: escape_markdown(value) if isinstance(value, str) else value
                    for name, value in error.values.items()
                },
            )
        if isinstance(error, app_commands.MissingPermissions):
            return t("error.missing_permission", permission=permissions.names(error.missing_permissions, t))
        if isinstance(error, app_commands.NoPrivateMessage):
            return t("error.server_only")
        if isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
            return t("error.outdated_command")
        if isinstance(error, TROUBLE):
            log.warning("%s failed: %s", _name(interaction), reason(error))
            return t("error.discord_trouble")
        reference = secrets.token_hex(4)
        # the traceback names lines of code, never the text of a message
        log.error("%s failed (%s)", _name(interaction), reference, exc_info=error)
        return t("error.unexpected", reference=reference)

    async def _tell(self, interaction: discord.Interaction, sentence: str) -> None:
        try:
            await tell_privately(interaction, sentence)
        except (discord.HTTPException, *TROUBLE) as error:
            level = logging.INFO if _is_late(error) else logging.WARNING
            log.log(level, "couldn't tell what went wrong: %s", reason(error))


def _cause(error: Exception) -> BaseException:
    while isinstance(error, (app_commands.CommandInvokeError, app_commands.TransformerError)):
        if not isinstance(error.__cause__, Exception):
            break
        error = error.__cause__
    return error


def _is_late(error: BaseException) -> bool:
    return isinstance(error, discord.HTTPException) and error.code in LATE


def _name(interaction: discord.Interaction) -> str:
    command = interaction.command
    return command.qualified_name if command else interaction.type.name
