"""The easiest mistake isn't the worst: this channel first, *Undo*, and notices that say when they ended."""

from datetime import UTC, datetime, timedelta

import pytest
from annotated import QUESTION, by_the_bot, flat, turn_on, until
from board_entries import guild_of
from counted import settle
from house import House, StartBot
from sqlalchemy import select
from test_annotate import annotate, mode_of, notices, place, said, whole_server

from bot.ledger.queries.totals import totals
from bot.ledger.records import WHOLE_SERVER, StoredNotice
from bot.ledger.schema import daily, entries
from bot.usecases.usecases import EVERYTHING
from sandbox import InteractionSession as Call


async def press(house: House, call: Call, label: str, user: str = "camille") -> Call:
    assert call.message
    pressed = await house.sandbox.press(user, call.message, label=label)
    return await pressed.settled()


def labels(call: Call) -> list[str]:
    assert call.message
    return [one["label"] for row in call.message["components"] for one in row["components"]]


async def count(house: House, channel: str, texts: int = 1) -> None:
    seen = house.bot.counting.events.seen + texts
    for number in range(texts):
        await house.sandbox.post_message("leo", channel, f"{QUESTION} ({number})")
    await until(lambda: house.bot.counting.events.seen >= seen)
    await settle(house)  # the bot's own answers are seen too


async def counted(house: House) -> int:
    return (await totals(house.bot.ledger.engine, guild_of(house), EVERYTHING)).messages


async def test_without_a_channel_it_is_the_one_that_one_is_in(house: House) -> None:
    call = await annotate(house, "silent", at="prompts")
    assert f"<#{place(house, 'prompts').id}>" in said(call)
    assert mode_of(house, "prompts")
    assert mode_of(house, "général") is None
    assert labels(call) == ["Annuler", "Tout le serveur"]


async def test_in_a_thread_it_is_the_threads_channel(house: House) -> None:
    await annotate(house, "silent", at="Réponses courtes ou longues ?")
    assert mode_of(house, "prompts")
    assert mode_of(house, "général") is None


async def test_a_thread_is_offered_its_channel(house: House) -> None:
    call = await annotate(house, "silent", "Réponses courtes ou longues ?")
    assert "suit les réglages de son salon" in said(call)
    assert labels(call) == ["Dans #prompts"]
    assert mode_of(house, "prompts") is None
    done = await press(house, call, "Dans #prompts")
    assert "Comptage en marche" in said(done)
    assert mode_of(house, "prompts")


async def test_the_whole_server_is_a_second_step(house: House) -> None:
    call = await whole_server(house, "silent")
    assert "tout le serveur" in said(call)
    assert mode_of(house, "prof")
    rows = house.bot.ledger.preferences.modes(guild_of(house))
    assert [row.channel_id for row in rows] == [WHOLE_SERVER]
    assert labels(call) == ["Annuler"]


async def test_undo_stops_and_takes_back_what_was_counted(house: House) -> None:
    before = await annotate(house, "silent", "prof")
    await count(house, "prof")
    call = await annotate(house, "silent", "prompts")
    await count(house, "prompts", 3)
    await count(house, "Réponses courtes ou longues ?")
    assert await counted(house) == 5
    undone = await press(house, call, "Annuler")
    assert "4 messages" in said(undone)
    assert await counted(house) == 1
    async with house.bot.ledger.engine.connect() as connection:
        assert len((await connection.execute(select(entries))).all()) == 1
        assert len((await connection.execute(select(daily))).all()) == 1
    assert mode_of(house, "prompts") is None
    assert mode_of(house, "prof")
    await count(house, "prompts")
    assert await counted(house) == 1
    again = await press(house, call, "Annuler")
    assert "plus rien à annuler" in said(again)
    assert "Annuler" in labels(before)


async def test_undoing_the_whole_server_leaves_what_was_counted_apart(house: House) -> None:
    await annotate(house, "reply", "prof")
    call = await whole_server(house, "silent")
    await count(house, "prof")
    await count(house, "général", 2)
    assert "2 messages" in said(await press(house, call, "Annuler"))
    assert await counted(house) == 1
    assert mode_of(house, "prof")
    assert mode_of(house, "général") is None


async def test_undo_brings_an_exclusion_back(house: House) -> None:
    await whole_server(house, "silent")
    await annotate(house, "off", "prof")
    call = await annotate(house, "silent", "prof")
    await press(house, call, "Annuler")
    assert mode_of(house, "prof") is None


async def test_undo_is_for_a_while_and_for_admins(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    call = await annotate(house, "silent", "prompts")
    assert call.message
    refused = await house.sandbox.press("leo", call.message, label="Annuler", force=True)
    assert "« Gérer le serveur »" in said(await refused.settled())
    refused = await house.sandbox.press("leo", call.message, label="Tout le serveur", force=True)
    assert "« Gérer le serveur »" in said(await refused.settled())
    monkeypatch.setattr("bot.usecases.annotate.UNDO_TIMEOUT", timedelta(0))
    assert "Plus d’une heure" in flat(said(await press(house, call, "Annuler")))
    assert mode_of(house, "prompts")


async def test_the_server_off_keeps_exclusions_and_lists_what_it_dropped(house: House) -> None:
    await annotate(house, "off", "prof")
    await annotate(house, "silent", "prompts")
    await whole_server(house, "digest")
    off = await whole_server(house, "off")
    assert f"<#{place(house, 'prompts').id}> (silencieux)" in said(off)
    guild_id = guild_of(house)
    kept = {row.channel_id: row.mode for row in house.bot.ledger.preferences.modes(guild_id)}
    assert kept[place(house, "prof").id] == "off"
    assert place(house, "prompts").id not in kept
    await whole_server(house, "silent")
    assert mode_of(house, "prof") is None
    assert mode_of(house, "prompts")


async def test_a_notice_that_no_longer_holds_says_since_when(house: House, start_bot: StartBot) -> None:
    call = await annotate(house, "reply", "prompts")
    assert "À partir de maintenant" in notices(house, "prompts")[0]["content"]
    house.bot = await start_bot()  # it remembers which messages those are
    await annotate(house, "off", "prompts")
    await until(lambda: "arrêté depuis" in notices(house, "prompts")[0]["content"])
    told = notices(house, "prompts")[0]
    assert f"<t:{int(datetime.now(UTC).timestamp())}"[:8] in told["content"]
    assert not told["components"]
    await annotate(house, "silent", "prompts")
    await press(house, await annotate(house, "silent", "prof"), "Annuler")
    await until(lambda: "arrêté depuis" in notices(house, "prof")[0]["content"])
    assert len(notices(house, "prompts")) == 2
    assert call.message


async def test_a_channel_is_told_before_its_first_annotation_whoever_was_told_elsewhere(house: House) -> None:
    await whole_server(house, "reply")
    await house.sandbox.post_message("leo", "prompts", QUESTION)
    await until(lambda: len(by_the_bot(house, "prompts")) == 2)
    told, line = by_the_bot(house, "prompts")
    assert "Les messages de ce salon sont comptés, et annotés" in told["content"]
    assert "Réponse de GPT-4o" in line["content"]
    assert [one["label"] for one in told["components"][0]["components"]] == [
        "Ne plus me compter",
        "Ne plus afficher sous mes messages",
    ]
    await house.sandbox.post_message("ines", "prompts", QUESTION)
    await until(lambda: len(by_the_bot(house, "prompts")) == 3)
    assert sum("Les messages de ce salon" in one["content"] for one in by_the_bot(house, "prompts")) == 1
    await whole_server(house, "off")
    await until(lambda: "arrêté depuis" in by_the_bot(house, "prompts")[0]["content"])


async def test_what_a_channel_was_told_outlives_a_restart(house: House, start_bot: StartBot) -> None:
    row = await turn_on(house, "reply")
    house.bot = await start_bot()
    assert house.bot.ledger.preferences.told.is_told(row.guild_id, row.channel_id)
    assert not house.bot.ledger.preferences.told.is_told(row.guild_id, place(house, "prompts").id)
    stored = StoredNotice(row.guild_id, place(house, "prompts").id, WHOLE_SERVER, 5, shows=True)
    await house.bot.ledger.preferences.told.keep(house.bot.ledger.writer, stored)
    assert house.bot.ledger.preferences.told.is_told(row.guild_id, place(house, "prompts").id)


async def test_left_alone_in_one_tap_under_the_notice(house: House) -> None:
    await annotate(house, "reply", "prompts")
    told = notices(house, "prompts")[0]
    leo = house.sandbox.world.user("leo").id
    out = await house.sandbox.press("leo", told, label="Ne plus me compter")
    await out.settled()
    assert out.ephemeral
    assert out.message and "les classements ne vous montrent plus" in out.message["content"]
    assert house.bot.ledger.preferences.opted_out(leo)
    assert labels(out) == ["Revenir", "Effacer mes données…"]
    await count(house, "prompts", 2)
    assert await counted(house) == 0
    back = await press(house, out, "Revenir", "leo")
    assert back.message and "de nouveau comptés" in back.message["content"]
    assert not house.bot.ledger.preferences.opted_out(leo)


async def test_privacy_shows_the_choices_that_make_sense(house: House) -> None:
    call = await house.sandbox.command("leo", "général", "privacy show")
    await call.settled()
    assert labels(call) == ["Ne plus me compter", "Ne plus afficher sous mes messages"]
    await press(house, call, "Ne plus me compter", "leo")
    out = await house.sandbox.command("leo", "général", "privacy show")
    await out.settled()
    assert labels(out) == ["Revenir"]
    assert "Les classements ne vous montrent plus" in said(out)
    english = await house.sandbox.command("noah", "général", "privacy show")
    await english.settled()
    assert labels(english) == ["Stop counting me", "Show nothing under my messages"]
