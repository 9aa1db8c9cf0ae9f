"""The arguments of each subcommand."""

import argparse
from typing import NoReturn

from bot import __version__
from bot.ledger.periods import PERIODS, WEEK
from bot.ledger.records import CHANNELS, MEMBERS, METRICS
from bot.presentation.translator import Translator

SANDBOX_PORT = 8765
MAX_SNOWFLAKE = 2**63 - 1


class WrongArguments(Exception):  # noqa: N818
    """The arguments don't fit; the message says why."""


class Parser(argparse.ArgumentParser):
    """Raises instead of printing usage and leaving: one line is enough, and it has a language."""

    def error(self, message: str) -> NoReturn:
        """Raise `WrongArguments`."""
        raise WrongArguments(message)


def build(t: Translator) -> Parser:
    """Return the parser of all subcommands."""
    parser = Parser(prog="empreinte", description=t("cli.description"))
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for name, add in (
        ("run", _port),
        ("sandbox", _port),
        ("estimate", _estimate),
        ("models", _models),
        ("totals", _totals),
        ("leaderboard", _leaderboard),
        ("vocab", _nothing),
        ("doctor", _nothing),
        ("db", _database),
    ):
        command = commands.add_parser(name, help=t(f"cli.{name}"), description=t(f"cli.{name}"))
        command.add_argument("--locale", metavar="|".join(one.id for one in t.known))
        add(command)
    return parser


def _nothing(_: argparse.ArgumentParser) -> None:
    """Take no more arguments."""


def _port(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=SANDBOX_PORT)


def _estimate(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", nargs="?", metavar="TEXT|-")
    command.add_argument("--batch", metavar="FILE|-")
    command.add_argument("--json", action="store_true")
    command.add_argument("--model", metavar="PROVIDER/NAME")
    command.add_argument("--zone", metavar="FRA")
    command.add_argument("--method", metavar="ecologits|ecologits-2024")
    command.add_argument("--answer-tokens", type=int, metavar="N")
    command.add_argument("--effort", metavar="low|medium|high")


def _models(command: argparse.ArgumentParser) -> None:
    command.add_argument("query", nargs="*", metavar="QUERY")
    command.add_argument("--json", action="store_true")


def _totals(command: argparse.ArgumentParser) -> None:
    command.add_argument("--guild", type=_snowflake, required=True, metavar="ID")
    command.add_argument("--period", choices=PERIODS, default=WEEK)
    command.add_argument("--json", action="store_true")


def _leaderboard(command: argparse.ArgumentParser) -> None:
    _totals(command)
    command.add_argument("--by", choices=(MEMBERS, CHANNELS), default=MEMBERS)
    command.add_argument("--metric", choices=tuple(METRICS), default="energy")


def _snowflake(text: str) -> int:
    """Return an id of Discord's."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MAX_SNOWFLAKE:
        raise argparse.ArgumentTypeError(text[:40])
    return int(text)


def _database(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=Parser)
    upgrade, check, copy = (actions.add_parser(name) for name in ("upgrade", "check", "copy"))
    for action in (upgrade, check, copy):
        action.add_argument("--locale", default=argparse.SUPPRESS)  # before the action or after it
    copy.add_argument("--from", dest="source", required=True, metavar="URL")
    copy.add_argument("--to", dest="target", required=True, metavar="URL")
