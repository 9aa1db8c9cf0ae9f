"""Names and descriptions of commands, options and choices: all from the catalogues, by key.

`command.<name>.name`, `command.<name>.description`, `command.<name>.<option>.name` and `.description`,
`choice.<option>.<value>`. discord.py's default text is the fallback language's.
"""

from typing import Any

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.presentation import recap
from bot.presentation.translator import Catalogues, Translator

OF_COMMANDS = {
    Where.command_name: "name",
    Where.group_name: "name",
    Where.command_description: "description",
    Where.group_description: "description",
}
OF_PARAMETERS = {Where.parameter_name: "name", Where.parameter_description: "description"}

Command = app_commands.Command[Any, ..., Any]


class CatalogueTranslator(app_commands.Translator):
    """Gives Discord the texts in every other language that it knows and we speak."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the text in that language, None where we don't speak it or it is the default text."""
        t = self._catalogues.spoken(locale.value)
        if t is None or t is self._catalogues.fallback:
            return None
        if context.location is Where.choice_name:
            return choice_name(string.extras["option"], str(context.data.value), t)
        key = key_of(context)
        return t(key) if key is not None else None


def describe_commands(commands: app_commands.CommandTree[Any], catalogues: Catalogues) -> None:
    """Give all commands, options and choices their default texts; `KeyError` for one without."""
    t = catalogues.fallback
    for command in commands.walk_commands():
        command.description = t(f"command.{path(command)}.description")
        if isinstance(command, app_commands.Command):
            _describe_options(command, t)


def choice_name(option: str, value: str, t: Translator) -> str:
    """Return what a choice is called; languages by their own names, weekdays as the language has them."""
    if option == "weekday":
        return recap.weekday(int(value), t)
    key = f"choice.{option}.{value}"
    return t.language_name(value) if option == "language" and key not in t.keys else t(key)


def key_of(context: app_commands.TranslationContextTypes) -> str | None:
    """Return the catalogue's key for a name or description, None for a place we have no words for."""
    data = context.data
    if isinstance(data, (app_commands.Command, app_commands.Group, app_commands.ContextMenu)):
        return f"command.{path(data)}.{OF_COMMANDS[context.location]}"
    if isinstance(data, app_commands.Parameter):
        return f"command.{path(data.command)}.{data.name}.{OF_PARAMETERS[context.location]}"
    return None


def path(command: Command | app_commands.Group | app_commands.ContextMenu) -> str:
    """Return the command's base name as a part of a key: "settings model" is "settings.model"."""
    return command.qualified_name.lower().replace(" ", ".")


def _describe_options(command: Command, t: Translator) -> None:
    keys = {one.name: f"command.{path(command)}.{one.name}.description" for one in command.parameters}
    app_commands.describe(**{name: app_commands.locale_str(t(key)) for name, key in keys.items()})(command)
    for option in command.parameters:
        if option.choices:
            app_commands.choices(**{option.name: [_choice(option.name, one.value, t) for one in option.choices]})(
                command
            )


def _choice(option: str, value: str | float, t: Translator) -> app_commands.Choice[str | float]:
    name = app_commands.locale_str(choice_name(option, str(value), t), option=option)
    return app_commands.Choice(name=name, value=value)
