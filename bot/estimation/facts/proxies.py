"""Apps that post what people wrote under another name, from `config/`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.estimation.facts.fact import Fact, Rows, Table, load, newest


class ProxyFact(Fact):
    """One app: the id of its application, which its bot and its webhooks have too."""

    application: Annotated[str, Field(pattern=r"^\d{15,20}$")]
    name: str


class ProxyFile(Table):
    """`config/proxies.toml`."""

    proxy: Rows[ProxyFact]


def load_proxies(config_dir: Path) -> Mapping[int, str]:
    """Return the apps' names by the ids of their applications; `ConfigError` when the file can't be read."""
    known = newest(load(config_dir, "proxies", ProxyFile).proxy)
    return {int(one.application): one.name for one in known.values()}
