"""`/setup`: one form, filled in with what is there, applied as the single commands do, or not at all."""

from typing import Any

import pytest
from annotated import flat, until
from board_entries import guild_of
from house import House, StartBot

from bot.errors import UserError
from bot.ledger.records import OFF, REPLY, SILENT, ServerSettings
from sandbox import InteractionSession
from sandbox.interactions.modals import fields
from sandbox.state.models import Json

PLACE, PROMPTS, ENGLISH = "Atelier IA/général", "Atelier IA/prompts", "English Club/general"


async def opened(house: House, at: str = PLACE, user: str = "camille", **options: Any) -> InteractionSession:
    call = await house.sandbox.command(user, at, "setup", options)
    assert call.modal
    return call


async def sent(house: House, asked: InteractionSession, user: str = "camille", **values: Any) -> InteractionSession:
    call = await house.sandbox.submit(user, asked, values, force=True)
    return await call.settled(timeout=15)


def by_name(form: InteractionSession) -> dict[str, Json]:
    assert form.modal
    return {field["custom_id"]: field for field in fields(form.modal["components"])}


def filled_in(form: InteractionSession) -> dict[str, str | None]:
    """What each field holds when it is opened."""
    found: dict[str, str | None] = {}
    for name, field in by_name(form).items():
        chosen = [one["value"] for one in field.get("options", []) if one.get("default")]
        found[name] = field.get("value") or None if "options" not in field else "".join(chosen)
    return found


def said(call: InteractionSession) -> str:
    assert call.message
    assert call.ephemeral
    embeds = call.message["embeds"]
    parts = [one.get(name, "") for one in embeds for name in ("title", "description")]
    parts += [text for one in embeds for field in one.get("fields", []) for text in (field["name"], field["value"])]
    return flat("\n".join([call.message["content"], *parts]))


def chosen(house: House) -> ServerSettings:
    return house.bot.ledger.preferences.settings(guild_of(house))


def mode(house: House, channel: str = PLACE) -> str:
    place = house.sandbox.world.channel(channel)
    found = house.bot.ledger.preferences.mode_of(guild_of(house), place.id)
    return found.mode if found else OFF


def notices(house: House, channel: str = PLACE) -> list[str]:
    ours = str(house.sandbox.world.bot.id)
    history = (one.data for one in house.sandbox.world.channel(channel).history)
    return [one["content"] for one in history if one["author"]["id"] == ours and not one.get("interaction_metadata")]


async def test_a_server_that_chose_nothing_is_shown_the_defaults(house: House) -> None:
    form = await opened(house)
    assert filled_in(form) == {"model": None, "zone": "default", "language": "auto", "mode": "off", "recap": "none"}
    assert form.modal
    labels = [one["label"] for one in form.modal["components"]]
    assert labels == ["Modèle", "Électricité", "Langue", "Dans #général", "Récap de la semaine"]
    assert "GPT-4o" in by_name(form)["model"]["placeholder"]
    assert [one["value"] for one in by_name(form)["zone"]["options"]][:3] == ["default", "FRA", "BEL"]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (PLACE, ("C’est réglé", "Claude Opus 5", "France", "anglais", "J’annonce", "Récap de la semaine dans")),
        (ENGLISH, ("All set", "Claude Opus 5", "France", "English", "Weekly recap in")),
    ],
)
async def test_all_of_it_is_applied_and_summed_up_in_private(house: House, at: str, words: tuple[str, ...]) -> None:
    locale = "fr" if at == PLACE else "en-GB"
    asked = await house.sandbox.command("camille", at, "setup", {}, locale=locale)
    values = {"model": "claude opus 5", "zone": ["FRA"], "language": "en", "mode": REPLY, "recap": ["4"]}
    call = await house.sandbox.submit("camille", asked, values, locale=locale)
    text = said(await call.settled(timeout=15))
    for part in words[:4]:
        assert part in text
    assert words[-1] in text
    place = house.sandbox.world.channel(at)
    assert place.guild_id
    settings = house.bot.ledger.preferences.settings(place.guild_id)
    assert (settings.model, settings.zone, settings.language) == ("anthropic/claude-opus-5", "FRA", "en")
    assert (settings.recap_channel, settings.recap_weekday, settings.recap_hour) == (place.id, 4, 9)
    (notice,) = notices(house, at)
    assert "I count" in notice or "counted" in notice, "in the language that was just chosen"
    assert call.message
    labels = [one["label"] for row in call.message["components"] for one in row["components"]]
    assert labels[0] in ("Annuler", "Undo")


async def test_what_is_there_is_filled_in_and_sent_unchanged_changes_nothing(house: House, start_bot: StartBot) -> None:
    await sent(house, await opened(house), model="openai/gpt-4o-mini", zone=["FRA"], mode=SILENT, recap=["6"])
    house.bot = await start_bot()
    before, form = chosen(house), await opened(house)
    assert filled_in(form) == {
        "model": "openai/gpt-4o-mini",
        "zone": "FRA",
        "language": "auto",
        "mode": SILENT,
        "recap": "keep",
    }
    assert "Rien n’a changé" in said(await sent(house, form))
    assert chosen(house) == before
    assert len(notices(house)) == 1


async def test_what_follows_the_server_is_left_following_it(house: House) -> None:
    await house.sandbox.command("camille", PLACE, "annotate", {"mode": SILENT})
    place = await house.sandbox.command("camille", PLACE, "setup", {})
    await sent(house, place, model="openai/gpt-4o-mini")
    assert len(house.bot.ledger.preferences.modes(guild_of(house))) == 1


async def test_choices_are_taken_back(house: House) -> None:
    values = {"zone": ["SWE"], "language": "en", "mode": SILENT, "recap": ["0"]}
    await sent(house, await opened(house), model="openai/gpt-4o-mini", **values)
    back = {"model": "", "zone": ["default"], "language": "auto", "mode": OFF, "recap": ["none"]}
    text = said(await sent(house, await opened(house), **back))
    for part in ("par défaut (GPT-4o)", "fournisseur", "automatique", "Plus de récap", "arrêté"):
        assert part in text
    settings = chosen(house)
    assert (settings.model, settings.zone, settings.language, settings.recap_channel) == (None,) * 4
    assert mode(house) == OFF


async def test_another_channel_is_named_and_a_thread_is_its_channels(house: House) -> None:
    place = str(house.sandbox.world.channel(PROMPTS).id)
    form = await opened(house, channel=place)
    assert form.modal
    assert form.modal["components"][3]["label"] == "Dans #prompts"
    await sent(house, form, mode=SILENT)
    assert (mode(house), mode(house, PROMPTS)) == (OFF, SILENT)
    thread = next(one for one in house.sandbox.world.channels.values() if one.is_thread and one.guild_id)
    form = await opened(house, channel=str(thread.id))
    assert form.modal
    parent = house.sandbox.world.channels[thread.parent_id or 0]
    assert form.modal["components"][3]["label"] == f"Dans #{parent.name}"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"model": "gpt 4oo mni"}, "Peut-être"),
        ({"model": "🦄" * 30}, ""),
        ({"zone": ["XXX"]}, ""),
        ({"language": "tlh"}, ""),
        ({"mode": "loud"}, ""),
        ({"recap": ["7"]}, "de 0 (lundi) à 6"),
        ({"recap": ["²"]}, "de 0 (lundi) à 6"),
    ],
)
async def test_one_wrong_field_changes_nothing_at_all(house: House, wrong: dict[str, Any], words: str) -> None:
    right = {"model": "openai/gpt-4o-mini", "zone": ["FRA"], "language": "en", "mode": SILENT, "recap": ["0"]}
    call = await sent(house, await opened(house), **(right | wrong))
    assert words in said(call)
    assert said(call).strip()
    assert chosen(house).model is None
    assert chosen(house).recap_channel is None
    assert mode(house) == OFF
    assert not notices(house)


async def test_a_database_that_gives_up_half_way_is_said_with_what_was_done(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object, **__: object) -> None:
        raise UserError("error.database_busy")

    monkeypatch.setattr(type(house.bot.usecases.annotate), "set_mode", busy)
    call = await sent(house, await opened(house), model="openai/gpt-4o-mini", mode=SILENT, recap=["0"])
    assert "GPT-4o mini" in said(call)
    assert "base de données ne répond pas" in said(call)
    assert chosen(house).model == "openai/gpt-4o-mini"
    assert chosen(house).recap_channel is None


async def test_it_is_for_admins_who_still_are_when_they_send_it(house: House) -> None:
    call = await house.sandbox.command("leo", PLACE, "setup", {}, force=True)
    assert "Gérer le serveur" in said(call)
    form = await opened(house)
    world = house.sandbox.world
    owner = world.guild("Atelier IA").owner_id
    world.guild("Atelier IA").owner_id = world.user("leo").id
    member = world.guild("Atelier IA").members[owner]
    roles, member.roles = list(member.roles), []
    assert "Gérer le serveur" in said(await sent(house, form, mode=SILENT))
    world.guild("Atelier IA").owner_id, member.roles = owner, roles
    assert mode(house) == OFF


async def test_a_form_of_before_a_restart_is_told_so(house: House, start_bot: StartBot) -> None:
    form = await opened(house)
    house.bot = await start_bot()
    assert "n’est plus valable" in said(await sent(house, form, mode=SILENT))
    assert mode(house) == OFF


async def test_undo_takes_the_beginning_back(house: House) -> None:
    call = await sent(house, await opened(house), mode=SILENT)
    assert call.message
    await (await house.sandbox.press("camille", call.message, label="Annuler")).settled()
    assert mode(house) == OFF


async def test_where_only_the_commands_are_counting_is_refused_with_the_link(house: House) -> None:
    house.sandbox.world.remove_bot("Atelier IA")
    house.sandbox.world.authorize_commands("Atelier IA")
    await until(lambda: house.bot.get_guild(guild_of(house)) is None)
    call = await sent(house, await opened(house), mode=SILENT)
    assert "https://" in said(call)


async def test_nothing_is_posted_when_the_bot_joins(house: House) -> None:
    world = house.sandbox.world
    world.remove_bot("English Club")
    await until(lambda: house.bot.get_guild(world.guild("English Club").id) is None)
    before = [one for one in house.sandbox.requests if one.method == "POST"]
    world.add_bot("English Club")
    await until(lambda: house.bot.get_guild(world.guild("English Club").id) is not None)
    await until(lambda: house.bot.counting.backfill.rounds[world.guild("English Club").id] > 1)
    assert [one for one in house.sandbox.requests if one.method == "POST"] == before
    assert not notices(house, ENGLISH)
