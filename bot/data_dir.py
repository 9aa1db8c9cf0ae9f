"""Where data is kept unless the host says where: beside a checkout, else in the user's data folder."""

import tomllib
from pathlib import Path

import platformdirs

NAME = "empreinte"
ROOT = Path(__file__).parents[1]


def default_data_dir() -> Path:
    """Return the folder; it needn't be there yet."""
    if is_checkout(ROOT):
        return Path("data") if Path.cwd() == ROOT else ROOT / "data"
    return Path(platformdirs.user_data_dir(NAME, appauthor=False))


def is_checkout(folder: Path) -> bool:
    """Tell whether the folder is this project as it is developed, rather than where pip puts packages."""
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return project.get("project", {}).get("name") == NAME
