"""Boards of a server without messages, and with a database that doesn't answer; their choices in both languages."""

import asyncio

import pytest
from board_entries import entry, put
from boards import press, said
from house import House
from shown import buttons
from sqlalchemy.exc import OperationalError

from bot.presentation.translator import Catalogues


async def test_an_empty_server_says_how_to_begin(house: House) -> None:
    for name in ("totals", "leaderboard", "politeness"):
        call = await house.sandbox.command("leo", "général", name)
        assert not call.ephemeral
        assert "Rien n’est encore compté" in said(call)
        assert "/annoter" in said(call)
        assert not buttons(call.message)
    call = await house.sandbox.command("noah", "English Club/general", "totals")
    assert "Nothing has been counted in this server yet." in said(call)


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
