"""Who and where: a server's boards, ten rows a page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.estimation.ranges import Range
from bot.ledger.queries.range_of_days import within
from bot.ledger.records import MEMBERS, NAMELESS, Board, Standing
from bot.ledger.schema import daily, people

METRIC_COLUMNS = {
    "energy": daily.c.energy_expected,
    "co2": daily.c.gwp_expected,
    "water": daily.c.water_expected,
    "messages": daily.c.messages,
    "courtesy": daily.c.courtesy_words,
}
"""What a board goes by: Wh, g CO2e, mL, messages, courtesy expressions."""

PART = 500
"""Rows of a long board that are read and numbered at once; others have their turn in between."""

ESTIMATES = {"energy": "energy", "co2": "gwp", "water": "water"}
"""Those of them that have a range."""


async def leaderboard(engine: AsyncEngine, board: Board, limit: int = 10, offset: int = 0) -> list[Standing]:
    """Return a page of a board, highest first. Nobody who opted out or was erased is on it.

    Only the page's rows leave the database, whichever page it is, and only its first rank is counted there.
    """
    scores = _scores(board).cte("scores")
    page = select(scores).order_by(scores.c.value.desc(), scores.c.id).limit(limit).offset(offset).cte("page")
    highest = select(func.max(page.c.value)).scalar_subquery()
    above = select(func.count()).select_from(scores).where(scores.c.value > highest).scalar_subquery()
    query = select(page, above.label("above")).order_by(page.c.value.desc(), page.c.id)
    found: list[Standing] = []
    async with engine.connect() as connection:
        rows = await connection.stream(query)
        async for part in rows.partitions(PART):
            _rank(found, part, offset)
    return found


async def standing_of(engine: AsyncEngine, board: Board, member_or_channel: int) -> Standing | None:
    """Return one's own row, None for somebody who isn't on the board."""
    scores = _scores(board)
    who = scores.selected_columns.id
    async with engine.connect() as connection:
        row = (await connection.execute(scores.where(who == member_or_channel))).one_or_none()
        if row is None:
            return None
        better = scores.having(func.sum(METRIC_COLUMNS[board.metric]) > row.value).subquery()
        above = await connection.scalar(select(func.count()).select_from(better))
    return _standing((above or 0) + 1, row)


async def ranges(engine: AsyncEngine, board: Board, ids: Sequence[int]) -> dict[int, Range]:
    """Return the sums of lows, of expected values and of highs of these rows; none for what isn't an estimate."""
    if board.metric not in ESTIMATES:
        return {}
    who = daily.c.author_id if board.by == MEMBERS else daily.c.channel_id
    sums = [func.sum(daily.c[f"{ESTIMATES[board.metric]}_{end}"]) for end in Range._fields]
    query = select(who, *sums).where(*within(board.guild_id, board.period), who.in_(ids)).group_by(who)
    async with engine.connect() as connection:
        return {row[0]: Range(*map(float, row[1:])) for row in await connection.execute(query)}


async def count(engine: AsyncEngine, board: Board) -> int:
    """Return how many rows a board has."""
    query = select(func.count()).select_from(_scores(board).subquery())
    async with engine.connect() as connection:
        return await connection.scalar(query) or 0


def _scores(board: Board) -> Select[Any, Any, Any]:
    """Return one row per member or channel: its value and messages. Nothing at all isn't a score."""
    who = daily.c.author_id if board.by == MEMBERS else daily.c.channel_id
    value = func.sum(METRIC_COLUMNS[board.metric])
    query = select(who.label("id"), value.label("value"), func.sum(daily.c.messages).label("messages"))
    query = query.where(*within(board.guild_id, board.period)).group_by(who).having(value > 0)
    if board.by != MEMBERS:
        return query
    out = select(people.c.user_id).where(people.c.opted_out_at.is_not(None))
    return query.where(who != NAMELESS, who.not_in(out))


def _rank(found: list[Standing], rows: Sequence[Any], offset: int) -> None:
    """Number the next rows of a page: the first by those above it, others by their place where they aren't tied."""
    for row in rows:
        place = offset + len(found) + 1 if found else row.above + 1
        tied = bool(found) and float(row.value) == found[-1].value
        found.append(_standing(found[-1].rank if tied else place, row))


def _standing(rank: int, row: Any) -> Standing:
    return Standing(int(rank), row.id, float(row.value), int(row.messages))
