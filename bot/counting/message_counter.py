"""Which messages count, and the entries that they become. Their text goes no further than this."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import discord

from bot.counting.effective_settings import EffectiveSettings
from bot.counting.message_record import MessageRecord
from bot.counting.visible_text import NameOf, visible_text
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Footprint
from bot.estimation.resolved_estimate import ResolvedEstimate
from bot.ledger.entries import entry_of
from bot.ledger.periods import Days, local_day
from bot.ledger.preferences import Preferences
from bot.ledger.records import FOOTPRINT, MESSAGE, ChannelMode, Entry, ServerSettings


@dataclass(frozen=True, slots=True)
class CountedMessage:
    """A message that counts: what happens in its channel, its footprint, and the entry for the ledger."""

    mode: ChannelMode
    footprint: Footprint
    entry: Entry


@dataclass(frozen=True, slots=True)
class MessageCounter:
    """Turns messages and requests into entries. Reads only memory: it is asked for every message."""

    estimator: Estimator
    preferences: Preferences
    effective: EffectiveSettings
    guild_of: Callable[[int], discord.Guild | None] = lambda _: None
    """Finds a server in discord.py's cache, for the names of its roles and channels."""
    _choices: dict[int, tuple[ServerSettings, ResolvedEstimate, Days]] = field(default_factory=dict, repr=False)

    def count_message(self, message: MessageRecord, mode: ChannelMode) -> CountedMessage | None:
        """Return the message as counted, None when it doesn't count.

        Counted are messages that people wrote, with something to see in their text, in channels where an admin turned
        counting on (`mode` says what happens there), since then, unless their author opted out.
        """
        if message.id <= mode.since_id or not message.by_person or not message.content:
            return None
        if self.preferences.opted_out(message.author_id, message.id):
            return None
        text = visible_text(message.content, names_in(message.mentions, self.guild_of(message.guild_id)))
        if not text:
            return None
        resolved, days = self._chosen(message.guild_id)
        footprint = resolved.predicted(self.estimator.read(text, resolved.model))
        return CountedMessage(mode, footprint, self._entry(footprint, days, message))

    def request(self, interaction: discord.Interaction, footprint: Footprint) -> Entry | None:
        """Return the entry of a `/footprint` request in a server where the bot is, None when it doesn't count."""
        guild, channel = interaction.guild, interaction.channel_id
        if guild is None or channel is None or not interaction.is_guild_integration():
            return None
        if self.preferences.opted_out(interaction.user.id, interaction.id):
            return None
        return entry_of(
            footprint,
            message_id=interaction.id,
            guild_id=guild.id,
            channel_id=channel,
            author_id=interaction.user.id,
            local_day=local_day(interaction.created_at, self._timezone(guild.id)),
            kind=FOOTPRINT,
        )

    def encodings(self) -> set[str]:
        """Return the vocabularies that counting needs, to be loaded before the first message comes."""
        bots = self.preferences.ai_bots.everywhere()
        chosen = {self._chosen(guild_id)[0].model.encoding for guild_id in self.preferences.guilds_with_settings()}
        return chosen | {self.effective.estimate_bot(bot).model.encoding for bot in bots}

    def _entry(self, footprint: Footprint, days: Days, message: MessageRecord) -> Entry:
        return entry_of(
            footprint,
            message_id=message.id,
            guild_id=message.guild_id,
            channel_id=message.channel_id,
            author_id=message.author_id,
            local_day=days.of(message.id),
            kind=MESSAGE,
        )

    def _chosen(self, guild_id: int) -> tuple[ResolvedEstimate, Days]:
        """Return a server's model, zone and days, worked out anew only when its settings changed."""
        settings = self.preferences.settings(guild_id)
        known = self._choices.get(guild_id)
        if known is None or (known[0] is not settings and known[0] != settings):  # mostly it is the same one
            known = (settings, self.effective.estimate(settings), Days(self._timezone(guild_id)))
            self._choices[guild_id] = known
        return known[1], known[2]

    def _timezone(self, guild_id: int) -> ZoneInfo:
        return self.effective.timezone(self.preferences.settings(guild_id)).value


def names_in(mentions: Iterable[tuple[int, str]], guild: discord.Guild | None) -> NameOf:
    """Return how what a message mentions is called: people as Discord sent them along, the rest as the cache has it."""

    def name_of(kind: str, snowflake: int) -> str | None:
        if kind == "@":
            return next((name for user_id, name in mentions if user_id == snowflake), None)
        if guild is None:
            return None
        found = guild.get_role(snowflake) if kind == "@&" else guild.get_channel_or_thread(snowflake)
        return found.name if found is not None else None

    return name_of
