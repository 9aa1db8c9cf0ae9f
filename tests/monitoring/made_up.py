"""A bot at one moment, made up."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.annotating.annotator import AnnotatorState
from bot.counting.clock import ClockState
from bot.ledger.records import WriterState
from bot.monitoring.loop_lag import LoopLag
from bot.monitoring.state import Shards, State

WRITER = WriterState(
    queued=3,
    capacity=20_000,
    dropped=2,
    refused=1,
    last_commit_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    last_error=None,
    batches=4,
    batch_seconds=1.5,
    entries=90,
)


CLOCK = ClockState(datetime(2026, 11, 23, 12, tzinfo=UTC), 0.25, agrees=True)


def lagging(*seconds: float) -> LoopLag:
    """Return an event loop that was so late, one after the other, all in the same moment."""
    lag = LoopLag(clock=lambda: 1000.0)
    for one in seconds:
        lag.note(one)
    return lag


def made_up(**changed: Any) -> State:
    """Return a bot that is well, but for what is changed."""
    well = State(
        ready=True,
        stands_by=False,
        uptime=12.5,
        cogs=("annotate", "footprint"),
        shards=Shards(2, 2),
        guilds=7,
        messages=100,
        writer=WRITER,
        held=5,
        annotations=AnnotatorState(6, {"sent": 8, "dropped": 9}, 1),
        requests={("GET", "/gateway/bot", 200): 1, ("POST", "/channels/{id}/messages", 429): 3},
        invalid_requests=3,
        lag=lagging(0.25),
        clock=CLOCK,
    )
    return replace(well, **changed)
