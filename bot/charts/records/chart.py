"""What all pictures have, and how they travel to the process that draws."""

import json
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, TypeVar, get_args, get_type_hints

WIDTH = 360
"""Units across a picture: about the points that a phone has."""

TOP, AXIS, NOTE, BOTTOM = 52, 26, 16, 10
"""Units that title and subtitle, the labels of an axis, a note, the lower edge take."""

MAX_ALT = 1024
"""Characters that Discord takes as a picture's description."""

Kind = TypeVar("Kind", bound="Chart")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A whole picture, all its words in the reader's language; places are shares of the room, 0 to 1.

    `alt` says its figures to those who don't see it: there is no picture without, `ValueError`.
    """

    kinds: ClassVar[dict[str, type["Chart"]]] = {}

    title: str
    subtitle: str
    notes: tuple[str, ...] = ()
    alt: str

    def __post_init__(self) -> None:
        """Refuse a picture that nobody can be told of."""
        if not 0 < len(self.alt.strip()) <= len(self.alt) <= MAX_ALT:
            raise ValueError(f"a picture's alternative text has 1 to {MAX_ALT} characters")

    @property
    def inside(self) -> int:
        """Return the units from top to bottom between the title and the notes."""
        raise NotImplementedError

    @property
    def height(self) -> int:
        """Return the units from top to bottom."""
        return TOP + self.inside + NOTE * len(self.notes) + BOTTOM

    def to_json(self) -> bytes:
        """Return the chart as another process reads it."""
        return json.dumps({"kind": type(self).__name__, **asdict(self)}).encode()

    @staticmethod
    def from_json(data: bytes) -> "Chart":
        """Return the chart that `to_json` wrote."""
        given: dict[str, Any] = json.loads(data)
        return _record(Chart.kinds[given.pop("kind")], given)


def known(kind: type[Kind]) -> type[Kind]:
    """Let a kind of chart be read again."""
    Chart.kinds[kind.__name__] = kind
    return kind


def _record(kind: type[Any], given: dict[str, Any]) -> Any:
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in given.items()})


def _value(hint: Any, value: Any) -> Any:
    if isinstance(value, list):
        inner = get_args(hint)[0]
        return tuple(_value(inner, one) for one in value)
    return _record(hint, value) if isinstance(value, dict) else value
