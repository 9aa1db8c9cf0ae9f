"""Sessions that may still begin today: counted, asked for anew when there are none, waited for."""

import asyncio

import pytest

from bot.client.session_starts import Gateway, SessionStarts
from bot.errors import UserError


def gateway(left: int, resets_in: float = 0.05) -> Gateway:
    return Gateway(1, "wss://gateway.example", 1000, left, resets_in)


async def test_none_is_taken_that_isnt_there() -> None:
    asked = [gateway(0), gateway(0), gateway(2)]

    async def ask() -> Gateway:
        return asked.pop(0)

    starts = SessionStarts(ask)
    starts.learn(gateway(1))
    await starts.take()
    assert len(asked) == 3
    begun = asyncio.get_running_loop().time()
    await starts.take()
    assert asyncio.get_running_loop().time() - begun >= 0.09
    await starts.take()
    assert not asked


async def test_among_others_discord_is_asked_each_time_and_the_last_ones_begin_alone() -> None:
    asked, alone = [gateway(1000), gateway(2), gateway(1), gateway(1), gateway(0), gateway(9)], list[int]()

    async def ask() -> Gateway:
        return asked.pop(0)

    async def turn_alone() -> None:
        alone.append(len(asked))

    starts = SessionStarts(ask)
    starts.learn(gateway(1000))
    await starts.take_among_others(turn_alone)
    assert (len(asked), alone) == (5, [])
    await starts.take_among_others(turn_alone)
    assert (len(asked), alone) == (3, [4])
    await starts.take_among_others(turn_alone)
    assert (len(asked), alone) == (0, [4, 2])


async def test_a_discord_that_does_not_tell_keeps_nobody_from_beginning() -> None:
    async def ask() -> Gateway:
        raise UserError("error.not_discord", status=502)

    starts = SessionStarts(ask)
    starts.learn(gateway(1))
    await starts.take_among_others(asyncio.Event().wait)


@pytest.mark.parametrize(("left", "needed", "waits"), [(0, 1, True), (1, 1, False), (2, 3, True), (1000, 2000, False)])
def test_how_long_to_wait(left: int, needed: int, waits: bool) -> None:
    assert bool(gateway(left).wait(needed)) is waits


LIMIT = {"total": 1000, "remaining": 5, "reset_after": 2_000}


def test_what_discord_documents() -> None:
    assert Gateway.from_discord(2, "wss://x", LIMIT) == Gateway(2, "wss://x", 1000, 5, 2.0)
    assert Gateway.from_discord(2, "wss://x", {**LIMIT, "reset_after": 1e15}).resets_in == 86_400


@pytest.mark.parametrize(
    ("shards", "url", "limit"),
    [(0, "wss://x", LIMIT), (1, "http://x", LIMIT), (1, None, LIMIT), (1, "wss://x", {}), (1, "wss://x", None),
     (1, "wss://x", {**LIMIT, "reset_after": "soon"}), ("many", "wss://x", LIMIT), (10**9, "wss://x", LIMIT)],
)  # fmt: skip
def test_what_it_doesnt(shards: object, url: object, limit: object) -> None:
    with pytest.raises(UserError):
        Gateway.from_discord(shards, url, limit)
