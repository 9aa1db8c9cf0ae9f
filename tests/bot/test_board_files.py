"""The files that those who manage a server get of its boards."""

import csv
import io

import discord
from board_entries import days_ago, entry, guild_of, put, today
from boards import crowd, file_of, press
from house import House


async def test_the_file_of_totals(house: House) -> None:
    await put(house, [entry(house, "leo", energy_expected=0.5), entry(house, "leo", day=days_ago(40), water_low=None)])
    call = await house.sandbox.command("leo", "général", "totals", {"period": "all"})
    french = await press(house, "camille", call, "CSV")
    assert french.ephemeral
    assert french.message
    assert french.message["attachments"][0]["filename"] == f"empreinte-totaux-{days_ago(40)}.csv"
    text = await file_of(house, french)
    assert text.startswith("\ufeffjour;messages;jetons lus;")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [row["jour"] for row in rows] == [days_ago(40).isoformat(), today().isoformat()]
    assert rows[1]["énergie (Wh), attendu"] == "0,5"
    assert rows[0]["eau (mL), bas"] == ""
    english = await file_of(house, await press(house, "camille", call, "CSV", locale="en-US"))
    assert '"energy (Wh), expected"' in english
    assert ",0.5," in english


async def test_the_file_of_a_board_holds_all_of_it(house: House) -> None:
    await crowd(house, 25)
    call = await house.sandbox.command("leo", "général", "leaderboard")
    text = await file_of(house, await press(house, "camille", call, "CSV"))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["rang", "membre (à coller dans Discord)", "nom", "énergie (Wh)", "messages"]
    assert rows[1] == ["1", "<@1000>", "Membre 0", "100", "1"]
    assert len(rows) == 26


async def test_names_of_channels_in_the_file(house: House) -> None:
    guild = house.bot.get_guild(guild_of(house))
    place = house.sandbox.world.channel("prompts").id
    assert guild
    channel = guild.get_channel(place)
    assert isinstance(channel, discord.TextChannel)
    channel.name = "=HYPERLINK(1)"
    await put(house, [entry(house, "leo", channel="prompts"), entry(house, "leo", channel_id=77)])
    call = await house.sandbox.command("leo", "général", "leaderboard", {"by": "channels", "metric": "messages"})
    text = await file_of(house, await press(house, "camille", call, "CSV"))
    assert f"1;<#{place}>;'=HYPERLINK(1);1\r\n" in text
    assert "1;<#77>;;1\r\n" in text


async def test_only_those_who_manage_the_server_get_a_file(house: House) -> None:
    await put(house, [entry(house, "leo")])
    for name in ("totals", "leaderboard"):
        call = await house.sandbox.command("leo", "général", name)
        refused = await press(house, "leo", call, "CSV")
        assert refused.ephemeral
        assert refused.message
        assert "Gérer le serveur" in refused.message["content"]
        assert not refused.message["attachments"]
