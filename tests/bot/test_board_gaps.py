"""Holes in what was counted are told under the boards, to admins alone."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from board_entries import entry, guild_of, put
from boards import asked, press
from house import House

from bot.ledger.records import Gap
from bot.ledger.types import id_at
from bot.ledger.write.watermarks import add_gap


async def test_gaps_are_told_to_admins_alone(house: House) -> None:
    now = datetime.now(UTC)
    place, guild = house.sandbox.world.channel("prompts").id, guild_of(house)
    await put(house, [entry(house, "leo")])
    for hours in range(7):
        start, end = (id_at(now - timedelta(hours=hours, minutes=m)) for m in (30, 0))
        gap = Gap(place, guild, start, end, now)
        await house.bot.ledger.writer.run(partial(add_gap, gap=gap))
    call = await house.sandbox.command("camille", "général", "totals", {"period": "all"})
    await call.settled(2)
    told = call.messages[1]
    assert told["flags"] & 64
    assert told["content"].count(f"<#{place}>") == 5
    assert "… et 2 autres passages" in told["content"]
    member = await house.sandbox.command("leo", "général", "totals")
    await asyncio.sleep(0.1)
    assert len(member.messages) == 1
    file = await press(house, "camille", call, "CSV")
    assert file.message
    assert "Il peut manquer des messages" in file.message["content"]


async def test_gaps_belong_to_the_days_they_touch(house: House) -> None:
    noon, place, guild = datetime(2026, 11, 25, 12, tzinfo=UTC), 50, guild_of(house)
    monday = datetime(2026, 11, 23, 0, tzinfo=UTC)
    for start, end in ((-30, -2), (-2, 1), (5, 9)):
        moments = [id_at(monday + timedelta(hours=hours)) for hours in (start, end)]
        gap = Gap(place, guild, moments[0], moments[1], noon)
        await house.bot.ledger.writer.run(partial(add_gap, gap=gap))

    async def all_of_them(ids: Sequence[int]) -> Sequence[int]:
        return ids

    found = await house.bot.usecases.boards.gaps(asked(house, "week", noon), all_of_them)
    assert sorted((one.start - monday) // timedelta(hours=1) for one in found) == [-2, 5]
