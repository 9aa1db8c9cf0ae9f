"""`/politeness` with the whole bot."""

from board_entries import THANKS, entry, put
from boards import described, press, said
from house import House
from shown import MEDIA_GALLERY, parts


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
