"""Size classes: every energy has one, and larger is never smaller."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.sizes import Sizes

SIZES = Sizes.load(CONFIG_DIR)


@pytest.mark.parametrize(
    ("energy", "emoji"),
    [(0, "🐜"), (0.0999, "🐜"), (0.1, "🐁"), (0.3, "🐇"), (0.99, "🐇"), (1, "🐎"), (3, "🐘"), (1e9, "🐘")],
)
def test_classes(energy: float, emoji: str) -> None:
    assert SIZES.for_energy(energy).emoji == emoji


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_larger_is_never_smaller(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert SIZES.for_energy(low).least_wh <= SIZES.for_energy(high).least_wh


def test_the_default_threshold() -> None:
    assert SIZES.min_tokens == 8


@pytest.mark.parametrize(("old", "new"), [("value = 0.0", "value = 0.05"), ('id = "min_tokens"', 'id = "x"')])
def test_a_broken_file_is_named(tmp_path: Path, old: str, new: str) -> None:
    text = (CONFIG_DIR / "annotation.toml").read_text(encoding="utf-8")
    (tmp_path / "annotation.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError):
        Sizes.load(tmp_path)
