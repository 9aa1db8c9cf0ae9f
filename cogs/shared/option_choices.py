"""Choices of an option, named in the reader's language: English here, French under `choice.<option>.<value>`."""

from discord import app_commands


def offered(option: str, **names: str) -> list[app_commands.Choice[str]]:
    """Return the choices of an option: English names by value."""
    return [
        app_commands.Choice(name=app_commands.locale_str(name, key=f"choice.{option}.{value}"), value=value)
        for value, name in names.items()
    ]


PERIODS = offered("period", week="This week", month="This month", all="Since the beginning")
