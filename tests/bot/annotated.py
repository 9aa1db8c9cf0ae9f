"""What the tests of annotations share: turning them on, and what came of them."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from house import House

from bot.ledger.records import ChannelMode, StoredNotice
from sandbox.state.models import Json

QUESTION = "Explique-moi la photosynthèse avec une comparaison tirée de la cuisine, s'il te plaît."
ENGLISH = "Explain photosynthesis to me with a comparison taken from the kitchen, please."
FRESH = 10.5


async def turn_on(house: House, mode: str, channel: str = "général", **more: Any) -> ChannelMode:
    place, preferences = house.sandbox.world.channel(channel), house.bot.ledger.preferences
    assert place.guild_id
    now = datetime.now(UTC)
    row = ChannelMode(place.guild_id, place.id, mode, house.sandbox.world.ids.next(), now, **more)
    language = "en" if channel.startswith("English") else "fr"
    await preferences.set_server(house.bot.ledger.writer, place.guild_id, first_locale=language)
    await preferences.set_channel(house.bot.ledger.writer, row)
    told = StoredNotice(place.guild_id, place.id, place.id, house.sandbox.world.ids.next(), shows=True)
    await preferences.told.keep(house.bot.ledger.writer, told)
    return row


def by_the_bot(house: House, channel: str = "général") -> list[Json]:
    mine, place = str(house.sandbox.world.bot.id), house.sandbox.world.channel(channel)
    return [one.data for one in place.history if one.data["author"]["id"] == mine]


async def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it didn't happen"
        await asyncio.sleep(0.02)


def flat(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def tries(house: House, method: str = "POST", ending: str = "/messages") -> int:
    return sum(1 for one in house.sandbox.requests if one.method == method and one.path.endswith(ending))
