"""Doors that stay shut are left alone, and tried again now and then."""

from bot.annotating.breaker import FIRST_REST, LACK_REST, MAX_CHANNELS, MAX_REST, MAX_TRIES, Breaker


def refuse(breaker: Breaker, times: int, now: float = 0.0, channel_id: int = 2) -> list[bool]:
    return [breaker.record_failure(1, channel_id, now) for _ in range(times)]


def test_it_opens_after_some_refusals_in_a_row() -> None:
    breaker = Breaker()
    assert refuse(breaker, MAX_TRIES) == [False] * (MAX_TRIES - 1) + [True]
    assert not breaker.allows(2, 1)
    assert breaker.allows(3, 1)
    assert breaker.open_count == 1
    assert set(breaker.refusing(1)) == {2}
    assert not breaker.refusing(9)


def test_something_that_worked_between_closes_it() -> None:
    breaker = Breaker()
    refuse(breaker, MAX_TRIES - 1)
    assert not breaker.record_success(2)
    assert refuse(breaker, MAX_TRIES - 1) == [False] * (MAX_TRIES - 1)
    assert breaker.allows(2, 0)


def test_one_try_after_a_rest_that_doubles_up_to_a_bound() -> None:
    breaker, now = Breaker(), 0.0
    refuse(breaker, MAX_TRIES)
    rest = FIRST_REST
    for _ in range(12):
        assert not breaker.allows(2, now + rest - 1)
        now += rest
        assert breaker.allows(2, now)
        assert refuse(breaker, 1, now) == [False]
        rest = min(MAX_REST, rest * 2)
    assert breaker.record_success(2)
    assert breaker.open_count == 0


def test_a_missing_permission_is_looked_for_again_soon() -> None:
    breaker = Breaker()
    assert breaker.lacks(1, 2, "send_messages", 0)
    assert not breaker.lacks(1, 2, "send_messages", 1)
    assert not breaker.allows(2, LACK_REST)
    assert breaker.allows(2, 1 + LACK_REST)
    assert not breaker.refusing(1)
    breaker.has_all(2)
    assert breaker.open_count == 0
    assert breaker.allows(2, 0)


def test_a_permission_that_is_back_does_not_forget_refusals() -> None:
    breaker = Breaker()
    refuse(breaker, MAX_TRIES)
    breaker.lacks(1, 2, "send_messages", 0)
    breaker.has_all(2)
    assert not breaker.allows(2, 1)
    breaker.has_all(77)


def test_an_admin_closes_it_for_a_channel_or_the_server() -> None:
    breaker = Breaker()
    for channel_id in (2, 3):
        refuse(breaker, MAX_TRIES, channel_id=channel_id)
    breaker.close(1, 2)
    assert set(breaker.refusing(1)) == {3}
    breaker.close(9, 0)
    assert set(breaker.refusing(1)) == {3}
    breaker.close(1, 0)
    assert not breaker.refusing(1)


def test_what_is_remembered_is_bounded() -> None:
    breaker = Breaker()
    for channel_id in range(MAX_CHANNELS + 5):
        refuse(breaker, MAX_TRIES, channel_id=channel_id)
    assert breaker.open_count == MAX_CHANNELS
    assert breaker.allows(0, 1)
