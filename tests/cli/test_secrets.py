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


AWAY = [
    "postgresql+asyncpg://me:hunter2@127.0.0.1:9/db",
    "postgresql+asyncpg://127.0.0.1:9/db?user=me&password=hunter2",
]
WRONG = [
    "postgresql+asyncpg://me:hunter2@127.0.0.1:hunter2/db",
    "postgresql+nothing://me:hunter2@127.0.0.1:9/db",
]


def begin(database: str, *command: str) -> subprocess.Popen[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *command],
        cwd=ROOT,
        env=clean | {"EMPREINTE_DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("database", [*AWAY, *WRONG])
@pytest.mark.parametrize("command", [("totals", "--guild", "5"), ("doctor",)])
def test_what_is_said_of_a_database_that_cannot_be_reached(database: str, command: tuple[str, ...]) -> None:
    with begin(database, *command) as process:
        out, errors = process.communicate(timeout=60)
    assert process.returncode == (1 if command == ("doctor",) else 2)
    assert "hunter2" not in out + errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("database", WRONG)
def test_a_bot_whose_database_cannot_be_one_ends(database: str) -> None:
    with begin(database, "run", "--port", "0") as process:
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "hunter2" not in out + errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("database", AWAY)
def test_a_bot_waits_for_a_database_that_is_not_there(database: str) -> None:
    with begin(database, "run", "--port", "0") as process:
        assert process.stderr
        said = ""
        while "waiting for the database" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        process.terminate()
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "hunter2" not in out + said + errors
    assert "Traceback" not in said + errors
