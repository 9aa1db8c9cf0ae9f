"""Public boards show what everybody may see, private ones what who asks may; people have names."""

import asyncio
import csv
import io
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from board_entries import entry, guild_of, put
from house import House
from shown import descriptions, texts
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import Gap
from bot.ledger.types import id_at
from bot.ledger.write.watermarks import add_gap
from sandbox import InteractionSession as Call
from sandbox.state.models import Channel, Role


def said(message: dict[str, Any] | None) -> str:
    assert message is not None
    parts = [message["content"], *texts(message), *descriptions(message)]
    for one in message["embeds"]:
        parts += [one.get("description", ""), *(field["value"] for field in one.get("fields", []))]
    return "\n".join(parts).replace("\u00a0", " ").strip()


async def press(house: House, who: str, call: Call, label: str) -> Call:
    assert call.message
    return await house.sandbox.press(who, call.message, label=label)


async def rows_of(house: House, call: Call) -> list[list[str]]:
    assert call.message
    upload = house.sandbox.files.get(int(call.message["attachments"][0]["id"]))
    assert upload
    return list(csv.reader(io.StringIO(upload.data.decode("utf-8-sig")), delimiter=";"))


def staff_channel(house: House) -> tuple[Channel, Role]:
    """A counted channel that only the staff may see."""
    world = house.sandbox.world
    staff = world.add_role("Atelier IA", "équipe")
    channel = world.add_channel("Atelier IA", "salle-des-profs")
    world.hide_channel(channel, staff)
    return channel, staff


async def known(house: House, channel: Channel) -> None:
    async with asyncio.timeout(60):
        while (found := house.bot.get_channel(channel.id)) is None or not getattr(found, "overwrites", None):
            await asyncio.sleep(0.01)


async def by_channels(house: House, who: str) -> Call:
    return await house.sandbox.command(who, "général", "leaderboard", {"by": "channels"})


async def test_a_hidden_channel_is_on_no_public_board(house: House) -> None:
    channel, _ = staff_channel(house)
    await known(house, channel)
    await put(house, [entry(house, "leo", channel="prompts", energy_expected=2.0)])
    await put(house, [entry(house, "camille", channel_id=channel.id, energy_expected=9.0) for _ in range(2)])
    for who in ("leo", "camille"):  # she may see it, but everybody reads the answer
        text = said((await by_channels(house, who)).message)
        assert str(channel.id) not in text
        assert "salle-des-profs" not in text
        assert "🥇 [#prompts]" in text
        assert "🔒 1 autre salon · **18 Wh** · 2 messages" in text


async def test_only_hidden_channels_are_one_line(house: House) -> None:
    channel, _ = staff_channel(house)
    await known(house, channel)
    await put(house, [entry(house, "camille", channel_id=channel.id, energy_expected=9.0)])
    text = said((await by_channels(house, "leo")).message)
    assert text.splitlines()[1:] == ["🔒 1 autre salon · **9 Wh** · 1 message"]


async def test_a_private_page_shows_what_who_asks_may_see(house: House) -> None:
    channel, staff = staff_channel(house)
    world = house.sandbox.world
    world.add_role_to("Atelier IA", "ines", staff)
    public = [world.add_channel("Atelier IA", f"salon-{n}") for n in range(11)]
    await known(house, channel)
    gone = [entry(house, "leo", channel_id=10_000 + n, energy_expected=1.0) for n in range(3)]
    shown = [entry(house, "leo", channel_id=one.id, energy_expected=9.0) for one in public]
    await put(house, [*gone, *shown, entry(house, "camille", channel_id=channel.id, energy_expected=5.0)])
    board = await by_channels(house, "camille")
    assert "🔒 4 autres salons · **8 Wh**" in said(board.message)
    for who, sees in (("ines", True), ("noah", False)):
        copy = await press(house, who, board, "▶")
        assert copy.ephemeral
        assert ("salle-des-profs" in said(copy.message)) is sees
        assert ("🔒 3" if sees else "🔒 4") in said(copy.message)
    rows = await rows_of(house, await press(house, "camille", board, "CSV"))
    assert ["12", f"<#{channel.id}>", "salle-des-profs", "5", "1"] in rows
    assert ["13", "<#10000>", "", "1", "1"] in rows


async def test_the_file_of_an_admin_who_may_not_see_a_channel(house: House) -> None:
    channel, _ = staff_channel(house)
    await known(house, channel)
    manager = house.sandbox.world.add_role("Atelier IA", "modération", "manage_guild")
    house.sandbox.world.add_role_to("Atelier IA", "leo", manager)
    await put(house, [entry(house, "leo", channel="prompts", energy_expected=2.0)])
    await put(house, [entry(house, "camille", channel_id=channel.id, energy_expected=9.0)])
    rows = await rows_of(house, await press(house, "leo", await by_channels(house, "leo"), "CSV"))
    assert [row[2] for row in rows[1:]] == ["prompts", "🔒 1 autre salon"]
    assert str(channel.id) not in str(rows)


async def test_settings_and_gaps_name_no_channel_that_the_admin_may_not_see(house: House) -> None:
    channel, _ = staff_channel(house)
    await known(house, channel)
    manager = house.sandbox.world.add_role("Atelier IA", "modération", "manage_guild")
    house.sandbox.world.add_role_to("Atelier IA", "leo", manager)
    await house.sandbox.command("camille", "général", "annotate", {"mode": "silent", "channel": channel.id})
    first = await house.sandbox.command("camille", "général", "annotate", {"mode": "reaction"})
    assert first.message
    await house.sandbox.press("camille", first.message, label="Tout le serveur")
    now = datetime.now(UTC)
    gap = Gap(channel.id, guild_of(house), id_at(now) - 1000, id_at(now), now)
    await house.bot.ledger.writer.run(partial(add_gap, gap=gap))
    await put(house, [entry(house, "leo")])
    for who, sees, mode in (("camille", True, "reply"), ("leo", False, "digest")):
        page = said((await house.sandbox.command(who, "général", "settings show")).message)
        assert (str(channel.id) in page) is sees
        assert ("et 1 autre" in page) is not sees
        first = await house.sandbox.command(who, "général", "annotate", {"mode": mode})
        assert first.message
        done = await house.sandbox.press(who, first.message, label="Tout le serveur")
        await house.sandbox.command(who, "général", "annotate", {"mode": "reaction"})
        assert (str(channel.id) in said(done.message)) is sees
        totals = await house.sandbox.command(who, "général", "totals", {"period": "all"})
        if sees:
            await totals.settled(2)
        else:
            await asyncio.sleep(0.2)
        assert (str(channel.id) in said(totals.messages[-1])) is sees


async def test_a_sleeping_thread_is_looked_up_once_and_a_private_one_stays_hidden(house: House) -> None:
    world = house.sandbox.world
    thread = world.channel("Atelier IA/Réponses courtes ou longues ?")
    world.archive_thread(thread)
    async with asyncio.timeout(60):
        guild = house.bot.get_guild(guild_of(house))
        while guild and guild.get_thread(thread.id):
            await asyncio.sleep(0.01)
    await put(house, [entry(house, "leo", channel_id=thread.id, energy_expected=2.0)])
    for _ in range(2):
        assert "🥇 [#Réponses courtes ou longues ?]" in said((await by_channels(house, "leo")).message)
    paths = [one.path for one in house.sandbox.requests if one.method == "GET"]
    assert len([path for path in paths if path.endswith(f"/channels/{thread.id}")]) == 1


# Names


async def test_members_are_named_as_the_server_shows_them_and_defused(house: House) -> None:
    world = house.sandbox.world
    world.user("leo").global_name = "**Léo** \u202e <@&1>"
    await put(house, [entry(house, "leo", energy_expected=2.0)])
    text = said((await house.sandbox.command("ines", "général", "leaderboard")).message)
    assert r"🥇 \*\*Léo\*\* <@&1\> · " in text


async def test_people_who_left_are_named_as_discord_still_names_them_or_not_at_all(house: House) -> None:
    world = house.sandbox.world
    await put(house, [entry(house, "noah", energy_expected=2.0), entry(house, 424242, energy_expected=1.0)])
    world.remove_member("Atelier IA", "noah")
    french = await house.sandbox.command("ines", "général", "leaderboard")
    assert "🥇 Noah · " in said(french.message)
    assert "2. quelqu’un qui est parti" in said(french.message)
    rows = await rows_of(house, await press(house, "camille", french, "CSV"))
    assert [row[1:3] for row in rows[1:]] == [[f"<@{world.user('noah').id}>", "Noah"], ["<@424242>", ""]]


async def test_names_are_asked_for_once_and_a_discord_that_is_silent_leaves_mentions(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[int]] = []
    guild = house.bot.get_guild(guild_of(house))
    assert guild
    real = type(guild).query_members

    async def counted(self: Any, **given: Any) -> Any:
        asked.append(given["user_ids"])
        return await real(self, **given)

    async def silent(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(type(guild), "query_members", counted)
    await put(house, [entry(house, "leo", energy_expected=2.0)])
    for _ in range(3):
        assert "🥇 Léo" in said((await house.sandbox.command("ines", "général", "leaderboard")).message)
    assert len(asked) == 1
    monkeypatch.setattr(type(guild), "query_members", silent)
    monkeypatch.setattr("bot.client.names.LOOKUP_SECONDS", 0.05)
    await put(house, [entry(house, "noah", energy_expected=3.0)])
    text = said((await house.sandbox.command("ines", "général", "leaderboard")).message)
    assert f"🥇 <@{house.sandbox.world.user('noah').id}>" in text
    assert "2. Léo" in text


# Readings


async def test_training_with_a_silent_database_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_: AsyncEngine, *__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr("bot.usecases.ledger_reader.READ_TIMEOUT", 0.05)
    monkeypatch.setattr("bot.usecases.usecases.average_answer", never)
    call = await house.sandbox.command("noah", "général", "training")
    assert call.ephemeral
    assert call.message
    assert "The database isn’t answering" in call.message["content"]
    assert len(call.messages) == 1
