"""Keeps AI bots' answers that are on their way, and the questions that wait for one: numbers only."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from bot.ledger.records import NAMELESS
from bot.ledger.schema import ai_pending, ai_questions, entries
from bot.ledger.write.statements import Key, forget_entries, guilds_of, insert_into, is_known, put

PendingRow = Mapping[str, Any]
"""A row of `ai_pending` by its columns."""

SIZES = ("content", "embeds", "components")
"""The tokens of a message's sections."""


def keep_pending(connection: Connection, rows: Sequence[PendingRow]) -> None:
    """Keep the messages of an answer on its way, by the columns of `ai_pending`; those of it that are gone, not.

    Who asked is kept the first time only: the name may have been taken off since.
    """
    theirs = _of_answer(rows[0]["answer_id"], rows[0]["guild_id"])
    gone = ai_pending.c.message_id.not_in([row["message_id"] for row in rows])
    connection.execute(delete(ai_pending).where(*theirs, gone))
    for row in rows:
        if not is_known(connection, (row["message_id"], row["guild_id"])):
            statement = insert_into(ai_pending, connection.dialect).values(**row)
            sizes = {name: statement.excluded[name] for name in SIZES}
            connection.execute(statement.on_conflict_do_update(index_elements=["guild_id", "message_id"], set_=sizes))


def drop_pending(connection: Connection, answer_id: int, guild_id: int) -> int | None:
    """Forget an answer that isn't on its way any more; return who asked, None where it wasn't kept."""
    theirs = _of_answer(answer_id, guild_id)
    author_id = connection.scalar(
        select(ai_pending.c.author_id).where(*theirs).order_by(ai_pending.c.message_id).limit(1)
    )
    connection.execute(delete(ai_pending).where(*theirs))
    return author_id


def open_question(connection: Connection, row: Mapping[str, int | float]) -> None:
    """Keep a question to an AI bot, by the columns of `ai_questions`."""
    put(connection, ai_questions, ("guild_id", "question_id", "bot_id"), **row)


def close_questions(connection: Connection, before: int) -> None:
    """Forget questions older than an id: nobody answers them any more. Entries left of erased people go too."""
    old = ai_questions.c.question_id < before
    nameless = entries.c.author_id == NAMELESS
    same = and_(ai_questions.c.question_id == entries.c.message_id, ai_questions.c.guild_id == entries.c.guild_id)
    query = select(entries.c.message_id, entries.c.guild_id).join(ai_questions, same).where(nameless, old).distinct()
    forget_entries(connection, [(message_id, guild_id) for message_id, guild_id in connection.execute(query)])
    connection.execute(delete(ai_questions).where(old))


def open_among(connection: Connection, keys: Sequence[Key]) -> list[Key]:
    """Return which of these messages wait for an AI bot's answer."""
    these = (ai_questions.c.question_id.in_([one[0] for one in keys]), ai_questions.c.guild_id.in_(guilds_of(keys)))
    query = select(ai_questions.c.question_id, ai_questions.c.guild_id).where(*these).distinct()
    return [(message_id, guild_id) for message_id, guild_id in connection.execute(query)]


def make_questions_nameless(connection: Connection, keys: Sequence[Key]) -> None:
    """Take the name off the entries of questions; they go with the answer, or when it doesn't come."""
    these = (entries.c.message_id.in_([one[0] for one in keys]), entries.c.guild_id.in_(guilds_of(keys)))
    connection.execute(update(entries).where(*these).values(author_id=NAMELESS))


def make_pending_nameless(connection: Connection, user_id: int) -> None:
    """Take somebody's name off the answers to their commands that are on their way."""
    connection.execute(update(ai_pending).where(ai_pending.c.author_id == user_id).values(author_id=NAMELESS))


def _of_answer(answer_id: int, guild_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ai_pending.c.answer_id == answer_id, ai_pending.c.guild_id == guild_id
