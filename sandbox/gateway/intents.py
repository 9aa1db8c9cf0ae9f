"""Which events a session asked for."""

from __future__ import annotations

GUILDS, GUILD_MEMBERS = 1 << 0, 1 << 1
GUILD_MESSAGES, GUILD_REACTIONS, GUILD_TYPING = 1 << 9, 1 << 10, 1 << 11
DIRECT_MESSAGES, DIRECT_REACTIONS, DIRECT_TYPING = 1 << 12, 1 << 13, 1 << 14
MESSAGE_CONTENT = 1 << 15
KNOWN = (1 << 26) - 1 & ~(0b111 << 17 | 0b11 << 22)
"""Every intent bit Discord defines (17–19, 22 and 23 are none); others are refused with 4013."""

_ALWAYS = 0
_BY_PREFIX = (
    ("MESSAGE_REACTION_", GUILD_REACTIONS, DIRECT_REACTIONS),
    ("MESSAGE_", GUILD_MESSAGES, DIRECT_MESSAGES),
    ("TYPING_START", GUILD_TYPING, DIRECT_TYPING),
    ("GUILD_MEMBER_", GUILD_MEMBERS, GUILD_MEMBERS),
    ("GUILD_", GUILDS, GUILDS),
    ("CHANNEL_", GUILDS, _ALWAYS),
    ("THREAD_", GUILDS, GUILDS),
)


def needed(event: str, private: bool) -> int:
    """The intent an event needs; 0 for those every session gets (interactions among them)."""
    for prefix, guild, direct in _BY_PREFIX:
        if event.startswith(prefix):
            return direct if private else guild
    return _ALWAYS


def wanted(event: str, private: bool, intents: int) -> bool:
    """Whether a session with these intents gets an event."""
    need = needed(event, private)
    return need == _ALWAYS or bool(need & intents)
