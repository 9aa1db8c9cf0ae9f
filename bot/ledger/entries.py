"""From a footprint to an entry, and from entries to rows."""

from collections.abc import Iterable
from datetime import date
from operator import add
from typing import Any

import ecologits

from bot import __version__
from bot.estimation.footprint import Footprint
from bot.estimation.impacts.prices import Price
from bot.estimation.ranges import Range
from bot.ledger.records import MESSAGE, Entry
from bot.ledger.types import day_number

ESTIMATOR_VERSION = f"{__version__}+ecologits.{ecologits.__version__}"

Row = tuple[Any, ...]


NO_WATER = (None, None, None)
NO_COURTESY = (0.0, 0.0, 0.0)
WITHOUT_WATER = (0.0, 0.0, 0.0, 0)
WITHOUT_COST = (0.0, 0)
NOT_POLITE = (0, 0, 0, 0.0, 0.0, 0.0)


def entry_of(
    footprint: Footprint,
    *,
    message_id: int,
    guild_id: int,
    channel_id: int,
    author_id: int,
    local_day: date,
    kind: str = MESSAGE,
    price: Price | None = None,
) -> Entry:
    """Return the entry of a message whose answer would have that footprint.

    `price` is the model's list price (`Choice.price`): without it courtesy inside a request has no known cost.
    """
    impact, courtesy = footprint.impact, footprint.reading.courtesy
    return Entry(
        message_id,
        guild_id,
        channel_id,
        author_id,
        local_day,
        kind,
        footprint.model.key,
        footprint.zone,
        footprint.method,
        ESTIMATOR_VERSION,
        footprint.reading.prompt_tokens,
        *footprint.answer_tokens,
        *impact.energy_wh,
        *impact.gwp_g,
        *(impact.water_ml or NO_WATER),
        footprint.cost_usd,
        courtesy.words,
        courtesy.tokens,
        courtesy.only,
        *(courtesy_costs(footprint, price) if courtesy.words else NO_COURTESY),
    )


def courtesy_costs(footprint: Footprint, price: Price | None) -> tuple[float, float, float | None]:
    """Return what a message's courtesy takes: Wh, g CO2e, and USD where there is a list price.

    A message that is nothing else costs a whole answer. Words inside a request cost the reading of their tokens:
    their share of the request's input energy and the list price of that input; the CO2e of a Wh is taken to be
    the answer's.
    """
    impact, courtesy = footprint.impact, footprint.reading.courtesy
    if courtesy.only:
        return impact.energy_wh.expected, impact.gwp_g.expected, footprint.cost_usd
    share = min(1.0, courtesy.tokens / max(1, footprint.reading.prompt_tokens))
    energy = footprint.input_energy_wh.expected * share
    return energy, energy * _grams_per_wh(impact.gwp_g, impact.energy_wh), _reading(price, courtesy.tokens)


def entry_row(entry: Entry) -> Row:
    """Return the entry as a row of `entries`, in plain numbers and names: sqlite3 is slower with any other type."""
    return (*entry[:4], day_number(entry[4]), *entry[5:26], int(entry[26]), *entry[27:])


def daily_rows(entries: Iterable[Entry]) -> list[Row]:
    """Return what the entries add to `daily`, in the order of that table's columns: one row per key, sorted by it.

    Unsorted, two writers on PostgreSQL would lock the same rows in different orders, and deadlock.
    """
    sums: dict[tuple[int, int, int, int], Row] = {}
    for entry in entries:
        key = (entry.guild_id, day_number(entry.local_day), entry.author_id, entry.channel_id)
        more, before = _sums(entry), sums.get(key)
        sums[key] = more if before is None else tuple(map(add, before, more))
    return [key + row for key, row in sorted(sums.items())]


def _sums(entry: Entry) -> Row:
    """By position (10: prompt tokens, 20: water, 23: cost): by name it takes three times as long."""
    cost, words, _, only, *courtesy = entry[23:]
    return (
        1,
        *entry[10:20],
        *(WITHOUT_WATER if entry[20] is None else (*entry[20:23], 1)),
        *(WITHOUT_COST if cost is None else (cost, 1)),
        *((1, int(only), words, courtesy[0], courtesy[1], courtesy[2] or 0.0) if words else NOT_POLITE),
    )


def _grams_per_wh(gwp_g: Range, energy_wh: Range) -> float:
    return gwp_g.expected / energy_wh.expected if energy_wh.expected else 0.0


def _reading(price: Price | None, tokens: int) -> float | None:
    return None if price is None else price.of(tokens, 0)
