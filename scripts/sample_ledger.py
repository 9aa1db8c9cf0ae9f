"""A few weeks of a lively server, for the pictures of README: made up, but estimated as real messages are."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.footprint import Request
from bot.ledger.entries import entry_of
from bot.ledger.ledger import open_ledger
from bot.ledger.periods import local_day
from bot.ledger.records import Entry
from bot.ledger.types import id_at
from bot.settings import Settings
from sandbox.state.models import Guild, User
from sandbox.state.world import World

NAMES = ("Aïcha", "Bastien", "Chloé", "Diego", "Élise", "Farid", "Gaëlle", "Hugo", "Imani", "Jules", "Katia", "Lou")
TEXTS = (
    "Merci beaucoup !",
    "thanks!",
    "Peux-tu m’expliquer la photosynthèse en dix phrases, s’il te plaît ?",
    "Rédige un mail poli à ma propriétaire pour lui demander de faire réparer la chaudière.",
    "Write a short story about a lighthouse keeper who collects storms, please.",
    "C’est quoi la capitale de la Mongolie ?",
    "Fix this function: def add(a, b): return a - b",
    "Compare the heat pump and the gas boiler over ten years, in a table.",
)
DAYS, PER_DAY = 21, 120


def people(world: World, guild: Guild) -> list[User]:
    """Let a dozen people join the server, and return all of its people, busiest first."""
    colours = ("#e67e22", "#3498db", "#9b59b6", "#1abc9c", "#e91e63", "#607d8b")
    for place, name in enumerate(NAMES):
        user = world.add_user(f"sample{place}", name, "fr")
        user.color = colours[place % len(colours)]
        world.add_member(guild, user)
    return [member.user for member in guild.members.values() if not member.user.bot]


async def fill(
    settings: Settings, guild_id: int, authors: Sequence[int], channels: Sequence[int], *, recap: bool = False
) -> None:
    """Record the messages of the last three weeks; with `recap`, a recap in the first channel is due this hour."""
    estimator = Estimator.load(CONFIG_DIR, settings.vocabulary_dir, lambda: datetime.now(UTC))
    async with open_ledger(settings.database) as ledger:
        if recap:
            await ledger.preferences.set_server(ledger.writer, guild_id, **_recap_due(channels[0]))
        for entry in _entries(estimator, guild_id, authors, channels):
            ledger.writer.record(entry)
        await ledger.writer.flush()


def _recap_due(channel_id: int) -> dict[str, Any]:
    """Return a server's settings as if an admin had chosen this weekday and hour weeks ago."""
    now = datetime.now(UTC)
    since = now - timedelta(days=DAYS)
    when = {"recap_weekday": now.weekday(), "recap_hour": now.hour, "timezone": "UTC"}
    return {"recap_channel": channel_id, "recap_since": since, **when}


def _entries(estimator: Estimator, guild_id: int, authors: Sequence[int], channels: Sequence[int]) -> list[Entry]:
    dice, now = random.Random(7), datetime.now(UTC)
    choice, timezone = estimator.choose(Request()), ZoneInfo("UTC")
    weights = [1 / (place + 1) for place in range(len(authors))]
    made = []
    for number in range(DAYS * PER_DAY):
        moment = now - timedelta(days=DAYS) * dice.random()
        made.append(
            entry_of(
                choice.predicted(estimator.read(dice.choice(TEXTS), choice.model)),
                message_id=id_at(moment) + number,
                guild_id=guild_id,
                channel_id=dice.choices(channels, [5, 3, 1][: len(channels)])[0],
                author_id=dice.choices(authors, weights)[0],
                local_day=local_day(moment, timezone),
            )
        )
    return made
