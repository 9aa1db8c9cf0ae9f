"""What buttons carry in their id, so that they outlive a restart: no text, and nothing that is kept elsewhere."""

import re
from dataclasses import dataclass, replace
from typing import Self

from bot.estimation.footprint import CountedCourtesy
from bot.estimation.text_mix import ENGLISH, TextMix
from bot.usecases.records.estimates import EstimateKey, Reply

SNOWFLAKE = "[1-9][0-9]{0,18}"
"""An id of Discord: no more than databases take."""

TEMPLATE = (
    r"(?P<model>[0-9a-f]{8}):(?P<zone>[A-Z]{3}):(?P<read>[0-9]{1,7})(?P<mix>[efo][0-9]{0,2})?"
    r":(?P<basis>[^:]{1,40})(?::(?P<effort>[a-z]{1,8}))?"
)
"""How a reply's estimate is written after the button's own name; Discord allows 100 characters in all."""

SHARE_TEMPLATE = rf"(?P<files>[0-9]{{1,2}}):(?P<courtesy>[0-9]{{1,3}})(?P<only>o?):{TEMPLATE}"
"""What a reply shows beside its estimate: files that weren't counted, polite expressions, nothing else than those."""

MAX_FILES, MAX_COURTESY = 99, 999

BOARD_TEMPLATE = (
    r"board:(?P<period>week|month|all):(?P<by>members|channels):(?P<metric>energy|co2|water|messages|courtesy)"
    rf":(?P<page>[0-9]{{1,6}}):(?P<asker>{SNOWFLAKE})"
)


@dataclass(frozen=True, slots=True)
class ButtonState(EstimateKey):
    """What the buttons under a reply carry: all that it takes to estimate again."""

    @classmethod
    def from_custom_id_match(cls, match: re.Match[str]) -> Self:
        """Return what an id matched by `TEMPLATE` says."""
        mix = TextMix.decode(match["mix"]) if match["mix"] else ENGLISH
        return cls(match["model"], match["zone"], int(match["read"]), match["basis"], match["effort"], mix)

    def to_custom_id(self, name: str) -> str:
        """Return the id of the button of that name."""
        parts = [name, self.model, self.zone, f"{self.read}{self.mix.encode()}", self.basis]
        return ":".join(parts + ([self.effort] if self.effort else []))


@dataclass(frozen=True, slots=True)
class ShareState:
    """What the button that shares a reply carries: all that it takes to say it again. No text."""

    key: ButtonState
    files: int
    courtesy: CountedCourtesy

    @classmethod
    def from_reply(cls, reply: Reply, key: ButtonState) -> Self:
        """Return what this reply says."""
        return cls(key, reply.attachments, reply.footprint.courtesy)

    @classmethod
    def from_custom_id_match(cls, match: re.Match[str]) -> Self:
        """Return what an id matched by `SHARE_TEMPLATE` says."""
        courtesy = CountedCourtesy(int(match["courtesy"]), 0, only=bool(match["only"]))
        return cls(ButtonState.from_custom_id_match(match), int(match["files"]), courtesy)

    def to_custom_id(self) -> str:
        """Return the id of the button."""
        files, words = min(self.files, MAX_FILES), min(self.courtesy.words, MAX_COURTESY)
        return self.key.to_custom_id(f"share:{files}:{words}{'o' * self.courtesy.only}")


@dataclass(frozen=True, slots=True)
class BoardState:
    """Which page of which board, and who asked for it."""

    period: str
    by: str
    metric: str
    page: int
    asker: int

    @classmethod
    def from_custom_id_match(cls, match: re.Match[str]) -> Self:
        """Return what an id matched by `BOARD_TEMPLATE` says."""
        return cls(match["period"], match["by"], match["metric"], int(match["page"]), int(match["asker"]))

    def to_custom_id(self) -> str:
        """Return the id of the button that turns to this page."""
        return f"board:{self.period}:{self.by}:{self.metric}:{self.page}:{self.asker}"

    def at(self, page: int) -> Self:
        """Return another page of it."""
        return replace(self, page=page)

    def for_asker(self, user_id: int) -> Self:
        """Return the same for somebody else."""
        return replace(self, asker=user_id)
