"""The commands on one page, in the reader's language: `/help`."""

from collections.abc import Iterable, Mapping, Sequence

from bot.presentation.method import Section
from bot.presentation.translator import Words

SECTIONS = {
    "help.estimates": ("footprint", "compare", "training", "models", "about", "help"),
    "help.server": ("totals", "leaderboard", "politeness"),
    "help.yours": ("privacy",),
    "help.admins": ("annotate", "settings"),
}
"""Which commands stand under which heading; those with subcommands are listed one by one."""


def sections(commands: Mapping[str, Sequence[str]], words: Words) -> list[Section]:
    """Return the page. `commands` maps each command's base name to those of its subcommands (none for most)."""
    parts = [
        (words(heading), "\n".join(line for name in names for line in _lines(name, commands.get(name, ()), words)))
        for heading, names in SECTIONS.items()
    ]
    heading, body = parts[0]
    return [(heading, f"{body}\n{words('help.menu', name=words('command.empreinte.name'))}"), *parts[1:]]


def _lines(name: str, parts: Iterable[str], words: Words) -> list[str]:
    if not parts:
        return [_line(name, words(f"command.{name}.name"), words)]
    shown = words(f"command.{name}.name")
    return [_line(f"{name}.{part}", f"{shown} {words(f'command.{name}.{part}.name')}", words) for part in parts]


def _line(path: str, shown: str, words: Words) -> str:
    return words("help.line", name=shown, description=words(f"command.{path}.description"))
