"""Whether the bot is well, in one word, and the numbers that tell."""

from typing import Any

from bot.monitoring.state import State

OK, STANDBY, STARTING, DEGRADED = "ok", "standby", "starting", "degraded"

WELL = (OK, STANDBY)

MAX_LAG = 5.0
"""Seconds of the event loop's lag, within the last minute, beyond which the bot isn't well: interactions last three."""


def status(state: State) -> str:
    """Return "starting" until the bot was connected once, then "ok" or "degraded".

    One that waits for shards, as other processes serve them all, does what it should: "standby".
    """
    if not state.ready and not state.stands_by:
        return STARTING
    connected = state.shards.connected >= state.shards.expected
    if not connected or state.lag.largest > MAX_LAG or state.writer.last_error is not None:
        return DEGRADED
    return STANDBY if state.stands_by else OK


def health(state: State) -> dict[str, Any]:
    """Return what `/healthz` answers. While the clock doesn't agree with Discord's, nothing is deleted."""
    writer = state.writer
    return {
        "status": status(state),
        "shards": {"connected": state.shards.connected, "expected": state.shards.expected},
        "database": {
            "queued": writer.queued,
            "last_commit_at": writer.last_commit_at and writer.last_commit_at.isoformat(),
            "error": writer.last_error,
        },
        "clock": {
            "discord": state.clock.now.isoformat(timespec="seconds"),
            "host_ahead_seconds": state.clock.host_ahead and round(state.clock.host_ahead, 1),
            "agrees": state.clock.agrees,
        },
        "loop_lag_seconds": state.lag.last,
        "loop_lag_max_seconds": state.lag.largest,
        "uptime_seconds": state.uptime,
        "cogs": list(state.cogs),
    }
