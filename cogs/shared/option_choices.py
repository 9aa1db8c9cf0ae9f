"""Choices of an option; the catalogues name them, under `choice.<option>.<value>`."""

from collections.abc import Iterable

from discord import app_commands


def offered(values: Iterable[str]) -> list[app_commands.Choice[str]]:
    """Return the choices of an option, by value; they get their names when all commands are loaded."""
    return [app_commands.Choice(name=value, value=value) for value in values]


def weekdays() -> list[app_commands.Choice[int]]:
    """Return the days of the week, 0 for Monday; the language names them."""
    return [app_commands.Choice(name=str(number), value=number) for number in range(7)]
