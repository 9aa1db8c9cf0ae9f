"""Takes AI bots' messages as they are written, edited and deleted, and gathers them into answers.

What is on its way is in the writer's hands before the next message is looked at: a process that dies loses none. Texts
go no further than their tokens are counted.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby

from bot.counting.ai_answers import bot_messages
from bot.counting.ai_answers.answer_text import Payload
from bot.counting.ai_answers.gathering import Gathering, OpenQuestion
from bot.counting.ai_answers.loops import Loops
from bot.counting.ai_answers.measurer import AnswerMeasurer
from bot.counting.ai_answers.pending_answer import BotMessage, PendingAnswer
from bot.counting.ai_answers.waiting_messages import WaitingMessages
from bot.counting.bounded_dict import BoundedDict
from bot.counting.clock import DiscordClock
from bot.estimation.footprint import PromptAnalysis
from bot.ledger.ledger import Ledger
from bot.ledger.queries.ai_bots import known_among, load_pending, load_questions
from bot.ledger.records import AiBot
from bot.ledger.write import ai_pending

KEEP_INTERVAL = 5.0
"""Seconds between two times that a growing answer is kept; its last words are looked up after a restart."""

LATE = 2.0
"""Seconds after which an event comes late."""


class AiAnswers:
    """The answers on their way. `changed` is called when one begins, as its time may be the next to come.

    `has_content` says whether Discord hands over what messages say: nothing can be measured without it.
    """

    def __init__(
        self,
        ledger: Ledger,
        measurer: AnswerMeasurer,
        clock: DiscordClock,
        *,
        has_content: bool = True,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger, self._measurer, self._clock, self._steady = ledger, measurer, clock, steady
        self._bots, self._has_content = ledger.preferences.ai_bots, has_content
        self.gathering, self.loops, self.waiting = Gathering(), Loops(), WaitingMessages()
        self.changed: Callable[[], None] = lambda: None
        self._kept = BoundedDict[int, tuple[int, float]](5_000)
        self._late_at = BoundedDict[int, float](1_000)

    async def restore(self, guild_id: int) -> None:
        """Take up what was on its way in a server when it was last there, or when another process served it."""
        if guild_id not in self._bots:
            return
        now = self._steady()
        for row in await load_questions(self._ledger.engine, guild_id):
            asked = now - self._clock.seconds_since(row["question_id"])
            self.gathering.ask(OpenQuestion(row["question_id"], row["channel_id"], row["bot_id"], asked))
        rows = await load_pending(self._ledger.engine, guild_id)
        for _, parts in groupby(sorted(rows, key=lambda row: row["answer_id"]), key=lambda row: row["answer_id"]):
            answer = _restored(list(parts), now)
            if answer.answer_id not in self.gathering.pending and not self.gathering.is_standing(answer.answer_id):
                self.gathering.restore(answer)
                self.changed()

    # People's messages

    def asks(self, guild_id: int, payload: Payload) -> list[AiBot]:
        """Return the AI bots that somebody's message speaks to."""
        if guild_id not in self._bots:
            return []
        return [bot for one in bot_messages.speaks_to(payload) if one and (bot := self._bots.find(guild_id, one))]

    def ask(self, bots: Iterable[AiBot], channel_id: int, message_id: int, reading: PromptAnalysis) -> None:
        """Note a question that was counted, and what is predicted for the bots that it speaks to."""
        for bot in bots:
            self.gathering.ask(OpenQuestion(message_id, channel_id, bot.bot_id, self._steady()))
            low, expected, high = self._measurer.predicted(reading, bot)
            row = {"predicted_low": low, "predicted_expected": expected, "predicted_high": high}
            row |= {"question_id": message_id, "bot_id": bot.bot_id, "guild_id": bot.guild_id, "channel_id": channel_id}
            self._ledger.writer.submit(partial(ai_pending.open_question, row=row))

    # AI bots' messages

    def written(self, guild_id: int, channel_id: int, message_id: int, payload: Payload) -> None:
        """Take a message that a bot has just written."""
        bot = self._bot_of(guild_id, message_id, payload)
        if bot is None:
            return
        message = self._message(bot, channel_id, message_id, payload)
        if self._ledger.writer.holds.stands(guild_id, channel_id) and self.waiting.has_room:
            self.waiting.add(message)  # what it goes on with may be read from history before long
            self.changed()
        else:
            self._note_late(message)
            self._gather(message)

    def take_waiting(self) -> None:
        """Take the messages that waited until their channel's history was read."""
        for message in self.waiting.release(self._ledger.writer.holds.stands, self._steady()):
            self._gather(message)

    def edited(self, message_id: int, payload: Payload) -> None:
        """Take an edit; one that has no text, or is of an answer that stands, changes nothing."""
        answer, waiting = self.gathering.answer_of(message_id), self.waiting.get(message_id)
        about = answer or waiting
        bot = self._bots.find(about.guild_id, about.bot_id) if about is not None else None
        if waiting is not None and bot is not None:
            self.waiting.change(waiting, self._measurer.tokens(payload, bot), self._steady())
        if answer is not None and bot is not None:
            due = answer.due
            if self.gathering.change(message_id, self._measurer.tokens(payload, bot), self._steady()):
                self._keep(answer)
            if answer.due < due:  # its first words
                self.changed()

    def deleted(self, message_id: int) -> None:
        """Let go of a message that is gone."""
        self.waiting.remove(message_id)
        answer = self.gathering.remove(message_id)
        if answer is not None:
            self.changed()

    async def read(self, guild_id: int, channel_id: int, message_id: int, payload: Payload) -> None:
        """Take a message of a bot from history; it is kept when this returns."""
        bot = self._bot_of(guild_id, message_id, payload)
        if bot is None or (not self.gathering.knows(message_id) and await self._is_known(guild_id, message_id)):
            return
        self._late_at.put(channel_id, self._steady())
        answer = self.gathering.take(self._message(bot, channel_id, message_id, payload))
        if answer is not None:
            await self._ledger.writer.run(partial(ai_pending.keep_pending, rows=_rows(answer)))
            self.changed()

    def _note_late(self, message: BotMessage) -> None:
        """After a lost connection the events that were missed come at once, as history does."""
        if self._steady() - message.changed > LATE:
            self._late_at.put(message.channel_id, self._steady())

    def taken_late(self, channel_id: int) -> float:
        """Return when something late was last taken in the channel, from history say: more of an answer may follow."""
        return self._late_at.get(channel_id) or float("-inf")

    def take_again(self, answer: PendingAnswer, message_id: int, payload: Payload) -> None:
        """Take what a message of an answer from before a restart says now."""
        bot = self._bots.find(answer.guild_id, answer.bot_id)
        if bot is not None:
            self.gathering.take(self._message(bot, answer.channel_id, message_id, payload))

    def _gather(self, message: BotMessage) -> None:
        answer = self.gathering.take(message)
        if answer is not None:
            self._keep(answer)
            self.changed()

    def _message(self, bot: AiBot, channel_id: int, message_id: int, payload: Payload) -> BotMessage:
        replied, author, is_told = bot_messages.asked_by(payload, self._ledger.preferences.opted_out)
        now, edited = self._steady(), bot_messages.edited_at(payload)
        created = now - max(0.0, self._clock.seconds_since(message_id))
        changed = created if edited is None else now - max(0.0, (self._clock.now() - edited).total_seconds())
        tokens = self._measurer.tokens(payload, bot)
        return BotMessage(
            message_id, bot.guild_id, channel_id, bot.bot_id, replied, author, tokens,
            created, max(created, changed), is_told,
        )  # fmt: skip

    def _bot_of(self, guild_id: int, message_id: int, payload: Payload) -> AiBot | None:
        if not self._has_content or guild_id not in self._bots:
            return None
        found = (self._bots.find(guild_id, one) for one in bot_messages.owners(payload))
        return next((bot for bot in found if bot is not None and message_id > bot.since_id), None)

    async def _is_known(self, guild_id: int, message_id: int) -> bool:
        if self.gathering.is_standing(message_id):
            return True
        return bool(await known_among(self._ledger.engine, guild_id, [message_id]))

    def _keep(self, answer: PendingAnswer) -> None:
        now, parts = self._steady(), len(answer.parts)
        known, kept_at = self._kept.get(answer.answer_id) or (0, float("-inf"))
        if parts and (known != parts or now - kept_at >= KEEP_INTERVAL):
            self._kept.put(answer.answer_id, (parts, now))
            self._ledger.writer.submit(partial(ai_pending.keep_pending, rows=_rows(answer)))


def _rows(answer: PendingAnswer) -> list[dict[str, int | None]]:
    about: dict[str, int | None] = {
        "answer_id": answer.answer_id,
        "guild_id": answer.guild_id,
        "channel_id": answer.channel_id,
        "bot_id": answer.bot_id,
        "question_id": answer.question_id,
        "author_id": answer.author_id,
    }
    return [{"message_id": message_id, **about, **tokens} for message_id, tokens in answer.parts.items()]


def _restored(rows: Sequence[ai_pending.PendingRow], now: float) -> PendingAnswer:
    about = {name: rows[0][name] for name in ("answer_id", "guild_id", "channel_id", "bot_id")}
    more = {"question_id": rows[0]["question_id"], "author_id": rows[0]["author_id"]}
    answer = PendingAnswer(**about, **more, created=now, changed=now, restored=True)
    for row in rows:
        answer.put(row["message_id"], {name: row[name] for name in ai_pending.SIZES}, now)
    return answer
