"""Answers to interactions: ``{"type": …, "data": …}``."""

from typing import Any

from . import values
from .messages import EPHEMERAL, SUPPRESS_NOTIFICATIONS, flags, message
from .modals import modal
from .names import localised_text
from .tree import At, Errors

MESSAGE, DEFERRED_MESSAGE, UPDATE, AUTOCOMPLETE, MODAL = 4, 5, 7, 8, 9
TYPES = (1, MESSAGE, DEFERRED_MESSAGE, 6, UPDATE, AUTOCOMPLETE, MODAL, 10, 12)
_CHOICE = 100


def check_callback(body: dict[str, Any], files: list[str]) -> Errors:
    """Discord's ``errors`` tree for an interaction's answer; empty when it is valid.

    Whether a type fits the interaction (no modal in answer to a modal, say) is not told by the body alone.
    """
    at = At()
    given = values.table(at, body)
    if values.one_of(at / "type", given.get("type"), TYPES):
        _data(at / "data", given["type"], given.get("data"), files)
    return at.errors


def _data(at: At, kind: int, data: Any, files: list[str]) -> None:
    if kind == MESSAGE:
        message(at, data, files, creating=True, interaction=True)
    elif kind == UPDATE and data is not None:
        message(at, data, files, creating=False, interaction=True)
    elif kind == DEFERRED_MESSAGE and data is not None:
        # Components V2 cannot be announced here: the flag is set when the answer is edited in
        given = values.table(at, data).get("flags")
        flags(at / "flags", given, EPHEMERAL | SUPPRESS_NOTIFICATIONS)
    elif kind == AUTOCOMPLETE:
        _suggestions(at / "choices", values.table(at, data).get("choices"))
    elif kind == MODAL:
        modal(at, data)


def _suggestions(at: At, value: Any) -> None:
    for place, choice in values.tables(at, value, 25):
        values.text(place / "name", choice.get("name"), _CHOICE, least=1, required=True)
        localised_text(place / "name_localizations", choice.get("name_localizations"), _CHOICE)
        suggested = choice.get("value")
        if isinstance(suggested, int | float):
            values.number(place / "value", suggested)
        else:
            values.text(place / "value", suggested, _CHOICE, least=1, required=True)
