"""What people type or press leaves no text anywhere, and no id of who only looked, voted or chose settings."""

import logging
from pathlib import Path
from typing import Any

import pytest
from board_entries import entry, put
from house import House
from quiz_time import prepare, time_is_up
from recapped import Recapped, due_with_something
from shown import buttons
from sqlalchemy import text
from test_nobody_waits import Patient
from test_quiz_command import post_with
from test_quiz_command import press as vote

SECRET = "Zyzomys"
TEXT = f"Explique la photosynthèse à {SECRET}, s'il te plaît."
PLACE = "Atelier IA/général"
ADMIN, ONLOOKER, AUTHOR = "camille", "noah", "leo"

TYPED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("footprint", {"text": TEXT}),
    ("footprint", {"text": "x", "model": SECRET}),
    ("footprint", {"text": "x", "zone": SECRET}),
    ("compare", {"text": TEXT, "models": "gpt-4o, o1"}),
    ("compare", {"text": TEXT, "second_text": f"{SECRET} en une phrase."}),
    ("compare", {"text": TEXT, "models": SECRET}),
    ("models", {"query": SECRET}),
    ("training", {"model": SECRET}),
)
CHOSEN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("annotate", {"mode": "silent"}),
    ("settings model", {"model": "mistral large"}),
    ("settings model", {"model": SECRET}),
    ("settings zone", {"zone": "france"}),
    ("settings timezone", {"timezone": "Marseille"}),
    ("settings timezone", {"timezone": SECRET}),
    ("settings language", {"language": "fr"}),
    ("settings recap", {"weekday": 0, "hour": 9}),
    ("settings show", {}),
)
LOOKED_AT = ("help", "about", "models", "training", "leaderboard", "totals", "politeness", "privacy show")


async def use(house: House, who: str, name: str, values: dict[str, Any]) -> None:
    """Call a command and press all that is offered below its answer."""
    call = await house.sandbox.command(who, PLACE, name, values, locale="fr", force=True)
    await call.settled(timeout=60)
    for message in list(call.messages):
        for label, pressable in buttons(message).items():
            if pressable and not label.startswith(("Annuler", "Tout le serveur", "Ne plus", "Effacer", "A ·", "B ·")):
                pressed = await house.sandbox.press(who, message, label=label, locale="fr", force=True)
                await pressed.settled(timeout=60)


async def everything_is_used(house: House) -> None:
    for name, values in TYPED:
        await use(house, AUTHOR, name, values)
    message = await house.sandbox.post_message(AUTHOR, "Ailleurs/discussions", TEXT)
    menu = await house.sandbox.context_menu(AUTHOR, "Ailleurs/discussions", "Empreinte", message)
    await menu.settled(timeout=60)
    await house.sandbox.autocomplete(AUTHOR, PLACE, "compare", focused="models", value=f"gpt-4o, {SECRET}")
    for name, values in CHOSEN:
        await use(house, ADMIN, name, values)
    for model in ("gpt-4o", SECRET):
        form = await house.sandbox.command(ADMIN, PLACE, "setup")
        await (await house.sandbox.submit(ADMIN, form, {"model": model}, force=True)).settled(timeout=60)
    for name in LOOKED_AT:
        await use(house, ONLOOKER, name, {})


async def a_quiz_is_played(house: House) -> None:
    prepare(house)
    await house.sandbox.command(ADMIN, PLACE, "quiz start", {"questions": 1})
    question = await post_with(house, "question 1 sur 1")
    for who in (ADMIN, ONLOOKER, AUTHOR):
        await vote(house, who, question, "a")
    await time_is_up(house)
    await post_with(house, "Résultats du quiz")


async def texts_of_tables(house: House) -> str:
    await house.bot.ledger.writer.flush()
    async with house.bot.ledger.engine.connect() as connection:
        tables = list(await connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        rows = [str((await connection.execute(text(f"SELECT * FROM {name}"))).all()) for name in tables]
    assert len(tables) >= 20
    return "\n".join(rows)


def in_files(folder: Path, *wanted: bytes) -> list[str]:
    """Files of the database, its write-ahead log and all else beside it, that hold one of these."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "e.db" for path in files)
    return [path.name for path in files if any(one in path.read_bytes() for one in wanted)]


def written(number: int) -> tuple[bytes, ...]:
    return number.to_bytes(8, "big"), number.to_bytes(8, "little"), str(number).encode()


def said_in_logs(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(one.getMessage() for one in caplog.records if one.name.startswith(("bot", "cogs")))


async def test_no_text_and_no_id_where_none_belongs(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    house.bot.command_limits = Patient()
    await put(house, [entry(house, "ines") for _ in range(3)])
    await everything_is_used(house)
    await a_quiz_is_played(house)
    await put(house, [])
    user = house.sandbox.world.user
    rows, logs = await texts_of_tables(house), said_in_logs(caplog)
    assert SECRET not in rows
    assert SECRET not in logs
    assert in_files(tmp_path, SECRET.encode()) == []
    for who in (ADMIN, ONLOOKER):
        assert str(user(who).id) not in rows, who
        assert str(user(who).id) not in logs, who
        assert in_files(tmp_path, *written(user(who).id)) == [], who
    assert str(user("ines").id) in rows, "what is counted is there, so that it would be seen"


async def test_a_recap_leaves_no_name(recapped: Recapped, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    recapped.house.sandbox.world.user(AUTHOR).global_name = SECRET
    due = await due_with_something(recapped, weekday=0, hour=9)
    await recapped.move_to(due)
    await recapped.look()
    assert SECRET in str(recapped.posts())
    assert SECRET not in await texts_of_tables(recapped.house)
    assert SECRET not in said_in_logs(caplog)
    assert in_files(tmp_path, SECRET.encode(), *written(recapped.house.sandbox.world.user(ADMIN).id)) == []
