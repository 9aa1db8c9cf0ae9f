"""`totals` and `leaderboard` on the command line, in a process of their own, beside a bot that is writing."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.cli.totals import as_json
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Request
from bot.ledger import migrate
from bot.ledger.engine import for_writing, open_engine, open_read_only
from bot.ledger.entries import entry_of
from bot.ledger.ledger import open_ledger
from bot.ledger.lock import Lock, lock_path
from bot.ledger.periods import Period
from bot.ledger.queries.totals import totals
from bot.ledger.records import Entry

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)
GUILD = 1_234_567_890_123_456_789
KEYS = [
    "messages",
    "prompt_tokens",
    "answer_tokens",
    "energy_wh",
    "gwp_g",
    "water_ml",
    "courtesy",
    "members",
    "channels",
]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/e.db"


def call(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    clean = {**inherited, "LC_ALL": "C.UTF-8", "EMPREINTE_DATABASE_URL": database}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=60, check=False)


def made(estimator: Estimator, number: int, author: int, text: str, days_ago: int = 0) -> Entry:
    choice = estimator.choose(Request())
    return entry_of(
        choice.predicted(estimator.read(text, choice.model)),
        message_id=number,
        guild_id=GUILD,
        channel_id=50 + author % 2,
        author_id=author,
        local_day=(NOW - timedelta(days=days_ago)).date(),
    )


async def fill(database: str, entries: Iterable[Entry]) -> None:
    async with open_ledger(database) as ledger:
        for one in entries:
            ledger.writer.record(one)
        await ledger.writer.flush()


async def test_both_read_what_the_ledger_holds(estimator: Estimator, database: str) -> None:
    entries = [
        made(estimator, 1, 7, "Merci beaucoup !"),
        made(estimator, 2, 7, "Explique la pluie, s’il te plaît."),
        made(estimator, 3, 8, "Explique la pluie."),
        made(estimator, 4, 9, "Explique la pluie.", days_ago=40),
    ]
    await fill(database, entries)
    path = lock_path(database)
    assert path
    with Lock.acquire(path):  # as a running bot holds it
        done = call(database, "totals", "--guild", str(GUILD), "--period", "all", "--json")
        board = call(database, "leaderboard", "--guild", str(GUILD), "--metric", "messages", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert list(found) == KEYS
    assert found["messages"] == 4
    assert found["energy_wh"]["expected"] == pytest.approx(sum(one.energy_expected for one in entries), rel=1e-12)
    assert found["water_ml"]["low"] == pytest.approx(sum(one.water_low or 0 for one in entries), rel=1e-12)
    assert (found["members"], found["channels"]) == (3, 2)
    courtesy = found["courtesy"]
    assert list(courtesy) == ["messages", "only", "words", "energy_wh", "cost_usd"]
    assert (courtesy["messages"], courtesy["only"], courtesy["words"]) == (2, 1, 2)
    assert json.loads(board.stdout) == [
        {"rank": 1, "id": "7", "value": 2.0, "messages": 2},
        {"rank": 2, "id": "8", "value": 1.0, "messages": 1},
    ]


async def test_text_for_people(estimator: Estimator, database: str) -> None:
    await fill(database, [made(estimator, 1, 7, "Thanks!")])
    shown = call(database, "totals", "--guild", str(GUILD), "--locale", "en")
    assert shown.returncode == 0, shown.stderr
    assert "🌱 The server’s footprint · this week" in shown.stdout
    assert "1 message · 1 person · 1 channel" in shown.stdout
    assert "**" not in shown.stdout
    assert "-#" not in shown.stdout
    board = call(database, "leaderboard", "--guild", str(GUILD), "--by", "channels", "--period", "month")
    assert "🏆 Salons · énergie · ce mois-ci" in board.stdout
    assert "🥇 51 · " in board.stdout


@pytest.mark.parametrize(("arguments", "found"), [((), "Rien n’est encore compté"), (("--json",), "")])
async def test_a_server_that_nothing_is_known_of(database: str, arguments: tuple[str, ...], found: str) -> None:
    await fill(database, [])
    done = call(database, "totals", "--guild", "5", *arguments)
    board = call(database, "leaderboard", "--guild", "5", *arguments)
    assert (done.returncode, done.stderr, board.returncode, board.stderr) == (0, "", 0, "")
    if not arguments:
        assert found in done.stdout
        assert found in board.stdout
        return
    assert json.loads(board.stdout) == []
    zeros = json.loads(done.stdout)
    assert list(zeros) == KEYS
    assert zeros["water_ml"] == zeros["energy_wh"] == {"low": 0, "expected": 0, "high": 0}
    assert zeros["courtesy"] == {"messages": 0, "only": 0, "words": 0, "energy_wh": 0, "cost_usd": 0}


async def test_what_no_message_had_is_null(estimator: Estimator, database: str) -> None:
    dry = {"water_low": None, "water_expected": None, "water_high": None, "cost_usd": None}
    async with open_ledger(database) as ledger:
        ledger.writer.record(made(estimator, 1, 7, "Merci !")._replace(**dry))
        await ledger.writer.flush()
        day = NOW.date()
        found = as_json(await totals(ledger.engine, GUILD, Period(day, day + timedelta(days=1))))
    assert found["water_ml"] is None
    assert found["courtesy"]["cost_usd"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("totals",),
        ("totals", "--guild", "abc"),
        ("totals", "--guild", "-5"),
        ("totals", "--guild", "0"),
        ("totals", "--guild", str(2**63)),
        ("totals", "--guild", "٣"),
        ("totals", "--guild", "5", "--period", "year"),
        ("leaderboard", "--guild", "5", "--by", "roles"),
        ("leaderboard", "--guild", "5", "--metric", "money"),
    ],
)
def test_bad_input(database: str, arguments: tuple[str, ...]) -> None:
    done = call(database, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert not Path(database.partition(":///")[2]).exists()


def test_a_database_that_cannot_be_opened(tmp_path: Path) -> None:
    done = call(f"sqlite+aiosqlite:///{tmp_path}", "totals", "--guild", "5", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("La base de données ne s’ouvre pas")


READING = [("totals", "--guild", "5", "--json"), ("leaderboard", "--guild", "5"), ("db", "check")]


@pytest.mark.parametrize("arguments", READING)
def test_no_database_is_made_where_the_path_is_wrong(database: str, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = call(database, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Il n’y a pas encore de base de données")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("revision", "sentence"),
    [("0001", "d’une version plus ancienne (0001)"), ("9999", "d’une version plus récente (9999)")],
)
async def test_a_database_of_another_version(database: str, revision: str, sentence: str) -> None:
    engine = open_engine(database)
    await migrate.upgrade(engine, "0001")
    async with for_writing(engine).begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": revision})
    await engine.dispose()
    for arguments in READING[:2]:
        done = call(database, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1
    engine = open_read_only(database)
    assert await migrate.current(engine) == revision
    await engine.dispose()


async def test_beside_a_bot_that_writes_and_holds_the_database(estimator: Estimator, database: str) -> None:
    """The writer is in the middle of a transaction: readers neither wait for it nor disturb it."""
    async with open_ledger(database) as ledger:
        ledger.writer.record(made(estimator, 1, 7, "Merci !"))
        await ledger.writer.flush()
        begun, over = threading.Event(), threading.Event()

        def linger(_: Connection) -> None:
            begun.set()
            over.wait(30)

        lingering = asyncio.create_task(ledger.writer.run(linger))
        await asyncio.to_thread(begun.wait, 5)
        done = await asyncio.to_thread(call, database, "totals", "--guild", str(GUILD), "--json")
        over.set()
        await lingering
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["messages"] == 1
        assert ledger.writer.state.last_error is None


def test_a_ledger_is_copied_and_says_how_many_rows(database: str, tmp_path: Path, estimator: Estimator) -> None:
    asyncio.run(fill(database, [made(estimator, number, 7, "Merci !") for number in range(1, 30)]))
    target = f"sqlite+aiosqlite:///{tmp_path}/copy.db"
    done = call(database, "db", "copy", "--from", database, "--to", target, "--locale", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "rows copied" in done.stdout
    assert call(target, "totals", "--guild", str(GUILD), "--period", "all", "--json").stdout == (
        call(database, "totals", "--guild", str(GUILD), "--period", "all", "--json").stdout
    )
    again = call(database, "db", "copy", "--from", database, "--to", target, "--locale", "en")
    assert again.returncode == 2
    assert "empty" in again.stderr


def test_no_copy_is_made_of_a_ledger_that_a_bot_is_writing(database: str, tmp_path: Path) -> None:
    asyncio.run(fill(database, []))
    path = lock_path(database)
    assert path
    with Lock.acquire(path):
        done = call(database, "db", "copy", "--from", database, "--to", f"sqlite+aiosqlite:///{tmp_path}/copy.db")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
