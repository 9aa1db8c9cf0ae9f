"""How shards are shared out: all are served, nobody carries much more than others, and it settles."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.client.shards.balance import ADOPTION_SECONDS, to_give, to_take
from bot.ledger.coordination.lease_view import LeaseView


def view(holdings: dict[str, int], mine: str, count: int) -> LeaseView:
    return LeaseView(
        mine=frozenset(range(holdings[mine])),
        free=count - sum(holdings.values()),
        holdings=Counter(holdings.values()),
        newer_complete=False,
        older={},
    )


def settle(holdings: dict[str, int], count: int) -> int:
    """Let all processes act in turns until nothing changes; return the rounds."""
    for rounds in range(100):
        before = dict(holdings)
        for name in holdings:
            holdings[name] += to_take(view(holdings, name, count), count, ADOPTION_SECONDS)
            holdings[name] -= to_give(view(holdings, name, count), count)
        if holdings == before:
            return rounds
    raise AssertionError(holdings)


def test_those_who_start_together_take_equal_parts() -> None:
    holdings = dict.fromkeys("abcd", 0)
    for name in holdings:
        holdings[name] += to_take(view(holdings, name, 8), 8, 0.0)
    assert holdings == dict.fromkeys("abcd", 2)


def test_what_is_beyond_a_share_waits_for_others_and_is_then_adopted() -> None:
    lonely = view({"a": 2, "b": 2}, "a", 4 + 2)
    assert to_take(view({"a": 3, "b": 1}, "a", 6), 6, 0.0) == 0
    assert to_take(view({"a": 3, "b": 1}, "a", 6), 6, ADOPTION_SECONDS) == 1
    assert to_take(lonely, 6, 0.0) == 1


def test_who_comes_later_is_handed_a_part() -> None:
    holdings = {"a": 8, "b": 0}
    assert to_give(view(holdings, "a", 8), 8) == 4
    assert to_give(view({"a": 4, "b": 0}, "a", 8), 8) == 0, "what is free is taken first"


def test_more_processes_than_shards_stand_by() -> None:
    holdings = {"a": 1, "b": 1, "c": 0}
    assert [to_take(view(holdings, name, 2), 2, 99.0) + to_give(view(holdings, name, 2), 2) for name in "abc"] == [
        0
    ] * 3


@given(st.integers(1, 64), st.lists(st.integers(0, 64), min_size=1, max_size=9))
def test_it_settles_with_all_served_and_nobody_wanting(count: int, parts: list[int]) -> None:
    holdings: dict[str, int] = {}
    for number, part in enumerate(parts):
        holdings[str(number)] = min(part, count - sum(holdings.values()))
    settle(holdings, count)
    assert sum(holdings.values()) == count
    assert min(holdings.values()) >= count // len(holdings)
