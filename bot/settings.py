"""The settings, from the environment and `.env`: one frozen object, built in `main`, handed down."""

import tomllib
from pathlib import Path
from typing import Literal

import platformdirs
import yarl
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from bot.errors import UserError
from bot.estimation.facts.fact import CONFIG_DIR

ENV_FILE = ".env"
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


class Settings(BaseSettings):
    """What a host can set. Names are fixed: `EMPREINTE_<NAME>`, and `DISCORD_TOKEN`."""

    model_config = SettingsConfigDict(
        env_prefix="EMPREINTE_",
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    discord_token: SecretStr | None = Field(default=None, validation_alias=AliasChoices("DISCORD_TOKEN"))
    """The bot's token; without one `run` starts the sandbox."""

    discord_api: str | None = None
    """Another root of Discord's API, such as `http://127.0.0.1:8765/api/v10`."""

    proxy: str | None = Field(default=None, repr=False)
    """The HTTP proxy that leads to Discord; by default the one that `HTTPS_PROXY` names."""

    database_url: str = Field(default="", repr=False)
    """An SQLAlchemy URL, perhaps with a password; by default a SQLite file in the data directory."""

    database_read_url: str | None = Field(default=None, repr=False)
    """The same PostgreSQL for a role that only reads, or a standby of it: boards and totals are read there."""

    data_dir: Path = Field(default_factory=default_data_dir)
    """Where vocabularies and the SQLite database are."""

    config_dir: Path = CONFIG_DIR
    """Where the facts and catalogues are."""

    shard_ids: tuple[int, ...] | None = None
    """The shards of this process, comma separated; all of them by default."""

    shard_count: int | None = Field(default=None, ge=1)
    """How many shards there are over all processes; Discord's advice by default."""

    shards: Literal["auto"] | None = None
    """`auto`: a share of all shards by lease, among the processes that share a PostgreSQL database."""

    catchup_days: float = Field(default=7, gt=0, le=60)
    """How far back history is read after the bot was away, in days."""

    catchup_messages: int = Field(default=20_000, ge=1)
    """How many messages of one channel are read then, at the most."""

    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    """Where to serve metrics, on loopback; nowhere by default."""

    log: Literal["text", "json", "debug"] = "text"
    """How `run` logs: lines for people, one JSON object a line, or lines with all details of what went wrong."""

    @field_validator("shard_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, int):
            return (value,)
        return tuple(part for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("discord_token", mode="after")
    @classmethod
    def _on_one_line(cls, value: SecretStr | None) -> SecretStr | None:
        token = value.get_secret_value().strip() if value else ""
        if not token.isprintable():
            raise ValueError("a line break or a control character is in it")
        return SecretStr(token) if token else None

    @field_validator("proxy")
    @classmethod
    def _is_proxy(cls, value: str | None) -> str | None:
        return checked_proxy(value, "EMPREINTE_PROXY") if value else None

    @field_validator("discord_api")
    @classmethod
    def _without_slash(cls, value: str | None) -> str | None:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("http:// or https:// expected")
        return value.rstrip("/") if value else None

    @model_validator(mode="after")
    def _shards_fit(self) -> "Settings":
        if self.shard_ids and (self.shard_count is None or max(self.shard_ids) >= self.shard_count):
            raise ValueError("EMPREINTE_SHARD_IDS needs a larger EMPREINTE_SHARD_COUNT")
        return self

    @model_validator(mode="after")
    def _shards_by_lease(self) -> "Settings":
        if self.shards and self.shard_ids is not None:
            raise ValueError("EMPREINTE_SHARDS=auto and EMPREINTE_SHARD_IDS exclude each other")
        if self.shards and not self.database.startswith("postgresql"):
            raise ValueError("EMPREINTE_SHARDS=auto needs a PostgreSQL database")
        return self

    @model_validator(mode="after")
    def _readers_fit(self) -> "Settings":
        if self.database_read_url and not self.database.startswith("postgresql"):
            raise ValueError("EMPREINTE_DATABASE_READ_URL needs a PostgreSQL database")
        return self

    @property
    def vocabulary_dir(self) -> Path:
        """Return where tiktoken's files are."""
        return self.data_dir / "tiktoken"

    @property
    def database(self) -> str:
        """Return the database's URL."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'empreinte.db'}"


def load(**overrides: object) -> Settings:
    """Read the settings; `UserError` names the one that is wrong, or says why `.env` can't be read."""
    _check_env_file(Path(ENV_FILE))
    try:
        return Settings(**overrides)  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper() or "EMPREINTE"
        raise UserError("error.settings", name=name, reason=first["msg"]) from error
    except SettingsError as error:  # of a setting whose value is JSON, or of one that isn't
        raise UserError("error.settings", name="EMPREINTE", reason=str(error).splitlines()[0]) from error


def _check_env_file(path: Path) -> None:
    """Raise `UserError` unless the file is UTF-8, with or without a mark of it, or isn't there."""
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise UserError("error.input", file=path, reason=error.strerror or type(error).__name__) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("error.env_encoding", file=path) from error
    if "\0" in text:  # UTF-16 without its mark
        raise UserError("error.env_encoding", file=path)


def checked_proxy(proxy: str, name: str) -> str:
    """Return the proxy's address, `http://` put before it where no scheme is; `UserError` names the setting."""
    text = proxy if "://" in proxy else f"http://{proxy}"
    try:
        url = yarl.URL(text)
        known = url.scheme in ("http", "https") and bool(url.host) and url.port is not None
    except ValueError:
        known = False
    if not known:
        raise UserError("error.proxy", name=name)
    return text
