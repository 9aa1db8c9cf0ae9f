"""Names a request's route without its ids and tokens, so that there are few of them and nothing private in them."""

from bot.annotating.rate_limits import Route

TOKEN_AFTER = {"interactions": 2, "webhooks": 2}
"""How far behind these a token stands: `/webhooks/<id>/<token>`."""

ROUTE_PARTS = 10


def route_of(method: str, raw_path: str) -> Route:
    """Return the route of a path such as `/api/v10/channels/1/messages`."""
    parts = [part for part in raw_path.split("/") if part]
    if parts[:1] == ["api"]:
        parts = parts[2:] if parts[1:2] and parts[1].startswith("v") else parts[1:]
    named = [_placeholder(parts, at) for at in range(min(len(parts), ROUTE_PARTS))]
    channel = int(parts[1]) if parts[:1] == ["channels"] and len(parts) > 1 and parts[1].isdecimal() else None
    return Route(method, "/" + "/".join(named), channel)


def _placeholder(parts: list[str], at: int) -> str:
    part = parts[at]
    if part.isdecimal():
        return "{id}"
    if at and parts[at - 1] == "reactions":
        return "{emoji}"
    if TOKEN_AFTER.get(parts[0]) == at:
        return "{token}"
    return part
