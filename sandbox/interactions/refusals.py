"""What a person's own client refuses before anything reaches the app."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818 - it says what the client does
    """The client doesn't send this; `code` is a short name for machines, the text is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
