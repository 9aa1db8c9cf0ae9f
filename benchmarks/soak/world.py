"""The servers, and what is known of everything that was written in them."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sandbox import Sandbox
from sandbox.state import snowflakes
from sandbox.state.models import Channel, Guild, Json

BIG, SMALL = 3, 3
"""Servers with most of the channels, and small ones that come and go."""

SMALL_CHANNELS = 4
PEOPLE = ("camille", "leo", "ines", "noah", "emma")


@dataclass
class World:
    """The sandbox and what was done in it. `asked` are latencies of `/footprint` in seconds.

    `counted` are the ids that should be recorded, `uncounted` those that mustn't; `quiet` servers nobody writes in.
    """

    sandbox: Sandbox
    chance: random.Random
    channels: list[Channel] = field(default_factory=list)
    threads: list[Channel] = field(default_factory=list)
    off: list[Channel] = field(default_factory=list)
    big: list[Guild] = field(default_factory=list)
    small: list[Guild] = field(default_factory=list)
    quiet: set[int] = field(default_factory=set)
    counted: dict[int, Channel] = field(default_factory=dict)
    uncounted: set[int] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)
    asked: list[float] = field(default_factory=list)
    unanswered: int = 0

    def anybody(self) -> str:
        """Return who writes next."""
        return self.chance.choice(PEOPLE)

    def somewhere(self) -> Channel:
        """Return where: a counted channel of a server in which people write, also while Discord doesn't show it."""
        while True:
            channel = self.chance.choice(self.channels)
            if channel.guild_id not in self.quiet:
                return channel

    def counts(self, channel: Channel) -> bool:
        """Tell whether what is written there now counts: nothing does in a server without the bot."""
        guild = self.sandbox.world.guild_of(channel)
        return guild is not None and self.sandbox.world.has_bot(guild)

    def note(self, channel: Channel, message: Json, *, counts: bool) -> None:
        """Remember what becomes of a message."""
        if counts:
            self.counted[int(message["id"])] = channel
        else:
            self.uncounted.add(int(message["id"]))

    def written_in(self, guild: Guild) -> set[int]:
        """Return what should be recorded of a server so far."""
        return {message_id for message_id, channel in self.counted.items() if channel.guild_id == guild.id}


def build(channels: int, seed: int) -> World:
    """Return servers with so many channels in all, some of them hidden from everyone, some threads, some uncounted."""
    world = World(Sandbox(), random.Random(seed))
    for number in range(BIG + SMALL):
        guild = _guild(world, number)
        (world.big if number < BIG else world.small).append(guild)
        count = max(2, channels // BIG) if number < BIG else SMALL_CHANNELS
        world.channels += [_channel(world, guild, n) for n in range(count)]
        world.threads.append(world.sandbox.world.add_thread(world.channels[-1], f"{guild.name} fil", "leo"))
        world.off.append(world.sandbox.world.add_channel(guild, f"{guild.name}-sans".lower().replace(" ", "-")))
    return world


def _guild(world: World, number: int) -> Guild:
    state = world.sandbox.world
    guild_id = snowflakes.at(datetime.now(UTC) - timedelta(days=300 + number))
    guild = state.add_guild(f"Soak {number}", state.user(PEOPLE[0]), locale="fr", bot=True, guild_id=guild_id)
    for name in PEOPLE[1:]:
        state.add_member(guild, state.user(name))
    return guild


def _channel(world: World, guild: Guild, number: int) -> Channel:
    name = f"{guild.name}-{number}".lower().replace(" ", "-")
    if number % 7 == 3:
        return world.sandbox.world.add_hidden_channel(guild, name)
    return world.sandbox.world.add_channel(guild, name)
