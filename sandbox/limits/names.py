"""Names and descriptions of commands and options, with their localisations."""

import unicodedata
from typing import Any

from . import values
from .tree import At

NAME = 32
DESCRIPTION = 100
LOCALES = {
    *("bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu"),
    *("id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk"),
    *("vi", "zh-CN", "zh-TW"),
}

# The scripts whose marks may stand in a name beside letters and digits (code points of Scripts.txt)
_DEVANAGARI = (range(0x900, 0x951), range(0x955, 0x964), range(0x966, 0x980), range(0xA8E0, 0xA900))
_THAI = (range(0xE01, 0xE3B), range(0xE40, 0xE5C))
_PATTERN = r"^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$"


def _fits(char: str) -> bool:
    if char in "-_'" or unicodedata.category(char)[0] in "LN":
        return True
    return any(ord(char) in block for block in (*_DEVANAGARI, *_THAI))


def slash_name(at: At, value: Any) -> None:
    """Check a name as typed after a slash: letters, digits, ``-_'``, in lower case where there is one."""
    name = values.text(at, value, NAME, least=1, required=True)
    if not all(map(_fits, name)):
        at.refuse("STRING_TYPE_REGEX", f"String value did not match validation regex: {_PATTERN}")
    elif any(char != char.lower() for char in name):
        at.refuse("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def menu_name(at: At, value: Any) -> None:
    """Check a name as shown in a context menu: any characters, spaces and capitals included."""
    name = values.text(at, value, NAME, least=1, required=True)
    if name and not name.strip():
        at.refuse("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def localised_names(at: At, value: Any, *, slash: bool) -> None:
    """Check ``name_localizations`` by the rule of the name itself."""
    for place, name in _localised(at, value):
        (slash_name if slash else menu_name)(place, name)


def localised_text(at: At, value: Any, most: int) -> None:
    """Check localisations of a description or of a choice's name."""
    for place, words in _localised(at, value):
        values.text(place, words, most, least=1, required=True)


def _localised(at: At, value: Any) -> list[tuple[At, Any]]:
    """The localisations with their places; locales that Discord does not know are refused."""
    given = {} if value is None else values.table(at, value)
    for locale in given.keys() - LOCALES:
        (at / locale).refuse("ENUM_TYPE_COERCE", f'Value "{locale}" is not a valid enum value.')
    return [(at / locale, words) for locale, words in given.items()]
