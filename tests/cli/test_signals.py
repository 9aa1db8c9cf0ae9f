"""SIGTERM, SIGINT and SIGHUP: at any moment, as the first process of a container, and without the usual system."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AWAY = """
import asyncio, signal, sys
sys.modules["fcntl"] = sys.modules["uvloop"] = None
def refuse(*_):
    raise NotImplementedError
asyncio.SelectorEventLoop.add_signal_handler = refuse
del signal.SIGHUP
from bot.__main__ import main
sys.exit(main())
"""
"""The program on a system without Unix' own modules and signals."""

RUN = ["-m", "bot", "run", "--port", "0"]
Started = subprocess.Popen[str]


def environment(tmp_path: Path) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    database = f"sqlite+aiosqlite:///{tmp_path}/e.db"
    data = {"EMPREINTE_DATA_DIR": str(ROOT / "data"), "EMPREINTE_DATABASE_URL": database}
    return {**inherited, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **data}


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Started]]:
    processes: list[Started] = []
    yield processes
    for one in processes:
        one.kill()
        one.communicate()


def start(started: list[Started], tmp_path: Path, *arguments: str, before: tuple[str, ...] = ()) -> Started:
    command = [*before, sys.executable, *arguments]
    was = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # ignored where the tests run under nohup, and inherited
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    signal.signal(signal.SIGHUP, was)
    started.append(process)
    return process


def ended(process: Started) -> tuple[int, str]:
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


def hears(process: Started, number: int) -> bool:
    """Tell whether the process has a handler of its own for the signal."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


def test_handlers_come_before_the_heavy_imports() -> None:
    code = (
        "import sys, bot.__main__; print([one for one in ('asyncio', 'discord', 'sqlalchemy') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
@pytest.mark.parametrize("after", [0.0, 0.5])
def test_in_the_first_second(started: list[Started], tmp_path: Path, name: str, after: float) -> None:
    process, number = start(started, tmp_path, *RUN), getattr(signal, name)
    while not hears(process, signal.SIGTERM):  # the last one for which it gets a handler
        time.sleep(0.005)
    time.sleep(after)
    process.send_signal(number)
    status, errors = ended(process)
    assert (status, "Traceback" in errors) == (0, False), errors


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_while_it_runs(started: list[Started], tmp_path: Path, name: str) -> None:
    process = start(started, tmp_path, *RUN)
    assert process.stdout
    process.stdout.readline()
    time.sleep(0.5)
    process.send_signal(getattr(signal, name))
    assert ended(process)[0] == 0


def may_unshare() -> bool:
    tool = shutil.which("unshare")
    command = ["unshare", "--pid", "--fork", "--kill-child", "--map-root-user", "true"]
    return tool is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_unshare(), reason="no process namespaces here")
@pytest.mark.parametrize("after", [0.3, 0.8])
def test_as_the_first_process(started: list[Started], tmp_path: Path, after: float) -> None:
    # the shell gives way to the bot, which is the first process of its namespace then
    inside = f"exec {sys.executable} -m bot run --port 0"
    unshare = ("unshare", "--pid", "--fork", "--kill-child", "--map-root-user", "sh", "-c", inside)
    process = subprocess.Popen(
        unshare, cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    started.append(process)
    time.sleep(after)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGTERM)
    assert ended(process)[0] == 0


def test_in_a_scripts_background_it_still_ends(started: list[Started], tmp_path: Path) -> None:
    """A shell without job control lets what it starts with `&` ignore SIGINT."""
    script = ("sh", "-c", '"$@" & echo $!; wait $!', "sh")
    process = start(started, tmp_path, *RUN, before=script)
    assert process.stdout
    number = int(process.stdout.readline())
    status = Path(f"/proc/{number}/status")
    while not int(status.read_text().split("SigCgt:")[1].split()[0], 16) >> (signal.SIGTERM - 1) & 1:
        time.sleep(0.005)
    os.kill(number, signal.SIGINT)
    try:
        assert ended(process)[0] == 0
    except subprocess.TimeoutExpired:
        os.kill(number, signal.SIGKILL)  # it holds the pipes
        raise


def test_nohup_is_respected(started: list[Started], tmp_path: Path) -> None:
    process = start(started, tmp_path, *RUN, before=("nohup",))
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGHUP)
    time.sleep(0.3)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert ended(process)[0] == 0


@pytest.mark.parametrize("command", ["run", "sandbox"])
def test_serving_without_unix(started: list[Started], tmp_path: Path, command: str) -> None:
    process = start(started, tmp_path, "-c", AWAY, command, "--port", "0")
    assert process.stdout
    assert "http://127.0.0.1:" in process.stdout.readline()
    if command == "run":
        time.sleep(1)
        status, errors = ended(start(started, tmp_path, "-c", AWAY, "run", "--port", "0"))
        assert status == 2
        assert f"({process.pid}) utilise déjà cette base" in errors
    process.send_signal(signal.SIGTERM)
    status, errors = ended(process)
    assert (status, "Traceback" in errors) == (0, False), errors


@pytest.mark.parametrize("arguments", [("estimate", "Bonjour"), ("doctor",)])
def test_asking_without_unix(started: list[Started], tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, errors = ended(start(started, tmp_path, "-c", AWAY, *arguments))
    assert (status, errors) == (0, "")
