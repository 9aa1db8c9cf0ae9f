"""Discord's error answers: an HTTP status, a JSON code, a sentence."""

from __future__ import annotations

from typing import Any

MESSAGES: dict[int, tuple[int, str]] = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20012: (403, "You are not authorized to perform this action on this application"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    40094: (400, "This interaction has reached the maximum number of follow up messages (5)"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50016: (400, "Provided too few or too many messages to delete."),
    50021: (403, "Cannot execute action on a system message"),
    50027: (401, "Invalid Webhook Token"),
    50034: (400, "A message provided was too old to bulk delete"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160002: (400, "You cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    200000: (400, "Message was blocked by automatic moderation"),
}


class DiscordError(Exception):
    """An answer other than success, in Discord's shape."""

    def __init__(self, code: int, status: int | None = None, message: str | None = None) -> None:
        known_status, known_message = MESSAGES.get(code, (400, "Bad Request"))
        self.status = status or known_status
        self.body: dict[str, Any] = {"message": message or known_message, "code": code}
        super().__init__(self.body["message"])


class FormError(DiscordError):
    """50035 with the nested tree that says which field is wrong and why."""

    def __init__(self, errors: dict[str, Any]) -> None:
        super().__init__(50035)
        self.body["errors"] = errors


def field_error(path: str, code: str, message: str) -> FormError:
    """50035 for one field; `path` is dotted, as in `message_reference` or `embeds.0.title`."""
    tree: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(path.split(".")):
        tree = {part: tree}
    return FormError(tree)


def unauthorized() -> DiscordError:
    """The answer to a missing or wrong bot token."""
    return DiscordError(0, 401, "401: Unauthorized")


def not_found() -> DiscordError:
    """The answer on a route that does not exist."""
    return DiscordError(0, 404, "404: Not Found")
