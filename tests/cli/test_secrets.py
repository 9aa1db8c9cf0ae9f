"""A database's password is nowhere: not in what settings look like, nor in what is said when it can't be reached."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings

ROOT = Path(__file__).parents[2]


def test_settings_look_like_nothing_secret() -> None:
    settings = Settings(database_url="postgresql+asyncpg://me:hunter2@host/db", discord_token=SecretStr("hunter2"))
    for shown in (repr(settings), str(settings), f"{settings!r:>1}"):
        assert "hunter2" not in shown
    assert "hunter2" in settings.database


@pytest.mark.parametrize(
    "database",
    [
        "postgresql+asyncpg://me:hunter2@127.0.0.1:9/db",
        "postgresql+asyncpg://127.0.0.1:9/db?user=me&password=hunter2",
        "postgresql+asyncpg://me:hunter2@127.0.0.1:hunter2/db",
        "postgresql+nothing://me:hunter2@127.0.0.1:9/db",
    ],
)
@pytest.mark.parametrize("command", [("totals", "--guild", "5"), ("doctor",), ("run", "--port", "0")])
def test_what_is_said_of_a_database_that_cannot_be_reached(database: str, command: tuple[str, ...]) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=ROOT,
        env=clean | {"EMPREINTE_DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == (1 if command == ("doctor",) else 2)
    assert "hunter2" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
