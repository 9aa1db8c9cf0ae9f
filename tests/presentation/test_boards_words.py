"""Boards in words, in both languages: numbers, dates, money, files."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.estimation.ranges import Range
from bot.ledger.records import CourtesyTotals, Gap, Standing, Totals
from bot.ledger.types import id_at
from bot.presentation import days, gaps, given_names, leaderboard, spreadsheet, totals
from bot.presentation.money import dollars
from bot.presentation.translator import Catalogues, Translator
from bot.usecases.records.boards import Days, Others, Page, Summary, Trend

WEEK = Days("week", date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 3))
TOTALS = Totals(
    messages=1234,
    prompt_tokens=1,
    answer_tokens=Range(100, 200, 400),
    energy_wh=Range(400, 1234, 3000),
    gwp_g=Range(100, 490, 1500),
    water_ml=Range(1000, 3900, 9000),
    with_water=1200,
    cost_usd=2.614,
    with_cost=1234,
    members=1,
    channels=2,
    courtesy=CourtesyTotals(1, 1, 1, 0.5, 0.1, None),
)
SUMMARY = Summary(WEEK, TOTALS, trend=Trend(0.12))


@pytest.fixture
def french(catalogues: Catalogues) -> Translator:
    return catalogues.translator("fr")


@pytest.fixture
def english(catalogues: Catalogues) -> Translator:
    return catalogues.translator("en")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")


def test_totals_in_both_languages(french: Translator, english: Translator) -> None:
    shown = plain("\n".join(totals.lines(SUMMARY, french)))
    for part in (
        "23–29 novembre 2026",
        "**1 234 messages** · 1 personne · 2 salons",
        "⚡ **1,2 kWh** (0,4 – 3)",
        "💧 **3,9 L** d’eau (1 – 9) (pour 1 200 messages sur 1 234)",
        "1 jeton lu → environ **200** écrits (100 – 400)",
        "💵 environ 2,61 $ au tarif public",
        "🙏 1 message poli : 0,5 Wh",
        "**+12 %** d’énergie par rapport aux mêmes jours de la semaine précédente",
    ):
        assert part in shown
    assert "≈" not in shown
    shown = plain("\n".join(totals.lines(SUMMARY, english)))
    for part in ("23–29 November 2026", "**1,234 messages**", "$2.61", "**+12%** energy compared with the same days"):
        assert part in shown


@pytest.mark.parametrize(
    ("trend", "t"),
    [
        (Trend(0.0049), "la **même** énergie"),
        (Trend(0.006), "📈 **+1 %**"),
        (Trend(-1.0), "📉 **−100 %**"),
        (Trend(1.99), "**+199 %**"),
        (Trend(2.0), "**3 fois plus** d’énergie qu’aux mêmes jours du mois précédent"),
        (Trend(11.3), "**12 fois plus**"),
        (Trend(None), "pas de comparaison : rien n’était compté aux mêmes jours du mois précédent"),
        (Trend(0.5, date(2026, 10, 3)), "**+50 %** d’énergie par rapport aux mêmes jours du mois précédent (comptés"),
    ],
)
def test_trends(french: Translator, trend: Trend, t: str) -> None:
    assert t in plain(totals.trend(trend, "month", french))


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (0, "0 $", "$0"),
        (0.00321, "0,0032 $", "$0.0032"),
        (0.1, "0,10 $", "$0.10"),
        (12.346, "12,35 $", "$12.35"),
        (12345.6, "12 300 $", "$12,300"),
    ],
)
def test_money(french: Translator, english: Translator, value: float, fr: str, en: str) -> None:
    assert (plain(dollars(value, french)), plain(dollars(value, english))) == (fr, en)


def test_periods(french: Translator) -> None:
    assert plain(days.dated(WEEK, french)) == "23–29 novembre 2026"
    began = replace(WEEK, since=date(2026, 11, 24))
    assert plain(days.dated(began, french)) == "23–29 novembre 2026 · compté depuis le 24 novembre 2026"
    assert days.dated(replace(began, name="all"), french) == "compté depuis le 24 novembre 2026"
    year = Days("week", date(2026, 12, 28), date(2027, 1, 4), None)
    assert plain(days.dated(year, french)) == "28 décembre 2026 – 3 janvier 2027"


def test_a_board_in_the_terminal(english: Translator) -> None:
    rows = [Standing(1, 7, 1234.0, 2), Standing(2, 8, 3.0, 1)]
    page = Page(WEEK, "members", "energy", 1, 1, rows, None)
    assert [plain(line) for line in leaderboard.lines(page, str, english)] == [
        "🥇 7 · **1.2 kWh** · 2 messages",
        "🥈 8 · **3 Wh** · 1 message",
    ]
    assert plain(leaderboard.footer(page, english)) == "23–29 November 2026 · an estimate, not a measurement"
    assert "estimate" not in leaderboard.footer(replace(page, metric="messages"), english)


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(french: Translator, text: str) -> None:
    assert spreadsheet.table(["a"], [[text]], french).decode("utf-8-sig").splitlines()[1].strip('"').startswith("'")


def test_cells(french: Translator, english: Translator) -> None:
    rows = [["a;b", 1.5, None, 1234567, 1e-7, 'say "hi"']]
    assert spreadsheet.table(["x"], rows, french) == '\ufeffx\r\n"a;b";1,5;;1234567;0;"say ""hi"""\r\n'.encode()
    assert spreadsheet.table(["x"], rows, english) == '\ufeffx\r\na;b,1.5,,1234567,0,"say ""hi"""\r\n'.encode()


def test_gaps(english: Translator) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    one = Gap(50, 1, id_at(now), id_at(now + timedelta(hours=1)), now)
    assert gaps.lines([], english) == []
    assert gaps.lines([one], english)[1] == "· <#50>, from <t:1795392000:f> to <t:1795395600:f>"
    assert gaps.lines([one] * 6, english)[-1] == "… and 1 more stretch"


def test_names_on_boards_are_defused_and_lead_to_channels(french: Translator) -> None:
    names = {1: "**Léo** \u202e[x](https://evil)", 2: None, 3: " \u200b ", 4: "x" * 200}
    members = leaderboard.named("members", 9, names, french)
    assert members(1) == r"\*\*Léo\*\* \[x\](https\://evil)"
    assert members(2) == "*quelqu’un qui est parti*"
    assert members(3) == "<@3>"
    assert members(4) == "x" * given_names.MAX_NAME
    assert members(5) == "<@5>"
    channels = leaderboard.named("channels", 9, {1: "un_[salon]"}, french)
    assert channels(1) == r"[#un\_\[salon\]](https://discord.com/channels/9/1)"
    assert channels(5) == "<#5>"


def test_what_not_every_reader_may_see_is_one_line(english: Translator, french: Translator) -> None:
    page = Page(WEEK, "channels", "energy", 1, 1, [Standing(1, 7, 3.0, 1)], others=Others(2, 5.0, 4))
    assert plain(leaderboard.lines(page, str, english)[-1]) == "🔒 2 other channels · **5 Wh** · 4 messages"
    nothing_else = replace(page, rows=[], others=Others(1, 5.0, 4))
    assert plain(leaderboard.lines(nothing_else, str, french)[0]) == "🔒 1 autre salon · **5 Wh** · 4 messages"
    text = spreadsheet.board(page, {7: "général"}, french).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["1;<#7>;général;3;1", ";;🔒 2 autres salons;5;4"]
