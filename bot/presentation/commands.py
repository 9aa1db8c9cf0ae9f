"""The commands on one page, in the reader's language: `/help`."""

from collections.abc import Iterable, Mapping, Sequence

from bot.presentation.method import Section
from bot.presentation.translator import Translator

SECTIONS = {
    "help.estimates": ("footprint", "compare", "training", "models", "about", "help"),
    "help.server": ("totals", "leaderboard", "politeness", "quiz"),
    "help.yours": ("privacy",),
    "help.admins": ("setup", "annotate", "settings"),
}
"""Which commands stand under which heading; those with subcommands are listed one by one."""


def sections(commands: Mapping[str, Sequence[str]], t: Translator) -> list[Section]:
    """Return the page. `commands` maps each command's base name to those of its subcommands
    (none for most; "ai-bot add" in a group)."""
    parts = [
        (t(heading), "\n".join(line for name in names for line in _lines(name, commands.get(name, ()), t)))
        for heading, names in SECTIONS.items()
    ]
    heading, body = parts[0]
    return [(heading, f"{body}\n{t('help.menu', name=t('command.empreinte.name'))}"), *parts[1:]]


def _lines(name: str, parts: Iterable[str], t: Translator) -> list[str]:
    if not parts:
        return [_line(name, t(f"command.{name}.name"), t)]
    return [_line(f"{name}.{part.replace(' ', '.')}", _shown(name, part, t), t) for part in parts]


def _shown(name: str, part: str, t: Translator) -> str:
    """Return a subcommand as it is typed, the groups around it named too."""
    words = [name, *part.split(" ")]
    return " ".join(t(f"command.{'.'.join(words[: at + 1])}.name") for at in range(len(words)))


def _line(path: str, shown: str, t: Translator) -> str:
    return t("help.line", name=shown, description=t(f"command.{path}.description"))
