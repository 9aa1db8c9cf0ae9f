"""Bodies of messages: new, edited, sent through a webhook or as an interaction's answer."""

from typing import Any

from . import values
from .components import components
from .embeds import embeds
from .media import attachments
from .tree import At, Errors

CONTENT = 2000
NONCE = 25
SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 6, 1 << 12
VOICE_MESSAGE, COMPONENTS_V2 = 1 << 13, 1 << 15
_SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE_MESSAGE | COMPONENTS_V2
_MENTIONS = ("roles", "users", "everyone")


def check_message(body: dict[str, Any], files: list[str], *, creating: bool, interaction: bool = False) -> Errors:
    """Discord's ``errors`` tree for a message body; empty when it is valid.

    `files` are the multipart field names (``files[0]``…). An edit carries the flags the message keeps, so any
    are taken there; hand them in merged when the message's Components V2 flag is to count.
    """
    at = At()
    message(at, body, files, creating=creating, interaction=interaction)
    return at.errors


def message(at: At, value: Any, files: list[str], *, creating: bool, interaction: bool) -> None:
    """Check a message body that stands at this place."""
    body = values.table(at, value)
    allowed = (_SETTABLE | EPHEMERAL if interaction else _SETTABLE) if creating else None
    v2 = bool(flags(at / "flags", body.get("flags"), allowed) & COMPONENTS_V2)
    values.text(at / "content", body.get("content"), CONTENT)
    values.flag(at / "tts", body.get("tts"))
    values.row(at / "sticker_ids", body.get("sticker_ids"), 3)
    _nonce(at / "nonce", body.get("nonce"))
    _allowed_mentions(at / "allowed_mentions", body.get("allowed_mentions"))
    _reference(at / "message_reference", body.get("message_reference"))
    attached = attachments(at / "attachments", body, files, creating=creating)
    embeds(at / "embeds", body.get("embeds"), attached)
    components(at / "components", body.get("components"), attached, v2=v2)
    if v2:
        _only_components(at, body)


def empty_message(body: dict[str, Any], files: list[str]) -> bool:
    """Whether a message would show nothing at all (error 50006)."""
    content = body.get("content")
    reference = body.get("message_reference")
    forwards = isinstance(reference, dict) and reference.get("type") == 1
    shown = ("embeds", "components", "sticker_ids", "attachments", "poll")
    worded = isinstance(content, str) and content.strip()
    return not (worded or files or forwards or any(body.get(key) for key in shown))


def flags(at: At, value: Any, allowed: int | None) -> int:
    """Check message flags, `allowed` being those that may be set (``None``: any); give them."""
    given = values.whole(at, value, 0, 2**31 - 1) or 0
    if allowed is not None and given & ~allowed & (2**31 - 1):
        at.refuse("MESSAGE_FLAGS_INVALID", f"Only these flags can be set here: {allowed}")
    return given


def _only_components(at: At, body: dict[str, Any]) -> None:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(key):
            message = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            (at / key).refuse("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)


def _nonce(at: At, value: Any) -> None:
    if isinstance(value, int):
        values.whole(at, value, -(2**63), 2**63 - 1)
    else:
        values.text(at, value, NONCE)


def _allowed_mentions(at: At, value: Any) -> None:
    """Check who may be pinged: by kind in ``parse``, or by id, never the same kind both ways."""
    if value is None:
        return
    given = values.table(at, value)
    kinds = values.row(at / "parse", given.get("parse"), len(_MENTIONS))
    for index, kind in enumerate(kinds):
        values.one_of(at / "parse" / index, kind, _MENTIONS)
    for key in ("users", "roles"):
        ids = values.row(at / key, given.get(key), 100)
        for index, identifier in enumerate(ids):
            values.snowflake(at / key / index, identifier)
        if ids and key in kinds:
            message = f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.'
            at.refuse("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
    values.flag(at / "replied_user", given.get("replied_user"))


def _reference(at: At, value: Any) -> None:
    if value is not None:
        values.snowflake(at / "message_id", values.table(at, value).get("message_id"))
