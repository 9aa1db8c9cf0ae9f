"""Which messages count, and the entries that they become. Their text goes no further than this."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import discord

from bot.counting.bounded_dict import BoundedDict
from bot.counting.effective_settings import EffectiveSettings
from bot.counting.visible_text import NameOf, visible_text
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Footprint
from bot.estimation.resolved_estimate import ResolvedEstimate
from bot.ledger.entries import entry_of
from bot.ledger.periods import Days, local_day
from bot.ledger.preferences import Preferences
from bot.ledger.records import FOOTPRINT, MESSAGE, ChannelMode, Entry, ServerSettings

WRITTEN = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""Messages that somebody wrote; all other types are Discord's own or an app's."""


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
    parents: BoundedDict[int, int | None] = field(default_factory=lambda: BoundedDict(0), repr=False)
    """The parents of channels that aren't in discord.py's cache, as far as they were looked up."""
    _choices: dict[int, tuple[ServerSettings, ResolvedEstimate, Days]] = field(default_factory=dict, repr=False)

    def mode_of(self, message: discord.Message) -> ChannelMode | None:
        """Return what happens in the message's channel, None where messages aren't counted."""
        guild = message.guild
        if guild is None:
            return None
        channel = message.channel
        parent_id = None if type(channel) is discord.TextChannel else self.parent_of(channel)  # most are these
        return self.preferences.mode_of(guild.id, channel.id, parent_id)

    def parent_of(self, channel: discord.abc.Messageable) -> int | None:
        """Return the channel that a thread belongs to, None for all others."""
        if isinstance(channel, discord.Thread):
            return channel.parent_id
        return self.parents.get(channel.id) if isinstance(channel, discord.PartialMessageable) else None

    def count_message(self, message: discord.Message) -> CountedMessage | None:
        """Return the message as counted, None when it doesn't count.

        Counted are messages that people wrote, with something to see in their text, in channels where an admin turned
        counting on, since then, unless their author opted out.
        """
        mode = self.mode_of(message)
        if mode is None or message.guild is None or message.id <= mode.since_id or not self._by_a_person(message):
            return None
        text = visible_text(message.content, names_in(message))
        if not text:
            return None
        choice, days = self._chosen(message.guild.id)
        footprint = choice.predicted(self.estimator.read(text, choice.model))
        entry = self._entry(footprint, choice, days, message)
        return CountedMessage(mode, footprint, entry)

    def request(self, interaction: discord.Interaction, footprint: Footprint, choice: ResolvedEstimate) -> Entry | None:
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
            price=choice.price,
        )

    def encodings(self) -> set[str]:
        """Return the vocabularies that counting needs, to be loaded before the first message comes."""
        return {self._chosen(guild_id)[0].model.encoding for guild_id in self.preferences.guilds_with_settings()}

    def _by_a_person(self, message: discord.Message) -> bool:
        return (
            message.type in WRITTEN
            and not message.author.bot
            and message.webhook_id is None
            and not self.preferences.opted_out(message.author.id, message.id)
            and bool(message.content)
        )

    def _entry(self, footprint: Footprint, choice: ResolvedEstimate, days: Days, message: discord.Message) -> Entry:
        assert message.guild is not None
        return entry_of(
            footprint,
            message_id=message.id,
            guild_id=message.guild.id,
            channel_id=message.channel.id,
            author_id=message.author.id,
            local_day=days.of(message.id),
            kind=MESSAGE,
            price=choice.price,
        )

    def _chosen(self, guild_id: int) -> tuple[ResolvedEstimate, Days]:
        """Return a server's model, zone and days, worked out anew only when its settings changed."""
        settings = self.preferences.settings(guild_id)
        known = self._choices.get(guild_id)
        if known is None or known[0] != settings:
            known = (settings, self.effective.estimate(settings), Days(self._timezone(guild_id)))
            self._choices[guild_id] = known
        return known[1], known[2]

    def _timezone(self, guild_id: int) -> ZoneInfo:
        return self.effective.timezone(self.preferences.settings(guild_id)).value


def names_in(message: discord.Message) -> NameOf:
    """Return how the mentions in a message are called: as Discord sent them along, or as the cache has them."""

    def name_of(kind: str, snowflake: int) -> str | None:
        if kind == "@":
            return next((user.display_name for user in message.mentions if user.id == snowflake), None)
        guild = message.guild
        if guild is None:
            return None
        found = guild.get_role(snowflake) if kind == "@&" else guild.get_channel_or_thread(snowflake)
        return found.name if found is not None else None

    return name_of
