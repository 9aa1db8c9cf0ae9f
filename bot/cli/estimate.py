"""`estimate`: a text's footprint, for people or as JSON; many texts from JSON lines."""

import argparse
import codecs
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.cli import output
from bot.cli.context import Context
from bot.errors import UserError
from bot.estimation.footprint import Request
from bot.presentation import as_json, equivalences, reply, sources
from bot.presentation.reply import Reply
from bot.presentation.translator import Translator
from bot.usecases.estimates import Estimates


def execute(options: argparse.Namespace, context: Context) -> int:
    """Print one estimate, or one JSON object for each line of `--batch`."""
    if (options.text is None) == (options.batch is None):
        raise UserError("error.arguments", reason="TEXT | --batch FILE")
    estimates, request = context.estimates(), _request(options)
    if options.batch is not None:
        return _batch(_open(options.batch), estimates, request, context.t)
    text = "".join(_open("-")) if options.text == "-" else options.text
    shown = estimates.reply(estimates.estimator.estimate(text, request))
    if options.json:
        output.say_json(as_json.footprint(shown, context.t))
    else:
        output.say(_for_people(shown, context.t))
    return 0


def _request(options: argparse.Namespace) -> Request:
    return Request(options.model, options.zone, options.method, options.answer_tokens, options.effort)


def _for_people(shown: Reply, t: Translator) -> str:
    lines = [reply.title(shown, t), *reply.lines(shown, t)]
    if shown.footprint.warnings:
        lines += ["", t("cli.warnings")]
        lines += [f"  · {t(f'warning.{code}')}" for code in shown.footprint.warnings]
    lines += ["", t("cli.sources")]
    for one in shown.equivalences:
        source = sources.plain(one.equivalent.fact, t)
        lines.append(f"  · {t('cli.source', what=equivalences.in_words(one, t), source=source)}")
    lines += ["", reply.footer(shown.footprint, t)]
    return "\n".join(reply.plain(line) for line in lines)


def _open(name: str) -> Iterator[str]:
    """Yield the lines of a file or of standard input, without a byte order mark; what isn't UTF-8 becomes U+FFFD."""
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as file:
            decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
            yield from map(decoder.decode, file)
            yield decoder.decode(b"", final=True)
    except OSError as error:
        raise UserError("error.input", file=name, reason=error.strerror or type(error).__name__) from error


def _batch(lines: Iterable[str], estimates: Estimates, request: Request, t: Translator) -> int:
    """Print one object per line, in order; 1 when a line couldn't be estimated."""
    failed = False
    for line in lines:
        if not line.strip():
            continue
        result = _one_of_batch(line, estimates, request, t)
        failed = failed or "error" in result
        output.say_json(result, indent=None)
    return 1 if failed else 0


def _one_of_batch(line: str, estimates: Estimates, defaults: Request, t: Translator) -> dict[str, Any]:
    given: Any = None
    try:
        given = json.loads(line)
        json.dumps(given, allow_nan=False)  # NaN, Infinity and 1e999 are no JSON that could be given back
        text, request = _asked(given, defaults)
        shown = estimates.reply(estimates.estimator.estimate(text, request))
        return {**_id(given), **as_json.footprint(shown, t)}
    except UserError as error:
        return {"id": None, **_id(given), "error": t.error(error)}
    except (ValueError, RecursionError):  # not JSON
        return {"id": None, **_id(given), "error": t("error.batch_line")}


def _asked(given: Any, defaults: Request) -> tuple[str, Request]:
    """Return text and request of one line; `UserError` where its fields aren't what they should be."""
    kinds = {"text": str, "model": str, "zone": str, "answer_tokens": int}
    if not isinstance(given, dict) or "text" not in given:
        raise UserError("error.batch_line")
    asked = {name: given[name] for name in kinds if given.get(name) is not None}
    if any(not isinstance(value, kinds[name]) or isinstance(value, bool) for name, value in asked.items()):
        raise UserError("error.batch_line")
    return asked.pop("text", ""), Request(
        model=asked.get("model", defaults.model),
        zone=asked.get("zone", defaults.zone),
        method=defaults.method,
        answer_tokens=asked.get("answer_tokens", defaults.answer_tokens),
        effort=defaults.effort,
    )


def _id(given: Any) -> dict[str, Any]:
    """The line's id, where it has one that JSON can hold."""
    if not isinstance(given, dict) or "id" not in given:
        return {}
    named = {"id": given["id"]}
    try:
        json.dumps(named, allow_nan=False)
    except (ValueError, RecursionError):
        return {}
    return named
