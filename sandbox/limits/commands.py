"""Application commands as they are registered, one or all at once."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from . import values
from .names import DESCRIPTION, localised_names, localised_text, menu_name, slash_name
from .options import options
from .tree import At, Errors

SLASH, USER, MESSAGE, ENTRY_POINT = 1, 2, 3, 4
MAX_COMMANDS = {SLASH: 100, USER: 15, MESSAGE: 15, ENTRY_POINT: 1}
TOTAL = 8000


def check_command(payload: dict[str, Any]) -> Errors:
    """Discord's ``errors`` tree for one command; empty when it is valid.

    The payload is a whole command: an edit is merged with what is registered before it is checked.
    """
    at = At()
    _command(at, values.table(at, payload))
    return at.errors


def check_commands(payload: list[dict[str, Any]]) -> Errors:
    """Discord's ``errors`` tree for all commands of an application, keyed by their index."""
    at = At()
    commands = values.row(at, payload, sum(MAX_COMMANDS.values()))
    counts = Counter(_kind(command) for command in commands)
    for kind, most in MAX_COMMANDS.items():
        if counts[kind] > most:
            at.refuse("BASE_TYPE_MAX_LENGTH", f"At most {most} commands of type {kind} may be registered.")
    if at.errors:  # alone: clients take other errors at this level for indexes
        return at.errors
    seen: set[tuple[int, str]] = set()
    for place, command in values.tables(at, commands, len(commands)):
        _command(place, command)
        key = (_kind(command), str(command.get("name")))
        if key in seen:
            message = "Application command names must be unique"
            place.refuse("APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add(key)
    return at.errors


def _kind(command: Any) -> int:
    """The type of a command, slash commands being the default; 0 for no type at all."""
    kind = command.get("type") if isinstance(command, dict) else None
    kind = SLASH if kind is None else kind
    return kind if isinstance(kind, int) else 0


def _command(at: At, command: dict[str, Any]) -> None:
    kind = _kind(command)
    if not values.one_of(at / "type", kind, tuple(MAX_COMMANDS)):
        return
    slash = kind in (SLASH, ENTRY_POINT)
    (slash_name if slash else menu_name)(at / "name", command.get("name"))
    localised_names(at / "name_localizations", command.get("name_localizations"), slash=slash)
    (_described if slash else _undescribed)(at, command)
    _availability(at, command)
    if _length(command) > TOTAL:
        at.refuse("APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({TOTAL})")


def _described(at: At, command: dict[str, Any]) -> None:
    values.text(at / "description", command.get("description"), DESCRIPTION, least=1, required=True)
    localised_text(at / "description_localizations", command.get("description_localizations"), DESCRIPTION)
    options(at / "options", command.get("options"))


def _undescribed(at: At, command: dict[str, Any]) -> None:
    for key in ("description", "description_localizations", "options"):
        if command.get(key):
            message = f"Context menu commands cannot have {key}"
            (at / key).refuse("APPLICATION_COMMAND_CONTEXT_MENU_FIELD", message)


def _availability(at: At, command: dict[str, Any]) -> None:
    """Check where a command may be used, and by whom."""
    for key in ("nsfw", "dm_permission"):
        values.flag(at / key, command.get(key))
    for key, known in (("integration_types", (0, 1)), ("contexts", (0, 1, 2))):
        if command.get(key) is not None:
            given = values.row(at / key, command[key], len(known), least=1)
            for index, value in enumerate(given):
                values.one_of(at / key / index, value, known)
                if value in given[:index]:
                    (at / key).refuse("SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
    if command.get("default_member_permissions") is not None:
        values.snowflake(at / "default_member_permissions", command["default_member_permissions"])


def _length(node: dict[str, Any]) -> int:
    """Code points of a command, option or choice and all below it, the longest localisation counted."""
    total = sum(max(map(len, _versions(node, key))) for key in ("name", "description"))
    if "value" in node:
        total += len(str(node["value"]))
    return total + sum(map(_length, _children(node)))


def _versions(node: dict[str, Any], key: str) -> Iterator[str]:
    yield str(node.get(key) or "")
    localised = node.get(f"{key}_localizations")
    yield from map(str, localised.values() if isinstance(localised, dict) else ())


def _children(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("options", "choices"):
        below = node.get(key)
        yield from (child for child in (below if isinstance(below, list) else ()) if isinstance(child, dict))
