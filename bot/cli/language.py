"""Which language the command line speaks."""

import os
from collections.abc import Sequence

from bot.presentation.translator import speaks

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def asked_for(arguments: Sequence[str]) -> str:
    """Return the language of `--locale`, else of the environment's locale, else French."""
    for position, argument in enumerate(arguments):
        if argument == "--locale" and position + 1 < len(arguments):
            return speaks(arguments[position + 1])
        if argument.startswith("--locale="):
            return speaks(argument.partition("=")[2])
    locale = next((os.environ[name] for name in VARIABLES if os.environ.get(name)), "")
    return speaks(None if locale.partition(".")[0] in ("", "C", "POSIX") else locale)
