"""What counts and what doesn't, catch-up after downtime, servers and channels that go."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from counted import GENERAL, THREAD, caught_up, count_in, guild_of, ids, messages_of, settle, went_through
from house import House, StartBot
from shown import texts
from sqlalchemy import select

from bot.counting.retention_job import apply_retention
from bot.errors import UserError
from bot.ledger.periods import local_day
from bot.ledger.queries.watermarks import list_gaps, load_watermarks
from bot.ledger.records import OFF
from bot.ledger.schema import entries


async def test_nothing_counts_that_nobody_asked_for(house: House) -> None:
    await house.sandbox.post_message("leo", GENERAL, "Explique la pluie")
    await settle(house)
    assert await messages_of(house) == 0


async def test_what_counts(house: House) -> None:
    await count_in(house)
    post_message = house.sandbox.post_message
    counted = [
        await post_message("leo", GENERAL, "Explique la pluie"),
        await post_message("ines", "Atelier IA/prompts", "🙂"),
        await post_message("leo", THREAD, "Et dans un fil ?"),
    ]
    counted.append(await post_message("noah", GENERAL, "An answer", reply_to=counted[0]))
    await post_message("leo", GENERAL, "I am a webhook", webhook=True)
    await post_message("leo", GENERAL, "", type=7)
    await post_message("leo", GENERAL, " \n\u3000")
    await post_message("noah", "English Club/general", "Elsewhere")
    await house.sandbox.post_message("leo", await house.sandbox.dm("leo"), "In private")
    channel = next(one for one in house.bot.get_all_channels() if one.name == "général")
    await channel.guild.text_channels[0].send("The bot itself")
    await settle(house)
    assert await ids(house.bot.ledger) == {int(one["id"]) for one in counted}


async def test_a_channel_apart(house: House) -> None:
    await count_in(house)
    await count_in(house, "Atelier IA/prof", OFF)
    await house.sandbox.post_message("leo", "Atelier IA/prof", "Not here")
    await house.sandbox.post_message("leo", GENERAL, "But here")
    await settle(house)
    assert await messages_of(house) == 1


async def test_people_who_opted_out(house: House) -> None:
    await count_in(house)
    leo = house.sandbox.world.user("leo").id
    ledger = house.bot.ledger
    await ledger.preferences.opt_out(ledger.writer, leo, datetime.now(UTC))
    await house.sandbox.post_message("leo", GENERAL, "Not me")
    await house.sandbox.command("leo", GENERAL, "footprint", {"text": "Nor this"})
    await settle(house)
    assert await messages_of(house) == 0
    await ledger.preferences.opt_in(ledger.writer, leo, datetime.now(UTC))
    await house.sandbox.post_message("leo", GENERAL, "Me again")
    await settle(house)
    assert await messages_of(house) == 1


async def test_what_was_written_while_opted_out_stays_uncounted(house: House, start_bot: StartBot) -> None:
    await caught_up(house)
    await count_in(house)
    leo, ledger = house.sandbox.world.user("leo").id, house.bot.ledger
    await ledger.preferences.opt_out(ledger.writer, leo, datetime.now(UTC))
    await house.sandbox.post_message("leo", GENERAL, "Not me")
    await asyncio.sleep(0.01)
    await ledger.preferences.opt_in(ledger.writer, leo, datetime.now(UTC))
    await house.bot.close()
    await house.sandbox.post_message("ines", GENERAL, "Meanwhile")
    house.bot = await start_bot()
    await caught_up(house)
    assert await messages_of(house) == 1


async def test_requests_count_where_the_bot_is(house: House) -> None:
    command = house.sandbox.command
    call = await command("leo", GENERAL, "footprint", {"text": "Explique la pluie"})
    await command("leo", GENERAL, "footprint", {"text": "En privé", "private": True})
    await command("leo", "Ailleurs/discussions", "footprint", {"text": "Où le bot n’est pas"})
    await command("leo", await house.sandbox.dm("leo"), "footprint", {"text": "En message privé"})
    message = await house.sandbox.post_message("ines", GENERAL, "Merci")
    await house.sandbox.context_menu("leo", GENERAL, "Empreinte", message)
    await settle(house)
    assert await ids(house.bot.ledger) == {int(call.id)}
    assert guild_of(house.sandbox) in house.bot.ledger.preferences.guilds_with_settings()


async def test_a_replay_changes_nothing(house: House) -> None:
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Une fois")
    for _ in range(5):
        await house.sandbox.gateway.replay(last=50)
    await settle(house)
    assert await messages_of(house) == 1


async def test_what_was_written_meanwhile_is_read_after_a_restart(house: House, start_bot: StartBot) -> None:
    await caught_up(house)
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Avant")
    await settle(house)
    await house.bot.close()
    for n in range(250):
        await house.sandbox.post_message("ines", GENERAL, f"Pendant {n}")
    await house.sandbox.post_message("ines", THREAD, "Pendant, dans un fil")
    house.bot = await start_bot()
    await house.sandbox.post_message("leo", GENERAL, "Après")
    await caught_up(house)
    assert await messages_of(house) == 253
    assert not await list_gaps(house.bot.ledger.engine)


async def test_after_a_lost_session(house: House) -> None:
    await caught_up(house)
    await count_in(house)
    house.sandbox.gateway.accepting = False
    await house.sandbox.gateway.drop(resumable=False)
    for n in range(30):
        await house.sandbox.post_message("ines", GENERAL, f"Pendant la panne {n}")
    house.sandbox.gateway.accepting = True
    async with asyncio.timeout(60):
        while await messages_of(house) < 30:
            await asyncio.sleep(0.2)
    assert await messages_of(house) == 30


async def test_history_is_read_within_bounds_and_the_gap_is_noted(house: House, start_bot: StartBot) -> None:
    await caught_up(house)
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Avant")
    await settle(house)
    await house.bot.close()
    for n in range(40):
        await house.sandbox.post_message("ines", GENERAL, f"Pendant {n}")
    house.bot = await start_bot(catchup_messages=10)
    await caught_up(house)
    assert await messages_of(house) == 10
    gaps = await list_gaps(house.bot.ledger.engine, guild_of(house.sandbox))
    assert len(gaps) == 1
    await house.sandbox.post_message("leo", GENERAL, "Après")
    await settle(house)
    assert await messages_of(house) == 11


async def test_history_that_may_not_be_read_is_a_gap(house: House, start_bot: StartBot) -> None:
    await caught_up(house)
    await count_in(house)
    await house.bot.close()
    await house.sandbox.post_message("ines", GENERAL, "Pendant")
    house.sandbox.world.deny(house.sandbox.world.channel(GENERAL), "read_message_history")
    house.bot = await start_bot()
    await caught_up(house)
    assert len(await list_gaps(house.bot.ledger.engine)) == 1
    await house.sandbox.post_message("leo", GENERAL, "Après")
    await settle(house)
    assert await messages_of(house) == 1


async def test_catch_up_is_put_off_when_discord_fails(house: House, start_bot: StartBot) -> None:
    await caught_up(house)
    await count_in(house)
    await house.bot.close()
    await house.sandbox.post_message("ines", GENERAL, "Pendant")
    house.sandbox.faults.add(method="GET", path=r"/channels/\d+/messages", status=400, code=0, times=1)
    house.bot = await start_bot()
    await went_through(house, 1)
    await house.sandbox.post_message("leo", GENERAL, "Après")
    await settle(house)
    house.bot.counting.backfill.want(guild_of(house.sandbox))
    async with asyncio.timeout(60):
        while await messages_of(house) < 2:
            await asyncio.sleep(0.05)


async def test_one_refusal_of_history_is_no_gap_yet(house: House, start_bot: StartBot) -> None:
    await caught_up(house)
    await count_in(house)
    await house.bot.close()
    await house.sandbox.post_message("ines", GENERAL, "Pendant")
    house.sandbox.faults.add(method="GET", path=r"/channels/\d+/messages", status=403, code=50013, times=1)
    house.bot = await start_bot()
    await went_through(house, 1)
    assert not await list_gaps(house.bot.ledger.engine)
    house.bot.counting.backfill.want(guild_of(house.sandbox))
    await caught_up(house, 2)
    assert await messages_of(house) == 1


async def test_history_that_stays_refused_is_a_gap_after_a_few_tries(house: House, start_bot: StartBot) -> None:
    await caught_up(house)
    await count_in(house)
    await house.bot.close()
    await house.sandbox.post_message("ines", GENERAL, "Pendant")
    house.sandbox.faults.add(method="GET", path=r"/channels/\d+/messages", status=403, code=50013, times=None)
    house.bot = await start_bot()
    for rounds in range(1, 3):
        await went_through(house, rounds)
        house.bot.counting.backfill.want(guild_of(house.sandbox))
    await caught_up(house, 3)
    assert len(await list_gaps(house.bot.ledger.engine)) == 1
    refused = [one for one in house.sandbox.requests if one.status == 403]
    assert len(refused) == 3


async def test_a_server_that_leaves_is_purged_after_thirty_days(house: House) -> None:
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Explique la pluie")
    await settle(house)
    house.sandbox.world.remove_bot(house.sandbox.world.guild(guild_of(house.sandbox)))
    async with asyncio.timeout(60):
        while house.bot.ledger.preferences.settings(guild_of(house.sandbox)).left_at is None:
            await asyncio.sleep(0.02)
    now = datetime.now(UTC)
    kept = house.bot.estimates.estimator.retention
    for days, left in ((1, 1), (29, 1), (31, 1), (31.5, 1), (32.5, 0)):
        await apply_retention(house.bot.ledger, now + timedelta(days=days), timedelta(days=7), kept)
        assert await messages_of(house) == left, days
    assert guild_of(house.sandbox) not in house.bot.ledger.preferences.guilds_with_settings()


async def test_a_server_that_left_while_the_bot_was_away(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    await house.bot.close()
    house.sandbox.world.remove_bot(house.sandbox.world.guild(guild_of(house.sandbox)))
    house.bot = await start_bot()
    async with asyncio.timeout(60):
        while house.bot.ledger.preferences.settings(guild_of(house.sandbox)).left_at is None:
            await asyncio.sleep(0.02)


async def test_old_entries_go_and_totals_stay(house: House) -> None:
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Explique la pluie")
    await settle(house)
    kept = house.bot.estimates.estimator.retention
    for days in (91, 93):
        await apply_retention(house.bot.ledger, datetime.now(UTC) + timedelta(days=days), timedelta(days=7), kept)
    assert await ids(house.bot.ledger) == set()
    assert await messages_of(house) == 1


async def test_a_deleted_channel_is_forgotten(house: House) -> None:
    await count_in(house, "Atelier IA/prof")
    place = house.sandbox.world.channel("Atelier IA/prof")
    await house.sandbox.post_message("leo", "Atelier IA/prof", "Bientôt plus là")
    await settle(house)
    house.sandbox.world.delete_channel(place)
    async with asyncio.timeout(60):
        while house.bot.ledger.preferences.modes(guild_of(house.sandbox)):
            await asyncio.sleep(0.02)
    assert place.id not in await load_watermarks(house.bot.ledger.engine)
    assert await messages_of(house) == 1


async def test_the_servers_model_and_day(house: House) -> None:
    await count_in(house)
    ledger, guild_id = house.bot.ledger, guild_of(house.sandbox)
    changes = {"model": "mistralai/mistral-large-latest", "zone": "FRA", "timezone": "Pacific/Kiritimati"}
    await ledger.preferences.set_server(ledger.writer, guild_id, **changes)
    await house.sandbox.post_message("leo", GENERAL, "Explique la pluie")
    await settle(house)
    async with ledger.engine.connect() as connection:
        row = (await connection.execute(select(entries.c.model, entries.c.zone, entries.c.local_day))).one()
    assert row == (changes["model"], "FRA", local_day(datetime.now(UTC), ZoneInfo("Pacific/Kiritimati")))


async def test_a_model_that_is_gone_falls_back_visibly(house: House) -> None:
    await count_in(house)
    ledger, guild_id = house.bot.ledger, guild_of(house.sandbox)
    await ledger.preferences.set_server(ledger.writer, guild_id, model="openai/gpt-of-yore")
    await house.sandbox.post_message("leo", GENERAL, "Explique la pluie")
    await settle(house)
    async with ledger.engine.connect() as connection:
        assert await connection.scalar(select(entries.c.model)) == "openai/gpt-4o"
    call = await house.sandbox.command("leo", GENERAL, "footprint", {"text": "Explique la pluie"})
    assert call.message
    assert "GPT-4o" in call.message["embeds"][0]["title"]
    t = house.bot.catalogues.translator("fr")
    assert t("notice.model_gone") in call.message["embeds"][0]["description"]


async def test_training_is_held_against_the_servers_average(house: House) -> None:
    before = await house.sandbox.command("leo", GENERAL, "training", {"model": "gpt3"})
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Explique la pluie")
    await settle(house)
    after = await house.sandbox.command("leo", GENERAL, "training", {"model": "gpt3"})
    assert before.message and after.message
    assert texts(before.message) != texts(after.message)


async def test_a_writer_that_is_closed_refuses(house: House) -> None:
    await house.bot.ledger.writer.close()
    with pytest.raises(UserError):
        await house.bot.ledger.writer.flush()
    await house.sandbox.post_message("leo", GENERAL, "Nothing breaks")
    await asyncio.sleep(0.05)
