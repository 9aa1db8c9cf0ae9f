"""`/totals` with the whole bot: its figures, its trend, its days."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from board_entries import QUESTION, THANKS, days_ago, entry, put
from boards import asked, described, details, said
from house import House
from shown import buttons

from bot.usecases.records.boards import Trend


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
