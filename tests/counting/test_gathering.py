"""Which messages make one answer, and when it stands."""

from bot.counting.ai_answers.gathering import MAX_PENDING, Gathering, OpenQuestion
from bot.counting.ai_answers.pending_answer import MAX_PARTS, MAX_STREAM, MAX_THOUGHT, QUIET, BotMessage

CHANNEL, BOT, OTHER = 10, 20, 21


def message(
    number: int,
    now: float,
    tokens: int = 50,
    *,
    bot: int = BOT,
    channel: int = CHANNEL,
    replied: int | None = None,
    author: int = 0,
) -> BotMessage:
    told = replied is not None or author != 0
    return BotMessage(number, 1, channel, bot, replied, author, {"content": tokens}, now, now, told)


def asked(number: int, now: float, bot: int = BOT) -> OpenQuestion:
    return OpenQuestion(number, CHANNEL, bot, now)


def test_an_answer_stands_when_its_edits_are_quiet() -> None:
    all_of = Gathering()
    answer = all_of.take(message(100, 0.0, 5))
    for second in range(1, 30):
        all_of.change(100, {"content": 5 + second}, float(second))
        assert all_of.due(float(second)) == []
    assert all_of.next_due() == 29 + QUIET
    assert all_of.due(29 + QUIET) == [answer]
    assert answer is not None
    assert answer.tokens == 34


def test_an_edit_that_changes_nothing_delays_nothing() -> None:
    all_of = Gathering()
    all_of.take(message(100, 0.0, 5))
    assert all_of.change(100, {"content": 5}, 7.0) is None
    assert all_of.change(100, {}, 7.5) is None
    assert len(all_of.due(QUIET)) == 1


def test_one_edited_for_an_hour_stands_after_two_minutes_and_once() -> None:
    all_of, counted = Gathering(), []
    all_of.take(message(100, 0.0, 1))
    for second in range(1, 3600):
        all_of.change(100, {"content": 1 + second}, float(second))
        for answer in all_of.due(float(second)):
            counted.append((second, answer.tokens))
            all_of.take_off(answer)
    assert counted == [(MAX_STREAM, 1 + MAX_STREAM)]
    assert all_of.take(message(100, 3600.0)) is None


def test_a_placeholder_is_waited_for() -> None:
    all_of = Gathering()
    all_of.take(message(100, 0.0, 0))
    assert all_of.due(MAX_THOUGHT - 1) == []
    all_of.change(100, {"content": 80}, 300.0)
    assert [one.tokens for one in all_of.due(300 + QUIET)] == [80]


def test_a_placeholder_that_stays_is_no_answer() -> None:
    all_of = Gathering()
    all_of.take(message(100, 0.0, 0))
    assert [one.tokens for one in all_of.due(MAX_THOUGHT)] == [0]


def test_a_placeholder_may_be_followed_by_the_answer_and_deleted() -> None:
    all_of = Gathering()
    all_of.ask(asked(99, 0.0))
    all_of.take(message(100, 1.0, 0))
    answer = all_of.take(message(101, 60.0, 30))
    all_of.remove(100)
    assert answer is not None
    assert (answer.question_id, list(answer.parts), answer.tokens) == (99, [101], 30)


def test_sections_are_replaced_one_by_one() -> None:
    all_of = Gathering()
    answer = all_of.take(BotMessage(100, 1, CHANNEL, BOT, None, 0, {"content": 3, "embeds": 0}, 0.0, 0.0))
    all_of.change(100, {"embeds": 40}, 1.0)
    assert answer is not None
    assert answer.tokens == 43


def test_several_messages_are_one_answer() -> None:
    all_of = Gathering()
    all_of.ask(asked(99, 0.0))
    answers = [all_of.take(message(100 + n, 1.0 + n)) for n in range(5)]
    assert {id(one) for one in answers} == {id(answers[0])}
    assert answers[0] is not None
    assert (answers[0].tokens, answers[0].question_id) == (250, 99)


def test_parts_that_reply_to_each_other_are_one_answer() -> None:
    all_of = Gathering()
    first = all_of.take(message(100, 0.0, replied=99))
    assert all_of.take(message(101, 5.0, replied=100)) is first
    assert all_of.take(message(102, 10.0, replied=101)) is first


def test_a_late_part_answers_the_same_question() -> None:
    all_of = Gathering()
    first = all_of.take(message(100, 0.0, replied=99))
    assert first is not None
    all_of.take_off(first)
    late = all_of.take(message(101, 30.0, replied=100))
    assert late is not first
    assert late is not None
    assert late.question_id == 99


def test_two_people_at_once_get_answers_of_their_own() -> None:
    all_of = Gathering()
    one, other = all_of.take(message(100, 0.0, replied=98)), all_of.take(message(101, 0.5, replied=99))
    assert one is not other
    assert all_of.take(message(102, 1.0, replied=98)) is not other
    by_command = all_of.take(message(103, 1.2, author=7))
    assert by_command is not None
    assert (by_command.question_id, by_command.author_id) == (None, 7)


def test_a_new_question_begins_a_new_answer() -> None:
    all_of = Gathering()
    all_of.ask(asked(99, 0.0))
    first = all_of.take(message(100, 1.0))
    all_of.ask(asked(101, 2.0))
    second = all_of.take(message(102, 3.0))
    assert first is not None
    assert second is not None
    assert (first.question_id, second.question_id) == (99, 101)
    assert all_of.take(message(103, 4.0)) is second


def test_each_bot_and_channel_answers_for_itself() -> None:
    all_of = Gathering()
    all_of.ask(asked(99, 0.0))
    other = all_of.take(message(100, 1.0, bot=OTHER))
    elsewhere = all_of.take(message(101, 1.0, channel=11))
    mine = all_of.take(message(102, 1.0))
    assert [one and one.question_id for one in (other, elsewhere, mine)] == [None, None, 99]


def test_a_bot_that_answers_another_bot_answers_that_message() -> None:
    all_of = Gathering()
    first = all_of.take(message(100, 0.0, replied=99))
    assert first is not None
    all_of.take_off(first)
    second = all_of.take(message(101, 20.0, bot=OTHER, replied=100))
    assert second is not None
    assert second.question_id == 100


def test_a_hundred_messages_are_bounded() -> None:
    all_of = Gathering()
    for n in range(MAX_PARTS):
        all_of.take(message(100 + n, 0.1 * n))
    (full,) = all_of.due(0.1 * MAX_PARTS)
    assert full.tokens == 50 * MAX_PARTS
    assert all_of.take(message(999, 0.1 * MAX_PARTS)) is not full


def test_one_deleted_while_it_streams_leaves_nothing() -> None:
    all_of = Gathering()
    all_of.take(message(100, 0.0))
    gone = all_of.remove(100)
    assert all_of.remove(100) is None
    assert all_of.due(0.0) == [gone]
    assert gone is not None
    assert gone.parts == {}


def test_a_replayed_message_is_the_same_answer() -> None:
    all_of = Gathering()
    answer = all_of.take(message(100, 0.0, 5))
    assert all_of.take(message(100, 1.0, 9)) is answer
    assert answer is not None
    assert answer.tokens == 9


def test_too_many_stand_as_they_are() -> None:
    all_of = Gathering()
    for n in range(MAX_PENDING + 3):
        all_of.take(message(1000 + n, 0.0, channel=n))
    assert [one.answer_id for one in all_of.due(0.0)] == [1000, 1001, 1002]


def test_old_questions_are_forgotten() -> None:
    all_of = Gathering()
    all_of.ask(asked(99, 0.0))
    all_of.forget_old_questions(MAX_THOUGHT + 1)
    late = all_of.take(message(100, MAX_THOUGHT + 2))
    assert late is not None
    assert late.question_id is None


def test_a_later_question_does_not_part_what_history_tells_in_order() -> None:
    """The question that was written after an answer may be known before the answer is read."""
    all_of = Gathering()
    all_of.ask(asked(99, 0.0))
    all_of.ask(asked(110, 5.0))
    answer = all_of.take(message(100, 1.0, replied=99))
    assert all_of.take(message(101, 1.5)) is answer
    other = all_of.take(message(111, 6.0))
    assert other is not answer
    assert other is not None
    assert other.question_id == 110


def test_an_older_answer_taken_up_again_is_not_the_latest() -> None:
    all_of = Gathering()
    older = all_of.take(message(100, 0.0, replied=99))
    newer = all_of.take(message(103, 1.0, replied=102))
    assert older is not None
    all_of.take_off(older)
    all_of.put_back(older)
    assert all_of.take(message(104, 1.5)) is newer
