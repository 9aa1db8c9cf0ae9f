"""Options of commands: types, nesting, order, choices and bounds."""

from typing import Any

from . import values
from .names import DESCRIPTION, localised_names, localised_text, slash_name
from .tree import At

SUBCOMMAND, GROUP, STRING, INTEGER, CHANNEL, NUMBER = 1, 2, 3, 4, 7, 10
BASIC = tuple(range(3, 12))
_CHOICE = 100
_LONGEST = 6000
_ONLY_FOR = {  # keys that mean something on some types only
    "choices": (STRING, INTEGER, NUMBER),
    "autocomplete": (STRING, INTEGER, NUMBER),
    "min_value": (INTEGER, NUMBER),
    "max_value": (INTEGER, NUMBER),
    "min_length": (STRING,),
    "max_length": (STRING,),
    "channel_types": (CHANNEL,),
    "options": (SUBCOMMAND, GROUP),
}

Placed = tuple[At, dict[str, Any]]


def options(at: At, value: Any, allowed: tuple[int, ...] = (SUBCOMMAND, GROUP, *BASIC)) -> None:
    """Check a list of options, `allowed` being the types that may stand at this level."""
    optional_before = False
    placed = list(values.tables(at, value, 25))
    for place, option in placed:
        if values.one_of(place / "type", option.get("type"), allowed):
            _option(place, option)
        required = values.flag(place / "required", option.get("required"))
        if required and optional_before:
            message = "Required options must be placed before non-required options"
            place.refuse("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_before = optional_before or not required
    _one_kind(at, placed)
    _distinct(placed)


def _option(at: At, option: dict[str, Any]) -> None:
    kind = option["type"]
    slash_name(at / "name", option.get("name"))
    localised_names(at / "name_localizations", option.get("name_localizations"), slash=True)
    values.text(at / "description", option.get("description"), DESCRIPTION, least=1, required=True)
    localised_text(at / "description_localizations", option.get("description_localizations"), DESCRIPTION)
    for key, kinds in _ONLY_FOR.items():
        if option.get(key) and kind not in kinds:
            message = f"An option of type {kind} takes no {key}"
            (at / key).refuse("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
    if kind == GROUP:
        options(at / "options", option.get("options"), (SUBCOMMAND,))
    elif kind == SUBCOMMAND:
        options(at / "options", option.get("options"), BASIC)
    else:
        _choices(at, option, kind)
        _bounds(at, option, kind)


def _one_kind(at: At, placed: list[Placed]) -> None:
    """Refuse subcommands beside ordinary options: a command is one or the other."""
    if len({option.get("type") in (SUBCOMMAND, GROUP) for _, option in placed}) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        at.refuse("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)


def _distinct(placed: list[Placed]) -> None:
    """Refuse a name that an earlier option bears, in the base language or in any other.

    In a locale without a name of its own an option is known by its base name there.
    """
    base = [str(option.get("name")) for _, option in placed]
    _no_repeats([place / "name" for place, _ in placed], base)
    if len(set(base)) < len(base):
        return  # they would clash in every locale again
    localised = [_localisations(option) for _, option in placed]
    for locale in sorted({locale for names in localised for locale in names}):
        names = [own.get(locale, name) for own, name in zip(localised, base, strict=True)]
        _no_repeats([place / "name_localizations" / locale for place, _ in placed], names)


def _localisations(option: dict[str, Any]) -> dict[str, str]:
    given = option.get("name_localizations")
    named = given.items() if isinstance(given, dict) else ()
    return {locale: name for locale, name in named if isinstance(name, str)}


def _no_repeats(places: list[At], names: list[str]) -> None:
    seen: set[str] = set()
    for place, name in zip(places, names, strict=True):
        if name in seen:
            place.refuse("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
        seen.add(name)


def _choices(at: At, option: dict[str, Any], kind: int) -> None:
    if values.flag(at / "autocomplete", option.get("autocomplete")) and option.get("choices"):
        message = "Autocomplete and choices are mutually exclusive"
        (at / "autocomplete").refuse("APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_EXCLUSIVE", message)
    seen: set[str] = set()
    for place, choice in values.tables(at / "choices", option.get("choices"), 25):
        name = values.text(place / "name", choice.get("name"), _CHOICE, least=1, required=True)
        localised_text(place / "name_localizations", choice.get("name_localizations"), _CHOICE)
        _choice_value(place / "value", choice.get("value"), kind)
        if name in seen:
            code = "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS"
            (place / "name").refuse(code, "Option choice name already exists")
        seen.add(name)


def _choice_value(at: At, value: Any, kind: int) -> None:
    if kind == STRING:
        values.text(at, value, _CHOICE, least=1, required=True)
    elif not values.require(at, value):
        return
    elif kind == INTEGER:
        values.whole(at, value, -values.INT_53, values.INT_53)
    else:
        values.number(at, value)


def _bounds(at: At, option: dict[str, Any], kind: int) -> None:
    if kind == STRING:
        low = values.whole(at / "min_length", option.get("min_length"), 0, _LONGEST)
        high = values.whole(at / "max_length", option.get("max_length"), 1, _LONGEST)
        name = "min_length"
    else:
        low, high = (_bound(at / key, option.get(key), kind) for key in ("min_value", "max_value"))
        name = "min_value"
    if low is not None and high is not None and low > high:
        (at / name).refuse("APPLICATION_COMMAND_OPTIONS_MIN_OVER_MAX", f"{name} is more than the maximum")


def _bound(at: At, value: Any, kind: int) -> float | None:
    if kind == INTEGER:
        return values.whole(at, value, -values.INT_53, values.INT_53)
    return values.number(at, value)
