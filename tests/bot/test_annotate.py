"""`/annotate`: who may, where counting begins, and who is told."""

import asyncio
from typing import Any

from house import House, StartBot

from bot.ledger.records import ChannelMode
from sandbox import InteractionSession as Call
from sandbox.state.models import CATEGORY, Channel, Json

FORUM = 15


def said(call: Call) -> str:
    assert call.message
    assert call.ephemeral
    embeds = call.message["embeds"]
    fields = [text for one in embeds for field in one.get("fields", []) for text in (field["name"], field["value"])]
    texts = [text for one in embeds for text in (one.get("title", ""), one.get("description", ""))]
    return "\n".join([call.message["content"], *texts, *fields]).replace("\u00a0", " ").replace("\u202f", " ")


async def annotate(
    house: House, mode: str, channel: str | None = None, *, user: str = "camille", at: str = "général", **more: Any
) -> Call:
    options = {"mode": mode, **more}
    force = more.pop("force", False)
    if channel is not None:
        options["channel"] = str(house.sandbox.world.channel(channel).id)
    options.pop("force", None)
    call = await house.sandbox.command(user, at, "annotate", options, force=force)
    return await call.settled()


async def whole_server(house: House, mode: str, *, at: str = "général", **more: Any) -> Call:
    """The second step: first the channel, then the button."""
    first = await annotate(house, mode, at=at, **more)
    assert first.message
    label = "Arrêter dans tout le serveur" if mode == "off" else "Tout le serveur"
    call = await house.sandbox.press("camille", first.message, label=label)
    return await call.settled()


def place(house: House, name: str) -> Channel:
    return house.sandbox.world.channel(name)


def mode_of(house: House, name: str) -> ChannelMode | None:
    one = place(house, name)
    assert one.guild_id
    return house.bot.ledger.preferences.mode_of(one.guild_id, one.id, one.parent_id)


def notices(house: House, name: str) -> list[Json]:
    mine = str(house.sandbox.world.bot.id)
    return [
        one.data for one in place(house, name).history if one.data["author"]["id"] == mine and one.ephemeral_for is None
    ]


async def test_only_those_who_manage_the_server_may(house: House) -> None:
    refused = await annotate(house, "silent", user="leo", force=True)
    assert "« Gérer le serveur »" in said(refused)
    refused = await annotate(house, "silent", user="noah", force=True)
    assert "“Manage Server”" in said(refused)
    assert mode_of(house, "général") is None


async def test_a_role_that_manages_the_server_will_do(house: House) -> None:
    world = house.sandbox.world
    role = world.add_role("Atelier IA", "équipe", "manage_guild")
    world.guild("Atelier IA").members[world.user("leo").id].roles.append(role.id)
    await annotate(house, "silent", "prof", user="leo")
    assert mode_of(house, "prof")


async def test_a_channel_is_counted_from_then_on_and_told_once(house: House) -> None:
    call = await annotate(house, "silent", "prompts")
    for part in ("Comptage en marche", f"<#{place(house, 'prompts').id}>", "Aucun texte n’est gardé", "Pour arrêter"):
        assert part in said(call)
    row = mode_of(house, "prompts")
    assert row
    assert (row.mode, row.since_id) == ("silent", int(call.id))
    assert mode_of(house, "Réponses courtes ou longues ?") == row
    assert mode_of(house, "général") is None
    told = notices(house, "prompts")
    assert len(told) == 1
    assert row.notice_id == int(told[0]["id"])
    for part in ("je compte les messages de ce salon", "Jamais le texte", "/privacy optout"):
        assert part in told[0]["content"]
    again = await annotate(house, "silent", "prompts", min_tokens=12)
    assert "toujours en marche" in said(again)
    assert "Sous 12 jetons" in said(again)
    changed = mode_of(house, "prompts")
    assert changed
    assert (changed.since_id, changed.min_tokens, changed.notice_id) == (row.since_id, 12, row.notice_id)
    assert len(notices(house, "prompts")) == 1


async def test_off_and_on_again_starts_anew(house: House) -> None:
    await annotate(house, "silent", "prompts", min_tokens=12)
    off = await annotate(house, "off", "prompts")
    assert "Comptage arrêté" in said(off)
    assert "reste du serveur" not in said(off)
    assert mode_of(house, "prompts") is None
    on = await annotate(house, "silent", "prompts")
    row = mode_of(house, "prompts")
    assert row
    assert (row.since_id, row.min_tokens) == (int(on.id), None)
    assert len(notices(house, "prompts")) == 2


async def test_in_english(house: House) -> None:
    call = await annotate(house, "silent", user="camille", at="English Club/general", channel="English Club/prompts")
    assert "Comptage en marche" in said(call)
    # the language of the admin who turned it on, before the Community server's
    assert "je compte" in notices(house, "English Club/prompts")[0]["content"]
    world = house.sandbox.world
    role = world.add_role("English Club", "team", "manage_guild")
    world.guild("English Club").members[world.user("emma").id].roles.append(role.id)
    call = await annotate(house, "off", user="emma", at="English Club/general")
    assert "Counting has stopped" in said(call)


async def test_the_notice_speaks_the_servers_language(house: House) -> None:
    guild = house.sandbox.world.guild("English Club")
    await house.bot.ledger.preferences.set_server(house.bot.ledger.writer, guild.id, language="en")
    await annotate(house, "silent", at="English Club/general", channel="English Club/prompts")
    told = notices(house, "English Club/prompts")[0]["content"]
    for part in ("From now on, I count the messages of this channel", "Never the text", "`/privacy optout`"):
        assert part in told


async def test_the_whole_server_with_its_new_channels_but_not_those_set_apart(house: House) -> None:
    await annotate(house, "off", "prof")
    call = await whole_server(house, "silent")
    assert "nouveaux salons compris" in said(call)
    assert f"<#{place(house, 'prof').id}> (arrêté)" in said(call)
    later = house.sandbox.world.add_channel("Atelier IA", "nouveau")
    assert mode_of(house, "nouveau")
    assert house.bot.ledger.preferences.settings(later.guild_id or 0).first_locale == "fr"
    assert mode_of(house, "prof") is None
    assert "tout le serveur" in notices(house, "général")[1]["content"]
    # counted already: neither a new start nor a second notice
    one = await annotate(house, "silent", "prompts")
    assert "toujours en marche" in said(one)
    assert not notices(house, "prompts")
    off = await annotate(house, "off", "prompts")
    assert "reste du serveur est toujours compté" in said(off)


async def test_the_whole_server_off_means_everything(house: House) -> None:
    await annotate(house, "silent", "prompts")
    await whole_server(house, "silent")
    await whole_server(house, "off")
    assert mode_of(house, "prompts") is None
    assert mode_of(house, "général") is None


async def test_missing_permissions_are_named_channel_by_channel(house: House) -> None:
    world = house.sandbox.world
    world.deny("prompts", "view_channel")
    world.deny("prof", "read_message_history")
    call = await whole_server(house, "silent")
    lines = said(call).splitlines()
    assert [one for one in lines if one.startswith("**Voir le salon**") and f"<#{place(house, 'prompts').id}>" in one]
    assert [
        one
        for one in lines
        if one.startswith("**Voir les anciens messages**") and f"<#{place(house, 'prof').id}>" in one
    ]
    call = await annotate(house, "silent", "général")
    assert "Il me manque" not in said(call)


async def test_many_channels_are_counted_rather_than_named(house: House) -> None:
    for number in range(30):
        channel = house.sandbox.world.add_channel("Atelier IA", f"salon-{number}")
        house.sandbox.world.deny(channel, "view_channel")
    call = await whole_server(house, "silent")
    assert "et 22 autres" in said(call)


async def test_a_notice_that_cannot_be_posted_is_told_to_the_admin(house: House) -> None:
    house.sandbox.world.deny("prof", "send_messages")
    call = await annotate(house, "silent", "prof")
    assert f"Je n’ai pas pu prévenir <#{place(house, 'prof').id}>" in said(call)
    assert "« Envoyer des messages »" in said(call)
    row = mode_of(house, "prof")
    assert row
    assert row.notice_id is None


async def test_without_message_content_it_says_what_to_click(house: House, start_bot: StartBot) -> None:
    house.bot = await start_bot(message_content=False)
    call = await annotate(house, "silent", "prof")
    assert "Message Content Intent" in said(call)


async def test_threads_categories_and_forums(house: House) -> None:
    thread = await annotate(house, "silent", "Réponses courtes ou longues ?")
    assert f"<#{place(house, 'prompts').id}>" in said(thread)
    category = await annotate(house, "silent", "Pratique", force=True)
    assert "textuel, vocal ou un forum" in said(category)
    assert place(house, "Pratique").type == CATEGORY
    forum = house.sandbox.world.add_channel("Atelier IA", "questions", type=FORUM)
    assert "Comptage en marche" in said(await annotate(house, "silent", "questions"))
    # a forum holds threads only: the notice stands where the admin is, and names it
    assert f"<#{forum.id}>" in notices(house, "général")[0]["content"]


async def test_all_modes_are_offered_and_explained(house: House) -> None:
    offered = {one["name"]: one for one in house.sandbox.commands.all()}["annotate"]["options"][0]["choices"]
    assert [one["value"] for one in offered] == ["off", "silent", "reaction", "reply", "digest"]
    assert offered[0]["name_localizations"]["fr"] == "arrêté : ne plus compter"
    assert "Ce mode n’existe pas" in said(await annotate(house, "loud", force=True))
    for mode, name, part in (
        ("reaction", "réaction", "un emoji selon la taille"),
        ("reply", "réponse", "Elle ne notifie personne"),
        ("digest", "bilan", "Un seul message"),
    ):
        call = await annotate(house, mode)
        for expected in (f"mode « {name} »", part, "Sous 8 jetons", "*Ne plus afficher sous mes messages"):
            assert expected in said(call)
        assert "Rien ne s’affiche" not in said(call)


async def test_the_notice_of_a_mode_that_shows_has_the_button(house: House) -> None:
    await annotate(house, "reply", "prompts")
    await annotate(house, "silent", "prof")
    shown, silent = notices(house, "prompts")[0], notices(house, "prof")[0]
    assert "pour les messages assez longs" in shown["content"]
    labels = [[one["label"] for one in told["components"][0]["components"]] for told in (shown, silent)]
    assert labels == [["Ne plus me compter", "Ne plus afficher sous mes messages"], ["Ne plus me compter"]]


async def test_permissions_of_each_mode_are_named(house: House) -> None:
    world = house.sandbox.world
    world.deny("prompts", "add_reactions")
    world.deny("prof", "send_messages")
    assert "Il me manque" not in said(await annotate(house, "silent", "prompts"))
    call = await annotate(house, "reaction", "prompts")
    assert "**Ajouter des réactions** (sans elle, pas d’emoji)" in said(call)
    assert "Où cliquer" in said(call)
    call = await annotate(house, "digest", "prof")
    assert "**Envoyer des messages** (sans elle, ni ligne ni bilan)" in said(call)
    forum = world.add_channel("Atelier IA", "questions", type=FORUM)
    world.deny(forum, "send_messages_in_threads")
    call = await annotate(house, "reply", "questions")
    assert "**Envoyer des messages dans les fils**" in said(call)


async def test_choices_outlive_a_restart(house: House, start_bot: StartBot) -> None:
    await annotate(house, "silent", "prompts", min_tokens=20)
    await annotate(house, "off", "prof")
    before = mode_of(house, "prompts")
    house.bot = await start_bot()
    assert mode_of(house, "prompts") == before
    assert len(house.bot.ledger.preferences.modes(place(house, "prof").guild_id or 0)) == 2


async def test_min_tokens_is_bounded(house: House) -> None:
    option = {one["name"]: one for one in house.sandbox.commands.all()}["annotate"]["options"][2]
    assert (option["min_value"], option["max_value"]) == (0, 6000)
    usual = house.bot.estimates.estimator.sizes.min_tokens
    assert f"({usual} by default)" in option["description"]
    assert f"({usual} par défaut)" in option["description_localizations"]["fr"]


async def test_where_to_click_is_said_however_much_is_missing(house: House) -> None:
    for number in range(12):
        channel = house.sandbox.world.add_channel("Atelier IA", f"salon-{number}")
        house.sandbox.world.deny(channel, "read_message_history", "send_messages")
    call = await whole_server(house, "reply")
    assert "Où cliquer" in said(call)
    assert "Paramètres du serveur" in said(call)


async def test_nothing_is_posted_when_the_bot_joins_a_server(house: House) -> None:
    before = len(house.sandbox.requests)
    house.sandbox.world.add_bot("Ailleurs")
    await asyncio.sleep(0.3)
    assert "Ailleurs" in {one.name for one in house.bot.guilds}
    assert [one for one in list(house.sandbox.requests)[before:] if one.method != "GET"] == []
