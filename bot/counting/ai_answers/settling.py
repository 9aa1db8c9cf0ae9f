"""Has answers counted when they stand, in place of what was predicted; and looks up those from before a restart."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol

from bot.counting.ai_answers.answer_text import Payload
from bot.counting.ai_answers.answers import AiAnswers
from bot.counting.ai_answers.measurer import AnswerMeasurer
from bot.counting.ai_answers.pending_answer import MAX_THOUGHT, PendingAnswer
from bot.counting.clock import DiscordClock
from bot.counting.tasks import rest
from bot.errors import UserError, reason
from bot.estimation.footprint import Footprint
from bot.ledger.ledger import Ledger
from bot.ledger.records import ChannelMode, Entry
from bot.ledger.types import id_at
from bot.ledger.write import ai_pending
from bot.ledger.write.ai_answers import Settled, settle

log = logging.getLogger(__name__)

TIDY_INTERVAL = 60.0
"""Seconds between two times that old questions are forgotten."""

SOON, WAITING, RETRY = 0.05, 0.25, 1.0
"""Seconds between two looks for answers that stand; while messages wait for history; after the database had trouble."""

AFTER_HISTORY = 5.0
"""Seconds after the last message of a channel's history in which more of the same answer may be read."""

FetchMessage = Callable[[int, int], Awaitable[Payload | None]]
"""Asks Discord what a message of a channel says now; None where it is gone, `LookupError` where it doesn't tell."""

STILL_FRESH = 20.0
"""Seconds after an answer's last change in which something may be said of it."""


class Places(Protocol):
    """What is known of servers and channels now."""

    def is_there(self, guild_id: int) -> bool:
        """Tell whether the server is there."""
        ...

    def mode_of(self, guild_id: int, channel_id: int) -> tuple[ChannelMode | None, int | None]:
        """Return what happens in a channel (None: nothing is counted), and the channel that a thread is in."""
        ...


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """An answer that was counted: what happens in its channel, its footprint, and where something may be said of it.

    `last_id` is its last message; `may_annotate` is false for bots that answer each other on and on.
    """

    mode: ChannelMode | None
    parent_id: int | None
    footprint: Footprint
    entry: Entry
    last_id: int
    question_id: int | None
    may_annotate: bool


class AnswerSettling:
    """Works in a task of its own. `counted`, set afterwards, is told of each answer."""

    def __init__(
        self,
        ledger: Ledger,
        answers: AiAnswers,
        measurer: AnswerMeasurer,
        clock: DiscordClock,
        fetch: FetchMessage,
        places: Places,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger, self._answers, self._measurer, self._clock = ledger, answers, measurer, clock
        self._fetch, self._places, self._steady = fetch, places, steady
        self._wake, self._tidied = asyncio.Event(), steady()
        answers.changed = self._wake.set
        self.counted: Callable[[CountedAnswer], None] = lambda _: None

    async def run(self) -> None:
        """Work for ever; what fails is noted and tried again."""
        while True:
            try:
                await self._tidy()
                await self._look_up_restored()
                await self.settle_due()
                pause = self._pause()
            except (UserError, OSError) as error:
                log.warning("AI answers wait for the database: %s", reason(error))
                pause = RETRY
            except Exception as error:  # noqa: BLE001 - the error's own words may hold what a bot wrote
                log.error("AI answers: %s; it is tried again", type(error).__name__)
                pause = RETRY
            await rest(self._wake, pause)

    async def settle_due(self) -> None:
        """Count the answers that stand."""
        self._answers.take_waiting()
        now, waiting = self._steady(), self._answers.waiting.channels  # more of an answer may wait there
        for answer in self._answers.gathering.due(now):
            is_late = now - self._answers.taken_late(answer.channel_id) < AFTER_HISTORY
            if not (answer.restored or is_late or answer.channel_id in waiting):
                await self._settle(answer)

    def _pause(self) -> float:
        if self._answers.waiting:
            return WAITING
        due = self._answers.gathering.next_due()
        return TIDY_INTERVAL if due is None else min(TIDY_INTERVAL, max(SOON, due - self._steady()))

    async def _settle(self, answer: PendingAnswer) -> None:
        gathering = self._answers.gathering
        bot = self._ledger.preferences.ai_bots.find(answer.guild_id, answer.bot_id)
        gathering.take_off(answer)
        try:
            if bot is None or not answer.tokens or not self._ledger.preferences.counts_in(answer.guild_id):
                gone = partial(ai_pending.drop_pending, answer_id=answer.answer_id, guild_id=answer.guild_id)
                await self._ledger.writer.run(gone)
                return
            standing = self._measurer.standing(answer)
            measure, measured = self._measurer.measure(standing, answer.channel_id, bot)
            done = await self._ledger.writer.run(partial(settle, answer=standing, measure=measure))
        except BaseException:
            gathering.put_back(answer)
            raise
        if done is not None and measured.footprint is not None:
            self._tell(done, measured.footprint, answer)

    def _tell(self, done: Settled, footprint: Footprint, answer: PendingAnswer) -> None:
        mode, parent_id = self._places.mode_of(answer.guild_id, answer.channel_id)
        may = self._steady() - answer.changed < STILL_FRESH
        may = may and self._answers.loops.may_annotate(answer.channel_id, is_asked=done.is_asked)
        last_id, question_id = max(answer.parts), answer.question_id
        self.counted(CountedAnswer(mode, parent_id, footprint, done.entry, last_id, question_id, may))

    async def _look_up_restored(self) -> None:
        """Look up what answers from before a restart say now, where their server is there again."""
        for answer in [one for one in self._answers.gathering.pending.values() if one.restored]:
            if self._places.is_there(answer.guild_id):
                for message_id in list(answer.parts):
                    await self._look_up(answer, message_id)
                answer.restored = False

    async def _look_up(self, answer: PendingAnswer, message_id: int) -> None:
        try:
            payload = await self._fetch(answer.channel_id, message_id)
        except LookupError:
            return  # what was counted of it so far stands
        if payload is None:
            self._answers.deleted(message_id)
        else:
            self._answers.take_again(answer, message_id, payload)

    async def _tidy(self) -> None:
        now = self._steady()
        if now - self._tidied < TIDY_INTERVAL:
            return
        self._tidied = now
        self._answers.gathering.forget_old_questions(now)
        before = id_at(self._clock.earliest() - timedelta(seconds=MAX_THOUGHT))
        await self._ledger.writer.run(partial(ai_pending.close_questions, before=before))
