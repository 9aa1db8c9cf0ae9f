"""What the buttons under a reply carry in their id: all that it takes to estimate again, and no text."""

import re
from dataclasses import dataclass
from typing import Self

from bot.estimation.footprint import Footprint
from bot.estimation.text_mix import ENGLISH, TextMix

TEMPLATE = (
    r"(?P<model>[0-9a-f]{8}):(?P<zone>[A-Z]{3}):(?P<read>[0-9]{1,7})(?P<mix>[efo][0-9]{0,2})?"
    r":(?P<basis>[^:]{1,40})(?::(?P<effort>[a-z]{1,8}))?"
)
"""How it is written after the button's own name; Discord allows 100 characters in all."""


@dataclass(frozen=True, slots=True)
class ButtonState:
    """Model (short id), zone, tokens read, what the answer's length rests on, the effort when one was chosen.

    `mix` says what the text is made of; buttons of earlier versions lack it.
    """

    model: str
    zone: str
    read: int
    basis: str
    effort: str | None = None
    mix: TextMix = ENGLISH

    @classmethod
    def of(cls, footprint: Footprint, effort: str | None) -> Self:
        """Return what the buttons under this footprint carry."""
        basis = footprint.reading.basis
        assert basis is not None, "a reply in Discord always predicts the length"
        return cls(
            footprint.model.short_id,
            footprint.zone,
            footprint.prompt_tokens,
            basis.encode(),
            effort,
            footprint.reading.mix,
        )

    @classmethod
    def from_custom_id_match(cls, match: re.Match[str]) -> Self:
        """Return what an id matched by `TEMPLATE` says."""
        mix = TextMix.decode(match["mix"]) if match["mix"] else ENGLISH
        return cls(match["model"], match["zone"], int(match["read"]), match["basis"], match["effort"], mix)

    def to_custom_id(self, name: str) -> str:
        """Return the id of the button of that name."""
        parts = [name, self.model, self.zone, f"{self.read}{self.mix.encode()}", self.basis]
        return ":".join(parts + ([self.effort] if self.effort else []))
