"""Measured answers of people who want to be left out, and that no text of any answer is kept."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from annotated import until
from answering import QUESTION, SECRET, answers, ask, edit, listening, post, rows
from house import House
from sqlalchemy import select, text

from bot.counting.ai_answers.pending_answer import PendingAnswer
from bot.ledger.records import ANSWER
from bot.ledger.schema import measured_answers

pytestmark = pytest.mark.usefixtures("answers_soon")


async def test_an_author_who_opted_out_is_not_named(house: House) -> None:
    await listening(house)
    leo = house.sandbox.world.user("leo").id
    await house.bot.ledger.preferences.opt_out(house.bot.ledger.writer, leo, datetime.now(UTC))
    question = await ask(house)
    post(house, {"content": "Voici la réponse"}, question)
    found = await answers(house, 1)
    assert (found.messages, found.members) == (1, 0)
    async with house.bot.ledger.engine.connect() as connection:
        assert await connection.scalar(select(measured_answers.c.question_id)) is None


async def test_an_author_who_erased_everything_meanwhile(house: House) -> None:
    await listening(house)
    question = await ask(house)
    answer = post(house, {"content": "Voici le début"}, question)
    await house.bot.ledger.writer.flush()
    await house.bot.usecases.privacy.erase(house.sandbox.world.user("leo").id)
    edit(house, answer, {"content": "Voici le début et la fin"})
    found = await answers(house, 1)
    assert (found.messages, found.members) == (1, 0)
    assert [one.kind for one in await rows(house)] == [ANSWER]


async def test_no_text_is_kept(house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await listening(house)
    question = await ask(house, f"{SECRET} {QUESTION}")
    await house.sandbox.ai_bot.stream(question, [SECRET, SECRET])
    await answers(house, 1)
    await house.sandbox.ai_bot.fill_embed(question, [SECRET, SECRET])
    await answers(house, 2)
    waiting = post(house, {"content": f"{SECRET} en cours"}, question)
    await until(lambda: house.bot.counting.ai_answers._answers.gathering.pending)
    await house.bot.ledger.writer.flush()
    assert waiting
    assert not [record for record in caplog.records if record.name.startswith("bot") and SECRET in record.getMessage()]
    async with house.bot.ledger.engine.connect() as connection:
        tables = list(await connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        for name in tables:
            assert SECRET not in str((await connection.execute(text(f"SELECT * FROM {name}"))).all()), name
    for path in tmp_path.iterdir():
        assert SECRET.encode() not in path.read_bytes(), path
    kept = [one for one in PendingAnswer.__dataclass_fields__ if "text" in one]
    assert kept == []
