"""`totals`: a server's footprint, for people or as JSON."""

import argparse
from dataclasses import asdict
from typing import Any

from bot.cli import output
from bot.cli.context import Context
from bot.cli.ledger_reading import Read, read
from bot.estimation.ranges import Range
from bot.ledger.queries.totals import totals
from bot.ledger.records import AiAnswers, Totals
from bot.presentation import reply
from bot.presentation import totals as worded
from bot.usecases.boards import BoardRequest, Boards
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.records.boards import Summary


def execute(options: argparse.Namespace, context: Context) -> int:
    """Print a server's totals over a period."""
    if options.json:
        found = read(context, options.guild, options.period, _sums)
        output.say_json(as_json(found))
        return 0
    summary = read(context, options.guild, options.period, _summary(context))
    lines = [worded.title(summary, context.t), *worded.lines(summary, context.t)]
    lines += ["", worded.footer(context.t)] if summary.totals.messages else []
    output.say("\n".join(reply.plain(line).removeprefix("-# ").replace("`", "") for line in lines))
    return 0


def as_json(found: Totals) -> dict[str, Any]:
    """Return the object; its keys are part of the outward interface.

    What no message had a figure for is null; where there are no messages at all, everything is 0.
    """
    courtesy, nothing = found.courtesy, None if found.messages else 0.0
    return {
        "messages": found.messages,
        "prompt_tokens": found.prompt_tokens,
        "answer_tokens": found.answer_tokens.as_dict(),
        "energy_wh": found.energy_wh.as_dict(),
        "gwp_g": found.gwp_g.as_dict(),
        "water_ml": _water(found),
        "courtesy": {
            "messages": courtesy.messages,
            "only": courtesy.only,
            "words": courtesy.words,
            "energy_wh": courtesy.energy_wh,
            "cost_usd": nothing if courtesy.cost_usd is None else courtesy.cost_usd,
        },
        "members": found.members,
        "channels": found.channels,
        "ai_answers": _ai_answers(found.ai_answers),
        "prediction": asdict(found.prediction),
    }


def _ai_answers(found: AiAnswers) -> dict[str, Any]:
    """Return what was measured, which all the sums above include."""
    water = found.water_ml or (None if found.messages else Range.exactly(0.0))
    return {
        "messages": found.messages,
        "answer_tokens": found.answer_tokens,
        "energy_wh": found.energy_wh.as_dict(),
        "gwp_g": found.gwp_g.as_dict(),
        "water_ml": water.as_dict() if water else None,
    }


def _water(found: Totals) -> dict[str, float] | None:
    if found.water_ml is None and not found.messages:
        return Range.exactly(0.0).as_dict()
    return found.water_ml.as_dict() if found.water_ml else None


async def _sums(reader: LedgerReader, asked: BoardRequest) -> Totals:
    return await reader.read(totals, asked.guild_id, asked.period)


def _summary(context: Context) -> Read[Summary]:
    estimator = context.estimates().estimator

    async def reading(reader: LedgerReader, asked: BoardRequest) -> Summary:
        return await Boards(reader, estimator).totals(asked)

    return reading
