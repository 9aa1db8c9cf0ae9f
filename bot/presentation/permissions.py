"""Discord's permissions by the names that people see in its settings."""

from collections.abc import Iterable

from bot.presentation.translator import Translator


def name(permission: str, t: Translator) -> str:
    """Return a permission's name in the language; its English one where we have no words for it."""
    key = f"permission.{permission}"
    return t(key) if key in t.keys else permission.replace("_", " ").title()


def names(permissions: Iterable[str], t: Translator) -> str:
    """Return several names in one line."""
    return ", ".join(name(one, t) for one in permissions)
