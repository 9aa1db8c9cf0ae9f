"""What boards are answered with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.ledger.records import Day, Standing, Totals


@dataclass(frozen=True, slots=True)
class Days:
    """A period by its name ("week"): the first day and the one after the last; `since` is when counting began.

    "all" runs from the first day counted to today; `since` is None where nothing was counted yet.
    """

    name: str
    start: date
    end: date
    since: date | None

    @property
    def last(self) -> date:
        """Return the last day."""
        return self.end - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trend:
    """The change of energy against the same days of the period before: 0.12 is 12 % more.

    None where nothing was counted then; `counted_from` where counting only began during those days.
    """

    change: float | None
    counted_from: date | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the totals show."""

    days: Days
    totals: Totals
    equivalences: Sequence[Equivalence] = ()
    trend: Trend | None = None


@dataclass(frozen=True, slots=True)
class Others:
    """The rows that not every reader may see, as one: how many, and their sums."""

    rows: int
    value: float
    messages: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a board; pages count from 1. `own` is the asker's row where that is on another page.

    `measured` says how many of a row's messages are AI bots' answers, by whose it is.
    """

    days: Days
    by: str
    metric: str
    number: int
    pages: int
    rows: Sequence[Standing]
    own: Standing | None = None
    others: Others | None = None
    measured: Mapping[int, int] = field(default_factory=dict)

    @property
    def before(self) -> int:
        """Return the number of the page before; 0 is nearest to the first one."""
        return self.number - 1

    @property
    def after(self) -> int:
        """Return the number of the page after."""
        return self.number + 1

    @property
    def ids(self) -> list[int]:
        """Return whose or what its rows are."""
        return [row.id for row in self.rows]

    @property
    def shown(self) -> Sequence[Standing]:
        """Return all rows on it, the asker's own included."""
        return [*self.rows, self.own] if self.own else self.rows


@dataclass(frozen=True, slots=True)
class DayTable:
    """A period's days, each with its sums."""

    days: Days
    rows: Sequence[Day]

    @property
    def ids(self) -> list[int]:
        """Return nobody: its rows are days."""
        return []


@dataclass(frozen=True, slots=True)
class Joke:
    """What "tens of millions of dollars" would be as electricity: Wh, messages, days of all ChatGPT traffic.

    `traffic_of` is the day of the figure of that traffic.
    """

    usd: float
    usd_per_kwh: float
    energy_wh: float
    wh_per_message: float
    messages: float
    days: float
    traffic_of: str


@dataclass(frozen=True, slots=True)
class Tax:
    """What courtesy takes. `scaled_wh` is the period's courtesy in as many such servers as `servers`."""

    days: Days
    totals: Totals
    most_polite: Sequence[Standing]
    servers: int
    scaled_wh: float
    scaled: Equivalence | None
    joke: Joke
    facts: PolitenessFacts
