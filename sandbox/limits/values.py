"""Checks of single values, each noting what is wrong in Discord's words.

``None`` and an absent key are the same to Discord, so every check takes ``None`` and refuses it only when the
value is required. Lengths are Unicode code points, as Discord counts them: ``len`` of a Python string, not
UTF-16 units and not what a reader would call a character (a flag emoji counts two).
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from .tree import At

INT_53 = 2**53
WEB = ("http", "https")
MEDIA = ("http", "https", "attachment")


def require(at: At, value: object) -> bool:
    """Whether there is a value; refuse its absence."""
    if value is None:
        at.refuse("BASE_TYPE_REQUIRED", "This field is required")
    return value is not None


def size(at: At, count: int, most: int, least: int = 0) -> None:
    """Refuse a length or a number of items outside ``least..most``."""
    if least <= count <= most:
        return
    if least:
        at.refuse("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
    else:
        at.refuse("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def text(at: At, value: Any, most: int, *, least: int = 0, required: bool = False) -> str:
    """Refuse what is not a string of ``least..most`` code points; give the string, or an empty one."""
    if value is None:
        if required:
            require(at, value)
        return ""
    if not isinstance(value, str):
        at.refuse("STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        return ""
    size(at, len(value), most, least)
    return value


def worded(at: At, value: Any, most: int) -> str:
    """Like a required `text`, but one that shows something: Discord takes blank words for missing ones."""
    if isinstance(value, str) and not value.strip():
        value = None
    return text(at, value, most, required=True)


def whole(at: At, value: Any, least: int, most: int, *, required: bool = False) -> int | None:
    """Refuse what is not a whole number in ``least..most``; give the number when it is one."""
    if value is None:
        if required:
            require(at, value)
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        at.refuse("NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        return None
    _bounded(at, value, least, most, "int")
    return value


def number(at: At, value: Any) -> float | None:
    """Refuse what is not a number within ±2^53; give the number when it is one."""
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        at.refuse("NUMBER_TYPE_COERCE", f'Value "{value}" is not float.')
        return None
    _bounded(at, value, -INT_53, INT_53, "float")
    return value


def _bounded(at: At, value: float, least: int, most: int, kind: str) -> None:
    if value > most:
        at.refuse("NUMBER_TYPE_MAX", f"{kind} value should be less than or equal to {most}.")
    elif not value >= least:  # so that NaN is refused too
        at.refuse("NUMBER_TYPE_MIN", f"{kind} value should be greater than or equal to {least}.")


def flag(at: At, value: Any) -> bool:
    """Refuse what is neither true nor false; give the value, absent being false."""
    if value is None or isinstance(value, bool):
        return bool(value)
    at.refuse("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
    return False


def one_of(at: At, value: Any, allowed: Collection[int | str]) -> bool:
    """Whether a required value is one of those allowed; refuse any other."""
    if not require(at, value):
        return False
    if isinstance(value, int | str) and not isinstance(value, bool) and value in allowed:
        return True
    at.refuse("BASE_TYPE_CHOICES", f"Value must be one of ({', '.join(map(str, allowed))}).")
    return False


def snowflake(at: At, value: Any) -> str:
    """Refuse what is no Discord id, written as digits or as a number; give its digits, or an empty string."""
    digits = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(digits, str) and digits.isascii() and digits.isdigit() and int(digits) < 2**64:
        return digits
    at.refuse("NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
    return ""


def is_table(at: At, value: Any) -> bool:
    """Whether a required value is a JSON object; refuse any other."""
    if not isinstance(value, dict) and require(at, value):
        at.refuse("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    return isinstance(value, dict)


def table(at: At, value: Any) -> dict[str, Any]:
    """Refuse what is not a JSON object; give it, or an empty one."""
    return value if is_table(at, value) else {}


def row(at: At, value: Any, most: int, *, least: int = 0) -> list[Any]:
    """Refuse what is not a list of ``least..most`` items; give it, or an empty one."""
    if value is None:
        if least:
            require(at, value)
        return []
    if not isinstance(value, list):
        at.refuse("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return []
    size(at, len(value), most, least)
    return value


def tables(at: At, value: Any, most: int, *, least: int = 0) -> Iterator[tuple[At, dict[str, Any]]]:
    """The objects of a list of ``least..most``, each with its place; what is no object is refused."""
    for index, item in enumerate(row(at, value, most, least=least)):
        if is_table(at / index, item):
            yield at / index, item


def url(at: At, value: Any, most: int, schemes: Collection[str] = WEB, *, required: bool = False) -> str:
    """Refuse what is not a URL of these schemes, at most `most` long; give it, or an empty string."""
    address = text(at, value, most, required=required)
    if not isinstance(value, str):
        return ""
    scheme = _scheme(address)
    if scheme is None:
        at.refuse("URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return ""
    if scheme not in schemes:
        known = ", ".join(f"'{each}'" for each in schemes)
        message = f'Scheme "{scheme}" is not supported. Scheme must be one of ({known}).'
        at.refuse("URL_TYPE_INVALID_SCHEME", message)
        return ""
    return address


def _scheme(address: str) -> str | None:
    """The scheme of a URL with a host; ``None`` for any other text."""
    try:
        parts = urlsplit(address)
    except ValueError:  # a broken IPv6 address
        return None
    spaced = any(char.isspace() for char in address)
    return parts.scheme if parts.scheme and parts.netloc and not spaced else None


def moment(at: At, value: Any) -> None:
    """Refuse what is not an ISO 8601 date and time with its offset from UTC."""
    if value is None:
        return
    try:
        parsed = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        at.refuse("DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")
