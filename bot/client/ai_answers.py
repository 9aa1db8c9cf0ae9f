"""AI bots' answers, measured: joins what gathers and counts them to Discord's events, and to what is said of them."""

from collections.abc import Callable

import aiohttp
import discord

from bot.annotating.annotator import Annotator
from bot.counting.ai_answers.answers import AiAnswers
from bot.counting.ai_answers.measurer import AnswerMeasurer
from bot.counting.ai_answers.settling import AnswerSettling, CountedAnswer
from bot.counting.bounded_dict import BoundedDict
from bot.counting.clock import DiscordClock
from bot.counting.effective_settings import EffectiveSettings
from bot.counting.message_counter import CountedMessage
from bot.counting.message_record import Json, MessageRecord
from bot.counting.tasks import Tasks
from bot.ledger.ledger import Ledger
from bot.ledger.records import ChannelMode

FAILURES = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, ValueError, TypeError, KeyError)
"""What a request may come to, answers of another shape than Discord documents included."""


class MeasuredAnswers:
    """Hears of messages from the client, and lets answers be annotated. `annotator` is set afterwards."""

    def __init__(
        self,
        client: discord.Client,
        ledger: Ledger,
        effective: EffectiveSettings,
        clock: DiscordClock,
        tasks: Tasks,
        parents: BoundedDict[int, int | None],
        speaks_for: Callable[[int], bool],
    ) -> None:
        self._speaks_for = speaks_for
        self._client, self._preferences, self._tasks, self._parents = client, ledger.preferences, tasks, parents
        measurer = AnswerMeasurer(effective)
        self._answers = AiAnswers(ledger, measurer, clock, has_content=client.intents.message_content)
        self._settling = AnswerSettling(ledger, self._answers, measurer, clock, self._fetch, self)
        self._settling.counted = self._counted
        self.annotator: Annotator | None = None

    def start(self) -> None:
        """Begin to count what stands."""
        self._tasks.start(self._settling.run(), "AI answers")

    async def arrived(self, guild_id: int) -> None:
        """Take up what was on its way in a server, now that it is there."""
        await self._answers.restore(guild_id)

    # Messages

    def note_question(self, message: MessageRecord, data: Json, counted: CountedMessage) -> bool:
        """Note a message that was counted if it speaks to an AI bot; tell whether it does."""
        bots = self._answers.asks(message.guild_id, data)
        if bots:
            self._answers.ask(bots, message.channel_id, message.id, counted.footprint.reading)
        return bool(bots)

    def written(self, message: MessageRecord, data: Json, _: ChannelMode, __: int | None) -> None:
        """Take what a bot wrote; or note that a person is there."""
        if message.by_person:
            self._answers.loops.person_wrote(message.channel_id)
        else:
            self._answers.written(message.guild_id, message.channel_id, message.id, data)

    def edited(self, _: int, message_id: int, data: Json) -> None:
        """Take an edit."""
        self._answers.edited(message_id, data)

    def deleted(self, _: int, __: int, message_id: int) -> None:
        """Take a deletion."""
        self._answers.deleted(message_id)

    async def read(self, message: MessageRecord, data: Json, _: ChannelMode, __: int | None) -> None:
        """Take what a bot wrote while we were away."""
        if not message.by_person:
            await self._answers.read(message.guild_id, message.channel_id, message.id, data)

    # What counting asks

    def is_there(self, guild_id: int) -> bool:
        """Tell whether a server is there."""
        guild = self._client.get_guild(guild_id)
        return guild is not None and not guild.unavailable

    def mode_of(self, guild_id: int, channel_id: int) -> tuple[ChannelMode | None, int | None]:
        """Return what happens in a channel, and the channel that a thread is in."""
        channel = self._client.get_channel(channel_id)
        known = channel.parent_id if isinstance(channel, discord.Thread) else None
        parent_id = known or self._parents.get(channel_id)
        return self._preferences.mode_of(guild_id, channel_id, parent_id), parent_id

    async def _fetch(self, channel_id: int, message_id: int) -> Json | None:
        try:
            return await self._client.http.get_message(channel_id, message_id)
        except discord.NotFound:
            return None
        except FAILURES as error:
            raise LookupError(type(error).__name__) from error

    def _counted(self, counted: CountedAnswer) -> None:
        """Let an answer be annotated, in place of its question."""
        annotator = self.annotator
        if annotator is None or not self._speaks_for(counted.entry.guild_id):
            return
        annotator.offer_answer(counted)
        if counted.question_id is not None and counted.may_annotate:
            gone = annotator.on_message_deleted(counted.entry.channel_id, counted.question_id)
            self._tasks.start(gone, f"annotation of question {counted.question_id}")
