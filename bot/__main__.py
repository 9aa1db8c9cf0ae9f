"""The command line: `python -m bot run | sandbox | estimate | models | totals | leaderboard | vocab | doctor | db`."""

import argparse
import importlib
import sys

from bot.cli import language, parser
from bot.cli.context import Context
from bot.errors import UserError
from bot.estimation.facts.fact import CONFIG_DIR
from bot.presentation.translator import Catalogues, Translator
from bot.settings import load

BAD_INPUT = 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 2, and one line on standard error, for bad input."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        locale = language.asked_for(given)
        t = Catalogues.load(CONFIG_DIR).translator(locale)
    except UserError as error:  # without catalogues there are no words for it
        return _refuse(f"config: {error.values}")
    try:
        return _run(parser.build(t).parse_args(given), t, locale)
    except parser.WrongArguments as error:
        return _refuse(t("error.arguments", reason=error))
    except UserError as error:
        return _refuse(t.error(error))
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace, t: Translator, locale: str | None) -> int:
    settings = load()
    if settings.config_dir != CONFIG_DIR:
        t = Catalogues.load(settings.config_dir).translator(locale)
    command = importlib.import_module(f"bot.cli.{options.command}")
    return command.execute(options, Context(settings, t))


def _refuse(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
