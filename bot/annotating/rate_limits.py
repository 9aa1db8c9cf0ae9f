"""What annotations need to know of Discord's limits; the client that sends requests knows them."""

from typing import NamedTuple, Protocol


class Route(NamedTuple):
    """A method and a path whose ids, tokens and emoji are placeholders; `channel_id` where it is about a channel."""

    method: str
    path: str
    channel_id: int | None


POST = Route("POST", "/channels/{id}/messages", None)
EDIT = Route("PATCH", "/channels/{id}/messages/{id}", None)
REACT = Route("PUT", "/channels/{id}/messages/{id}/reactions/{emoji}/@me", None)


class RateLimits(Protocol):
    """How fast Discord lets us write. Moments are seconds of one clock."""

    @property
    def global_until(self) -> float:
        """Return until when Discord limits the whole bot."""
        ...

    def wait(self, route: Route, now: float) -> float:
        """Return the seconds until such a request may go out; 0 when it may now."""
        ...

    def record_request(self, now: float) -> None:
        """Note that a request of ours goes out."""
        ...


class Limits(Protocol):
    """What has gone to Discord since the start, and how fast more may follow."""

    @property
    def rate_limits(self) -> RateLimits:
        """Return how fast."""
        ...

    @property
    def paused_for(self) -> float:
        """Return for how many seconds nothing may go out that nobody asked for; 0 when it may."""
        ...

    @property
    def near_invalid_request_limit(self) -> bool:
        """Tell whether nothing may go out that nobody asked for."""
        ...
