"""Discord's permissions by the names that people see in its settings."""

from collections.abc import Iterable

from bot.presentation.translator import Words


def name(permission: str, words: Words) -> str:
    """Return a permission's name in the language; its English one where we have no words for it."""
    key = f"permission.{permission}"
    return words(key) if key in words.keys else permission.replace("_", " ").title()


def names(permissions: Iterable[str], words: Words) -> str:
    """Return several names in one line."""
    return ", ".join(name(one, words) for one in permissions)
