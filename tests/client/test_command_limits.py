"""How often one person may ask: unit by unit, with a clock of its own."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.client.command_limits import COMMANDS, COMPLETIONS, MAX_PEOPLE, CommandLimits, TokenBuckets
from bot.errors import UserError

HOSTILE, OTHER = 1, 2


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def by(user_id: int) -> Any:
    return SimpleNamespace(user=SimpleNamespace(id=user_id))


def test_a_burst_then_one_now_and_then_and_others_unaffected() -> None:
    clock = Clock()
    limits = CommandLimits(clock)
    for _ in range(int(COMMANDS.burst)):
        limits.check(by(HOSTILE))
    with pytest.raises(UserError) as refused:
        limits.check(by(HOSTILE))
    assert refused.value.key == "error.too_often"
    assert refused.value.values == {"seconds": 2}
    limits.check(by(OTHER))
    assert limits.may_complete(by(HOSTILE))
    clock.now += 2
    limits.check(by(HOSTILE))
    with pytest.raises(UserError):
        limits.check(by(HOSTILE))


def test_completions_have_a_bucket_of_their_own() -> None:
    limits = CommandLimits(Clock())
    allowed = [limits.may_complete(by(HOSTILE)) for _ in range(100)]
    assert allowed == [True] * int(COMPLETIONS.burst) + [False] * (100 - int(COMPLETIONS.burst))
    limits.check(by(HOSTILE))
    assert limits.may_complete(by(OTHER))


def test_insisting_makes_nobody_wait_longer() -> None:
    clock = Clock()
    buckets = TokenBuckets(COMMANDS, clock)
    waits = [buckets.wait(HOSTILE) for _ in range(200)]
    assert waits[-1] == pytest.approx(2.0)
    clock.now += 2
    assert buckets.wait(HOSTILE) == 0


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    clock = Clock()
    buckets = TokenBuckets(COMMANDS, clock)
    buckets.wait(HOSTILE)
    clock.now += 1e6
    assert sum(buckets.wait(HOSTILE) == 0 for _ in range(100)) == COMMANDS.burst


def test_so_many_people_are_remembered_and_no_more() -> None:
    buckets = TokenBuckets(COMMANDS, Clock())
    for user_id in range(MAX_PEOPLE + 500):
        buckets.wait(user_id)
    assert len(buckets._left) == MAX_PEOPLE
