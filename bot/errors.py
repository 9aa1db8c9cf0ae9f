"""What can be wrong with a request for an estimate, as data that each edge words in the reader's language."""


class UserError(Exception):
    """A request that can't be answered: `key` names the sentence in the catalogues, `values` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values


class ConfigError(UserError):
    """A file in `config/` that can't be read or doesn't hold what it should."""

    def __init__(self, file: str, reason: str, key: str = "error.config", **values: object) -> None:
        super().__init__(key, file=file, reason=reason, **values)


class ConfigFieldError(ConfigError):
    """A field of an entry in `config/` that is missing, unknown, of the wrong type, or there twice."""

    def __init__(self, key: str, file: str, entry: str, field: str, reason: str = "") -> None:
        super().__init__(file, reason, key, entry=entry, field=field)


POOLER = "a pooler in transaction mode needs ?prepared_statement_cache_size=0 in the URL"

POOLED = ("prepared statement ", "unsupported startup parameter")
"""How errors begin that such a pooler brings about where the URL doesn't tell of it."""


def reason(error: BaseException) -> str:
    """Return what went wrong in one line: the first one of the error's own words, else of a driver's, else its kind."""
    first = (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
    return f"{first}; {POOLER}" if first.startswith(POOLED) else first
