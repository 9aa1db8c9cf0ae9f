"""A server's choices as the form of `/setup` shows them, and what somebody changed there."""

from dataclasses import dataclass

NO_RECAP, KEEP_RECAP = "none", "keep"
"""What the form offers for the recap beside the seven days."""


@dataclass(frozen=True, slots=True)
class SetupForm:
    """What is there: chosen keys, "" where nothing is; the mode in force in `channel_id`; the recap, if there is one.

    `recap_hour` is that of the recap, or the usual one.
    """

    guild_id: int
    channel_id: int
    model: str
    default_model: str
    zone: str
    language: str
    mode: str
    recap_channel: int | None
    recap_weekday: int | None
    recap_hour: int


@dataclass(frozen=True, slots=True)
class SetupChanges:
    """What is wanted otherwise than it is, None where nothing changes; keys that are known, or "default"."""

    model: str | None = None
    zone: str | None = None
    language: str | None = None
    mode: str | None = None
    recap_off: bool = False
    recap_weekday: int | None = None
