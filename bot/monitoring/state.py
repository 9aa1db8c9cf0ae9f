"""The bot at one moment, in numbers: what metrics and health are made of."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.annotating.annotator import AnnotatorState
from bot.client.client import EmpreinteBot
from bot.counting.clock import ClockState
from bot.ledger.records import WriterState
from bot.monitoring.loop_lag import LoopLag


@dataclass(frozen=True, slots=True)
class Shards:
    """How many of this process's shards have an open connection, and how many there should be."""

    connected: int
    expected: int


@dataclass(frozen=True, slots=True)
class State:
    """What is seen of a bot. `ready` is whether it has ever been; `held` are channels whose history is to be read.

    `stands_by` is whether other processes serve all shards.
    """

    ready: bool
    stands_by: bool
    uptime: float
    cogs: tuple[str, ...]
    shards: Shards
    guilds: int
    messages: int
    writer: WriterState
    held: int
    annotations: AnnotatorState
    requests: Mapping[tuple[str, str, int], int]
    invalid_requests: int
    lag: LoopLag
    clock: ClockState


class Observer:
    """Looks at a running bot, when asked."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.lag = LoopLag()
        self._bot = bot
        self._started = time.monotonic()

    def look(self) -> State:
        """Return how the bot is doing now."""
        bot = self._bot
        return State(
            ready=bot.is_ready(),
            stands_by=bot.sessions.stands_by,
            uptime=time.monotonic() - self._started,
            cogs=tuple(sorted(name.rpartition(".")[2] for name in bot.extensions)),
            shards=shards_of(bot),
            guilds=len(bot.guilds),
            messages=bot.counting.events.seen,
            writer=bot.ledger.writer.state,
            held=len(bot.ledger.writer.held),
            annotations=bot.annotator.state,
            requests=bot.http_limits.requests,
            invalid_requests=bot.http_limits.invalid,
            lag=self.lag,
            clock=bot.clock.state,
        )


def shards_of(bot: EmpreinteBot) -> Shards:
    """Count shards; how many there should be is known once Discord's advice came, unless the host said it."""
    connected = sum(not shard.is_closed() for shard in bot.shards.values())
    if bot.sessions.stands_by:
        return Shards(connected, 0)
    return Shards(connected, len(bot.shard_ids) if bot.shard_ids else bot.shard_count or 1)
