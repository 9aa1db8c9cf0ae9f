"""Rate limits: buckets per route and channel, the global one, and what clients are told."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from sandbox.limits.ratelimit import RateLimits

SAY = "POST /channels/{id}/messages"
REACT = "PUT /channels/{id}/messages/{id}/reactions/{emoji}/@me"
UNREACT = "DELETE /channels/{id}/messages/{id}/reactions/{emoji}/@me"
ANSWER = "POST /interactions/{id}/{token}/callback"
NOW = 1_800_000_000.0


def passed(limits: RateLimits, count: int, route: str, major: str = "1", now: float = NOW) -> int:
    return sum(limits.acquire(route, major, now).allowed for _ in range(count))


def test_five_messages_in_five_seconds_per_channel() -> None:
    limits = RateLimits()
    assert passed(limits, 6, SAY, "1") == 5
    assert passed(limits, 6, SAY, "2") == 5
    assert passed(limits, 6, SAY, "1", NOW + 4.999) == 0
    assert passed(limits, 6, SAY, "1", NOW + 5) == 5


def test_clients_are_told_how_much_is_left() -> None:
    limits = RateLimits()
    limits.acquire(SAY, "1", NOW)
    headers = limits.acquire(SAY, "1", NOW + 1.2345).headers
    bucket = headers.pop("X-RateLimit-Bucket")
    assert headers == {
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "3",
        "X-RateLimit-Reset": f"{NOW + 5:.3f}",
        "X-RateLimit-Reset-After": "3.766",
    }
    assert limits.acquire(SAY, "2", NOW).headers["X-RateLimit-Bucket"] == bucket
    assert limits.acquire(REACT, "1", NOW).headers["X-RateLimit-Bucket"] != bucket


def test_a_refusal_says_when_to_come_back() -> None:
    limits = RateLimits()
    passed(limits, 5, SAY)
    verdict = limits.acquire(SAY, "1", NOW + 1.5)
    assert (verdict.allowed, verdict.retry_after, verdict.is_global) == (False, 3.5, False)
    assert verdict.headers["Retry-After"] == "4"
    assert verdict.headers["X-RateLimit-Scope"] == "user"
    assert verdict.headers["X-RateLimit-Remaining"] == "0"
    assert verdict.headers["Via"]
    assert "X-RateLimit-Global" not in verdict.headers
    assert limits.acquire(SAY, "1", NOW + 1.5 + verdict.retry_after).allowed


def test_the_whole_bot_sends_fifty_in_a_second() -> None:
    limits = RateLimits()
    assert sum(limits.acquire("GET /channels/{id}", f"{n}", NOW).allowed for n in range(51)) == 50
    verdict = limits.acquire("GET /guilds/{id}", "1", NOW + 0.25)
    assert (verdict.allowed, verdict.retry_after, verdict.is_global) == (False, 0.75, True)
    assert verdict.headers == {
        "Retry-After": "1",
        "X-RateLimit-Scope": "global",
        "X-RateLimit-Global": "true",
        "Via": verdict.headers["Via"],
    }
    assert limits.acquire("GET /guilds/{id}", "1", NOW + 1).allowed


def test_answers_to_interactions_are_outside_the_global_limit() -> None:
    limits = RateLimits()
    assert sum(limits.acquire(ANSWER, f"{n}", NOW).allowed for n in range(200)) == 200
    assert limits.acquire("GET /guilds/{id}", "1", NOW).allowed
    passed(limits, 60, "GET /gateway/bot")
    assert limits.acquire(ANSWER, "x", NOW).allowed


def test_what_a_bucket_refuses_does_not_use_up_the_global_limit() -> None:
    limits = RateLimits()
    assert passed(limits, 500, SAY) == 5
    assert passed(limits, 100, "GET /gateway/bot") == 45


def test_reactions_share_a_bucket_per_channel() -> None:
    limits = RateLimits()
    assert limits.acquire(REACT, "1", NOW).allowed
    assert not limits.acquire(UNREACT, "1", NOW + 0.2).allowed
    assert limits.acquire(REACT, "2", NOW + 0.2).allowed
    assert limits.acquire(UNREACT, "1", NOW + 0.25).allowed
    assert passed(limits, 9, REACT.replace("PUT", "GET")) == 9


def test_limits_can_be_changed_and_lifted() -> None:
    limits = RateLimits()
    limits.messages = limits.reactions = limits.default = limits.global_limit = None
    for route in (SAY, REACT, "GET /gateway/bot"):
        assert passed(limits, 200, route) == 200
    assert limits.acquire(SAY, "1", NOW).headers == {}
    limits.messages = (2, 10.0)
    assert passed(limits, 3, SAY) == 2
    limits.messages = (3, 10.0)
    assert passed(limits, 3, SAY) == 1


def test_buckets_that_are_over_are_forgotten() -> None:
    limits = RateLimits()
    for n in range(10_000):
        limits.acquire(SAY, f"{n}", NOW + n)
    assert len(limits._windows) <= 1024


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("12")), max_size=80))
def test_refusals_end_when_told_and_passes_stay_within_the_limit(steps: list[tuple[float, str]]) -> None:
    limits = RateLimits()
    now = NOW
    passes: dict[str, list[float]] = {"1": [], "2": []}
    for wait, channel in steps:
        now += wait
        verdict = limits.acquire(SAY, channel, now)
        if verdict.allowed:
            passes[channel].append(now)
        else:
            later = now + verdict.retry_after + 1e-6  # the clock's own rounding
            assert copy.deepcopy(limits).acquire(SAY, channel, later).allowed
    for times in passes.values():
        # eleven passes reach into a third window, so the one between lies wholly in their span
        assert all(last - first > 4.999 for first, last in zip(times, times[10:], strict=False))
