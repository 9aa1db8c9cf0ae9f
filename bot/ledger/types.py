"""Column types that every driver takes as plain integers, so that a batch of rows needs no conversion."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import BigInteger, Dialect, Integer
from sqlalchemy.types import TypeDecorator

Snowflake = BigInteger().with_variant(Integer, "sqlite")
"""An id of Discord as a key of its own: in SQLite the row's own number, so newer rows are simply appended."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
DISCORD_EPOCH_MS = 1_420_070_400_000
"""Discord's ids begin with the milliseconds since 2015 (https://docs.discord.com/developers/reference#snowflakes)."""


def milliseconds(moment: datetime) -> int:
    """Return the milliseconds since 1970; the moment must know its timezone."""
    return (moment - _EPOCH) // _MILLISECOND


def id_at(moment: datetime) -> int:
    """Return the lowest id that Discord gives at that moment."""
    return id_of(milliseconds(moment))


def id_of(instant: int) -> int:
    """Return the lowest id that Discord gives at a moment, as it is stored."""
    return max(0, instant - DISCORD_EPOCH_MS) << 22


def moment_of(snowflake: int) -> datetime:
    """Return when Discord gave that id."""
    return _EPOCH + timedelta(milliseconds=(snowflake >> 22) + DISCORD_EPOCH_MS)


@lru_cache(maxsize=64)
def day_number(day: date) -> int:
    """Return a day as a number that sorts and reads like one: 20261123."""
    return day.year * 10000 + day.month * 100 + day.day


class Instant(TypeDecorator[datetime]):
    """A moment as milliseconds since 1970, UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return what is stored."""
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the moment, in UTC."""
        return None if value is None else _EPOCH + timedelta(milliseconds=value)


class LocalDay(TypeDecorator[date]):
    """A day in a server's timezone, as a number: 20261123."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """Return what is stored."""
        return None if value is None else day_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        """Return the day."""
        return None if value is None else date(value // 10000, value // 100 % 100, value % 100)
