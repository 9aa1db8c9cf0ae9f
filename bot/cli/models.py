"""`models`: the models that EcoLogits knows, with the energy of an ordinary answer."""

import argparse

from bot.cli import output
from bot.cli.context import Context
from bot.presentation import model_list, reply


def execute(options: argparse.Namespace, context: Context) -> int:
    """Print the models whose name holds the query's words, all of them without a query."""
    answers, query = context.estimates(), " ".join(options.query)
    rows, left = answers.models(query, limit=len(answers.estimator.models))
    if options.json:
        listed = [{"model": model.key, "title": model.title, "answer_energy_wh": energy} for model, energy in rows]
        output.say_json(listed)
    else:
        lines = model_list.lines(rows, left, context.t, query)
        output.say("\n".join(reply.plain(line).replace("`", "") for line in lines))
    return 0 if rows else 1
