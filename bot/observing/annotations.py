"""What is seen of the annotations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Annotations(Protocol):
    """Messages waiting, what came of the others by outcome, and how many channels are left alone for now."""

    @property
    def waiting(self) -> int:
        """Return how many messages wait to be annotated."""
        ...

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Return how many messages came to which end."""
        ...

    @property
    def paused(self) -> int:
        """Return how many channels get no annotations for now."""
        ...


@dataclass(frozen=True, slots=True)
class NoAnnotations:
    """What there is to see when nothing annotates."""

    waiting: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict[str, int])
    paused: int = 0
