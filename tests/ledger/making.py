"""Makes entries for tests, and counts them the slow and obvious way."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import MESSAGE, Entry
from bot.ledger.schema import daily, entries
from bot.ledger.types import id_at

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
FIRST = id_at(NOW)
GUILD, CHANNEL, AUTHOR = 5, 50, 500


def entry(
    number: int,
    *,
    author: int = AUTHOR,
    channel: int = CHANNEL,
    guild: int = GUILD,
    day: date = TODAY,
    at: datetime = NOW,
    energy: float = 0.25,
    words: int = 0,
    only: bool = False,
    water: float | None = 2.0,
    cost: float | None = 0.5,
) -> Entry:
    """Make an entry whose sums are exact in binary; `number` sets the id apart."""
    return Entry(
        message_id=id_at(at) + number,
        guild_id=guild,
        channel_id=channel,
        author_id=author,
        local_day=day,
        kind=MESSAGE,
        model="openai/gpt-4o",
        zone="FRA",
        method="ecologits",
        estimator_version="1",
        prompt_tokens=10,
        answer_low=1.0,
        answer_expected=2.0,
        answer_high=4.0,
        energy_low=energy / 2,
        energy_expected=energy,
        energy_high=energy * 2,
        gwp_low=0.125,
        gwp_expected=0.25,
        gwp_high=0.5,
        water_low=water and water / 2,
        water_expected=water,
        water_high=water and water * 2,
        cost_usd=cost,
        courtesy_words=words,
        courtesy_tokens=words,
        courtesy_only=only,
        courtesy_energy_wh=0.125 * words,
        courtesy_gwp_g=0.0625 * words,
        courtesy_cost_usd=None if cost is None else 0.25 * words,
    )


def days_ago(days: float) -> datetime:
    """Return a moment before `NOW`."""
    return NOW - timedelta(days=days)


async def ids(engine: AsyncEngine) -> list[int]:
    """Return the ids of all entries."""
    async with engine.connect() as connection:
        return list(await connection.scalars(select(entries.c.message_id).order_by(entries.c.message_id)))


async def counted(engine: AsyncEngine) -> dict[tuple[int, int, int], int]:
    """Return the messages that the daily totals hold, by server, author and channel."""
    query = select(daily.c.guild_id, daily.c.author_id, daily.c.channel_id, func.sum(daily.c.messages))
    query = query.group_by(daily.c.guild_id, daily.c.author_id, daily.c.channel_id)
    async with engine.connect() as connection:
        return {(row[0], row[1], row[2]): int(row[3]) for row in await connection.execute(query)}


def expected(messages: Iterable[Entry]) -> dict[tuple[int, int, int], int]:
    """Return what `counted` should find when each of these was recorded once."""
    found: dict[tuple[int, int, int], int] = defaultdict(int)
    for one in {message.message_id: message for message in messages}.values():
        found[one.guild_id, one.author_id, one.channel_id] += 1
    return dict(found)
