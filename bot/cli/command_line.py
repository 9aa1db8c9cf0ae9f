"""One command, from its arguments to its exit status, with one sentence for whatever goes wrong."""

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence

from bot.cli import language, logs, output, parser
from bot.cli.context import Context
from bot.errors import UserError
from bot.estimation.facts.fact import CONFIG_DIR
from bot.presentation.translator import Catalogues, Translator
from bot.settings import load

log = logging.getLogger(__name__)

BAD_INPUT = 2


def execute(given: Sequence[str]) -> int:
    """Run the command that the arguments name; 2, and one line on standard error, for bad input and mishaps."""
    output.set_up()
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
    except Exception as error:
        log.debug("the command failed", exc_info=error)
        return _refuse(t("error.ended", kind=type(error).__name__))


def _run(options: argparse.Namespace, t: Translator, locale: str | None) -> int:
    settings = load()
    if settings.log == "debug":
        logs.set_up(settings.log)
    if settings.config_dir != CONFIG_DIR:
        t = Catalogues.load(settings.config_dir).translator(locale)
    command = importlib.import_module(f"bot.cli.{options.command}")
    return command.execute(options, Context(settings, t))


def _refuse(sentence: str) -> int:
    output.say(" ".join(sentence.split()), sys.stderr)
    return BAD_INPUT
