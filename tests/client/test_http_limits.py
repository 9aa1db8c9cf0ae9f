"""Routes without ids, limits learnt from headers, and the distance kept from a ban."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.client.http_limits.http_limits import INVALID_SECONDS, MAX_INVALID, MAX_ROUTES, HttpLimits
from bot.client.http_limits.rate_limit_tracker import BANNED_PAUSE, EASES_AFTER, FIRST_GAP, MARGIN, RateLimitTracker
from bot.client.http_limits.routes import Route, route_of

POST = route_of("POST", "/api/v10/channels/7/messages")
OURS = {"Via": "1.1 google"}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/api/v10/channels/12/messages", "/channels/{id}/messages"),
        (
            "/api/channels/12/messages/3/reactions/%F0%9F%90%87/@me",
            "/channels/{id}/messages/{id}/reactions/{emoji}/@me",
        ),
        ("/api/v10/interactions/12/aW50ZXJ/callback", "/interactions/{id}/{token}/callback"),
        ("/api/v10/webhooks/12/aW50ZXJ/messages/@original", "/webhooks/{id}/{token}/messages/@original"),
        ("/api/v10/gateway/bot", "/gateway/bot"),
        ("/", "/"),
        ("", "/"),
    ],
)
def test_routes_hold_no_ids_and_no_tokens(path: str, shown: str) -> None:
    assert route_of("GET", path).path == shown


def test_the_channel_of_a_route() -> None:
    assert Route("POST", "/channels/{id}/messages", 7) == POST
    assert route_of("GET", "/api/v10/guilds/7/channels").channel_id is None


@given(st.text())
def test_any_path_has_a_route(path: str) -> None:
    assert route_of("GET", path).path.startswith("/")


def test_a_spent_bucket_is_waited_for_and_only_in_its_channel() -> None:
    rate_limits = RateLimitTracker()
    assert rate_limits.wait(POST, 10) == 0
    rate_limits.note(POST, 200, {"X-RateLimit-Remaining": "1", "X-RateLimit-Reset-After": "5"}, 10)
    assert rate_limits.wait(POST, 10) == 0
    rate_limits.note(POST, 200, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "4.5"}, 11)
    assert rate_limits.wait(POST, 12) == pytest.approx(3.5 + MARGIN)
    assert rate_limits.wait(POST._replace(channel_id=8), 12) == 0
    assert rate_limits.wait(POST._replace(method="PATCH"), 12) == 0
    assert rate_limits.wait(POST, 16) == 0


@pytest.mark.parametrize("headers", [{}, {"X-RateLimit-Remaining": "x"}, {"X-RateLimit-Remaining": "0"}])
def test_headers_that_say_nothing_are_passed_over(headers: dict[str, str]) -> None:
    rate_limits = RateLimitTracker()
    rate_limits.note(POST, 200, headers, 10)
    assert rate_limits.wait(POST, 10) == 0


def test_a_limit_for_all_stops_everything_then_keeps_a_distance() -> None:
    rate_limits = RateLimitTracker()
    elsewhere = POST._replace(channel_id=9)
    rate_limits.note(POST, 429, {**OURS, "Retry-After": "2", "X-RateLimit-Global": "true"}, 10)
    assert rate_limits.wait(elsewhere, 11) == pytest.approx(1 + MARGIN)
    assert rate_limits.global_until == pytest.approx(12 + MARGIN)
    rate_limits.record_request(13)
    assert rate_limits.wait(elsewhere, 13) == pytest.approx(FIRST_GAP)
    rate_limits.record_request(10 + EASES_AFTER + 1)
    assert rate_limits.wait(elsewhere, 10 + EASES_AFTER + 1) == 0


def test_the_distance_grows_with_each_limit_and_is_bounded() -> None:
    rate_limits = RateLimitTracker()
    for n in range(20):
        rate_limits.note(POST, 429, {**OURS, "Retry-After": "0", "X-RateLimit-Global": "true"}, n)
    rate_limits.record_request(100)
    assert FIRST_GAP < rate_limits.wait(POST, 100) <= 2


def test_a_channels_limit_concerns_that_channel() -> None:
    rate_limits = RateLimitTracker()
    rate_limits.note(POST, 429, {**OURS, "Retry-After": "3"}, 10)
    assert rate_limits.wait(POST, 10) == pytest.approx(3 + MARGIN)
    assert rate_limits.wait(POST._replace(channel_id=9), 10) == 0


def test_a_refusal_by_the_proxy_means_silence() -> None:
    rate_limits = RateLimitTracker()
    rate_limits.note(POST, 429, {}, 10)
    assert rate_limits.wait(POST._replace(channel_id=9), 10) == BANNED_PAUSE


def test_what_is_remembered_is_bounded() -> None:
    rate_limits = RateLimitTracker()
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "100"}
    for channel_id in range(10_001):
        rate_limits.note(POST._replace(channel_id=channel_id), 200, spent, 10)
    assert rate_limits.wait(POST._replace(channel_id=0), 10) == 0
    assert rate_limits.wait(POST._replace(channel_id=10_000), 10) > 0


def test_invalid_requests_are_counted_within_ten_minutes() -> None:
    clock = Clock()
    http_limits = HttpLimits(clock)
    for status in (200, 404, 500, 401, 403):
        http_limits.note("GET", "/api/v10/users/@me", status, {})
    http_limits.note("GET", "/api/v10/users/@me", 429, {"X-RateLimit-Scope": "shared"})
    assert http_limits.invalid == 2
    clock.now += INVALID_SECONDS + 1
    assert http_limits.invalid == 0
    assert http_limits.requests["GET", "/users/@me", 403] == 1


def test_far_from_a_ban_annotations_stop() -> None:
    http_limits = HttpLimits(Clock())
    for _ in range(MAX_INVALID - 1):
        http_limits.note("POST", "/api/v10/channels/7/messages", 403, {})
    assert not http_limits.near_invalid_request_limit
    http_limits.note("POST", "/api/v10/channels/7/messages", 403, {})
    assert http_limits.near_invalid_request_limit


def test_routes_counted_are_bounded() -> None:
    http_limits = HttpLimits(Clock())
    for n in range(MAX_ROUTES + 50):
        http_limits.note("GET", f"/api/v10/x{n}", 200, {})
    assert len(http_limits.requests) == MAX_ROUTES + 1
