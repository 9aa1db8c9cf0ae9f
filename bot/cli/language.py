"""Which language the command line speaks."""

import os
from collections.abc import Sequence

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def asked_for(arguments: Sequence[str]) -> str | None:
    """Return the locale of `--locale`, else that of the environment; None where neither says one."""
    for position, argument in enumerate(arguments):
        if argument == "--locale" and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith("--locale="):
            return argument.partition("=")[2]
    locale = next((os.environ[name] for name in VARIABLES if os.environ.get(name)), "")
    locale = locale.partition(".")[0].partition("@")[0]
    return None if locale in ("", "C", "POSIX") else locale
