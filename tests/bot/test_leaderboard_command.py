"""`/leaderboard` with the whole bot: its pages, its ranks, who is named."""

from datetime import UTC, datetime

import discord
import pytest
from board_entries import author, entry, guild_of, put
from boards import crowd, described, details, embed, file_of, join, press, said
from house import House, StartBot
from shown import buttons

from bot.ledger.write.erasure import erase_person


@pytest.mark.parametrize(("number", "pages"), [(1, 0), (25, 3)])
async def test_pages(house: House, number: int, pages: int) -> None:
    await crowd(house, number)
    call = await house.sandbox.command("leo", "général", "leaderboard")
    assert said(call).splitlines()[1].startswith("🥇 Membre 0 · **100")
    assert ("📊 à peu près autant que Membre 1" in said(call)) == (number > 1)
    assert ("page 1 sur 3" in said(call)) == bool(pages)
    beside = {"Détails": True, "CSV": True}
    assert buttons(call.message) == ({"◀": False, "▶": True, **beside} if pages else beside)
    assert described(call).count("Membre ") == min(number, 10)
    lines = embed((await details(house, "leo", call)).message)["description"].splitlines()
    assert len(lines) == min(number, 10)
    assert lines[0].startswith("🥇 Membre 0 · **100")


async def test_turning_pages_as_the_asker_and_as_somebody_else(house: House) -> None:
    await crowd(house, 25)
    await put(house, [entry(house, "leo", energy_expected=1.0), entry(house, "ines", energy_expected=200.0)])
    call = await house.sandbox.command("leo", "général", "leaderboard")
    assert "`27` Léo · **1 Wh** · 1 message" in said(call)
    assert "⋯\n`27` Léo · **1 Wh** · 1 message" in said(await details(house, "leo", call))
    await press(house, "leo", call, "▶")
    assert "`11` Membre 9" in said(call)
    assert "11. Membre 9 : 91 Wh (de " in described(call)
    assert "27. Léo : 1 Wh (de " in described(call)
    assert "`27` Léo" in said(call)
    await press(house, "leo", call, "▶")
    assert described(call).count("Léo") == 1
    assert buttons(call.message) == {"◀": True, "▶": False, "Détails": True, "CSV": True}
    assert call.message
    assert len(call.message["attachments"]) == 1

    copy = await press(house, "ines", call, "◀", locale="en-GB")
    assert copy.ephemeral
    assert "🥇 Inès · **200 Wh**" in said(copy)
    assert "1. Inès: 200 Wh (from" in described(copy)
    assert "page 2 of 3" in said(copy)
    assert "page 3 sur 3" in said(call)
    await press(house, "ines", copy, "◀", locale="en-GB")
    assert "page 1 of 3" in said(copy)
    assert described(copy).count("Inès") == 1


async def test_pages_outlive_a_restart_and_shrinking(house: House, start_bot: StartBot) -> None:
    await crowd(house, 25)
    call = await house.sandbox.command("leo", "général", "leaderboard", {"period": "month", "metric": "messages"})
    bot = await start_bot()
    for gone in range(1005, 1025):
        await bot.ledger.preferences.opt_out(bot.ledger.writer, gone, datetime.now(UTC))
    await press(house, "leo", call, "▶")
    assert described(call).count("Membre ") == 5
    assert len(embed((await details(house, "leo", call)).message)["description"].splitlines()) == 5
    assert "page" not in said(call)
    assert "ce mois-ci" in said(call)


async def test_ties_share_a_rank_and_a_medal(house: House) -> None:
    for who in range(1, 5):
        join(house, who, f"M{who}")
    await put(house, [entry(house, who, energy_expected=e) for who, e in ((1, 5.0), (2, 5.0), (3, 2.0), (4, 1.0))])
    call = await house.sandbox.command("leo", "général", "leaderboard")
    assert [row[:5] for row in described(call).partition("barres. ")[2].split(" · ")] == [
        "1. M1",
        "1. M2",
        "3. M3",
        "4. M4",
    ]
    rows = said(await details(house, "leo", call)).splitlines()[1:5]
    assert [row.split(" · ")[0] for row in rows] == ["🥇 M1", "🥇 M2", "🥉 M3", "` 4` M4"]


@pytest.mark.parametrize(
    ("metric", "title", "value"),
    [
        ("co2", "CO₂e", "**5 g CO₂e**"),
        ("water", "eau", "**2 L**"),
        ("messages", "messages", "**1 message**"),
        ("courtesy", "politesse", "**3 formules de politesse**"),
    ],
)
async def test_other_metrics_by_channel(house: House, metric: str, title: str, value: str) -> None:
    given = {"gwp_expected": 5.0, "water_expected": 2000.0, "courtesy_words": 3}
    await put(house, [entry(house, "leo", channel="prompts", **given)])
    call = await house.sandbox.command("leo", "général", "leaderboard", {"by": "channels", "metric": metric})
    place = house.sandbox.world.channel("prompts").id
    link = f"[#prompts](https://discord.com/channels/{guild_of(house)}/{place})"
    assert said(call).startswith(f"🏆 Salons · {title} · cette semaine\n🥇 {link} · {value}")


async def test_people_who_opted_out_or_were_erased_are_not_named(house: House) -> None:
    await put(house, [entry(house, who) for who in ("leo", "ines", "noah")])
    ledger = house.bot.ledger
    await ledger.preferences.opt_out(ledger.writer, author(house, "leo"), datetime.now(UTC))
    await erase_person(ledger.writer, ledger.engine, author(house, "ines"))
    call = await house.sandbox.command("leo", "général", "leaderboard")
    assert "🥇 Noah" in said(call)
    assert "⋯" not in said(call)
    file = await file_of(house, await press(house, "camille", call, "CSV"))
    for shown in (said(call), file):
        assert str(author(house, "leo")) not in shown
        assert str(author(house, "ines")) not in shown
        assert "Léo" not in shown
        assert "Inès" not in shown
        assert "@0>" not in shown
    assert "**3 messages** · 2 personnes" in said(await house.sandbox.command("leo", "général", "totals"))


async def test_nobody_is_pinged(house: House) -> None:
    await put(house, [entry(house, "ines")])
    call = await house.sandbox.command("leo", "général", "leaderboard")
    assert call.message
    assert call.message["mentions"] == []
    assert house.bot.allowed_mentions is not None
    assert house.bot.allowed_mentions.to_dict() == discord.AllowedMentions.none().to_dict()
