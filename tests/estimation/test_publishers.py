"""Facts grouped by who published them."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.estimation.facts import publishers
from bot.estimation.facts.fact import CONFIG_DIR, Fact
from bot.estimation.facts.publishers import Publisher

FACTS = [
    Fact(id=url, unit="Wh", source="s", url=url, date=date, verified=True)
    for url, date in (
        ("https://a.org/1", "2024"),
        ("https://a.org/2", "2026-07-01"),
        ("https://b.org", "2025"),
        ("https://elsewhere.org", "2025"),
    )
]


def test_grouped() -> None:
    known = [Publisher(name=name, url=f"https://{name}.org", at=(f"https://{name}.org",)) for name in ("b", "a", "c")]
    found, others = publishers.grouped(FACTS, known)
    assert [(one.publisher.name, one.count, one.oldest, one.newest) for one in found] == [
        ("b", 1, "2025", "2025"),
        ("a", 2, "2024", "2026-07-01"),
    ]
    assert others == 1


def test_few_enough_to_be_read() -> None:
    assert 5 <= len(publishers.load(CONFIG_DIR)) <= 10


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "publishers.toml").write_text('[[publisher]]\nname = "a"\n')
    with pytest.raises(ConfigError, match=r"publishers\.toml"):
        publishers.load(tmp_path)
