"""Puts measured answers in the place of predictions, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import neg

from sqlalchemy import Connection, and_, delete, select

from bot.estimation.ranges import Range
from bot.ledger.coordination.opt_outs import recordable_since
from bot.ledger.entries import daily_rows, entry_row
from bot.ledger.prediction import Pair
from bot.ledger.records import MESSAGE, NAMELESS, Entry
from bot.ledger.schema import DAILY_KEY, ai_questions, daily, entries, measured_answers, people, tombstones
from bot.ledger.write.ai_pending import drop_pending
from bot.ledger.write.measured_sums import add_measured, add_pair
from bot.ledger.write.statements import BatchStatements, insert_into, is_known


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """An answer that stands: its messages' ids, whose it is, what it answers, how long it is in visible tokens.

    `author_id` is who used the bot's command, `NAMELESS` where that isn't how it was asked.
    """

    answer_id: int
    parts: tuple[int, ...]
    guild_id: int
    bot_id: int
    question_id: int | None
    author_id: int
    visible_tokens: int

    @property
    def entry_id(self) -> int:
        """Return the id that it is counted by."""
        return min(self.parts)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What an answer comes to, and the prediction that it can be held against."""

    entry: Entry
    predicted: Range | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an answer: its entry, and whether somebody is known to have asked."""

    entry: Entry
    is_asked: bool


Measure = Callable[[int, Entry | None], Measurement]
"""Measures an answer for its author, given the entry of its question where there is one."""


def settle(connection: Connection, answer: StandingAnswer, measure: Measure) -> Settled | None:
    """Count an answer in place of what was predicted for its question; None where it is counted already.

    The question's entry goes, as if it had never been predicted; its bare id stays, so that nothing brings it back. An
    answer to a question that isn't there, or whose author opted out, counts without a name.
    """
    kept = drop_pending(connection, answer.answer_id, answer.guild_id)
    if kept is not None:
        answer = replace(answer, author_id=kept)
    if is_known(connection, (answer.entry_id, answer.guild_id)):
        return None
    question = _question(connection, answer)
    author_id = _author(connection, answer, question)
    measured = measure(_named(connection, author_id), question)
    given_way = [question] if question else []
    _subtract(connection, given_way)
    _forget_ids(connection, answer)
    entry, statements = measured.entry, BatchStatements(connection.dialect)
    statements.add_entries(connection, [entry_row(entry)])
    statements.add_daily(connection, daily_rows([entry]))
    _delete_empty_days(connection, given_way)
    _add_measured(connection, answer, entry)
    _note_prediction(connection, answer, measured)
    return Settled(entry, is_asked=bool(author_id) or question is not None)


def _question(connection: Connection, answer: StandingAnswer) -> Entry | None:
    theirs = (entries.c.message_id == answer.question_id, entries.c.guild_id == answer.guild_id)
    row = connection.execute(select(entries).where(*theirs, entries.c.kind == MESSAGE)).one_or_none()
    return Entry(*row) if row else None


def _author(connection: Connection, answer: StandingAnswer, question: Entry | None) -> int:
    """Return who asked: the question's author, or that of an earlier answer to it, or who used the command."""
    if question is not None:
        return question.author_id
    if answer.question_id is None:
        return answer.author_id
    same = and_(
        measured_answers.c.message_id == entries.c.message_id, measured_answers.c.guild_id == entries.c.guild_id
    )
    earlier = select(entries.c.author_id).join(measured_answers, same)
    theirs = (measured_answers.c.question_id == answer.question_id, entries.c.guild_id == answer.guild_id)
    return connection.scalar(earlier.where(*theirs).limit(1)) or answer.author_id


def _named(connection: Connection, author_id: int) -> int:
    recordable_since(connection, {author_id})  # nobody opts out between our looking and our writing
    out = select(people.c.user_id).where(people.c.user_id == author_id, people.c.opted_out_at.is_not(None))
    return NAMELESS if connection.scalar(out) is not None else author_id


def _subtract(connection: Connection, found: Sequence[Entry]) -> None:
    width = len(DAILY_KEY)
    rows = [(*row[:width], *map(neg, row[width:])) for row in daily_rows(found)]
    if rows:
        BatchStatements(connection.dialect).add_daily(connection, rows)
        guild_id, ids = found[0].guild_id, [one.message_id for one in found]
        connection.execute(delete(entries).where(entries.c.guild_id == guild_id, entries.c.message_id.in_(ids)))


def _delete_empty_days(connection: Connection, found: Sequence[Entry]) -> None:
    for one in found:
        empty = (daily.c.guild_id == one.guild_id, daily.c.local_day == one.local_day, daily.c.messages <= 0)
        connection.execute(delete(daily).where(*empty))


def _forget_ids(connection: Connection, answer: StandingAnswer) -> None:
    """Leave the bare ids of the question and of the answer's further messages, so that none is counted again."""
    ids = {*answer.parts, answer.question_id} - {answer.entry_id, None}
    for message_id in sorted(one for one in ids if one):
        if message_id == answer.question_id and is_known(connection, (message_id, answer.guild_id)):
            continue  # another AI bot's answer, or one that gave way before
        row = insert_into(tombstones, connection.dialect).values(message_id=message_id, guild_id=answer.guild_id)
        connection.execute(row.on_conflict_do_nothing())


def _add_measured(connection: Connection, answer: StandingAnswer, entry: Entry) -> None:
    row = {
        "message_id": entry.message_id,
        "guild_id": answer.guild_id,
        "bot_id": answer.bot_id,
        "question_id": answer.question_id,
        "visible_tokens": answer.visible_tokens,
        "parts": len(answer.parts),
    }
    connection.execute(measured_answers.insert().values(**row))
    add_measured(connection, entry, answer.visible_tokens)


def _note_prediction(connection: Connection, answer: StandingAnswer, measured: Measurement) -> None:
    """Add the pair of prediction and answer to the day's histogram, where the question had a prediction."""
    asked = (
        ai_questions.c.guild_id == answer.guild_id,
        ai_questions.c.question_id == answer.question_id,
        ai_questions.c.bot_id == answer.bot_id,
    )
    ends = (ai_questions.c[f"predicted_{end}"] for end in Range._fields)
    row = connection.execute(select(*ends).where(*asked)).one_or_none()
    connection.execute(delete(ai_questions).where(*asked))
    predicted = Range(*row) if row and measured.predicted else measured.predicted
    if predicted is None or not answer.visible_tokens:
        return
    entry = measured.entry
    add_pair(connection, entry.guild_id, entry.local_day, Pair(predicted, answer.visible_tokens))
