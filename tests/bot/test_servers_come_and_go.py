"""Servers that are late, have an outage, are missing, remove the bot or invite it again; those with commands alone."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from annotated import until
from counted import GENERAL, caught_up, count_in, guild_of, ids, messages_of, settle
from house import House, StartBot
from test_annotate import annotate, notices, said

from bot.counting import backfill, guild_history
from bot.counting.retention_job import apply_retention
from bot.ledger.queries.watermarks import list_gaps, load_watermarks
from bot.ledger.records import SILENT, WHOLE_SERVER, ChannelMode, ServerSettings
from bot.ledger.types import id_at
from sandbox.state.models import Json

ENGLISH = "English Club/general"
SERVER = "Atelier IA"


def settings_of(house: House) -> ServerSettings:
    return house.bot.ledger.preferences.settings(guild_of(house.sandbox))


async def count_in_english(house: House) -> int:
    guild_id, since = house.sandbox.world.guild("English Club").id, house.sandbox.world.ids.next()
    ledger = house.bot.ledger
    await ledger.preferences.set_server(ledger.writer, guild_id, first_locale="en")
    mode = ChannelMode(guild_id, WHOLE_SERVER, SILENT, since, datetime.now(UTC))
    await ledger.preferences.set_channel(ledger.writer, mode)
    return guild_id


async def all_there(house: House, written: list[Json]) -> None:
    """Wait until exactly these are recorded."""
    wanted = {int(one["id"]) for one in written}
    end = time.monotonic() + 60
    while await ids(house.bot.ledger) != wanted:
        assert time.monotonic() < end, (len(await ids(house.bot.ledger)), len(wanted))
        await asyncio.sleep(0.05)


# Late, missing, in an outage


@pytest.mark.parametrize("with_watermark", [True, False])
async def test_a_late_server_is_read_when_it_comes(house: House, start_bot: StartBot, with_watermark: bool) -> None:
    await count_in(house)
    await count_in_english(house)
    post_message = house.sandbox.post_message
    written = [await post_message("leo", GENERAL, "Avant")] if with_watermark else []
    await settle(house)
    await house.bot.close()
    written += [await post_message("leo", GENERAL, f"Pendant {n}") for n in range(5)]
    house.sandbox.world.arrive_late(SERVER, 1.0)
    house.bot = await start_bot()
    written += [
        await post_message("leo", GENERAL, "Pas encore là"),
        await post_message("noah", ENGLISH, "Here already"),
    ]
    await all_there(house, written)
    assert not await list_gaps(house.bot.ledger.engine)
    assert settings_of(house).left_at is None


async def test_others_dont_wait_for_one_that_never_comes(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    english = await count_in_english(house)
    await house.bot.close()
    missed = await house.sandbox.post_message("noah", ENGLISH, "Meanwhile")
    house.sandbox.world.arrive_late(SERVER, None)
    house.bot = await start_bot()
    await all_there(house, [missed])
    live = await house.sandbox.post_message("noah", ENGLISH, "And live")
    await settle(house)
    marks = await load_watermarks(house.bot.ledger.engine)
    assert {mark.guild_id: mark.message_id for mark in marks.values()} == {english: int(live["id"])}
    assert not house.bot.ledger.writer.holds.is_settled(guild_of(house.sandbox))
    assert settings_of(house).left_at is None


async def test_what_is_written_during_an_outage_is_read_after_it(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    await count_in_english(house)
    post_message, world = house.sandbox.post_message, house.sandbox.world
    written = [await post_message("leo", GENERAL, "Avant")]
    await settle(house)
    world.begin_outage(SERVER)
    written += [await post_message("leo", GENERAL, f"Pendant {n}") for n in range(4)]
    written.append(await post_message("noah", ENGLISH, "Nothing wrong here"))
    await settle(house)
    assert settings_of(house).left_at is None
    assert await messages_of(house) == 1
    world.end_outage(SERVER)
    await all_there(house, written)
    assert not await list_gaps(house.bot.ledger.engine)


async def test_an_outage_that_outlives_a_restart(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    written = [await house.sandbox.post_message("leo", GENERAL, "Avant")]
    await settle(house)
    house.sandbox.world.begin_outage(SERVER)
    written.append(await house.sandbox.post_message("leo", GENERAL, "Pendant"))
    house.bot = await start_bot()
    written.append(await house.sandbox.post_message("leo", GENERAL, "Encore"))
    await settle(house)
    house.sandbox.world.end_outage(SERVER)
    await all_there(house, written)


@pytest.mark.parametrize("fault", ["html", "none", "member"])
async def test_one_servers_trouble_is_no_others(
    house: House, start_bot: StartBot, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await count_in(house)
    await count_in_english(house)
    await house.bot.close()
    written = [
        await house.sandbox.post_message("leo", GENERAL, "Pendant"),
        await house.sandbox.post_message("noah", ENGLISH, "Too"),
    ]
    place = house.sandbox.world.channel(GENERAL).id
    if fault == "html":
        house.sandbox.faults.page(rf"/channels/{place}/messages", status=200, times=2)
    elif fault == "none":
        house.sandbox.faults.add(path=rf"/channels/{place}/messages", status=502, html="null", times=2)
    else:
        arrived = house.bot.counting.membership.__class__.arrived

        async def fail_once(self: object, guild_id: int, joined_at: datetime | None) -> None:
            if guild_id == guild_of(house.sandbox) and not failed:
                failed.append(guild_id)
                raise RuntimeError("boom")
            await arrived(self, guild_id, joined_at)  # type: ignore[arg-type]

        failed: list[int] = []
        monkeypatch.setattr("bot.counting.membership.Membership.arrived", fail_once)
    monkeypatch.setattr(backfill, "BACKFILL_INTERVAL", 0.3)
    house.bot = await start_bot()
    await until(lambda: house.bot.counting.backfill.rounds[house.sandbox.world.guild("English Club").id])
    assert int(written[1]["id"]) in await ids(house.bot.ledger)
    await all_there(house, written)
    assert not await list_gaps(house.bot.ledger.engine)


async def test_history_that_never_makes_sense_is_a_gap(
    house: House, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await count_in(house)
    await house.bot.close()
    await house.sandbox.post_message("leo", GENERAL, "Pendant")
    place = house.sandbox.world.channel(GENERAL).id

    async def nonsense(*_: object) -> int:  # JSON, but not what Discord documents: pages of HTML are put off for ever
        raise KeyError("author")

    monkeypatch.setattr("bot.counting.channel_history.ChannelHistory.read", nonsense)
    monkeypatch.setattr(backfill, "BACKFILL_INTERVAL", 0.05)
    monkeypatch.setattr(guild_history, "MAX_UNREADABLE", 4)
    house.bot = await start_bot()
    await caught_up(house, 4)
    assert [gap.channel_id for gap in await list_gaps(house.bot.ledger.engine)] == [place]


async def test_nothing_is_read_again_after_a_resume(house: House) -> None:
    await caught_up(house)
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Avant")
    await settle(house)
    rounds = house.bot.counting.backfill.rounds.copy()
    await house.sandbox.gateway.drop()
    await house.sandbox.post_message("leo", GENERAL, "Pendant")
    await house.sandbox.wait_for_bot(timeout=60)
    await until(lambda: house.sandbox.gateway.resumes)
    await settle(house)
    assert await messages_of(house) == 2
    assert house.bot.counting.backfill.rounds == rounds
    assert not [one for one in house.sandbox.requests if one.method == "GET" and one.path.endswith("/messages")]


async def test_a_server_that_is_removed_while_it_is_read(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    await count_in_english(house)
    await house.bot.close()
    await house.sandbox.post_message("leo", GENERAL, "Pendant")
    house.sandbox.faults.delay(rf"/channels/{house.sandbox.world.channel(GENERAL).id}/messages", 0.5)
    house.bot = await start_bot()
    house.sandbox.world.remove_bot(SERVER)
    await until(lambda: house.bot.counting.backfill.rounds[guild_of(house.sandbox)])
    assert settings_of(house).left_at is not None
    live = await house.sandbox.post_message("noah", ENGLISH, "Elsewhere all is well")
    await settle(house)
    assert int(live["id"]) in await ids(house.bot.ledger)


# Member, commands alone, removed, back


async def test_with_the_commands_alone_annotate_refuses_with_the_link(house: House) -> None:
    sandbox = house.sandbox
    sandbox.world.remove_bot(SERVER)
    sandbox.world.authorize_commands(SERVER)
    await until(lambda: house.bot.get_guild(guild_of(sandbox)) is None)
    link = (
        f"https://discord.com/oauth2/authorize?client_id={house.bot.application_id}"
        f"&scope=bot+applications.commands&permissions="
    )
    call = await annotate(house, "silent")
    assert link in said(call)
    assert not house.bot.ledger.preferences.modes(guild_of(sandbox))
    call = await annotate(house, "silent", "général")
    assert link in said(call)
    shown = await (await sandbox.command("camille", "général", "settings show", {})).settled()
    assert link in said(shown)
    assert "✅" not in said(shown)


async def test_with_the_commands_alone_nobody_has_left(house: House, start_bot: StartBot) -> None:
    sandbox = house.sandbox
    elsewhere = sandbox.world.guild("Ailleurs")
    sandbox.world.authorize_commands("Ailleurs")
    await (await sandbox.command("leo", "discussions", "footprint", {"text": "Explique la pluie"})).settled()
    preferences = house.bot.ledger.preferences
    await until(lambda: elsewhere.id in preferences.guilds_with_settings())
    house.bot = await start_bot()
    await asyncio.sleep(0.3)
    assert house.bot.ledger.preferences.settings(elsewhere.id) == ServerSettings(elsewhere.id)


async def test_use_takes_back_that_a_server_left(house: House) -> None:
    await count_in(house)
    house.sandbox.world.remove_bot(SERVER)
    await until(lambda: settings_of(house).left_at)
    house.sandbox.world.authorize_commands(SERVER)
    await house.sandbox.command("camille", "général", "totals", {})
    await until(lambda: settings_of(house).left_at is None)


async def test_a_server_missing_from_ready_that_comes_after_all(house: House, start_bot: StartBot) -> None:
    await count_in(house)
    written = [await house.sandbox.post_message("leo", GENERAL, "Avant")]
    await settle(house)
    await house.bot.close()
    world = house.sandbox.world
    world.leave_out(SERVER)
    written.append(await house.sandbox.post_message("leo", GENERAL, "Pendant"))
    house.bot = await start_bot()
    await until(lambda: settings_of(house).left_at)
    world.begin_outage(SERVER)
    world.end_outage(SERVER)
    await all_there(house, written)
    assert settings_of(house).left_at is None
    assert settings_of(house).returned_at is None
    assert not notices(house, "général")


@pytest.mark.parametrize("running", [True, False])
async def test_what_was_written_while_the_bot_was_removed_isnt_counted(
    house: House, start_bot: StartBot, running: bool
) -> None:
    await annotate(house, "silent")
    first = len(notices(house, "général"))
    assert first == 1
    post_message, world = house.sandbox.post_message, house.sandbox.world
    written = [await post_message("leo", GENERAL, "Avant")]
    await settle(house)
    if not running:
        await house.bot.close()
    world.remove_bot(SERVER)
    if running:
        await until(lambda: settings_of(house).left_at)
    for n in range(4):
        await post_message("leo", GENERAL, f"Sans le bot {n}")
    await asyncio.sleep(0.01)  # membership is known to the millisecond
    world.add_bot(SERVER)
    back = world.guild(SERVER).members[world.bot.id].joined_at
    written.append(await post_message("leo", GENERAL, "De retour"))
    house.bot = await start_bot()
    await all_there(house, written)
    await caught_up(house)
    await until(lambda: len(notices(house, "général")) == 2)
    await until(lambda: settings_of(house).notice_due is None)
    found = settings_of(house)
    assert found.left_at is None
    assert found.returned_at is not None
    assert abs(found.returned_at - back) < timedelta(milliseconds=2)
    (row,) = house.bot.ledger.preferences.modes(guild_of(house.sandbox))
    assert row.since_id == id_at(back)
    assert row.notice_id == int(notices(house, "général")[-1]["id"])
    shown = await (await house.sandbox.command("camille", "général", "settings show", {})).settled()
    assert f"<t:{int(back.timestamp())}:d>" in said(shown)
    assert "réinvité" in said(shown)
    house.bot = await start_bot()
    await caught_up(house)
    await asyncio.sleep(0.2)
    assert len(notices(house, "général")) == 2
    assert len(await ids(house.bot.ledger)) == 2


async def test_a_return_without_counting_tells_nobody(house: House) -> None:
    world, ledger = house.sandbox.world, house.bot.ledger
    await ledger.preferences.set_server(ledger.writer, guild_of(house.sandbox), model="openai/gpt-4o")
    world.remove_bot(SERVER)
    await until(lambda: settings_of(house).left_at)
    world.add_bot(SERVER)
    await until(lambda: settings_of(house).left_at is None)
    await asyncio.sleep(0.2)
    assert not notices(house, "général")


async def test_a_server_that_removed_the_bot_during_a_lost_session(house: House) -> None:
    await count_in(house)
    await caught_up(house)
    await house.sandbox.gateway.drop(resumable=False)
    house.sandbox.world.remove_bot(SERVER)
    await house.sandbox.wait_for_bot(timeout=60)
    await until(lambda: settings_of(house).left_at)
    assert house.bot.get_guild(guild_of(house.sandbox)) is None


async def test_a_server_that_returns_at_the_last_moment_keeps_its_data(house: House) -> None:
    await count_in(house)
    await house.sandbox.post_message("leo", GENERAL, "Avant")
    await settle(house)
    ledger, now = house.bot.ledger, datetime.now(UTC)
    kept = house.bot.estimates.estimator.retention
    house.sandbox.world.remove_bot(SERVER)
    await until(lambda: settings_of(house).left_at)
    await apply_retention(ledger, now + timedelta(days=31), timedelta(days=7), kept)
    house.sandbox.world.add_bot(SERVER)
    await until(lambda: settings_of(house).left_at is None)
    await apply_retention(ledger, now + timedelta(days=33), timedelta(days=7), kept)
    assert await messages_of(house) == 1
