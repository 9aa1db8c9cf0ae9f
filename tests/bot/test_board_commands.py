"""`/totals`, `/leaderboard` and `/politeness` with the whole bot, their pages and their files."""

import asyncio
import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest
from board_entries import QUESTION, THANKS, author, days_ago, entry, guild_of, put, today
from house import House, StartBot
from shown import MEDIA_GALLERY, buttons, descriptions, parts, texts
from sqlalchemy.exc import OperationalError

from bot.ledger.records import Gap
from bot.ledger.types import id_at
from bot.ledger.write.erasure import erase_person
from bot.ledger.write.watermarks import add_gap
from bot.presentation.translator import Catalogues
from bot.usecases.boards import BoardRequest
from bot.usecases.records.boards import Trend
from sandbox import InteractionSession as Call
from sandbox.state.models import Json, User


def embed(message: Json | None) -> Json:
    assert message is not None
    return message["embeds"][0]


def said(call: Call) -> str:
    return text_of(call.message)


def text_of(message: Json | None) -> str:
    if message and not message["embeds"]:
        return plain("\n".join(texts(message)).removeprefix("### "))
    shown = embed(message)
    fields = [text for field in shown.get("fields", []) for text in (field["name"], field["value"])]
    footer = shown.get("footer", {}).get("text", "")
    text = "\n".join([shown["title"], shown.get("description", ""), *fields, footer])
    return plain(text)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def described(call: Call) -> str:
    """What the picture says to those who don't see it."""
    (alt,) = descriptions(call.message)
    return plain(alt)


async def details(house: House, who: str, call: Call, locale: str | None = None) -> Call:
    label = "Details" if locale else "Détails"
    shown = await press(house, who, call, label, locale=locale)
    assert shown.ephemeral
    return shown


async def press(house: House, who: str, call: Call, label: str, locale: str | None = None) -> Call:
    assert call.message
    return await house.sandbox.press(who, call.message, label=label, locale=locale)


async def file_of(house: House, call: Call) -> str:
    assert call.message
    attached = call.message["attachments"][0]
    upload = house.sandbox.files.get(int(attached["id"]))
    assert upload
    return upload.data.decode("utf-8")


def join(house: House, user_id: int, name: str) -> None:
    """Let somebody join the server."""
    user = User(user_id, f"user{user_id}", name, "fr")
    house.sandbox.world.directory.users[user_id] = user
    house.sandbox.world.add_member(house.sandbox.world.guild("Atelier IA"), user)


async def crowd(house: House, number: int, **more: Any) -> None:
    """So many members, the first one with the most energy."""
    for n in range(number):
        join(house, 1000 + n, f"Membre {n}")
    await put(house, [entry(house, 1000 + n, energy_expected=float(100 - n), **more) for n in range(number)])


def asked(house: House, name: str, now: datetime, timezone: str = "UTC") -> BoardRequest:
    return BoardRequest(guild_of(house), ZoneInfo(timezone), name, now)


# /totals


async def test_an_empty_server_says_how_to_begin(house: House) -> None:
    for name in ("totals", "leaderboard", "politeness"):
        call = await house.sandbox.command("leo", "général", name)
        assert not call.ephemeral
        assert "Rien n’est encore compté" in said(call)
        assert "/annoter" in said(call)
        assert not buttons(call.message)
    call = await house.sandbox.command("noah", "English Club/general", "totals")
    assert "Nothing has been counted in this server yet." in said(call)


async def test_totals(house: House) -> None:
    texts = [("leo", THANKS), ("leo", QUESTION), ("ines", QUESTION)]
    await put(house, [entry(house, who, text=text) for who, text in texts])
    await put(house, [entry(house, "noah", channel="prompts")])
    call = await house.sandbox.command("camille", "général", "totals")
    assert not call.ephemeral
    first = said(call)
    for part in ("🌱 Empreinte du serveur · cette semaine", "⚡", "≈", "**4 messages** · 3 personnes", "plus large"):
        assert part in first
    assert "au tarif public" not in first
    assert buttons(call.message) == {"Détails": True, "CSV": True}
    assert described(call).startswith("Énergie par jour, cette semaine, en colonnes : ")
    call = await details(house, "leo", call)
    assert described(call).startswith("Messages comptés par jour et par heure")
    assert "4 messages, surtout vers" in described(call)
    shown = said(call)
    for part in (
        "🌱 Empreinte du serveur · cette semaine",
        "**4 messages** · 3 personnes · 2 salons",
        "⚡",
        "g CO₂e",
        "d’eau",
        "jetons lus",
        "≈",
        "au tarif public",
        "🙏 1 message poli",
        "rien n’était compté aux mêmes jours de la semaine précédente",
        "jamais le texte",
        "plus large qu’un intervalle à 80 %",
    ):
        assert part in shown
    english = await house.sandbox.command("noah", "English Club/general", "totals", {"period": "all"})
    assert "Nothing has been counted" in said(english)


@pytest.mark.parametrize(
    ("now", "then", "t"),
    [
        (112.0, 100.0, "**+12 %** d’énergie par rapport aux mêmes jours de la semaine précédente"),
        (60.0, 100.0, "**−40 %** d’énergie"),
        (100.2, 100.0, "la **même** énergie qu’aux mêmes jours"),
        (500.0, 100.0, "**5 fois plus** d’énergie"),
    ],
)
async def test_the_trend(house: House, now: float, then: float, t: str) -> None:
    await put(
        house,
        [
            entry(house, "leo", energy_expected=now),
            entry(house, "leo", day=days_ago(7), energy_expected=then),
            entry(house, "leo", day=days_ago(60)),
        ],
    )
    assert t in said(await house.sandbox.command("leo", "général", "totals"))


async def test_the_trend_says_where_counting_began_in_between(house: House) -> None:
    wednesday = datetime(2026, 11, 25, 12, tzinfo=UTC)
    boards = house.bot.usecases.boards
    await put(house, [entry(house, "leo", day=date(2026, 11, 24)), entry(house, "leo", day=date(2026, 11, 17))])
    summary = await boards.totals(asked(house, "week", wednesday))
    assert summary.trend == Trend(0.0, counted_from=date(2026, 11, 17))
    await put(house, [entry(house, "leo", day=date(2026, 11, 16))])
    summary = await boards.totals(asked(house, "week", wednesday))
    assert summary.trend == Trend(-0.5)
    summary = await boards.totals(asked(house, "all", wednesday))
    assert summary.trend is None
    assert (summary.days.start, summary.days.end) == (date(2026, 11, 16), date(2026, 11, 26))


async def test_a_quiet_week_points_to_other_periods(house: House) -> None:
    await put(house, [entry(house, "leo", day=days_ago(40))])
    assert "essayez une autre période" in said(await house.sandbox.command("leo", "général", "totals"))
    board = await house.sandbox.command("leo", "général", "leaderboard")
    assert "Personne n’est encore dans ce classement cette semaine." in said(board)
    assert "**1 message**" in said(await house.sandbox.command("leo", "général", "totals", {"period": "all"}))


async def test_water_that_some_or_all_messages_lack(house: House) -> None:
    dry: dict[str, Any] = {"water_low": None, "water_expected": None, "water_high": None, "cost_usd": None}
    await put(house, [entry(house, "leo", **dry)])
    shown = said(await details(house, "leo", await house.sandbox.command("leo", "général", "totals")))
    assert "cette méthode ne l’estime pas" in shown
    assert "💵" not in shown
    water = await house.sandbox.command("leo", "général", "leaderboard", {"metric": "water"})
    assert "Personne n’est encore" in said(water)
    await put(house, [entry(house, "leo")])
    call = await details(house, "leo", await house.sandbox.command("leo", "général", "totals"))
    assert said(call).count("(pour 1 messages sur 2)") == 2


async def test_weeks_begin_in_the_servers_timezone(house: House) -> None:
    sunday_noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    await put(house, [entry(house, "leo", day=date(2026, 11, 23))])
    boards = house.bot.usecases.boards
    here = await boards.totals(asked(house, "week", sunday_noon, "Europe/Paris"))
    there = await boards.totals(asked(house, "week", sunday_noon, "Pacific/Auckland"))
    assert (here.totals.messages, there.totals.messages) == (0, 1)
    assert there.days.start == date(2026, 11, 23)


# /leaderboard


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


# Pictures that can't be had


async def test_without_a_picture_the_text_says_everything(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(*_: object) -> None:
        return None

    await crowd(house, 3)
    monkeypatch.setattr(house.bot.charts, "draw", none)
    call = await house.sandbox.command("leo", "général", "totals")
    assert "au tarif public" in said(call)
    assert call.message
    assert not call.message["attachments"]
    call = await house.sandbox.command("leo", "général", "leaderboard")
    assert "🥈 Membre 1" in said(call)
    assert not [one for one in parts(call.message) if one["type"] == MEDIA_GALLERY]
    assert buttons(call.message) == {"Détails": True, "CSV": True}


async def test_turned_pages_gain_and_lose_their_picture(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(*_: object) -> None:
        return None

    await crowd(house, 15)
    call = await house.sandbox.command("leo", "général", "leaderboard")
    with monkeypatch.context() as patch:
        patch.setattr(house.bot.charts, "draw", none)
        await press(house, "leo", call, "▶")
    assert call.message
    assert not call.message["attachments"]
    assert "`15` Membre 14" in said(call)
    await press(house, "leo", call, "◀")
    assert len(call.message["attachments"]) == 1
    assert "10. Membre 9" in described(call)


# /politeness


async def test_politeness(house: House) -> None:
    await put(house, [entry(house, "leo", text=THANKS), entry(house, "leo", text=THANKS), entry(house, "ines")])
    call = await house.sandbox.command("noah", "général", "politeness")
    assert "rien d’autre qu’un merci : 2 (67 %)" in described(call)
    short = said(call)
    for part in (
        "**2** messages polis (67 %), 2 formules de politesse",
        "dont **2** qui n’étaient rien d’autre qu’un merci",
        "Un million de serveurs comme celui-ci",
        "Les plus polis : Léo",
        "C’est le message qui coûte, pas le mot",
    ):
        assert part in short
    assert len([line for line in short.splitlines() if line]) <= 9
    details = await press(house, "leo", call, "Détails")
    assert details.ephemeral
    shown = said(details)
    for part in (
        "🥇 Léo · **2 formules de politesse**",
        "C’est le message qui coûte, pas le mot",
        "16 avril 2025",
        "Windows Central",
        "10 millions de dollars font 100 GWh, soit 290 milliards de messages de 0,34 Wh : environ 4 mois",
        "0,245 Wh",
        "67 %",
    ):
        assert part in shown


async def test_politeness_in_english_and_without_any(house: House) -> None:
    await put(house, [entry(house, "noah", channel="English Club/general")])
    call = await house.sandbox.command("noah", "English Club/general", "politeness", {"period": "month"})
    assert not [one for one in parts(call.message) if one["type"] == MEDIA_GALLERY]
    assert "No polite phrase in 1 message. Thrifty!" in said(call)
    shown = said(await press(house, "noah", call, "Details"))
    assert "tens of millions of dollars well spent--you never know" in shown
    assert "The most polite" not in shown


# The files


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


# What goes wrong


async def test_a_slow_database_is_told_in_private(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object) -> None:
        await asyncio.sleep(60)

    await put(house, [entry(house, "leo")])
    board = await house.sandbox.command("leo", "général", "leaderboard")
    monkeypatch.setattr("bot.usecases.ledger_reader.READ_TIMEOUT", 0.05)
    monkeypatch.setattr("bot.usecases.boards.days.first_day", never)
    for name in ("totals", "leaderboard", "politeness"):
        call = await house.sandbox.command("noah", "général", name)
        assert call.ephemeral
        assert call.message
        assert "The database isn’t answering" in call.message["content"]
    on_press = await press(house, "camille", board, "CSV")
    assert on_press.ephemeral
    assert on_press.message
    assert "La base de données ne répond pas" in on_press.message["content"]


async def test_a_broken_database_is_told_in_private(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise OperationalError("select", {}, Exception("disk I/O error"))

    monkeypatch.setattr("bot.usecases.boards.sums.totals", broken)
    call = await house.sandbox.command("leo", "général", "totals")
    assert call.ephemeral
    assert call.message
    assert "La base de données ne répond pas" in call.message["content"]


async def test_choices_have_french_names_and_the_catalogues_english_ones(house: House, catalogues: Catalogues) -> None:
    told = {one["name"]: one for one in house.sandbox.commands.all()}
    french, english = catalogues.translator("fr"), catalogues.translator("en")
    for name in ("totals", "leaderboard", "politeness"):
        assert told[name]["contexts"] == [0]
        assert told[name]["integration_types"] == [0]
        for option in told[name]["options"]:
            for choice in option["choices"]:
                key = f"choice.{option['name']}.{choice['value']}"
                assert choice["name"] == english(key)
                assert choice["name_localizations"] == {"fr": french(key)}
