"""Keeps AI bots' answers that are on their way, and the questions that wait for one: numbers only."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, select, update

from bot.ledger.records import NAMELESS
from bot.ledger.schema import ai_pending, ai_questions, entries
from bot.ledger.write.statements import forget_entries, insert_into, is_known, put

PendingRow = Mapping[str, Any]
"""A row of `ai_pending` by its columns."""

SIZES = ("content", "embeds", "components")
"""The tokens of a message's sections."""


def keep_pending(connection: Connection, rows: Sequence[PendingRow]) -> None:
    """Keep the messages of an answer on its way, by the columns of `ai_pending`; those of it that are gone, not.

    Who asked is kept the first time only: the name may have been taken off since.
    """
    answer_id, ids = rows[0]["answer_id"], [row["message_id"] for row in rows]
    gone = and_(ai_pending.c.answer_id == answer_id, ai_pending.c.message_id.not_in(ids))
    connection.execute(delete(ai_pending).where(gone))
    for row in rows:
        if not is_known(connection, row["message_id"]):
            statement = insert_into(ai_pending, connection.dialect).values(**row)
            sizes = {name: statement.excluded[name] for name in SIZES}
            connection.execute(statement.on_conflict_do_update(index_elements=["message_id"], set_=sizes))


def drop_pending(connection: Connection, answer_id: int) -> int | None:
    """Forget an answer that isn't on its way any more; return who asked, None where it wasn't kept."""
    theirs = ai_pending.c.answer_id == answer_id
    author_id = connection.scalar(
        select(ai_pending.c.author_id).where(theirs).order_by(ai_pending.c.message_id).limit(1)
    )
    connection.execute(delete(ai_pending).where(theirs))
    return author_id


def open_question(connection: Connection, row: Mapping[str, int | float]) -> None:
    """Keep a question to an AI bot, by the columns of `ai_questions`."""
    put(connection, ai_questions, ("question_id", "bot_id"), **row)


def close_questions(connection: Connection, before: int) -> None:
    """Forget questions older than an id: nobody answers them any more. Entries left of erased people go too."""
    old = ai_questions.c.question_id < before
    nameless = entries.c.author_id == NAMELESS
    query = select(entries.c.message_id).where(nameless, entries.c.message_id.in_(_ids_of_questions(old)))
    forget_entries(connection, list(connection.scalars(query)))
    connection.execute(delete(ai_questions).where(old))


def open_among(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Return which of these messages wait for an AI bot's answer."""
    return list(connection.scalars(_ids_of_questions(ai_questions.c.question_id.in_(list(ids))).distinct()))


def make_questions_nameless(connection: Connection, ids: Sequence[int]) -> None:
    """Take the name off the entries of questions; they go with the answer, or when it doesn't come."""
    connection.execute(update(entries).where(entries.c.message_id.in_(list(ids))).values(author_id=NAMELESS))


def make_pending_nameless(connection: Connection, user_id: int) -> None:
    """Take somebody's name off the answers to their commands that are on their way."""
    connection.execute(update(ai_pending).where(ai_pending.c.author_id == user_id).values(author_id=NAMELESS))


def _ids_of_questions(condition: ColumnElement[bool]) -> Select[Any]:
    return select(ai_questions.c.question_id).where(condition)
