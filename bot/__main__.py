"""The command line: `python -m bot run | sandbox | estimate | models | totals | leaderboard | vocab | doctor | db`."""

import sys

from bot.cli import signals


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 2, and one line on standard error, for bad input."""
    given = sys.argv[1:] if arguments is None else arguments
    signals.end_at_once(given)
    try:
        from bot.cli import command_line  # noqa: PLC0415 - it takes a second, in which we are to be stopped as well

        return command_line.execute(given)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
