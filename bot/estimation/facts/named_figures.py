"""The figures of `config/` that sentences name wherever they like: the default model, the default threshold."""

from pathlib import Path

from bot.estimation.facts.sizes import Sizes
from bot.estimation.impacts.models import read_names


def named_figures(config_dir: Path) -> dict[str, object]:
    """Return the figures by the placeholder that stands for them; `ConfigError` when a file can't be read."""
    names = read_names(config_dir)
    default = names.titles.get(names.default, names.default)
    return {"default_model": default, "min_tokens": Sizes.load(config_dir).min_tokens}
