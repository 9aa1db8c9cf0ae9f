"""`/settings`: each setting, the page that shows them all, and the reset."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from house import House, StartBot

from bot.counting import timezones
from bot.errors import UserError
from bot.estimation.footprint import Request
from bot.ledger.entries import entry_of
from bot.ledger.periods import period
from bot.ledger.queries.totals import totals
from bot.ledger.records import WHOLE_SERVER, ChannelMode, Gap, ServerSettings
from bot.ledger.types import id_at
from bot.ledger.write.watermarks import add_gap
from sandbox import InteractionSession as Call

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def said(call: Call) -> str:
    assert call.message
    assert call.ephemeral
    embeds = call.message["embeds"]
    fields = [text for one in embeds for field in one.get("fields", []) for text in (field["name"], field["value"])]
    texts = [text for one in embeds for text in (one.get("title", ""), one.get("description", ""))]
    return "\n".join([call.message["content"], *texts, *fields]).replace("\u00a0", " ").replace("\u202f", " ")


async def run(house: House, command: str, user: str = "camille", at: str = "général", **options: Any) -> str:
    call = await house.sandbox.command(user, at, command, options, force=True)
    return said(await call.settled(timeout=15))


def guild_id(house: House, name: str = "Atelier IA") -> int:
    return house.sandbox.world.guild(name).id


def chosen(house: House) -> ServerSettings:
    return house.bot.ledger.preferences.settings(guild_id(house))


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Let another program hold the database's write lock."""
    path = house.settings.database.removeprefix("sqlite+aiosqlite:///")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def record(house: House, message_id: int, author_id: int) -> None:
    footprint = house.bot.estimates.estimator.estimate("Merci, explique la pluie.", Request())
    entry = entry_of(
        footprint,
        message_id=message_id,
        guild_id=guild_id(house),
        channel_id=house.sandbox.world.channel("prompts").id,
        author_id=author_id,
        local_day=NOW.date(),
    )
    assert house.bot.ledger.writer.record(entry)


@pytest.mark.parametrize("command", ["show", "model", "zone", "language", "timezone", "reset"])
async def test_only_those_who_manage_the_server_may(house: House, command: str) -> None:
    options = {} if command in ("show", "reset") else {command: "default"}
    assert "« Gérer le serveur »" in await run(house, f"settings {command}", "leo", **options)
    assert "“Manage Server”" in await run(house, f"settings {command}", "noah", **options)


async def test_outside_of_servers_it_says_so(house: House) -> None:
    for place in (await house.sandbox.dm("noah"), "Ailleurs/discussions"):
        user = "noah" if place != "Ailleurs/discussions" else "leo"
        call = await house.sandbox.command(user, place, "settings show", force=True)
        assert ("in a server that I’m a member of" if user == "noah" else "dans un serveur où je suis") in said(call)


async def test_the_page_of_a_server_that_chose_nothing(house: House) -> None:
    page = await run(house, "settings show")
    for part in (
        "GPT-4o** · par défaut",
        "États-Unis** · celle du fournisseur",
        "celle du serveur (Communauté)",
        "UTC",
    ):
        assert part in page
    assert "Aucun." in page


async def test_each_setting_is_kept_shown_and_taken_back(house: House, start_bot: StartBot) -> None:
    assert "Claude Opus 5" in await run(house, "settings model", model="anthropic/claude-opus-5")
    assert "France" in await run(house, "settings zone", zone="france")
    assert "anglais" in await run(house, "settings language", language="en")
    assert "America/Toronto" in await run(house, "settings timezone", timezone="montreal")
    house.bot = await start_bot()
    settings = chosen(house)
    assert (settings.model, settings.zone) == ("anthropic/claude-opus-5", "FRA")
    assert (settings.language, settings.timezone) == ("en", "America/Toronto")
    page = await run(house, "settings show")
    assert page.count("choix du serveur") == 4
    assert "par défaut (GPT-4o)" in await run(house, "settings model", model="default")
    assert "celle du fournisseur" in await run(house, "settings zone", zone="Défaut")
    assert "automatique" in await run(house, "settings language", language="auto")
    assert "par défaut (UTC)" in await run(house, "settings timezone", timezone="default")
    assert replace(chosen(house), joined_at=None) == ServerSettings(guild_id(house))


async def test_a_models_vocabulary_is_there_before_messages_are(house: House) -> None:
    tokenizers = house.bot.estimates.estimator.tokenizers
    tokenizers._loaded.pop("cl100k_base", None)
    await run(house, "settings model", model="openai/gpt-4")
    assert tokenizers.is_ready("cl100k_base")


async def test_what_is_unknown_is_refused(house: House) -> None:
    assert "Modèle inconnu" in await run(house, "settings model", model="openai/gpt-99")
    assert "Zone inconnue" in await run(house, "settings zone", zone="Atlantide")
    assert "Langue inconnue" in await run(house, "settings language", language="klingon")
    sentence = await run(house, "settings timezone", timezone="Europe/Pariss")
    assert "Fuseau inconnu" in sentence
    assert "Europe/Paris ?" in sentence
    for name in ("../../etc/passwd", "Europe", "/etc/localtime", ""):
        with pytest.raises(UserError, match=r"error\.(unknown|no_such)_timezone"):
            timezones.find(name)
    assert replace(chosen(house), joined_at=None) == ServerSettings(guild_id(house))


async def test_completion(house: House) -> None:
    async def offered(option: str, value: str, locale: str = "fr") -> list[dict[str, Any]]:
        return await house.sandbox.autocomplete(
            "camille", "général", f"settings {option}", focused=option, value=value, locale=locale
        )

    for option, default in (("model", "GPT-4o"), ("zone", "celle du fournisseur"), ("timezone", "UTC")):
        first = (await offered(option, ""))[0]
        assert (first["name"], first["value"]) == (f"par défaut ({default})", "default")
        assert len(await offered(option, "")) == 25
    assert (await offered("timezone", "paris"))[0]["value"] == "Europe/Paris"
    assert (await offered("timezone", ""))[1]["value"] == "Europe/Paris"
    assert (await offered("timezone", "", "en-US"))[1]["value"] == "UTC"
    assert (await offered("timezone", "new york", "en-US"))[0]["value"] == "America/New_York"
    assert (await offered("zone", "suede"))[0]["value"] == "SWE"
    assert (await offered("model", "opus 5"))[0]["value"] == "anthropic/claude-opus-5"


async def test_a_model_that_left_the_list_is_shown_as_replaced(house: House) -> None:
    writer = house.bot.ledger.writer
    await house.bot.ledger.preferences.set_server(writer, guild_id(house), model="openai/gone-1", zone="XXX")
    page = await run(house, "settings show")
    assert "`openai/gone-1`, a quitté la liste" in page
    assert "`XXX`, a quitté les données" in page
    assert "GPT-4o** · par défaut" in page


async def test_the_page_shows_channels_gaps_and_what_is_missing(house: House) -> None:
    world = house.sandbox.world
    whole = ChannelMode(guild_id(house), WHOLE_SERVER, "silent", id_at(NOW), NOW, min_tokens=12)
    await run(house, "annotate", mode="silent")  # the language of whoever first turned something on
    await house.bot.ledger.preferences.set_channel(house.bot.ledger.writer, whole)
    await run(house, "annotate", mode="off", channel=str(world.channel("prof").id))
    world.deny("prompts", "read_message_history")
    prompts = world.channel("prompts").id
    gap = Gap(prompts, guild_id(house), id_at(NOW), id_at(NOW + timedelta(hours=2)), NOW)
    await house.bot.ledger.writer.run(partial(add_gap, gap=gap))
    page = (await run(house, "settings show")).replace("\u202f", " ")
    seconds = int(NOW.timestamp())
    for part in (
        "tout le serveur : silencieux, depuis <t:",
        f"<#{world.channel('prof').id}> : arrêté",
        f"<#{prompts}> : de <t:{seconds}> à <t:{seconds + 7200}>",
        "**Voir les anciens messages**",
        "français** · celle de l’admin",
        "Europe/Paris** · suit la langue",
    ):
        assert part in page
    assert "Rien ne me manque" not in page
    assert "annoté dès" not in page  # nothing is annotated in silence
    await run(house, "annotate", mode="reply", channel=str(prompts))
    assert f"<#{prompts}> : réponse, depuis" in (page := await run(house, "settings show"))
    assert "annoté dès 12 jetons" in page
    world.allow("prompts", "read_message_history")
    assert "Rien ne me manque" in await run(house, "settings show")


async def test_a_channel_deleted_while_away_is_shown_as_such_once_and_forgotten(house: House) -> None:
    preferences, gone = house.bot.ledger.preferences, id_at(NOW)
    row = ChannelMode(guild_id(house), gone, "silent", gone, NOW)
    await preferences.set_channel(house.bot.ledger.writer, row)
    assert f"salon supprimé ({gone})" in await run(house, "settings show")
    assert preferences.mode_of(guild_id(house), gone) is None
    assert str(gone) not in await run(house, "settings show")


async def test_a_channel_out_of_sight_is_kept(house: House) -> None:
    world = house.sandbox.world
    await run(house, "annotate", mode="silent", channel=str(world.channel("prof").id))
    guild = house.bot.get_guild(guild_id(house))
    assert guild
    guild._remove_channel(guild.get_channel(world.channel("prof").id))  # pyright: ignore[reportArgumentType]
    world.deny("prof", "view_channel")
    assert f"<#{world.channel('prof').id}>" in await run(house, "settings show")
    assert house.bot.ledger.preferences.mode_of(guild_id(house), world.channel("prof").id)


async def test_reset_asks_and_deletes_everything(house: House, start_bot: StartBot) -> None:
    await run(house, "annotate", mode="silent")
    await run(house, "settings model", model="openai/gpt-4o-mini")
    record(house, id_at(NOW), 42)
    await house.bot.ledger.writer.flush()
    everything = period("all", date(2026, 11, 23))
    assert (await totals(house.bot.ledger.engine, guild_id(house), everything)).messages == 1
    question = await house.sandbox.command("camille", "général", "settings reset")
    assert "Tout effacer de ce serveur ?" in said(question)
    house.bot = await start_bot()
    assert question.message
    await house.sandbox.press("camille", question.message, label="Tout effacer")
    async with asyncio.timeout(60):
        while "je ne garde plus rien" not in question.message["content"]:
            await asyncio.sleep(0.01)
    assert not question.message.get("components")
    assert (await totals(house.bot.ledger.engine, guild_id(house), everything)).messages == 0
    assert guild_id(house) not in house.bot.ledger.preferences.guilds_with_settings()
    house.bot = await start_bot()
    assert guild_id(house) not in house.bot.ledger.preferences.guilds_with_settings()


async def test_reset_is_for_that_admin_while_they_are_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    world = house.sandbox.world
    role = world.add_role("Atelier IA", "équipe", "manage_guild")
    member = world.guild("Atelier IA").members[world.user("leo").id]
    member.roles.append(role.id)
    await run(house, "annotate", mode="silent")
    question = await house.sandbox.command("leo", "général", "settings reset")
    assert question.message
    other = await house.sandbox.press("camille", question.message, label="Tout effacer", force=True)
    assert "à quelqu’un d’autre" in said(other)
    member.roles.remove(role.id)
    assert "Gérer le serveur" in said(await house.sandbox.press("leo", question.message, label="Tout effacer"))
    member.roles.append(role.id)
    monkeypatch.setattr("bot.client.confirmations.CONFIRMATION_TIMEOUT", timedelta(0))
    assert "expiré" in said(await house.sandbox.press("leo", question.message, label="Tout effacer"))
    assert house.bot.ledger.preferences.modes(guild_id(house))


async def test_a_locked_database_is_a_clear_sentence(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.bot.ledger.writer, "_patience", 0.2)
    with locked(house):
        assert "base de données ne répond pas" in await run(house, "settings language", language="en")
        assert "base de données ne répond pas" in await run(house, "annotate", mode="silent")
    assert chosen(house).language is None
    assert Path(house.settings.database.removeprefix("sqlite+aiosqlite:///")).is_file()


async def test_a_late_interaction_is_quiet(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.sandbox.faults.add(method="POST", path=r".*/callback", status=404, code=10062)
    call = await house.sandbox.command("camille", "général", "settings show", wait=False)
    await call.signal.until(lambda: "interaction too late" in caplog.text or call.failed is not None, 60)
    assert not [one for one in caplog.records if one.levelname == "ERROR"]
