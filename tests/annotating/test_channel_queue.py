"""One channel's queue: bounded, never late, in order, each message once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pending import Waiting

from bot.annotating.burst_detector import CALM_AFTER, MAX_REPLIES
from bot.annotating.channel_queue import LINGERS, MAX_WAITING, ChannelQueue
from bot.annotating.digest import QUIET
from bot.annotating.pending_annotation import FRESH
from bot.counting.bounded_dict import BoundedDict
from bot.ledger.records import DIGEST, REACTION, REPLY


def test_the_oldest_make_room(waiting: Waiting) -> None:
    queue = ChannelQueue(REACTION)
    for _ in range(MAX_WAITING + 3):
        queue.add(waiting.one(), REACTION, 0)
    assert [one.message_id for one in queue.waiting] == list(range(4, MAX_WAITING + 4))
    assert queue.dropped == 3


def test_what_was_taken_before_is_passed_over(waiting: Waiting) -> None:
    queue, one = ChannelQueue(REPLY), waiting.one()
    later = waiting.one()
    for pending in (one, later, one, later):
        queue.add(pending, REPLY, 0)
    assert list(queue.waiting) == [one, later]
    queue = ChannelQueue(DIGEST)
    for pending in (one, later, one, later):
        queue.add(pending, DIGEST, 0)
    assert queue.digest
    assert queue.digest.messages == 2


def test_what_is_late_is_dropped(waiting: Waiting) -> None:
    queue = ChannelQueue(REACTION)
    queue.add(waiting.one(0.0), REACTION, 0)
    queue.add(waiting.one(5.0), REACTION, 5)
    queue.drop_late(FRESH)
    assert [one.arrived for one in queue.waiting] == [5.0]
    assert queue.dropped == 1


def test_replies_that_would_be_late_become_a_digest(waiting: Waiting) -> None:
    queue = ChannelQueue(REPLY)
    queue.add(waiting.one(0.0), REPLY, 0)
    queue.add(waiting.one(9.0), REPLY, 9)
    queue.drop_late(FRESH)
    assert not queue.waiting
    assert queue.digest
    assert (queue.digest.messages, queue.digest.instead_of_replies) == (2, True)
    assert queue.bursts.is_there(FRESH)


def test_a_crowd_is_summed_and_replies_come_back(waiting: Waiting) -> None:
    queue = ChannelQueue(REPLY)
    for n in range(MAX_REPLIES):
        queue.add(waiting.one(n), REPLY, n)
    assert not queue.waiting
    assert queue.digest
    assert queue.digest.messages == MAX_REPLIES
    queue.digest.begins(20)
    queue.digest.ended(99)
    queue.tidy(20)
    assert queue.digest
    later = MAX_REPLIES + CALM_AFTER
    queue.tidy(later)
    assert queue.digest is None
    queue.add(waiting.one(later), REPLY, later)
    assert len(queue.waiting) == 1


def test_a_new_digest_begins_after_quiet(waiting: Waiting) -> None:
    queue = ChannelQueue(DIGEST)
    queue.add(waiting.one(0.0), DIGEST, 0)
    first = queue.digest
    queue.add(waiting.one(QUIET - 1), DIGEST, QUIET - 1)
    assert queue.digest is first
    queue.add(waiting.one(3 * QUIET), DIGEST, 3 * QUIET)
    assert queue.digest is not first


def test_another_mode_lets_go_of_what_was_begun(waiting: Waiting) -> None:
    queue = ChannelQueue(DIGEST)
    queue.add(waiting.one(0.0), DIGEST, 0)
    queue.add(waiting.one(0.0), REACTION, 0)
    assert queue.digest is None
    assert len(queue.waiting) == 1
    queue.follow("silent")
    assert not queue.waiting


def test_it_lingers_as_long_as_something_is_worth_remembering(waiting: Waiting) -> None:
    queue = ChannelQueue(DIGEST)
    queue.add(waiting.one(0.0), DIGEST, 0)
    assert queue.lingers_in(0) == QUIET
    queue = ChannelQueue(REACTION)
    queue.add(waiting.one(0.0), REACTION, 0)
    assert queue.lingers_in(1) == LINGERS - 1
    assert queue.lingers_in(LINGERS) == 0


async def test_a_pause_ends_when_something_changes(waiting: Waiting) -> None:
    queue = ChannelQueue(REACTION)
    queue.add(waiting.one(), REACTION, 0)
    await queue.pause(100)
    await queue.pause(0.01)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([REPLY, REACTION, DIGEST]), st.floats(0, 30)), max_size=60))
def test_whatever_comes_the_queue_is_bounded_fresh_and_in_order(
    waiting: Waiting, steps: list[tuple[str, float]]
) -> None:
    queue, now = ChannelQueue(REPLY), 0.0
    for mode, passes in steps:
        now += passes
        queue.drop_late(now)
        queue.tidy(now)
        queue.add(waiting.one(now), mode, now)
        ids = [one.message_id for one in queue.waiting]
        assert ids == sorted(set(ids))
        assert len(ids) <= MAX_WAITING
        assert all(one.left(now) > 0 for one in queue.waiting)
        assert queue.mode == mode
        assert queue.lingers_in(now) > 0


@pytest.mark.parametrize("most", [1, 3])
def test_recent_things_are_bounded(most: int) -> None:
    recent = BoundedDict[int, int](most)
    for n in range(10):
        recent.put(n, n)
    assert len(recent) == most
    assert 9 in recent
    assert recent.pop(9) == 9
    assert recent.pop(0) is None
