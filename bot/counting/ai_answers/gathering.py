"""Which message belongs to which answer, and which question it answers. Pure: moments and messages in, answers out."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.counting.ai_answers.pending_answer import MAX_PARTS, MAX_THOUGHT, QUIET, BotMessage, PendingAnswer
from bot.counting.bounded_dict import BoundedDict

MAX_PENDING = 2_000
"""Answers on their way at the same time; the oldest stands as it is when there are more."""

MAX_QUESTIONS = 20
"""Questions to one bot in one channel that wait for an answer; the oldest is forgotten."""


class OpenQuestion(NamedTuple):
    """A message that speaks to an AI bot; `asked` is a moment of the caller's clock."""

    question_id: int
    channel_id: int
    bot_id: int
    asked: float


class Gathering:
    """The answers on their way, and the questions that wait for one."""

    def __init__(self) -> None:
        self.pending: dict[int, PendingAnswer] = {}
        self._of_message: dict[int, PendingAnswer] = {}
        self._latest: dict[tuple[int, int], PendingAnswer] = {}
        self._questions: dict[tuple[int, int], list[OpenQuestion]] = {}
        self._standing = BoundedDict[int, tuple[int, int | None]](50_000)  # whose, and which question it answers

    def ask(self, question: OpenQuestion) -> None:
        """Note a question, unless it is noted."""
        waiting = self._questions.setdefault((question.channel_id, question.bot_id), [])
        if all(one.question_id != question.question_id for one in waiting):
            waiting.append(question)
            del waiting[:-MAX_QUESTIONS]

    def forget_old_questions(self, now: float) -> None:
        """Forget the questions that nobody will answer any more."""
        for key, waiting in list(self._questions.items()):
            fresh = [one for one in waiting if now - one.asked <= MAX_THOUGHT]
            if fresh:
                self._questions[key] = fresh
            else:
                del self._questions[key]

    def knows(self, message_id: int) -> bool:
        """Tell whether a message belongs to an answer on its way."""
        return message_id in self._of_message

    def answer_of(self, message_id: int) -> PendingAnswer | None:
        """Return the answer on its way that a message belongs to."""
        return self._of_message.get(message_id)

    def is_standing(self, message_id: int) -> bool:
        """Tell whether a message belongs to an answer that was taken off already."""
        return message_id in self._standing

    def take(self, message: BotMessage) -> PendingAnswer | None:
        """Take a message of an AI bot; return its answer, None when that stands already."""
        if self.is_standing(message.message_id):
            return None
        answer = self._of_message.get(message.message_id) or self._joined(message) or self._begin(message)
        self._of_message[message.message_id] = answer
        answer.put(message.message_id, message.tokens, message.changed)
        return answer

    def change(self, message_id: int, tokens: Mapping[str, int], now: float) -> PendingAnswer | None:
        """Note an edit; return the answer that it changes, None where it changes none."""
        answer = self._of_message.get(message_id)
        return answer if answer is not None and answer.put(message_id, tokens, now) else None

    def remove(self, message_id: int) -> PendingAnswer | None:
        """Note that a message is gone; return the answer that it belonged to."""
        answer = self._of_message.pop(message_id, None)
        if answer is not None:
            answer.remove(message_id)
        return answer

    def restore(self, answer: PendingAnswer) -> None:
        """Take an answer up again that was on its way before a restart."""
        self.pending[answer.answer_id] = answer
        latest = self._latest.get((answer.channel_id, answer.bot_id))
        if latest is None or latest.answer_id < answer.answer_id:
            self._latest[answer.channel_id, answer.bot_id] = answer
        for message_id in answer.parts:
            self._of_message[message_id] = answer

    def next_due(self) -> float | None:
        """Return the moment at which the next answer stands, None where none is on its way."""
        return min((answer.due for answer in self.pending.values()), default=None)

    def due(self, now: float) -> list[PendingAnswer]:
        """Return the answers that stand, the oldest first; also those that are too many."""
        waiting = sorted(self.pending.values(), key=lambda answer: answer.answer_id)
        surplus = {answer.answer_id for answer in waiting[: max(0, len(waiting) - MAX_PENDING)]}
        return [answer for answer in waiting if answer.due <= now or answer.answer_id in surplus]

    def take_off(self, answer: PendingAnswer) -> None:
        """Take an answer off: it is counted as it stands, and later edits of it change nothing."""
        self.pending.pop(answer.answer_id, None)
        key = (answer.channel_id, answer.bot_id)
        if self._latest.get(key) is answer:
            del self._latest[key]
        for message_id in answer.parts:
            self._of_message.pop(message_id, None)
            self._standing.put(message_id, (answer.bot_id, answer.question_id))

    def _joined(self, message: BotMessage) -> PendingAnswer | None:
        """Return the answer that a message goes on with."""
        replied = self._of_message.get(message.replied_id or 0)
        if replied is not None and replied.bot_id == message.bot_id:
            return replied  # each part a reply to the one before
        latest = self._latest.get((message.channel_id, message.bot_id))
        if latest is None or latest.answer_id not in self.pending or len(latest.parts) >= MAX_PARTS:
            return None
        if latest.first_words is not None and message.created - latest.changed > QUIET:
            return None
        if message.replied_id is not None:
            return latest if message.replied_id == latest.question_id else None
        if message.is_told:
            return latest if message.author_id == latest.author_id != 0 else None
        newer = self._newest_question(message.channel_id, message.bot_id, before=message.message_id)
        return None if newer is not None and newer > (latest.question_id or latest.answer_id) else latest

    def _begin(self, message: BotMessage) -> PendingAnswer:
        answer = PendingAnswer(
            message.message_id, message.guild_id, message.channel_id, message.bot_id,
            self._question_of(message), message.author_id, message.created, message.changed,
        )  # fmt: skip
        self.pending[answer.answer_id] = answer
        self._latest[message.channel_id, message.bot_id] = answer
        return answer

    def _question_of(self, message: BotMessage) -> int | None:
        """Return what is answered: the message referred to, else the newest that speaks to the bot."""
        question = message.replied_id
        bot_id, answered = self._standing.get(question or 0) or (0, None)
        if bot_id == message.bot_id:
            question = answered  # a late part, that refers to the one before
        elif question is None and not message.is_told:
            question = self._newest_question(message.channel_id, message.bot_id, before=message.message_id)
        self._close(message.channel_id, message.bot_id, question)
        return question

    def _newest_question(self, channel_id: int, bot_id: int, before: int) -> int | None:
        waiting = (one.question_id for one in self._questions.get((channel_id, bot_id), ()))
        return max((one for one in waiting if _may_answer(one, before)), default=None)

    def _close(self, channel_id: int, bot_id: int, question_id: int | None) -> None:
        waiting = self._questions.get((channel_id, bot_id), [])
        waiting[:] = [one for one in waiting if one.question_id != question_id]

    def put_back(self, answer: PendingAnswer) -> None:
        """Take an answer up again that couldn't be counted now."""
        for message_id in answer.parts:
            self._standing.pop(message_id)
        self.restore(answer)


def _may_answer(question_id: int, answer_id: int) -> bool:
    """Tell whether a message came after a question, and not too late; ids tell the time."""
    return 0 < answer_id - question_id <= MAX_IDS


MAX_IDS = int(MAX_THOUGHT * 1000) << 22
"""How far apart the ids of a question and its answer may be."""
