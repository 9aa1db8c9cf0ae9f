"""Whatever a message's event holds, nothing ends, and what is handed on has Discord's ids and text."""

import logging
from copy import deepcopy
from datetime import UTC, datetime
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.client.malformed_events import shield
from bot.client.message_parsers import message_parsers
from bot.counting.bounded_dict import BoundedDict
from bot.counting.clock import DiscordClock
from bot.counting.message_events import MessageEvents
from bot.counting.message_queue import MessageQueue
from bot.counting.message_record import MAX_ID, Json, MessageRecord, read_id, read_message
from bot.ledger.preferences import Preferences
from bot.ledger.records import OFF, SILENT, WHOLE_SERVER, ChannelMode

GUILD, CHANNEL, QUIET, ELSEWHERE = 11, 21, 22, 12
NAMES = ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK")

MESSAGE: dict[str, Any] = {
    "id": "1442000000000000000",
    "channel_id": str(CHANNEL),
    "guild_id": str(GUILD),
    "type": 0,
    "author": {"id": "31", "username": "leo", "global_name": "Léo", "discriminator": "0", "avatar": None},
    "content": "Bonjour <@32>",
    "mentions": [{"id": "32", "username": "ines", "global_name": None}],
    "ids": ["1442000000000000000"],
}


class Told:
    """Takes what is told, and holds it to what it promises."""

    def __init__(self) -> None:
        self.messages: list[MessageRecord] = []
        self.edits: list[tuple[int, int]] = []
        self.gone: list[tuple[int, int, int]] = []
        self.before: list[int] = []
        """How many messages were told before each edit and deletion."""

    def message(self, message: MessageRecord, data: Json, mode: ChannelMode, parent_id: int | None) -> None:
        assert all(type(one) is int and 0 <= one <= MAX_ID for one in message[:4])
        assert type(message.content) is str
        assert mode.mode == SILENT
        self.messages.append(message)

    def edit(self, channel_id: int, message_id: int, _: Json) -> None:
        assert all(type(one) is int and 0 <= one <= MAX_ID for one in (channel_id, message_id))
        self.edits.append((channel_id, message_id))
        self.before.append(len(self.messages))

    def deletion(self, *ids: int) -> None:
        assert all(type(one) is int and 0 <= one <= MAX_ID for one in ids)
        self.gone.append(ids)  # pyright: ignore[reportArgumentType]
        self.before.append(len(self.messages))


class Unheld:
    """Knows all channels."""

    def hold(self, *_: object) -> bool:
        return False


def rows() -> list[ChannelMode]:
    now = datetime.now(UTC)
    return [ChannelMode(GUILD, WHOLE_SERVER, SILENT, 5, now), ChannelMode(GUILD, QUIET, OFF, 5, now)]


def listening(waiting: int = 1) -> tuple[discord.Client, Told]:
    client = discord.AutoShardedClient(intents=discord.Intents.default(), shard_count=1)
    channels = {CHANNEL: SimpleNamespace(last_message_id=None)}
    guild, clock = SimpleNamespace(get_channel_or_thread=channels.get), DiscordClock()
    clock.hear_date(format_datetime(datetime.now(UTC)))
    events = MessageEvents(
        lambda one: guild if one == GUILD else None,  # pyright: ignore[reportArgumentType]
        Preferences(channels=rows()),
        clock,
        Unheld(),  # pyright: ignore[reportArgumentType]
        BoundedDict(10),
        MessageQueue(max_age=3600, max_waiting=waiting),
    )
    told = Told()
    events.written.append(told.message)
    events.edited.append(told.edit)
    events.deleted.append(told.deletion)
    shield(client, message_parsers(client, events))
    return client, told


def send(client: discord.Client, name: str, data: Any) -> None:
    client._connection.parsers[name](data)


def test_a_message_is_told() -> None:
    client, told = listening()
    for name in NAMES:
        send(client, name, deepcopy(MESSAGE))
    record = MessageRecord(int(MESSAGE["id"]), GUILD, CHANNEL, 31, True, MESSAGE["content"], ((32, "ines"),))
    assert told.messages == [record]
    assert told.edits == [(CHANNEL, record.id)]
    assert told.gone == [(GUILD, CHANNEL, record.id)] * 2


@pytest.mark.parametrize("name", NAMES[1:])
async def test_what_was_written_is_told_before_what_became_of_it(name: str) -> None:
    client, told = listening(waiting=10)
    send(client, "MESSAGE_CREATE", MESSAGE)
    assert told.messages == []
    send(client, name, {**MESSAGE, "guild_id": str(ELSEWHERE)})
    assert told.messages == [], "nothing is counted there"
    send(client, name, MESSAGE)
    assert told.before == [1]


@pytest.mark.parametrize(
    "change",
    [
        {"guild_id": str(ELSEWHERE)},
        {"guild_id": None},
        {"channel_id": str(QUIET)},
        {"id": "5"},
        {"id": str(MAX_ID)},
    ],
    ids=["another server", "no server", "a channel left out", "before counting began", "a time that hasn't come"],
)
def test_a_message_that_concerns_nobody(change: dict[str, Any]) -> None:
    client, told = listening()
    send(client, "MESSAGE_CREATE", {**MESSAGE, **change})
    assert told.messages == []


ODD = (
    st.sampled_from([2**63, str(2**63), "-1", -1, 1.5, "abc", "", "１２", True, None, [], {}, "9" * 40, "\ud800"])
    | st.integers()
    | st.text(max_size=20)
    | st.lists(st.none() | st.integers() | st.dictionaries(st.sampled_from(["id", "username"]), st.integers()))
    | st.dictionaries(st.sampled_from(["id", "bot", "username"]), st.integers() | st.text(max_size=5) | st.none())
)
MISSING = object()
CHANGES = st.dictionaries(
    st.sampled_from([*MESSAGE, "webhook_id", "embeds", "components", "author.id", "author.bot"]),
    ODD | st.just(MISSING),
    min_size=1,
    max_size=4,
)


@given(name=st.sampled_from(NAMES), changes=CHANGES)
def test_odd_events_end_nothing(name: str, changes: dict[str, Any]) -> None:
    logging.disable(logging.CRITICAL)
    client, _ = listening()
    data = deepcopy(MESSAGE)
    for key, value in changes.items():
        first, _, second = key.partition(".")
        place = data if not second else data.get(first)
        if not isinstance(place, dict):
            continue
        if value is MISSING:
            place.pop(second or first, None)
        else:
            place[second or first] = value
    try:
        send(client, name, data)
        send(client, name, changes)
        send(client, name, next(iter(changes.values())))
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [2**63, str(2**63), "-1", 1.5, "abc", "", True, [], {}, "１２"])
@pytest.mark.parametrize("key", ["id", "channel_id", "guild_id", "author"])
def test_wrong_ids_are_passed_over(name: str, value: Any, key: str, caplog: pytest.LogCaptureFixture) -> None:
    if "DELETE" in name and key == "author":
        return
    client, told = listening()
    wrong = {**MESSAGE, key: {"id": value} if key == "author" else value}
    if key == "id":
        wrong["ids"] = [value]
    send(client, name, wrong)
    assert told.messages == told.gone == []
    assert told.edits == [] or key == "author"
    assert "ValueError" in caplog.text or "TypeError" in caplog.text


def test_an_edit_may_hold_only_what_changed() -> None:
    client, told = listening()
    send(client, "MESSAGE_UPDATE", {key: MESSAGE[key] for key in ("id", "channel_id", "guild_id")} | {"embeds": []})
    assert told.edits == [(CHANNEL, int(MESSAGE["id"]))]


@given(st.integers(0, MAX_ID))
def test_ids_are_read_as_text_and_as_numbers(value: int) -> None:
    assert read_id(str(value)) == read_id(value) == value


def test_a_webhook_or_a_bot_or_discord_is_no_person() -> None:
    for change in ({"webhook_id": "7"}, {"author": {**MESSAGE["author"], "bot": True}}, {"type": 7}):
        assert not read_message({**MESSAGE, **change}, GUILD).by_person
    assert read_message({**MESSAGE, "type": 19}, GUILD).by_person
