"""One person can't slow the others: each command, menu and completion with the worst that can be typed."""

import asyncio
import gc
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from board_entries import entry as made
from board_entries import put
from discord import app_commands
from house import House
from stalls import slowness, too_long

from bot.client.command_limits import COMMANDS, CommandLimits

TEXTS = (
    "a," * 3000,
    "a " * 3000,
    "ty " * 2000,
    "svp ou stp " * 545,
    "merci, \"'«“ " * 500,
    "é\u0301" * 3000,
    "ﷺ" * 6000,
    "<t:1:f>" * 857,
    "gpt-4o," * 857,
    "/" * 6000,
)
SHORT = tuple(text[:100] for text in TEXTS)
LINES = tuple(text[:500] for text in TEXTS)

WORST: dict[str, list[dict[str, Any]]] = {
    "about": [{}],
    "annotate": [{"mode": mode, "min_tokens": 6000} for mode in ("silent", "reply", "digest", "reaction", "off")],
    "compare": [{"text": "x", "models": line} for line in LINES]
    + [{"text": text} for text in TEXTS[:3]]
    + [{"text": text, "second_text": text} for text in TEXTS[:3]],
    "footprint": [{"text": text} for text in TEXTS]
    + [{"text": "x", name: text} for text in SHORT for name in ("model", "zone", "effort")],
    "help": [{}],
    "leaderboard": [{"period": "all", "by": by, "metric": "courtesy"} for by in ("members", "channels")],
    "models": [{}, *({"query": text} for text in SHORT)],
    "politeness": [{"period": "all"}],
    "quiz start": [{"questions": 15}],
    "quiz stop": [{}],
    "privacy erase": [{}],
    "privacy export": [{}],
    "privacy optin": [{}],
    "privacy optout": [{}],
    "privacy show": [{}],
    "settings language": [{"language": "fr"}],
    "settings model": [{"model": text} for text in SHORT],
    "settings recap": [{}, {"weekday": 6, "hour": 23}, {"off": True}],
    "settings reset": [{}],
    "settings show": [{}],
    "settings timezone": [{"timezone": text} for text in SHORT],
    "setup": [{}],
    "settings zone": [{"zone": text} for text in SHORT],
    "totals": [{"period": "all"}],
    "training": [{}, *({"model": text} for text in SHORT)],
}


class Patient(CommandLimits):
    """Limits nobody, so that each input comes through."""

    def __init__(self) -> None:
        self._now = 0.0
        super().__init__(self._later)

    def _later(self) -> float:
        self._now += 3600
        return self._now


@pytest.fixture(autouse=True)
def quiet_collector(house: House) -> Iterator[None]:
    """Keep the garbage collector away from what is loaded, as `run` does."""
    assert house
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
async def crowded(house: House) -> House:
    """A server with something to show."""
    await put(house, [made(house, 10_000 + number, text="Merci beaucoup !") for number in range(300)])
    return house


def commands(house: House) -> list[app_commands.Command[Any, ..., Any]]:
    return [one for one in house.bot.tree.walk_commands() if isinstance(one, app_commands.Command)]


async def test_no_command_keeps_the_loop_for_long(crowded: House) -> None:
    house, slow = crowded, {}
    house.bot.command_limits = Patient()
    known = {one.qualified_name for one in commands(house)}
    assert known <= WORST.keys(), "a new command needs its worst inputs here"
    for name in sorted(known):
        for values in WORST[name]:

            async def ask(name: str = name, values: dict[str, Any] = values) -> None:
                call = await house.sandbox.command("camille", "général", name, values, force=True)
                if call.modal is None:
                    await call.settled()
                assert call.message or call.modal, (name, values)

            if found := await too_long(ask):
                slow[name, str(values)[:40]] = found
    assert not slow


async def test_no_form_keeps_the_loop_for_long(house: House) -> None:
    house.bot.command_limits = Patient()
    for text in SHORT:

        async def send(text: str = text) -> None:
            form = await house.sandbox.command("camille", "général", "setup", {})
            call = await house.sandbox.submit("camille", form, {"model": text}, force=True)
            await call.settled()
            assert call.message

        assert not await too_long(send), text[:10]


async def test_no_completion_keeps_the_loop_for_long(house: House) -> None:
    house.bot.command_limits = Patient()
    slow = {}
    completed = [
        (one.qualified_name, part.name) for one in commands(house) for part in one.parameters if part.autocomplete
    ]
    assert len(completed) >= 8
    for name, option in completed:
        for text in TEXTS:
            complete = partial(house.sandbox.autocomplete, "camille", "général", name, focused=option, value=text)
            if found := await too_long(complete):
                slow[name, option, text[:10]] = found
    assert not slow


async def test_the_menu_keeps_the_loop_for_a_moment_only(house: House) -> None:
    house.bot.command_limits = Patient()
    for text in TEXTS:
        message = await house.sandbox.post_message("leo", "général", text[:2000])
        found = await too_long(partial(house.sandbox.context_menu, "camille", "général", "Empreinte", message))
        assert not found, text[:10]


async def test_another_person_hardly_waits_while_somebody_floods(house: House) -> None:
    async def hostile() -> None:
        await house.sandbox.autocomplete("leo", "général", "compare", focused="models", value="a," * 3000)

    house.bot.command_limits = Patient()  # as many people as there are calls
    flood = asyncio.gather(*(hostile() for _ in range(50)))
    await asyncio.sleep(0)
    began = time.thread_time()
    await house.sandbox.command("ines", "général", "models", {"query": "gpt"})
    waited = time.thread_time() - began  # what the loop did before her turn, whatever else this machine does
    await flood
    assert waited < 3 * slowness()  # Discord gives three seconds; it was 0.7 for each of the fifty


async def test_who_asks_too_often_is_told_so_and_others_are_served(house: House) -> None:
    calls = [await house.sandbox.command("leo", "général", "help") for _ in range(int(COMMANDS.burst) + 1)]
    last = calls[-1].message
    assert last and calls[-1].ephemeral
    assert "Doucement" in last["content"]
    assert calls[-2].message and "Doucement" not in calls[-2].message["content"]
    other = await house.sandbox.command("noah", "général", "help")
    assert other.message and other.message["embeds"]


async def test_buttons_count_too_and_completions_offer_nothing_then(house: House) -> None:
    call = await house.sandbox.command("noah", "général", "about")
    assert call.message
    pressed = [await house.sandbox.press("noah", call.message, label="Checks") for _ in range(int(COMMANDS.burst))]
    assert pressed[-1].message
    assert "Slow down" in pressed[-1].message["content"]
    offered = [
        await house.sandbox.autocomplete("noah", "général", "footprint", focused="model", value="gpt")
        for _ in range(60)
    ]
    assert offered[0]
    assert not offered[-1]
