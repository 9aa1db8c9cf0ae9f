"""What admins are answered with: where messages are counted, and how a server is set."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.counting.effective_settings import InForce
from bot.estimation.impacts.model import Model
from bot.ledger.records import ChannelMode, Gap, StoredNotice
from bot.usecases.records.recaps import RecapState


@dataclass(frozen=True, slots=True)
class MissingPermission:
    """A permission that is missing, and in which channels."""

    permission: str
    channels: Sequence[int]


@dataclass(frozen=True, slots=True)
class State:
    """What keeps the bot from counting: permissions missing, and whether it gets the text of messages at all."""

    lacks: Sequence[MissingPermission] = ()
    has_message_content: bool = True


class Paused(Protocol):
    """A channel where Discord refuses annotations since a moment; they are tried again at `next_try`."""

    @property
    def channel_id(self) -> int:
        """Return the channel."""
        ...

    @property
    def since(self) -> datetime:
        """Return when it began."""
        ...

    @property
    def next_try(self) -> datetime:
        """Return when Discord is asked again."""
        ...


@dataclass(frozen=True, slots=True)
class AnnotateResult:
    """What came of a wish: `starts` where nothing was counted before, `exceptions` with a choice of their own.

    `counted_elsewhere` is for a channel that is off while the rest of the server is counted, `elsewhere` where the
    same can be asked for the whole server; `min_tokens` is from how many prompt tokens on a message is annotated.
    `dropped` are choices that went with the server's; `ended` are notices that don't hold any more.
    """

    row: ChannelMode
    starts: bool
    min_tokens: int
    exceptions: Sequence[ChannelMode] = ()
    counted_elsewhere: bool = False
    elsewhere: bool = False
    dropped: Sequence[ChannelMode] = ()
    ended: Sequence[StoredNotice] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """A beginning taken back: which one, how many messages had been counted, notices that don't hold any more."""

    row: ChannelMode
    messages: int
    ended: Sequence[StoredNotice]


@dataclass(frozen=True, slots=True)
class Notice:
    """The message that tells a channel that counting starts: where it goes, and whether Discord took it."""

    channel_id: int
    posted: bool


@dataclass(frozen=True, slots=True)
class ServerView:
    """What Discord shows of a server to who asks.

    `community` is the locale of a Community server; `gone` are channels that Discord knows no more; in `paused` ones
    it refuses annotations; `hidden` are those that who asks may not see. `invite` is the link that adds the bot where
    only its commands are.
    """

    server: str
    community: str | None = None
    gone: Collection[int] = ()
    paused: Sequence[Paused] = ()
    hidden: Collection[int] = ()
    state: State = State()
    invite: str | None = None
    outage: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """A server's settings as they are in force, each with where it comes from.

    `min_tokens` is the threshold of channels without one of their own; `returned` is when the server invited the bot
    again; `recap` is None where there is no weekly recap.
    """

    view: ServerView
    model: InForce[Model]
    zone: InForce[str]
    locale: InForce[str | None]
    timezone: InForce[str]
    channels: Sequence[ChannelMode]
    gaps: Sequence[Gap]
    min_tokens: int
    returned: datetime | None = None
    recap: RecapState | None = None
