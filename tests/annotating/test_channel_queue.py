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
    lane = ChannelQueue(REACTION)
    for _ in range(MAX_WAITING + 3):
        lane.add(waiting.one(), REACTION, 0)
    assert [one.message_id for one in lane.queue] == list(range(4, MAX_WAITING + 4))
    assert lane.dropped == 3


def test_what_was_taken_before_is_passed_over(waiting: Waiting) -> None:
    lane, one = ChannelQueue(REPLY), waiting.one()
    later = waiting.one()
    for pending in (one, later, one, later):
        lane.add(pending, REPLY, 0)
    assert list(lane.queue) == [one, later]
    lane = ChannelQueue(DIGEST)
    for pending in (one, later, one, later):
        lane.add(pending, DIGEST, 0)
    assert lane.digest
    assert lane.digest.messages == 2


def test_what_is_late_is_dropped(waiting: Waiting) -> None:
    lane = ChannelQueue(REACTION)
    lane.add(waiting.one(0.0), REACTION, 0)
    lane.add(waiting.one(5.0), REACTION, 5)
    lane.drop_late(FRESH)
    assert [one.arrived for one in lane.queue] == [5.0]
    assert lane.dropped == 1


def test_replies_that_would_be_late_become_a_digest(waiting: Waiting) -> None:
    lane = ChannelQueue(REPLY)
    lane.add(waiting.one(0.0), REPLY, 0)
    lane.add(waiting.one(9.0), REPLY, 9)
    lane.drop_late(FRESH)
    assert not lane.queue
    assert lane.digest
    assert (lane.digest.messages, lane.digest.instead_of_replies) == (2, True)
    assert lane.crowd.is_there(FRESH)


def test_a_crowd_is_summed_and_replies_come_back(waiting: Waiting) -> None:
    lane = ChannelQueue(REPLY)
    for n in range(MAX_REPLIES):
        lane.add(waiting.one(n), REPLY, n)
    assert not lane.queue
    assert lane.digest
    assert lane.digest.messages == MAX_REPLIES
    lane.digest.begins(20)
    lane.digest.ended(99)
    lane.tidy(20)
    assert lane.digest
    later = MAX_REPLIES + CALM_AFTER
    lane.tidy(later)
    assert lane.digest is None
    lane.add(waiting.one(later), REPLY, later)
    assert len(lane.queue) == 1


def test_a_new_digest_begins_after_quiet(waiting: Waiting) -> None:
    lane = ChannelQueue(DIGEST)
    lane.add(waiting.one(0.0), DIGEST, 0)
    first = lane.digest
    lane.add(waiting.one(QUIET - 1), DIGEST, QUIET - 1)
    assert lane.digest is first
    lane.add(waiting.one(3 * QUIET), DIGEST, 3 * QUIET)
    assert lane.digest is not first


def test_another_mode_lets_go_of_what_was_begun(waiting: Waiting) -> None:
    lane = ChannelQueue(DIGEST)
    lane.add(waiting.one(0.0), DIGEST, 0)
    lane.add(waiting.one(0.0), REACTION, 0)
    assert lane.digest is None
    assert len(lane.queue) == 1
    lane.follow("silent")
    assert not lane.queue


def test_it_lingers_as_long_as_something_is_worth_remembering(waiting: Waiting) -> None:
    lane = ChannelQueue(DIGEST)
    lane.add(waiting.one(0.0), DIGEST, 0)
    assert lane.lingers_in(0) == QUIET
    lane = ChannelQueue(REACTION)
    lane.add(waiting.one(0.0), REACTION, 0)
    assert lane.lingers_in(1) == LINGERS - 1
    assert lane.lingers_in(LINGERS) == 0


async def test_a_pause_ends_when_something_changes(waiting: Waiting) -> None:
    lane = ChannelQueue(REACTION)
    lane.add(waiting.one(), REACTION, 0)
    await lane.pause(100)
    await lane.pause(0.01)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([REPLY, REACTION, DIGEST]), st.floats(0, 30)), max_size=60))
def test_whatever_comes_the_queue_is_bounded_fresh_and_in_order(
    waiting: Waiting, steps: list[tuple[str, float]]
) -> None:
    lane, now = ChannelQueue(REPLY), 0.0
    for mode, passes in steps:
        now += passes
        lane.drop_late(now)
        lane.tidy(now)
        lane.add(waiting.one(now), mode, now)
        ids = [one.message_id for one in lane.queue]
        assert ids == sorted(set(ids))
        assert len(ids) <= MAX_WAITING
        assert all(one.left(now) > 0 for one in lane.queue)
        assert lane.mode == mode
        assert lane.lingers_in(now) > 0


@pytest.mark.parametrize("most", [1, 3])
def test_recent_things_are_bounded(most: int) -> None:
    recent = BoundedDict[int, int](most)
    for n in range(10):
        recent.put(n, n)
    assert len(recent) == most
    assert 9 in recent
    assert recent.pop(9) == 9
    assert recent.pop(0) is None
