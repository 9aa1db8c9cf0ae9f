"""A measured answer takes the place of what was predicted, in one transaction."""

from functools import partial

import pytest
from making import AUTHOR, CHANNEL, FIRST, GUILD, NOW, TODAY, counted, days_ago, entry, ids
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.estimation.ranges import Range
from bot.ledger.periods import ALL, period
from bot.ledger.preferences import Preferences
from bot.ledger.queries.ai_bots import load_ai_bots, load_pending, load_questions
from bot.ledger.queries.days import by_day
from bot.ledger.queries.measured import measured_messages
from bot.ledger.queries.personal_data import export_to
from bot.ledger.queries.totals import totals
from bot.ledger.records import ANSWER, NAMELESS, WHOLE_SERVER, AiBot, Board, Entry, Totals
from bot.ledger.schema import metadata
from bot.ledger.types import id_at
from bot.ledger.write import ai_bots, ai_pending, pruning, retention
from bot.ledger.write.ai_answers import Measurement, Settled, StandingAnswer, settle
from bot.ledger.write.erasure import erase_person
from bot.ledger.write.undo import in_channels, take_back
from bot.ledger.write.writer import Writer

BOT, OTHER = 900, 901
EVERYTHING = period(ALL, TODAY)
PREDICTED = Range(1.0, 2.0, 4.0)


def answer(number: int, question: int | None, tokens: int = 412, *, parts: int = 1, bot: int = BOT) -> StandingAnswer:
    messages = tuple(FIRST + number + n for n in range(parts))
    asked = None if question is None else FIRST + question
    return StandingAnswer(messages[0], messages, GUILD, bot, asked, NAMELESS, tokens)


def measured(number: int, author_id: int, question: Entry | None, energy: float = 4.0) -> Measurement:
    one = entry(number, author=author_id, energy=energy)._replace(
        kind=ANSWER, answer_low=412.0, answer_expected=412.0, answer_high=412.0, prompt_tokens=0
    )
    if question is None:
        return Measurement(one)
    predicted = Range(question.answer_low, question.answer_expected, question.answer_high)
    return Measurement(one._replace(prompt_tokens=question.prompt_tokens), predicted)


async def count(writer: Writer, one: StandingAnswer) -> Settled | None:
    number = one.entry_id - FIRST
    return await writer.run(partial(settle, answer=one, measure=partial(measured, number)))


async def sums(engine: AsyncEngine) -> Totals:
    return await totals(engine, GUILD, EVERYTHING)


async def ask(writer: Writer, *numbers: int, author: int = AUTHOR) -> None:
    for n in numbers:
        writer.record(entry(n, author=author))
    await writer.flush()


async def wait_for(writer: Writer, number: int, predicted: Range = PREDICTED) -> None:
    ends = dict(zip(("predicted_low", "predicted_expected", "predicted_high"), predicted, strict=True))
    row = {"question_id": FIRST + number, "bot_id": BOT, "guild_id": GUILD, "channel_id": CHANNEL} | ends
    await writer.run(partial(ai_pending.open_question, row=row))


async def test_of_three_questions_one_is_answered_in_412_tokens(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1, 2, 3)
    done = await count(writer, answer(10, 2))
    assert done is not None
    assert (done.entry.author_id, done.is_asked) == (AUTHOR, True)
    assert await ids(engine) == [FIRST + 1, FIRST + 3, FIRST + 10]
    found = await sums(engine)
    assert (found.messages, found.prompt_tokens, found.members, found.channels) == (3, 30, 1, 1)
    assert found.answer_tokens == Range(1 + 1 + 412, 2 + 2 + 412, 4 + 4 + 412)
    assert found.energy_wh == Range(0.125 * 2 + 2, 0.25 * 2 + 4, 0.5 * 2 + 8)
    assert (found.ai_answers.messages, found.ai_answers.answer_tokens) == (1, 412)
    assert found.ai_answers.energy_wh == Range(2.0, 4.0, 8.0)
    assert found.ai_answers.gwp_g == Range(0.125, 0.25, 0.5)
    assert found.ai_answers.water_ml == Range(1.0, 2.0, 4.0)
    assert found.prediction.pairs == 1
    assert found.prediction.median_ratio == pytest.approx(2 / 412)
    assert (found.prediction.within_2, found.prediction.coverage) == (0.0, 0.0)


async def test_nothing_is_counted_twice(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1)
    assert await count(writer, answer(10, 1, parts=3))
    before = await sums(engine)
    for again in (answer(10, 1, parts=3), answer(10, 1, tokens=9), answer(11, 1), answer(12, None)):
        assert await count(writer, again) is None
    await ask(writer, 1)  # the question, replayed
    await ask(writer, 11)
    assert await sums(engine) == before
    assert await ids(engine) == [FIRST + 10]


async def test_a_question_that_comes_after_its_answer_is_not_predicted_any_more(
    engine: AsyncEngine, writer: Writer
) -> None:
    done = await count(writer, answer(10, 1))
    assert done is not None
    assert (done.entry.author_id, done.is_asked) == (NAMELESS, False)
    await ask(writer, 1)
    found = await sums(engine)
    assert (found.messages, found.members, found.ai_answers.messages) == (1, 0, 1)
    assert found.prediction.pairs == 0


async def test_two_bots_answer_one_question(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1)
    assert await count(writer, answer(10, 1))
    second = await count(writer, answer(20, 1, bot=OTHER))
    assert second is not None
    assert (second.entry.author_id, second.is_asked) == (AUTHOR, True)
    found = await sums(engine)
    assert (found.messages, found.ai_answers.messages, found.prompt_tokens, found.prediction.pairs) == (2, 2, 10, 1)


async def test_another_bots_answer_does_not_give_way(engine: AsyncEngine, writer: Writer) -> None:
    assert await count(writer, answer(10, None))
    looped = await count(writer, answer(20, 10, bot=OTHER))
    assert looped is not None
    assert not looped.is_asked
    assert (await sums(engine)).ai_answers.messages == 2
    assert await ids(engine) == [FIRST + 10, FIRST + 20]


async def test_a_question_of_another_server_stays(engine: AsyncEngine, writer: Writer) -> None:
    writer.record(entry(1, guild=6))
    await writer.flush()
    assert await count(writer, answer(10, 1))
    assert await ids(engine) == [FIRST + 1, FIRST + 10]


async def test_a_late_answer_to_yesterdays_question(engine: AsyncEngine, writer: Writer) -> None:
    asked = entry(0, at=days_ago(1), day=days_ago(1).date())
    writer.record(asked)
    await writer.flush()
    late = answer(10, None)
    late = StandingAnswer(late.answer_id, late.parts, GUILD, BOT, asked.message_id, NAMELESS, 412)
    assert await count(writer, late)
    days = await by_day(engine, GUILD, EVERYTHING)
    assert [(one.day, one.sums["messages"], one.sums["measured_messages"]) for one in days] == [(TODAY, 1, 1)]


async def test_an_author_who_opted_out_meanwhile_is_not_named(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1)
    preferences = await Preferences.load(engine)
    await preferences.opt_out(writer, AUTHOR, NOW)
    done = await count(writer, answer(10, 1))
    assert done is not None
    assert done.entry.author_id == NAMELESS
    assert await counted(engine) == {(GUILD, NAMELESS, CHANNEL): 1}


async def test_an_author_who_used_a_command_is_named_unless_they_opted_out(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    await preferences.opt_out(writer, AUTHOR + 1, NOW)
    for n, author in enumerate((AUTHOR, AUTHOR + 1)):
        one = answer(10 + n, None)
        assert await count(writer, StandingAnswer(one.answer_id, one.parts, GUILD, BOT, None, author, 412))
    assert await counted(engine) == {(GUILD, AUTHOR, CHANNEL): 1, (GUILD, NAMELESS, CHANNEL): 1}


async def test_a_question_erased_before_its_answer(engine: AsyncEngine, writer: Writer) -> None:
    """The sums stay exact: what was predicted for it gives way though nobody is named any more."""
    await ask(writer, 1, 2)
    await wait_for(writer, 2)
    assert await erase_person(writer, engine, AUTHOR) == 2
    found = await sums(engine)
    assert (found.messages, found.members) == (2, 0)
    done = await count(writer, answer(10, 2))
    assert done is not None
    assert done.entry.author_id == NAMELESS
    found = await sums(engine)
    assert (found.messages, found.members, found.ai_answers.messages) == (2, 0, 1)
    assert found.energy_wh.expected == 4.25
    assert await ids(engine) == [FIRST + 10]


async def test_an_erased_question_that_nobody_answers_goes_in_the_end(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1)
    await ask(writer, 2, author=AUTHOR + 1)
    for n in (1, 2):
        await wait_for(writer, n)
    await erase_person(writer, engine, AUTHOR)
    assert await ids(engine) == [FIRST + 1, FIRST + 2]
    await writer.run(partial(ai_pending.close_questions, before=FIRST + 100))
    assert await ids(engine) == [FIRST + 2]
    await ask(writer, 1)
    found = await sums(engine)
    assert (found.messages, found.members) == (2, 1)
    assert await load_questions(engine, GUILD) == []


async def test_a_pruned_question_leaves_an_answer_without_a_name(engine: AsyncEngine, writer: Writer) -> None:
    old = entry(1, at=days_ago(200), day=days_ago(200).date())
    writer.record(old)
    await writer.flush()
    await writer.run(partial(pruning._prune_entries, before=id_at(days_ago(90))))
    one = answer(10, None)
    done = await count(writer, StandingAnswer(10, one.parts, GUILD, BOT, old.message_id, NAMELESS, 412))
    assert done is not None
    assert (done.entry.author_id, done.is_asked) == (NAMELESS, False)


async def test_erasing_somebody_leaves_the_sums_and_nothing_else(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1)
    assert await count(writer, answer(10, 1))
    before = await sums(engine)
    assert await erase_person(writer, engine, AUTHOR) == 1
    after = await sums(engine)
    assert (after.ai_answers, after.energy_wh, after.members) == (before.ai_answers, before.energy_wh, 0)
    async with engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(metadata.tables["measured_answers"])) == 0
    assert await count(writer, answer(10, 1)) is None


async def test_export_has_answers(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1)
    assert await count(writer, answer(10, 1))
    pieces: list[bytes] = []
    await export_to(pieces.append, engine, AUTHOR, {})
    text = b"".join(pieces).decode()
    assert f'"question_id": "{FIRST + 1}"' in text
    assert '"visible_tokens": 412' in text


async def test_a_beginning_taken_back_takes_answers_too(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1, 2)
    assert await count(writer, answer(10, 1))
    concerned = in_channels(WHOLE_SERVER, (), ())
    taken = await writer.run(partial(take_back, guild_id=GUILD, since_id=FIRST, concerned=concerned))
    assert taken == 2
    found = await sums(engine)
    assert (found.messages, found.ai_answers.messages) == (0, 0)


async def test_a_server_that_resets_keeps_nothing(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1, 2)
    await wait_for(writer, 2)
    assert await count(writer, answer(10, 1))
    await writer.run(partial(ai_bots.put_bot, bot=AiBot(GUILD, BOT, "openai/gpt-4o", None, None, FIRST)))
    await writer.run(partial(ai_pending.keep_pending, rows=[pending(20, 30)]))
    await retention.reset(writer, GUILD, NOW)
    kept = ("tombstones", "changes")
    async with engine.connect() as connection:
        left = {
            name: number
            for name, table in metadata.tables.items()
            if name not in kept and (number := await connection.scalar(select(func.count()).select_from(table)))
        }
    assert left == {}


def pending(number: int, tokens: int, author: int = NAMELESS, first: int | None = None) -> dict[str, int | None]:
    return {
        "message_id": FIRST + number,
        "answer_id": FIRST + (first or number),
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "bot_id": BOT,
        "question_id": None,
        "author_id": author,
        "content": tokens,
        "embeds": 0,
        "components": 0,
    }


async def test_answers_on_their_way_are_kept_as_they_grow(engine: AsyncEngine, writer: Writer) -> None:
    await writer.run(partial(ai_pending.keep_pending, rows=[pending(20, 30)]))
    await writer.run(partial(ai_pending.keep_pending, rows=[pending(20, 60), pending(21, 5, first=20)]))
    rows = await load_pending(engine, GUILD)
    assert [(row["message_id"] - FIRST, row["content"]) for row in rows] == [(20, 60), (21, 5)]
    await writer.run(partial(ai_pending.keep_pending, rows=[pending(21, 7, first=20)]))
    assert [row["content"] for row in await load_pending(engine, GUILD)] == [7]
    one = answer(21, None)
    assert await count(writer, StandingAnswer(FIRST + 20, one.parts, GUILD, BOT, None, NAMELESS, 7))
    assert await load_pending(engine, GUILD) == []
    await writer.run(partial(ai_pending.keep_pending, rows=[pending(21, 7, first=20)]))
    assert await load_pending(engine, GUILD) == []


async def test_somebody_erased_while_their_command_is_answered(engine: AsyncEngine, writer: Writer) -> None:
    await writer.run(partial(ai_pending.keep_pending, rows=[pending(20, 30, author=AUTHOR)]))
    await erase_person(writer, engine, AUTHOR)
    await writer.run(partial(ai_pending.keep_pending, rows=[pending(20, 60, author=AUTHOR)]))
    one = answer(20, None)
    done = await count(writer, StandingAnswer(FIRST + 20, one.parts, GUILD, BOT, None, AUTHOR, 60))
    assert done is not None
    assert done.entry.author_id == NAMELESS


async def test_boards_know_what_was_measured(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1, 2)
    await ask(writer, 3, author=AUTHOR + 1)
    assert await count(writer, answer(10, 1))
    board = Board(GUILD, EVERYTHING)
    assert await measured_messages(engine, board, [AUTHOR, AUTHOR + 1]) == {AUTHOR: 1}
    assert await measured_messages(engine, board._replace(by="channels"), [CHANNEL]) == {CHANNEL: 1}


async def test_a_bot_of_a_server_is_kept_and_dropped(engine: AsyncEngine, writer: Writer) -> None:
    one = AiBot(GUILD, BOT, "openai/gpt-4o", "high", "Error*", FIRST)
    await writer.run(partial(ai_bots.put_bot, bot=one))
    assert await load_ai_bots(engine) == [one]
    await writer.run(partial(ai_bots.drop_bot, guild_id=GUILD, bot_id=BOT))
    assert await load_ai_bots(engine) == []


async def test_what_fails_half_way_changes_nothing(engine: AsyncEngine, writer: Writer) -> None:
    await ask(writer, 1)
    before = await sums(engine)

    def broken(author_id: int, question: Entry | None) -> Measurement:
        found = measured(10, author_id, question)
        return Measurement(found.entry, Range(0.0, -1.0, 0.0))

    with pytest.raises(ValueError, match=r"math|expected|positive"):
        await writer.run(partial(settle, answer=answer(10, 1), measure=broken))
    assert await sums(engine) == before
    assert await ids(engine) == [FIRST + 1]


def test_no_column_could_hold_a_text() -> None:
    names = {"ai_bots", "ai_questions", "ai_pending", "measured_answers", "daily_measured", "predictions"}
    texts = {
        f"{name}.{column.name}"
        for name in names
        for column in metadata.tables[name].columns
        if column.type.python_type is str
    }
    assert texts == {"ai_bots.model", "ai_bots.effort", "ai_bots.excluded"}
