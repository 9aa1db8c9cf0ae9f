"""Who the facts come from: few names instead of many addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.estimation.facts import fact
from bot.estimation.facts.fact import Fact, Rows, Strings, Table


class Publisher(Table):
    """One publisher: the name and address shown, and what the addresses of its facts begin with."""

    name: str
    url: str
    at: Strings


class PublisherFile(Table):
    """`config/publishers.toml`."""

    publisher: Rows[Publisher]


@dataclass(frozen=True, slots=True)
class Published:
    """How many facts a publisher gave, and the dates of the oldest and the newest."""

    publisher: Publisher
    count: int
    oldest: str
    newest: str


def load(config_dir: Path) -> tuple[Publisher, ...]:
    """Return the publishers of `config/publishers.toml`; `ConfigError` when it can't be read."""
    return fact.load(config_dir, "publishers", PublisherFile).publisher


def grouped(known: Iterable[Fact], publishers: Iterable[Publisher]) -> tuple[list[Published], int]:
    """Return what each publisher gave, in the publishers' order, and how many facts are by others."""
    left, found = list(known), list[Published]()
    for publisher in publishers:
        its = [fact for fact in left if fact.url.startswith(publisher.at)]
        left = [fact for fact in left if fact not in its]
        if its:
            dates = sorted(fact.date for fact in its)
            found.append(Published(publisher, len(its), dates[0], dates[-1]))
    return found, len(left)
