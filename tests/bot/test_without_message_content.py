"""While Discord refuses message content: what can't be read isn't passed over, and counts once it can be."""

import asyncio

from counted import GENERAL, caught_up, count_in, guild_of, ids, settle, went_through
from house import House, StartBot

from bot.ledger.queries.watermarks import list_gaps, load_watermarks


async def test_what_couldnt_be_read_is_read_later(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    sandbox = house.sandbox
    written = [await sandbox.post_message("leo", GENERAL, "Avant")]
    await settle(house)
    await house.bot.close()
    written.append(await sandbox.post_message("leo", GENERAL, "Pendant l'absence"))
    sandbox.faults.refuse_message_content = True
    house.bot = await start_bot(message_content=False)
    await went_through(house, 1)
    written.append(await sandbox.post_message("leo", GENERAL, "Sans contenu"))
    mention = f"<@{sandbox.world.bot.id}> que l'on voit quand même"
    written.append(await sandbox.post_message("leo", GENERAL, mention))
    await settle(house)
    assert await ids(house.bot.ledger) <= {int(one["id"]) for one in (written[0], written[-1])}
    marks = await load_watermarks(house.bot.ledger.engine)
    assert marks[sandbox.world.channel(GENERAL).id].message_id == int(written[0]["id"])
    await house.bot.close()
    sandbox.faults.refuse_message_content = False
    house.bot = await start_bot()
    await caught_up(house)
    assert await ids(house.bot.ledger) == {int(one["id"]) for one in written}
    assert not await list_gaps(house.bot.ledger.engine)


async def test_membership_is_noted_all_the_same(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    await house.bot.close()
    house.sandbox.faults.refuse_message_content = True
    house.bot = await start_bot(message_content=False)
    await went_through(house, 1)
    await asyncio.sleep(0.05)
    await house.bot.ledger.writer.flush()
    assert house.bot.ledger.preferences.settings(guild_of(house.sandbox)).joined_at is not None
