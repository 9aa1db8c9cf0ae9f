"""Discord's nested ``errors`` tree, built by naming places in a request body."""

from typing import Any

Errors = dict[str, Any]


class At:
    """A place in a request body: ``at / "embeds" / 0 / "title"``; `refuse` notes an error there.

    All places made from one another share one tree, `errors`; it stays empty while nothing is refused.
    """

    __slots__ = ("_path", "errors")

    def __init__(self, errors: Errors | None = None, path: tuple[str, ...] = ()) -> None:
        self.errors: Errors = {} if errors is None else errors
        self._path = path

    def __truediv__(self, key: str | int) -> "At":
        return At(self.errors, (*self._path, str(key)))

    def refuse(self, code: str, message: str) -> None:
        """Note an error at this place, beside those already there."""
        node = self.errors
        for key in self._path:
            node = node.setdefault(key, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})


def form_error(errors: Errors) -> Errors:
    """The JSON body of Discord's answer 400 to a body with these errors."""
    return {"code": 50035, "message": "Invalid Form Body", "errors": errors}
