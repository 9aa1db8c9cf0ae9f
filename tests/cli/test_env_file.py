"""`.env` as editors and shells of all kinds write it, and where data is kept: one sentence, from every command."""

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from bot import settings as data_dir
from bot.errors import UserError
from bot.settings import load

ROOT = Path(__file__).parents[2]
TOKEN = "abc.def"

LINES = f"# clé\nDISCORD_TOKEN={TOKEN}\nEMPREINTE_METRICS_PORT=9464\n"


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("EMPREINTE_") or name == "DISCORD_TOKEN"]:
        monkeypatch.delenv(name)
    return tmp_path / ".env"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_is_read(env_file: Path, encoding: str, ending: str) -> None:
    env_file.write_bytes(LINES.removeprefix("# clé\n").replace("\n", ending).encode(encoding))
    settings = load()
    assert settings.discord_token
    assert settings.discord_token.get_secret_value() == TOKEN
    assert settings.metrics_port == 9464


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_what_isnt_utf_8(env_file: Path, encoding: str) -> None:
    env_file.write_bytes(LINES.encode(encoding))
    with pytest.raises(UserError) as caught:
        load()
    assert caught.value.key == "error.env_encoding"


@pytest.mark.parametrize("token", ["abc\ndef", "abc\rdef", "abc\tdef", "abc\x00def", "abc\u202edef"])
def test_a_token_that_is_two_lines(env_file: Path, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text(f'DISCORD_TOKEN="{token}"\n', encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load()
    assert "def" not in str(caught.value)


def test_spaces_around_a_token(env_file: Path) -> None:
    env_file.write_text(f'DISCORD_TOKEN=" {TOKEN}\n"\n', encoding="utf-8")
    token = load().discord_token
    assert token
    assert token.get_secret_value() == TOKEN


@pytest.mark.parametrize("command", [["estimate", "Bonjour"], ["run"], ["doctor"], ["vocab"], ["db", "check"]])
def test_every_command_says_so(env_file: Path, command: list[str]) -> None:
    env_file.write_bytes(LINES.encode("utf-16"))
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=env_file.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "UTF-8" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_data_in_a_checkout_and_installed(env_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().data_dir == ROOT / "data"
    monkeypatch.setattr(data_dir, "ROOT", tmp_path)
    assert load().data_dir == Path(platformdirs.user_data_dir("empreinte", appauthor=False))
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    assert load().data_dir == Path(platformdirs.user_data_dir("empreinte", appauthor=False))
    monkeypatch.setenv("EMPREINTE_DATA_DIR", "elsewhere")
    assert load().data_dir == Path("elsewhere")
    assert load().database == f"sqlite+aiosqlite:///{Path('elsewhere') / 'empreinte.db'}"
