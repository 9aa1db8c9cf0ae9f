"""The two styles of the log: what is in a line, and what never is."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.cli import logs
from bot.errors import UserError
from bot.settings import load

CALLBACK = "https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24/callback"


@pytest.fixture
def levels() -> Iterator[None]:
    """All levels as they were before `run`, once the test is over."""
    before = {name: logging.getLogger(name).level for name in ("", "alembic", *logs.LIBRARIES)}
    yield
    for name, level in before.items():
        logging.getLogger(name or None).setLevel(level)


def read() -> None:
    raise ValueError("the first line\nand a secret below")


def fail() -> None:
    try:
        read()
    except ValueError as error:
        raise RuntimeError("not done") from error  # a secret in the source


def failed() -> BaseException:
    with pytest.raises(RuntimeError) as caught:
        fail()
    return caught.value


def record(error: BaseException | None = None) -> logging.LogRecord:
    info = None if error is None else (type(error), error, error.__traceback__)
    one = logging.LogRecord("bot.x", logging.WARNING, __file__, 1, "%s: « %s »\n2", ("a", "é"), info)
    one.created = datetime(2026, 11, 23, 12, 0, 0, 250_000, tzinfo=UTC).timestamp()
    return one


def as_json(one: logging.LogRecord) -> dict[str, Any]:
    line = logs.JsonFormatter().format(one)
    assert len(line.splitlines()) == 1
    return json.loads(line)


def test_a_line_of_json() -> None:
    assert as_json(record()) == {
        "time": "2026-11-23T12:00:00.250+00:00",
        "level": "WARNING",
        "logger": "bot.x",
        "message": "a: « é »\n2",
    }


def test_exceptions_in_json() -> None:
    last, cause = as_json(record(failed()))["exceptions"]
    assert (last["type"], last["message"]) == ("builtins.RuntimeError", "not done")
    assert (cause["type"], cause["message"]) == ("builtins.ValueError", "the first line")
    assert [place.rsplit(":", 1)[1] for place in cause["traceback"]] == ["fail", "read"]
    assert cause["traceback"][0].startswith(f"{__file__}:")


@pytest.mark.parametrize("formatter", [logs.TextFormatter(), logs.JsonFormatter()])
def test_neither_source_nor_further_lines(formatter: logging.Formatter) -> None:
    written = formatter.format(record(failed()))
    assert "the first line" in written
    assert "not done" in written
    assert "test_logs.py:" in written
    assert "secret" not in written
    assert "raise" not in written


@pytest.mark.parametrize("formatter", [logs.TextFormatter(), logs.JsonFormatter()])
def test_odd_records(formatter: logging.Formatter) -> None:
    nothing = logging.LogRecord("x", logging.ERROR, "", 0, "no error", None, (None, None, None))
    silent = record(ValueError())
    stacked = record()
    stacked.stack_info = "Stack (most recent call last):\n  secret()"
    circle = ValueError("a")
    circle.__context__ = KeyError("b")
    circle.__context__.__context__ = circle
    for one in (nothing, silent, stacked, record(circle)):
        assert "secret" not in formatter.format(one)


@pytest.mark.parametrize("formatter", [logs.TextFormatter(), logs.JsonFormatter()])
def test_no_tokens(formatter: logging.Formatter) -> None:
    one = logging.LogRecord("x", logging.WARNING, "", 0, "429 for %s", (CALLBACK,), None)
    written = formatter.format(one)
    assert "/interactions/123/…/callback" in written
    assert "aW50" not in written


@pytest.mark.usefixtures("levels")
@pytest.mark.parametrize("style", ["text", "json"])
def test_libraries_stay_at_info(
    style: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    logs.set_up(style)
    root.setLevel(logging.DEBUG)
    for name in ("discord.http", "discord.gateway", "aiohttp.access", "aiosqlite"):
        logging.getLogger(name).debug("sent: %s", "secret")
        logging.getLogger(name).info("well")
    written = capsys.readouterr().err
    assert "secret" not in written
    assert len(written.splitlines()) == 4


def test_only_known_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().log == "text"
    monkeypatch.setenv("EMPREINTE_LOG", "json")
    assert load().log == "json"
    monkeypatch.setenv("EMPREINTE_LOG", "xml")
    with pytest.raises(UserError) as caught:
        load()
    assert caught.value.key == "error.settings"


@pytest.mark.usefixtures("levels")
@pytest.mark.parametrize("style", ["text", "json", "debug"])
def test_a_broken_connection_is_one_line(
    style: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    logs.set_up(style)
    try:
        raise ConnectionResetError("reset by peer\na secret")
    except ConnectionResetError:
        logging.getLogger("discord.shard").exception("Failed to connect for shard_id: %s. Retrying...", 3)
    written = capsys.readouterr().err
    assert "shard_id: 3" in written
    assert "reset by peer" in written
    assert "secret" not in written
    assert (len(written.splitlines()) == 1 and "traceback" not in written) is (style != "debug")


@pytest.mark.usefixtures("levels")
def test_a_flood_and_hostile_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    logs.set_up("text")
    for n in range(500):
        logging.getLogger("bot.client.malformed_events").error("an event %s can't be read (%s)", n, "KeyError")
    logging.getLogger("bot.x").warning("a server: %s", "a\x1b[2J\n2026 ERROR forged\u202e")
    logs.tell_repeats()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 7
    assert "495 more of these within a minute" in lines[-1]
    assert lines[5].endswith("a server: a\\x1b[2J\\n2026 ERROR forged\\u202e")
