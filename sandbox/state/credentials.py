"""The bot's token."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Credentials:
    """The only token accepted; none while it is `revoked`."""

    token: str
    revoked: bool = False

    def accept(self, given: str) -> bool:
        """Whether a client with this token may come in; `Bot ` before it is passed over."""
        return not self.revoked and given.removeprefix("Bot ") == self.token
