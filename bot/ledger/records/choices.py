"""What admins and people chose, and what the bot told because of it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.ledger.types import moment_of

OFF, SILENT, REACTION, REPLY, DIGEST = "off", "silent", "reaction", "reply", "digest"
MODES = (OFF, SILENT, REACTION, REPLY, DIGEST)
WHOLE_SERVER = 0
"""The channel id that stands for every channel of a server without a choice of its own."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's choices; None means the default.

    `left_at` is when the bot was removed; `joined_at` since when it is a member, or was, None where it never was
    (only the commands were added); `returned_at` when it was last invited again after a removal, and `notice_due`
    whether that is still to be told in the channels. The weekly recap goes to `recap_channel` (None: there is none) on
    a weekday (0 is Monday) at an hour of the server's timezone, for the first time after `recap_since`.
    """

    guild_id: int
    model: str | None = None
    zone: str | None = None
    language: str | None = None
    timezone: str | None = None
    first_locale: str | None = None
    left_at: datetime | None = None
    joined_at: datetime | None = None
    returned_at: datetime | None = None
    notice_due: bool | None = None
    recap_channel: int | None = None
    recap_weekday: int | None = None
    recap_hour: int | None = None
    recap_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChannelMode:
    """What happens to messages of a channel, or of the whole server (channel 0), after message `since_id`.

    `min_tokens` None means the default; `notice_id` is the message that told so, in `notice_channel_id`.
    """

    guild_id: int
    channel_id: int
    mode: str
    since_id: int
    since_at: datetime
    min_tokens: int | None = None
    notice_id: int | None = None
    notice_channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """A message that told a channel that messages are counted: those of `about_id` (0: the whole server).

    `shows` is true where it told of annotations too.
    """

    guild_id: int
    channel_id: int
    about_id: int
    message_id: int
    shows: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A choice to be left out of all counting, since a moment; a choice not to be annotated.

    `counted_from` is when they chose to be counted again: history from before then stays uncounted.
    """

    user_id: int
    opted_out_at: datetime | None = None
    quiet: bool = False
    counted_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Purge:
    """What is being deleted of a server: totals of days before `before_day`, entries up to `up_to_id`."""

    guild_id: int
    before_day: date
    up_to_id: int


@dataclass(frozen=True, slots=True)
class AiBot:
    """A bot whose messages, after `since_id`, are a model's answers, at an effort (None: the model's own).

    Embeds whose title fits the pattern `excluded` aren't. `bot_id` is also its application's, and so its webhooks'.
    """

    guild_id: int
    bot_id: int
    model: str
    effort: str | None
    excluded: str | None
    since_id: int

    @property
    def since(self) -> datetime:
        """Return from when on."""
        return moment_of(self.since_id)
