"""What people press and choose from: buttons and select menus."""

from typing import Any

from . import values
from .tree import At

BUTTON = 2
STRING_SELECT = 3
AUTO_SELECTS = (5, 6, 7, 8)  # user, role, mentionable, channel
SELECTS = (STRING_SELECT, *AUTO_SELECTS)
_FEW = 25

_LINK, _PREMIUM = 5, 6
_STYLES = (1, 2, 3, 4, _LINK, _PREMIUM)
_NOT_FOR = {  # what a button of a style may not carry
    **dict.fromkeys(_STYLES, ("url", "sku_id")),
    _LINK: ("custom_id", "sku_id"),
    _PREMIUM: ("custom_id", "url", "label", "emoji"),
}


def custom_id(at: At, component: dict[str, Any]) -> None:
    """Check the id a component is answered under."""
    values.text(at / "custom_id", component.get("custom_id"), 100, least=1, required=True)


def emoji(at: At, value: Any) -> None:
    """Check a partial emoji: a custom one by its id, a Unicode one by its character."""
    if value is None:
        return
    given = values.table(at, value)
    name = values.text(at / "name", given.get("name"), 32)
    if given.get("id") is not None:
        values.snowflake(at / "id", given["id"])
    elif not name or name.isascii():  # every emoji has a code point beyond ASCII, "1️⃣" too
        at.refuse("COMPONENT_INVALID_EMOJI", "Invalid emoji")


def button(at: At, button: dict[str, Any]) -> None:
    """Check a button: exactly what its style needs, and nothing its style may not have."""
    values.text(at / "label", button.get("label"), 80)
    values.flag(at / "disabled", button.get("disabled"))
    emoji(at / "emoji", button.get("emoji"))
    if values.one_of(at / "style", button.get("style"), _STYLES):
        _styled(at, button, button["style"])


def _styled(at: At, button: dict[str, Any], style: int) -> None:
    for key in _NOT_FOR[style]:
        if button.get(key):
            (at / key).refuse("BUTTON_COMPONENT_FIELD_NOT_ALLOWED", f"A button of this style takes no {key}")
    if style == _LINK:
        values.url(at / "url", button.get("url"), 512, (*values.WEB, "discord"), required=True)
    elif style == _PREMIUM:
        values.snowflake(at / "sku_id", button.get("sku_id"))
    else:
        custom_id(at, button)
    if style != _PREMIUM and not button.get("label") and not button.get("emoji"):
        at.refuse("BUTTON_COMPONENT_LABEL_REQUIRED", "A button needs a label or an emoji")


def select(at: At, menu: dict[str, Any]) -> None:
    """Check a select menu of any type."""
    custom_id(at, menu)
    values.text(at / "placeholder", menu.get("placeholder"), 150)
    values.flag(at / "disabled", menu.get("disabled"))
    if menu.get("type") == STRING_SELECT:
        offered, chosen = choices(at / "options", menu.get("options"), _FEW)
    else:
        offered, chosen = _FEW, len(values.row(at / "default_values", menu.get("default_values"), _FEW))
    choosable(at, menu, offered, chosen)


def choices(at: At, value: Any, most: int, least: int = 1) -> tuple[int, int]:
    """Check the options of a menu or a group; give how many there are, and how many are chosen beforehand."""
    seen: set[str] = set()
    offered = chosen = 0
    for place, option in values.tables(at, value, most, least=least):
        values.text(place / "label", option.get("label"), 100, least=1, required=True)
        key = values.text(place / "value", option.get("value"), 100, least=1, required=True)
        values.text(place / "description", option.get("description"), 100)
        emoji(place / "emoji", option.get("emoji"))
        offered += 1
        chosen += values.flag(place / "default", option.get("default"))
        if key in seen:
            message = "The specified option value is already used"
            place.refuse("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
        seen.add(key)
    return offered, chosen


def choosable(at: At, menu: dict[str, Any], offered: int, chosen: int, *, most: int = _FEW, usual: int = 1) -> None:
    """Check how many values may be chosen, out of those `offered`, with `chosen` chosen beforehand.

    `most` is the limit of this kind of menu, `usual` its ``max_values`` when none is given.
    """
    low = values.whole(at / "min_values", menu.get("min_values"), 0, most)
    high = values.whole(at / "max_values", menu.get("max_values"), 1, most)
    low, high = 1 if low is None else low, usual if high is None else high
    if low > high:
        (at / "min_values").refuse("SELECT_COMPONENT_MIN_OVER_MAX", "min_values is more than max_values")
    if 0 < offered < high:
        message = "There are fewer options than max_values"
        (at / "max_values").refuse("SELECT_COMPONENT_TOO_FEW_OPTIONS", message)
    if chosen > high:
        message = "More values are chosen beforehand than max_values"
        at.refuse("SELECT_COMPONENT_TOO_MANY_DEFAULTS", message)
