"""Events whose ids aren't Discord's are passed over: no error comes of them, and nothing is kept."""

import logging
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.client.malformed_events import UnreadableSession, has_sound_ids, shield

WRONG = [2**63, 2**64, str(2**63), str(2**64), "9" * 30, -1, "-1", 1.5, "1.5", "abc", "", True, [], {}, "１２"]
SOUND = ["1", str(2**63 - 1), 2**63 - 1, 0, None, "1575719824708517888"]

MESSAGE: dict[str, Any] = {
    "id": "3",
    "channel_id": "2",
    "guild_id": "1",
    "author": {"id": "4", "username": "a", "discriminator": "0", "avatar": None},
    "content": "",
}


@pytest.mark.parametrize("value", SOUND)
def test_sound_ids(value: Any) -> None:
    assert has_sound_ids("MESSAGE_CREATE", {**MESSAGE, "guild_id": value})
    assert has_sound_ids("CHANNEL_DELETE", {"id": value, "guild_id": value})


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("key", ["id", "channel_id", "guild_id", "author"])
def test_wrong_ids(value: Any, key: str) -> None:
    wrong = {**MESSAGE, key: {"id": value} if key == "author" else value}
    assert not has_sound_ids("MESSAGE_CREATE", wrong)
    assert not has_sound_ids("INTERACTION_CREATE", {"id": "1", "message": wrong})


def test_other_programs_ids_are_left_alone() -> None:
    guild = {"id": "1", "channels": [{"id": "2"}], "presences": [{"activities": [{"id": "custom"}]}]}
    assert has_sound_ids("GUILD_CREATE", guild)
    assert not has_sound_ids("GUILD_CREATE", {**guild, "channels": [{"id": "x"}]})
    assert has_sound_ids("INTERACTION_CREATE", {"data": {"custom_id": "empreinte:x", "components": [{"id": 1}]}})


ODD = st.sampled_from(WRONG) | st.integers() | st.floats() | st.text(max_size=30) | st.none() | st.booleans()
DATA = st.recursive(
    ODD,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "guild_id",
                    "channel_id",
                    "author",
                    "user",
                    "member",
                    "data",
                    "type",
                    "channels",
                    "threads",
                    "roles",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(data=DATA)
def test_no_parser_raises(data: Any) -> None:
    logging.disable(logging.CRITICAL)
    client = discord.AutoShardedClient(intents=discord.Intents.default(), shard_count=1)
    shield(client)
    try:
        for name, parser in client._connection.parsers.items():
            try:
                parser(data)
            except UnreadableSession:
                assert name in ("READY", "RESUMED")
    finally:
        logging.disable(logging.NOTSET)
