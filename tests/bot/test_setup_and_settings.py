"""What `/setup` says of a channel where the bot may not write, and what `/settings show` says afterwards."""

import pytest
from house import House
from test_setup import PLACE, PROMPTS, chosen, mode, opened, said, sent

from bot.ledger.records import REPLY

FILLED = {"model": "claude opus 5", "zone": ["FRA"], "language": "fr", "mode": REPLY, "recap": ["4"]}


@pytest.mark.parametrize(
    ("permission", "missing"),
    [
        ("send_messages", "Envoyer des messages, Joindre des fichiers"),
        ("view_channel", "Voir le salon, Envoyer des messages, Joindre des fichiers"),
    ],
)
async def test_a_channel_where_the_bot_may_not_write_is_named_with_what_is_missing(
    house: House, permission: str, missing: str
) -> None:
    house.sandbox.world.deny("prompts", permission)
    place = str(house.sandbox.world.channel(PROMPTS).id)
    text = said(await sent(house, await opened(house, channel=place), **FILLED))
    assert f"Il me manque là-bas : **{missing}**" in text
    assert f"**{missing.split(', ', maxsplit=1)[0]}**" in text.split("Il me manque\n")[1], "for the annotations"


async def test_settings_show_says_what_the_form_said(house: House) -> None:
    form = said(await sent(house, await opened(house), **FILLED))
    shown = said(await house.sandbox.command("camille", PLACE, "settings show", {}))
    for part in ("Claude Opus 5", "France", "français", "vendredi à 9", "réponse"):
        assert part in form
        assert part in shown
    assert (chosen(house).recap_weekday, mode(house)) == (4, REPLY)
