"""Boards whose picture can't be had say the same in words."""

import pytest
from boards import crowd, described, press, said
from house import House
from shown import MEDIA_GALLERY, buttons, parts


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
