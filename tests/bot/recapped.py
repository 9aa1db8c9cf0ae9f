"""What tests of the weekly recap share: a Discord and a host whose clock moves, something counted, the posts."""

import asyncio
import time as host_time
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import annotated
import pytest
from board_entries import entry, guild_of, put
from house import House, StartBot

from bot.counting.clock import DiscordClock
from bot.ledger.queries.recaps import latest_recap
from bot.ledger.records import RecapOutcome
from sandbox import InteractionSession
from sandbox.state.models import Json

PLACE = "Atelier IA/général"
ELSEWHERE = "English Club/general"
PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)
POST = r"^/channels/\d+/messages$"


@dataclass
class Recapped:
    """A house whose time a test chooses; it only goes on."""

    house: House
    start_bot: StartBot

    @property
    def now(self) -> datetime:
        return self.house.sandbox.world.clock.now()

    async def move_to(self, moment: datetime) -> None:
        """Move Discord's clock and the host's; the bot hears of it by a message and by the date of an answer."""
        self.house.sandbox.world.clock.offset = (moment - datetime.now(UTC)).total_seconds()
        await self.house.sandbox.post_message("noah", ELSEWHERE, "Hello")
        await self.house.bot.ask_time()

    async def restart(self) -> None:
        self.house.bot = await self.start_bot(clock=self.clock())
        self.house.bot.charts._limit = 60.0

    def clock(self) -> DiscordClock:
        return DiscordClock(lambda: host_time.time() + self.house.sandbox.world.clock.offset)

    async def look(self) -> None:
        """Let the job look at what is due."""
        await self.house.bot.recap_job.post_due()

    async def count_on(self, day: date, *people: str) -> None:
        """Let each of these have had a message counted that day."""
        await put(self.house, [entry(self.house, who, day=day, text="Merci beaucoup !") for who in people])

    async def choose(self, at: str = PLACE, user: str = "camille", **options: Any) -> str:
        """Set the recap to a channel, or change it."""
        call = await self.house.sandbox.command(user, at, "settings recap", options)
        return said(await call.settled(timeout=15))

    async def choose_here(self, **options: Any) -> str:
        return await self.choose(channel=str(self.channel_id()), **options)

    async def shown(self, user: str = "camille") -> str:
        call = await self.house.sandbox.command(user, PLACE, "settings show")
        return said(await call.settled(timeout=15))

    def channel_id(self, name: str = PLACE) -> int:
        return self.house.sandbox.world.channel(name).id

    def posts(self, name: str = PLACE) -> list[Json]:
        """Return what the bot posted in a channel of its own accord."""
        ours = str(self.house.sandbox.world.bot.id)
        history = (one.data for one in self.house.sandbox.world.channel(name).history)
        return [one for one in history if one["author"]["id"] == ours and not one.get("interaction_metadata")]

    async def outcome(self) -> RecapOutcome | None:
        found = await latest_recap(self.house.bot.ledger.engine, guild_of(self.house))
        return found.outcome if found else None


def said(call: InteractionSession) -> str:
    assert call.message
    assert call.ephemeral
    embeds = call.message["embeds"]
    texts = [text for one in embeds for text in (one.get("title", ""), one.get("description", ""))]
    return "\n".join([call.message["content"], *texts]).replace("\u00a0", " ").replace("\u202f", " ")


def next_monday(moment: datetime) -> date:
    day = moment.date() + timedelta(days=7 - moment.weekday())
    assert day.weekday() == 0
    return day


async def due_with_something(one: Recapped, **options: Any) -> datetime:
    """Choose a recap for Monday at nine in Paris, let something be counted, and return when it is due."""
    await one.choose_here(**options)
    monday = next_monday(one.now.astimezone(PARIS))
    await one.count_on(monday - DAY, "leo", "ines")
    return datetime.combine(monday, time(9), PARIS).astimezone(UTC)


def tries(one: Recapped) -> int:
    """How often Discord was asked to post."""
    return annotated.tries(one.house)


async def stuck_in(one: Recapped, monkeypatch: pytest.MonkeyPatch, where: object, step: str) -> None:
    """Let the job reach a step of its work and never come out of it, as in a process that dies there."""
    started = asyncio.Event()

    async def for_ever(*_: object) -> None:
        started.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(where, step, for_ever)
    one.house.bot.tasks.start(one.look(), "a look")
    await asyncio.wait_for(started.wait(), 10)
