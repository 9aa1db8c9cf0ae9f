"""What people see of a message is what is estimated: counted, annotated, and read from the menu."""

import pytest
from house import House
from sqlalchemy import select
from test_what_counts import GENERAL, count_in, ids, settle

from bot.ledger.schema import entries
from sandbox import InteractionSession


def said(call: InteractionSession) -> str:
    """Return all that an answer says."""
    assert call.message is not None
    embeds = call.message["embeds"]
    return "\n".join(
        [
            call.message["content"],
            *(text for one in embeds for text in (one.get("title", ""), one.get("description", ""))),
        ]
    )


async def tokens(house: House) -> list[int]:
    """Return the prompt tokens of each entry, in the order of the messages."""
    await settle(house)
    async with house.bot.ledger.engine.connect() as connection:
        query = select(entries.c.prompt_tokens).order_by(entries.c.message_id)
        return list(await connection.scalars(query))


async def test_markup_counts_as_the_words_that_people_read(house: House) -> None:
    await count_in(house)
    leo, general = house.sandbox.world.user("leo"), house.sandbox.world.channel(GENERAL)
    for text in ("ok", f"<@{leo.id}> ok", f"<#{general.id}> ok", f"<:bravo:{leo.id}>", "<t:1700000000:R>"):
        await house.sandbox.post_message("ines", GENERAL, text)
    plain, mention, channel, emoji, time = await tokens(house)
    assert plain == 1
    assert mention <= 5
    assert channel <= 6
    assert emoji <= 5
    assert time <= 7


async def test_what_cannot_be_seen_takes_nothing_and_alone_does_not_count(house: House) -> None:
    await count_in(house)
    for text in ("ok" + "\u200d" * 1900, "\u200b\u2060", "\u3164" * 10, "\u2800", "\u202e\u202c"):
        await house.sandbox.post_message("ines", GENERAL, text)
    assert await tokens(house) == [1]


async def test_live_forwards_polls_and_stickers_do_not_count(house: House) -> None:
    await count_in(house)
    original = await house.sandbox.post_message("leo", "prompts", "Explique la photosynthèse.")
    await house.sandbox.forward("ines", GENERAL, original)
    await house.sandbox.poll("leo", GENERAL, "Quel modèle ?", ["petit", "grand"])
    await house.sandbox.voice("leo", GENERAL, 3.0)
    await settle(house)
    assert await ids(house.bot.ledger) == {int(original["id"])}


async def test_the_menu_reads_a_forward(house: House) -> None:
    original = await house.sandbox.post_message("leo", "prompts", "Merci beaucoup, bonne soirée !")
    forward = await house.sandbox.forward("ines", GENERAL, original)
    call = await house.sandbox.context_menu("ines", GENERAL, "Empreinte", forward)
    assert "Rien que de la politesse" in said(call)


async def test_the_menu_reads_a_poll_an_embed_and_a_layout(house: House) -> None:
    sandbox = house.sandbox
    poll = await sandbox.poll("leo", GENERAL, "Quel modèle choisir pour demain ?", ["un petit", "un grand"])
    other = sandbox.world.add_user("other", "Autre")
    other.bot = True
    sandbox.world.add_member("Atelier IA", other)
    embed = await sandbox.post(other, GENERAL, {"embeds": [{"title": "Bilan", "description": "Tout va bien ici."}]})
    layout = {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 10, "content": "dans une boîte"}]}]}
    boxed = await sandbox.post(other, GENERAL, layout)
    for message in (poll, embed, boxed):
        call = await sandbox.context_menu("ines", GENERAL, "Empreinte", message)
        assert "jetons lus" in said(call), said(call)


@pytest.mark.parametrize(("user", "sentence"), [("ines", "ne sont pas estimés"), ("noah", "aren’t estimated")])
async def test_the_menu_says_what_is_not_estimated(house: House, user: str, sentence: str) -> None:
    for message in (
        await house.sandbox.voice("leo", GENERAL, 4.5),
        await house.sandbox.sticker("leo", GENERAL, "Coucou"),
    ):
        call = await house.sandbox.context_menu(user, GENERAL, "Empreinte", message)
        assert call.message is not None
        assert sentence in call.message["content"]


async def test_a_blank_message_has_nothing_to_read(house: House) -> None:
    blank = await house.sandbox.post_message("leo", GENERAL, "\u200b\u2060")
    call = await house.sandbox.context_menu("ines", GENERAL, "Empreinte", blank)
    assert call.message is not None
    assert "rien à lire" in call.message["content"]
