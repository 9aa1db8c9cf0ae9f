"""Our commands as Discord is told of them, and how what it has differs from that."""

from collections.abc import Mapping, Sequence
from typing import Any

from discord import app_commands

Payload = Mapping[str, Any]

DEFAULTS: dict[str, Any] = {
    "type": 1,
    "description": "",
    "name_localizations": {},
    "description_localizations": {},
    "options": [],
    "choices": [],
    "channel_types": [],
    "required": False,
    "autocomplete": False,
    "nsfw": False,
    "default_member_permissions": None,
    "contexts": None,
    "min_value": None,
    "max_value": None,
    "min_length": None,
    "max_length": None,
}
"""What Discord takes for granted where nothing is said; it says it in some answers and leaves it out of others."""

UNORDERED = frozenset({"contexts", "integration_types", "channel_types"})
NESTED = frozenset({"options", "choices"})


async def payloads(tree: app_commands.CommandTree) -> list[dict[str, Any]]:
    """Return all that Discord is to know of the commands, localisations included."""
    translator = tree.translator
    if translator is None:
        return [command.to_dict(tree) for command in tree.get_commands()]
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


def differing(known: Sequence[Payload], wanted: Sequence[Payload]) -> list[str]:
    """Return the names of the commands that Discord lacks, has otherwise, or has too many, sorted."""
    theirs, ours = _by_name(known), _by_name(wanted)
    return sorted({key[1] for key in theirs.keys() | ours.keys() if theirs.get(key) != ours.get(key)})


def normalised(payload: Payload) -> dict[str, Any]:
    """Return a command, option or choice without what Discord adds and with what it takes for granted.

    `integration_types` counts only where we say it (the application's own stand in otherwise), and `dm_permission`
    follows from `contexts`.
    """
    keys = (*DEFAULTS, "name", "value", "integration_types")
    return {key: _value(key, payload[key]) if payload.get(key) is not None else DEFAULTS.get(key) for key in keys}


def _value(key: str, value: Any) -> Any:
    if key in NESTED:
        return [normalised(one) for one in value]
    if key in UNORDERED:
        return sorted(value)
    if key == "default_member_permissions":
        return str(value)
    return value


def _by_name(commands: Sequence[Payload]) -> dict[tuple[int, str], dict[str, Any]]:
    return {(one.get("type") or 1, one["name"]): normalised(one) for one in commands}
