"""`leaderboard`: a server's members or channels, ranked, for people or as JSON."""

import argparse

from bot.cli import output
from bot.cli.context import Context
from bot.cli.ledger_reading import read
from bot.presentation import leaderboard, reply
from bot.usecases.boards import BoardRequest, whole_board
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.records.boards import Page


def execute(options: argparse.Namespace, context: Context) -> int:
    """Print a server’s whole board; ids are text in JSON, as Discord’s own: many readers would round such numbers."""

    async def reading(reader: LedgerReader, asked: BoardRequest) -> Page:
        return await whole_board(reader, asked, options.by, options.metric)

    page = read(context, options.guild, options.period, reading)
    if options.json:
        rows = [
            {"rank": row.rank, "id": str(row.id), "value": row.value, "messages": row.messages} for row in page.rows
        ]
        output.say_json(rows)
        return 0
    lines = [leaderboard.title(page, context.t), *leaderboard.lines(page, str, context.t)]
    lines += ["", leaderboard.footer(page, context.t)] if page.rows else []
    output.say("\n".join(reply.plain(line).replace("`", "") for line in lines))
    return 0
