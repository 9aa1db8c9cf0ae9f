"""Makes entries with chosen figures, and puts them into a running bot's ledger."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from house import House

from bot.estimation.footprint import Request
from bot.ledger.entries import entry_of
from bot.ledger.records import Entry
from bot.ledger.types import id_at

NUMBERS = count(1)
THANKS = "Merci beaucoup !"
QUESTION = "Explique la photosynthèse en dix phrases."


def today() -> date:
    return datetime.now(UTC).date()


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def guild_of(house: House, channel: str = "général") -> int:
    guild = house.sandbox.world.channel(channel).guild_id
    assert guild
    return guild


def author(house: House, name: str) -> int:
    return house.sandbox.world.user(name).id


def entry(
    house: House,
    who: str | int,
    *,
    text: str = QUESTION,
    channel: str = "général",
    day: date | None = None,
    **more: Any,
) -> Entry:
    """Make an entry as the bot would, some of its figures changed."""
    estimator = house.bot.estimates.estimator
    choice = estimator.choose(Request())
    made = entry_of(
        choice.predicted(estimator.read(text, choice.model)),
        message_id=id_at(datetime.now(UTC)) + next(NUMBERS),
        guild_id=guild_of(house, channel),
        channel_id=house.sandbox.world.channel(channel).id,
        author_id=who if isinstance(who, int) else author(house, who),
        local_day=day or today(),
    )
    return made._replace(**more)


async def put(house: House, entries: Iterable[Entry]) -> None:
    for one in entries:
        assert house.bot.ledger.writer.record(one)
    await house.bot.ledger.writer.flush()
