"""What is printed: on consoles that don't speak UTF-8, and without what drives a terminal."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import output

ROOT = Path(__file__).parents[2]
NASTY = "a\x1b[2J\x9b\u202eb\u2066\u200fc\x7f\ud83dé🌱"


def call(*arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    clean = {**inherited, "EMPREINTE_DATA_DIR": str(ROOT / "data"), **environment}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, input=given.encode(), check=False)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437", "utf-8"])
@pytest.mark.parametrize("command", [["estimate", "Merci"], ["doctor"], ["models", "gpt", "4o"], ["--help"]])
def test_any_console(encoding: str, command: list[str]) -> None:
    done = call(*command, PYTHONIOENCODING=encoding, PYTHONUTF8="0", LC_ALL="C.UTF-8")
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert done.stdout.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_json_holds_the_same_on_any_console(encoding: str) -> None:
    shown = [
        json.loads(call("estimate", "Merci", "--json", PYTHONIOENCODING=one).stdout.decode(one))
        for one in (encoding, "utf-8")
    ]
    assert shown[0] == shown[1]


def test_the_c_locale_without_coercion() -> None:
    done = call("estimate", "Merci", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_drives_a_terminal_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    output.say(NASTY)
    assert capsys.readouterr().out == "a\\x1b[2J\\x9b\\u202eb\\u2066\\u200fc\\x7f\\ud83dé🌱\n"
    output.say_json({"a": NASTY})
    written = capsys.readouterr().out
    assert json.loads(written) == {"a": NASTY}
    assert output.UNSAFE.sub("", written) == written


def test_in_every_refusal_and_batch() -> None:
    done = call("estimate", "a", "--model", "x\x1b[31m\u202ey", "--locale", "en", PYTHONIOENCODING="utf-8")
    assert done.returncode == 2
    assert b"\\x1b[31m\\u202ey" in done.stderr
    line = '{"id": "\\ud83d\\u001b\\u009b", "text": "Bonjour"}\n'
    done = call("estimate", "--batch", "-", given=line, PYTHONIOENCODING="utf-8")
    assert json.loads(done.stdout)["id"] == "\ud83d\x1b\x9b"
    assert output.UNSAFE.sub("", done.stdout.decode()) == done.stdout.decode()


@pytest.mark.parametrize(("text", "shown"), [("0,83\u202fWh", "0,83 Wh"), ("CO₂e ≈ 2", "CO2e ~ 2"), ("l’🌱", "l'?")])
def test_the_nearest_character(text: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    output.set_up()
    print(text, flush=True)
    assert written.getvalue().decode().strip() == shown
