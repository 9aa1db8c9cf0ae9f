"""The figures of `config/` that sentences name wherever they like: defaults, a plane's passengers."""

from pathlib import Path

from bot.errors import ConfigError
from bot.estimation.facts.assumptions import load_assumptions
from bot.estimation.facts.sizes import Sizes
from bot.estimation.impacts.model import read_names


def named_figures(config_dir: Path) -> dict[str, object]:
    """Return the figures by the placeholder that stands for them; "?" where a file can't be read.

    What is wrong with the file is said where the facts are loaded, in sentences that must be there by then.
    """
    try:
        names, sizes, assumed = read_names(config_dir), Sizes.load(config_dir), load_assumptions(config_dir)
    except ConfigError:
        return dict.fromkeys(("default_model", "min_tokens", "plane_passengers"), "?")
    return {
        "default_model": names.titles.get(names.default, names.default),
        "min_tokens": sizes.min_tokens,
        "plane_passengers": int(assumed["plane_passengers"].value),
    }
