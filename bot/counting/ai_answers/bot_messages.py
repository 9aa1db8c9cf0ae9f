"""Reads an AI bot's message from Discord's own JSON: whose it is, what it answers, when it last changed. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.counting.ai_answers.answer_text import Payload

ANSWERS = frozenset({0, 19, 20, 23})
"""Message types: plain, a reply, the answers to a slash command and to a context menu
(https://docs.discord.com/developers/resources/message#message-object-message-types)."""

MAX_ID = 2**63 - 1

PLAIN_REFERENCE = 0
"""A reference that isn't a forward."""


def owners(payload: Payload) -> tuple[int, ...]:
    """Return whose message it may be: a user's, or (webhooks, commands' answers) an application's."""
    if payload.get("type", 0) not in ANSWERS:
        return ()
    author, application = payload.get("author"), number(payload.get("application_id"))
    if payload.get("webhook_id") is not None and application:
        return (application,)
    mine = number(author.get("id")) if isinstance(author, dict) and author.get("bot") else 0
    return (mine,) if mine and payload.get("webhook_id") is None else ()


def asked_by(payload: Payload, is_out: Callable[[int], bool]) -> tuple[int | None, int, bool]:
    """Return the message answered, who used a command (0: nobody known), and whether Discord told either.

    What somebody wrote who wants to be left out (`is_out`) isn't named.
    """
    by_command = _dict(payload.get("interaction_metadata")) or _dict(payload.get("interaction"))
    if by_command:
        target, user = number(by_command.get("target_message_id")), number(_dict(by_command.get("user")).get("id"))
        return target or None, 0 if is_out(user) else user, True
    reference = _dict(payload.get("message_reference"))
    replied = number(reference.get("message_id"))
    if not replied or reference.get("type", PLAIN_REFERENCE) != PLAIN_REFERENCE:
        return None, 0, False
    if str(reference.get("channel_id", payload.get("channel_id"))) != str(payload.get("channel_id")):
        return None, 0, False
    author = number(_dict(_dict(payload.get("referenced_message")).get("author")).get("id"))
    return None if author and is_out(author) else replied, 0, True


def speaks_to(payload: Payload) -> set[int]:
    """Return the users and applications that somebody's message speaks to: mentioned in it, or replied to."""
    mentions = payload.get("mentions")
    found = {number(_dict(user).get("id")) for user in mentions} if isinstance(mentions, list) else set[int]()
    replied = _dict(payload.get("referenced_message"))
    return found | {number(_dict(replied.get("author")).get("id")), number(replied.get("application_id"))}


def edited_at(payload: Payload) -> datetime | None:
    """Return when the message was last edited."""
    try:
        moment = datetime.fromisoformat(str(payload.get("edited_timestamp")))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def number(value: Any) -> int:
    """Return an id, 0 for what isn't one."""
    text = str(value)
    return min(int(text), MAX_ID) if text.isascii() and text.isdecimal() and len(text) < 20 else 0


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
