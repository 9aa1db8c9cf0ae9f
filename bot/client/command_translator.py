"""Names and descriptions of commands in French, for Discord's menus; English ones stand in the code."""

from typing import Any

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.presentation.translator import Translator

OF_COMMANDS = {
    Where.command_name: "name",
    Where.group_name: "name",
    Where.command_description: "description",
    Where.group_description: "description",
}
OF_PARAMETERS = {Where.parameter_name: "name", Where.parameter_description: "description"}


class CatalogueTranslator(app_commands.Translator):
    """Finds a command's French words in the catalogue: `command.<name>.<parameter>.<name or description>`.

    A text that brings its own key (`locale_str(…, key=…)`), as choices do, is found under that one.
    """

    def __init__(self, french: Translator) -> None:
        self._french = french

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the French words, None for other languages."""
        key = string.extras.get("key") or key_of(context)
        return self._french(key) if locale is Locale.french and key is not None else None


def key_of(context: app_commands.TranslationContextTypes) -> str | None:
    """Return the catalogue's key for a name or description, None for a place we have no words for."""
    data = context.data
    if isinstance(data, (app_commands.Command, app_commands.Group, app_commands.ContextMenu)):
        return f"command.{path(data)}.{OF_COMMANDS[context.location]}"
    if isinstance(data, app_commands.Parameter):
        return f"command.{path(data.command)}.{data.name}.{OF_PARAMETERS[context.location]}"
    return None


def path(command: app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu) -> str:
    """Return the command's base name as a part of a key: "settings model" is "settings.model"."""
    return command.qualified_name.lower().replace(" ", ".")
