"""How many messages a bot in so many servers receives, by hour and by size of server: pure, from named parameters.

What was read says where; the rest are assumptions, to be changed here. Nobody publishes what large bots receive.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

DISCORD_MESSAGES_PER_DAY = 850e6
"""All of Discord, private messages included, as the company told in May 2019
(https://variety.com/2019/gaming/news/discord-anniversary-250-million-users-1203213244/)."""

DISCORD_SERVERS = 19e6
"""Servers active in a week, as its CTO told later, with 90 % of private servers below 15 people
(https://runelite.wiki/blog/once-a-goto-for-gamers-discord-is-vying-to-be-a-ch/)."""

MESSAGES_PER_SERVER = DISCORD_MESSAGES_PER_DAY / DISCORD_SERVERS
"""A day, on average: two figures of different years, so no more than an order of magnitude."""

BUSY = 10.0
"""Assumption: how many times that a bot's own servers may write, as those that add bots are the busier ones."""

SPREAD = 2.5
"""Assumption: the standard deviation of the logarithm of a server's messages a day. Activity online is heavy-tailed and
often log-normal; with this one percent of the servers write about half of all."""

MESSAGES_PER_PERSON = 31.7
"""A day, of those who write on that day: one server's own statistics, 130 people of 5,000 on an average day
(https://worldbuilding.network/gridbox/userstats/2019-01-04.html)."""

CHANNELS_PER_PERSON = 2.0
"""Assumption: counted channels in which one of them writes on a day."""

COUNTED_SHARE = 0.1
"""Assumption: messages in channels where an admin turned counting on, of all."""

QUIETEST_HOUR, BUSIEST_HOUR, NIGHT = 5, 21, 0.15
"""Assumption: local hours, and what is written in the first for each message of the second."""

REGIONS = {1: 0.7, -5: 0.2, 8: 0.1}
"""Assumption: hours from UTC, and the share of people there; a bot that speaks French first."""

SHARD_LIMIT = 2_500
"""Servers of a shard (https://docs.discord.com/developers/events/gateway#sharding)."""

IDENTIFY_SECONDS = 5.0
"""Between two sessions of one bucket of `max_concurrency` (same page)."""

LARGE, LARGE_CONCURRENCY = 150_000, 16
"""Servers from which Discord lets several sessions begin at once, and how many: an assumption, it assigns them."""

BYTES_PER_SERVER = 36_000
"""Of memory, with 60 channels, 40 roles and 50 emoji: measured with synthetic servers; real ones hold more."""

PROCESS_BYTES, PROCESS_BASE = 1e9, 205e6
"""Assumption: memory that a process should have at the most; what one takes in few servers, measured."""

LOAD = 0.5
"""Assumption: of a core, what a process should take in the busiest hour."""

KEPT_DAYS = 90
"""For which entries are kept; daily totals stay."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What was measured: CPU microseconds per message, entries/s that PostgreSQL took, bytes per row on its disk."""

    uncounted: float
    counted: float
    entries_per_second: float
    entry_bytes: float
    daily_bytes: float


@dataclass(frozen=True, slots=True)
class Load:
    """What a bot in so many servers receives and needs. Rates are messages a second, disk is in bytes."""

    servers: int
    mean: float
    busiest_hour: float
    busiest_second: float
    largest_server: float
    counted_per_day: float
    rows_per_day: float
    disk_per_day: float
    disk_kept: float
    cores: float
    processes: int
    shards: int
    start_seconds: float
    database_share: float


def strata(servers: int) -> Iterator[tuple[float, float]]:
    """Yield how many servers, and which quantile they stand at: ever finer towards the largest ones."""
    left, below, parts = float(servers), 0.0, 1_000
    while left > parts:
        taken = left * 0.9
        for part in range(parts):
            yield taken / parts, below + taken / servers * (part + 0.5) / parts
        below += taken / servers
        left -= taken
    for one in range(round(left)):
        yield left / round(left), below + (1 - below) * (one + 0.5) / round(left)


def messages_of(quantile: float, mean: float) -> float:
    """Return the messages a day of the server at a quantile of the log-normal distribution with that mean."""
    return mean * math.exp(SPREAD * NormalDist().inv_cdf(quantile) - SPREAD**2 / 2)


def rows_of(messages: float) -> float:
    """Return the rows of daily totals, of a person in a channel each, that so many counted messages of a day make."""
    return min(messages, max(1.0, messages * CHANNELS_PER_PERSON / MESSAGES_PER_PERSON))


def hours() -> list[float]:
    """Return the share of a day's messages that comes in each hour of UTC."""
    local = [_local(hour) for hour in range(24)]
    mixed = [sum(share * local[(hour + ahead) % 24] for ahead, share in REGIONS.items()) for hour in range(24)]
    return [one / sum(mixed) for one in mixed]


def _local(hour: int) -> float:
    """Return what is written in a local hour: from the quietest one up to the busiest, and down again."""
    up, since = BUSIEST_HOUR - QUIETEST_HOUR, (hour - QUIETEST_HOUR) % 24
    along = since / up if since <= up else (24 - since) / (24 - up)
    return NIGHT + (1 - NIGHT) * (1 - math.cos(math.pi * along)) / 2


def busiest_second(rate: float, chance: random.Random, seconds: int = 3600) -> int:
    """Return the most that comes within a second of an hour, when so many messages a second come independently."""
    return max(_poisson(rate, chance) for _ in range(seconds))


def _poisson(rate: float, chance: random.Random) -> int:
    if rate > 100:
        return max(0, round(chance.gauss(rate, math.sqrt(rate))))
    number, product, floor = -1, 1.0, math.exp(-rate)
    while product > floor:
        product *= chance.random()
        number += 1
    return number


def load(servers: int, mean: float, costs: Costs, chance: random.Random) -> Load:
    """Return the load of a bot in so many servers that write `mean` messages a day on average."""
    parts = [(number, messages_of(quantile, mean)) for number, quantile in strata(servers)]
    day = sum(number * messages for number, messages in parts)
    counted = day * COUNTED_SHARE
    rows = sum(number * rows_of(messages * COUNTED_SHARE) for number, messages in parts)
    peak = day * max(hours()) / 3600
    cores = peak * (costs.uncounted * (1 - COUNTED_SHARE) + costs.counted * COUNTED_SHARE) / 1e6
    shards = math.ceil(servers / SHARD_LIMIT)
    memory = servers * BYTES_PER_SERVER / (PROCESS_BYTES - PROCESS_BASE)
    return Load(
        servers=servers,
        mean=day / 86_400,
        busiest_hour=peak,
        busiest_second=busiest_second(peak, chance),
        largest_server=max(messages for _, messages in parts),
        counted_per_day=counted,
        rows_per_day=rows,
        disk_per_day=counted * costs.entry_bytes + rows * costs.daily_bytes,
        disk_kept=KEPT_DAYS * counted * costs.entry_bytes + 365 * rows * costs.daily_bytes,
        cores=cores,
        processes=min(shards, max(1, math.ceil(cores / LOAD), math.ceil(memory))),
        shards=shards,
        start_seconds=shards * IDENTIFY_SECONDS / (LARGE_CONCURRENCY if servers >= LARGE else 1),
        database_share=peak * COUNTED_SHARE / costs.entries_per_second,
    )
