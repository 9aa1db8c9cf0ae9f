"""A forged `custom_id` never ends in "something went wrong": any template, absurd numbers, other people's ids."""

import asyncio
import re
from typing import Any

import discord
import pytest
from board_entries import entry, put
from house import House
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_nobody_waits import Patient

MAX_CUSTOM_ID = 100
UNHURRIED = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much)
ABSURD = ("0", "1", "9" * 18, "9" * 19, "9" * 20, "٣٤", "²", "1e999", "-1", "00000001", "18446744073709551615")


def templates(house: House) -> list[re.Pattern[str]]:
    """All that the running bot listens to."""
    return list(house.bot._connection._view_store._dynamic_items)


@st.composite
def forged(draw: st.DrawFn, patterns: list[re.Pattern[str]]) -> str:
    """An id as a template has it, then perhaps with its numbers made absurd, or cut."""
    made = draw(st.from_regex(draw(st.sampled_from(patterns)), fullmatch=True))
    if draw(st.booleans()):
        parts = made.split(":")
        at = draw(st.integers(0, len(parts) - 1))
        parts[at] = draw(st.one_of(st.sampled_from(ABSURD), st.text(max_size=20)))
        made = ":".join(parts)
    return made[:MAX_CUSTOM_ID]


async def press(house: House, who: str, custom_id: str) -> str | None:
    """Press it under a message of the bot's, and return what is said; None where nothing listens to such an id."""
    listens = any(pattern.fullmatch(custom_id) for pattern in templates(house))
    place = house.bot.get_channel(house.sandbox.world.channel("général").id)
    assert isinstance(place, discord.TextChannel)
    sent = await place.send(
        "x", view=discord.ui.View(timeout=None).add_item(discord.ui.Button(label="x", custom_id=custom_id))
    )
    stored = house.sandbox.world.message(place.id, sent.id)
    assert stored
    call = await house.sandbox.press(who, stored.data, custom_id=custom_id, wait=False)
    if not listens:
        return None
    async with asyncio.timeout(60):
        await call.settled()
    said: Any = call.message or {"content": "", "embeds": []}
    return f"{said['content']} {said['embeds']}"


@pytest.fixture
async def board(house: House) -> House:
    house.bot.command_limits = Patient()
    house.bot.charts.draw = _no_picture  # pyright: ignore[reportAttributeAccessIssue]
    await put(house, [entry(house, 10_000 + number) for number in range(12)])
    return house


async def _no_picture(*_: object) -> None:
    return None


@pytest.mark.parametrize("who", ["camille", "leo"])
async def test_no_forged_id_goes_wrong(board: House, who: str, caplog: pytest.LogCaptureFixture) -> None:
    house, loop, patterns = board, asyncio.get_running_loop(), templates(board)
    assert len(patterns) >= 10

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(forged(patterns))
    def check(custom_id: str) -> None:
        if not custom_id.strip() or "\x00" in custom_id:
            return
        said = asyncio.run_coroutine_threadsafe(press(house, who, custom_id), loop).result(30)
        assert said is None or "mal tourné" not in said, custom_id

    await asyncio.to_thread(check)
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


@pytest.mark.parametrize(
    "custom_id",
    [
        "board:week:members:energy:999999:1",
        "board:all:channels:courtesy:0:9223372036854775807",
        "csv:all:members:energy",
        "method:00000000:ZZZ:0:x",
        "method:ffffffff:FRA:9999999:1e999",
        "compare:00000000:FRA:9999999:" + "9" * 40 + ":zzzzzzzz",
        "privacy:erase:sure:99999999999999999999",
        "settings:reset:0",
        "annotate:9223372036854775807:off:9999",
        "annotate:0:reply:9999",
        "undo:0:9999999999999999999",
        "undo:1:1",
        "counted:out",
        "quiet:on",
    ],
)
@pytest.mark.parametrize("who", ["camille", "leo"])
async def test_each_button_with_absurd_values(board: House, who: str, custom_id: str) -> None:
    said = await press(board, who, custom_id)
    assert said
    assert "mal tourné" not in said
