"""What came of it: what was written held against what is recorded, and the replies held against what was asked."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.soak.ledger import Recorded
from benchmarks.soak.observing import Observed
from benchmarks.soak.world import World
from sandbox.state import snowflakes

LATE = 11.0
"""Seconds from a message to its reply beyond which it would be late: ten, and the way there."""

ENDINGS = (0, 2, -9)
"""Statuses that are in order: an orderly end, a refusal that is final, a kill."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts of messages; `unnoted` are those lost without a gap that says so."""

    written: int
    recorded: int
    summed: int
    lost: int
    unnoted: int
    extra: int
    gaps: int
    replies: int
    doubled: int
    late: int
    odd_endings: tuple[int, ...]

    @property
    def exact(self) -> bool:
        """Tell whether totals are exact to the message, and nothing is missing that isn't noted."""
        return not (self.unnoted or self.extra or self.doubled or self.odd_endings) and self.summed == self.recorded


def judge(world: World, recorded: Recorded, endings: list[int]) -> Verdict:
    """Hold one against the other."""
    lost = set(world.counted) - recorded.ids
    replies, doubled, late = _replies(world)
    return Verdict(
        written=len(world.counted),
        recorded=len(recorded.ids),
        summed=recorded.summed,
        lost=len(lost),
        unnoted=len(unnoted(world, recorded)),
        extra=len(recorded.ids - set(world.counted)),
        gaps=len(recorded.gaps),
        replies=replies,
        doubled=doubled,
        late=late,
        odd_endings=tuple(status for status in endings if status not in ENDINGS),
    )


def unnoted(world: World, recorded: Recorded) -> set[int]:
    """Return what is lost in no gap of its channel, nor of the channel that its thread belongs to."""
    missing = set(world.counted) - recorded.ids
    return {one for one in missing if not any(_covers(world, gap_of, one, recorded) for gap_of in _places(world, one))}


def _places(world: World, message_id: int) -> Iterator[int]:
    channel = world.counted[message_id]
    yield channel.id
    if channel.is_thread and channel.parent_id is not None:
        yield channel.parent_id


def _covers(_: World, channel_id: int, message_id: int, recorded: Recorded) -> bool:
    return any(gap.channel_id == channel_id and gap.after_id < message_id <= gap.before_id for gap in recorded.gaps)


def _replies(world: World) -> tuple[int, int, int]:
    """Return how many replies there are, how many messages have two, and how many came late."""
    mine, seen, late = str(world.sandbox.world.bot.id), dict[str, int](), 0
    for channel in list(world.sandbox.world.channels.values()):
        for message in channel.history:
            reference = message.data.get("message_reference")
            if message.data["author"]["id"] == mine and reference:
                asked = reference["message_id"]
                seen[asked] = seen.get(asked, 0) + 1
                late += (snowflakes.created_at(message.id) - snowflakes.created_at(int(asked))).total_seconds() > LATE
    return len(seen), sum(1 for count in seen.values() if count > 1), late


def report(world: World, verdict: Verdict, observed: Observed, last_start: float) -> str:
    """Return it in words."""
    asked = world.asked or [0.0]
    early, late = observed.early_and_late(last_start)
    kinds = "\n".join(f"  {count:4} {name}" for name, count in sorted(world.faults.items()))
    return f"""\
messages {verdict.written} (and {len(world.uncounted)} that don't count), faults {world.faults.total()}:
{kinds}
entries {verdict.recorded} (lost {verdict.lost}, of which in no gap {verdict.unnoted}; extra {verdict.extra}), \
in the daily totals {verdict.summed}, gaps {verdict.gaps}
replies {verdict.replies} (doubled {verdict.doubled}, later than {LATE:.0f} s {verdict.late})
/footprint: {len(world.asked)} answered, median {statistics.median(asked) * 1000:.0f} ms, \
slowest {max(asked) * 1000:.0f} ms, unanswered {world.unanswered} (nobody there, or no commands)
invalid requests {world.sandbox.invalid_requests} (a ban takes 10,000 in ten minutes)
event loop's largest lag {observed.lag * 1000:.0f} ms, channels held at once {observed.held:.0f}
memory of the last process: in its first minute {early:.0f} MB, at the end {late:.0f} MB
exit statuses in no order: {list(verdict.odd_endings) or "none"}"""
