"""Interactions, from a person's click through discord.py and back."""

from __future__ import annotations

import asyncio

import discord
import pytest
from discord.http import Route

from sandbox import InteractionSession, Refused, Sandbox
from sandbox.interactions import modals
from tests.sandbox.demo_bot import DemoBot
from tests.sandbox.raw_client import connected

pytestmark = pytest.mark.usefixtures("bot")


def text_of(call: InteractionSession) -> str:
    assert call.message is not None
    return call.message["content"]


async def test_commands_are_registered_with_everything_discord_adds(sandbox: Sandbox, bot: DemoBot) -> None:
    registered = {command["name"]: command for command in sandbox.commands.list(None)}
    assert {"echo", "settings", "Empreinte", "Qui"} <= set(registered)
    assert registered["echo"]["integration_types"] == [0, 1]
    assert registered["admin"]["default_member_permissions"] == str(1 << 5)
    assert bot.application_id == sandbox.world.application_id
    again = await bot.tree.sync()
    assert {str(command.id) for command in again} == {one["id"] for one in registered.values()}


async def test_slash_command(sandbox: Sandbox) -> None:
    call = await sandbox.command("camille", "général", "echo", {"text": "salut"}, locale="de")
    assert call.message is not None
    assert call.message["content"] == "de salut"
    assert call.message["interaction_metadata"]["user"]["username"] == "camille"
    assert (call.ephemeral, call.deferred, call.callback_type) == (False, False, 4)
    assert call.seconds is not None
    assert 0 < call.seconds < 3


async def test_ephemeral_answers_are_hidden_from_the_channel(sandbox: Sandbox, bot: DemoBot) -> None:
    call = await sandbox.command("leo", "général", "echo", {"text": "chut", "private": True})
    assert call.ephemeral
    assert call.message is not None
    channel = await bot.fetch_channel(sandbox.world.channel("général").id)
    assert isinstance(channel, discord.TextChannel)
    assert [message async for message in channel.history() if "chut" in message.content] == []
    with pytest.raises(discord.NotFound) as error:
        await channel.fetch_message(int(call.message["id"]))
    assert error.value.code == 10008


async def test_a_deferred_answer_takes_the_place_of_the_thinking_message(sandbox: Sandbox) -> None:
    call = await sandbox.command("leo", "général", "slow", wait=False)
    await call.signal.until(lambda: call.acknowledged_at is not None, 2)
    assert (call.deferred, call.messages, call.seconds) == (True, [], None)
    await call.settled(2)
    assert [message["content"] for message in call.messages] == ["premier", "second"]
    assert [message["flags"] & 64 for message in call.messages] == [0, 64]
    assert call.messages[0]["flags"] & 128 == 0


async def test_a_private_deferral_stays_private(sandbox: Sandbox) -> None:
    call = await sandbox.command("leo", "général", "slow", {"private": True})
    assert call.ephemeral


async def test_silence_is_a_failure_after_three_seconds(sandbox: Sandbox) -> None:
    sandbox.interaction_sessions.answer_within = 0.1
    with pytest.raises(TimeoutError, match="silent"):
        await sandbox.command("leo", "général", "silent")


async def test_a_late_first_answer_is_refused(sandbox: Sandbox, bot: DemoBot) -> None:
    sandbox.interaction_sessions.answer_within = 0.05
    errors: list[BaseException] = []

    @bot.tree.error
    async def note(_: discord.Interaction, error: discord.app_commands.AppCommandError) -> None:
        errors.append(error.__cause__ or error)

    sandbox.faults.delay("/callback", 0.2)
    with pytest.raises(TimeoutError):
        await sandbox.command("leo", "général", "echo", {"text": "tard"})
    async with asyncio.timeout(60):
        while not errors:
            await asyncio.sleep(0.01)
    assert isinstance(errors[0], discord.NotFound)
    assert errors[0].code == 10062


async def test_buttons(sandbox: Sandbox) -> None:
    shown = (await sandbox.command("leo", "général", "panel")).message
    assert shown is not None
    pressed = await sandbox.press("ines", shown, label="Plus")
    assert pressed.messages == [shown]
    assert shown["content"] == "pressé"
    assert shown["components"][0]["components"][0]["label"] == "Encore"
    later = await sandbox.press("ines", shown, custom_id="slow")
    assert later.deferred
    assert shown["content"] == "plus tard"
    with pytest.raises(Refused, match="disabled"):
        await sandbox.press("ines", shown, label="Fermé")
    with pytest.raises(Refused, match="no component"):
        await sandbox.press("ines", shown, label="Inconnu")


async def test_buttons_of_a_private_message_are_for_its_reader(sandbox: Sandbox) -> None:
    shown = (await sandbox.command("leo", "général", "panel", {"private": True})).message
    assert shown is not None
    with pytest.raises(Refused, match="somebody else"):
        await sandbox.press("ines", shown, label="Plus")
    await sandbox.press("leo", shown, label="Plus")
    assert shown["content"] == "pressé"


async def test_select_menu(sandbox: Sandbox) -> None:
    shown = (await sandbox.command("leo", "général", "panel")).message
    assert shown is not None
    chosen = await sandbox.choose("leo", shown, "colour", ["bleu"])
    assert text_of(chosen) == "choisi : bleu"
    with pytest.raises(Refused):
        await sandbox.choose("leo", shown, "colour", ["vert"])


async def test_modal_from_a_command_and_from_a_button(sandbox: Sandbox) -> None:
    asked = await sandbox.command("leo", "général", "ask")
    assert asked.modal is not None
    assert asked.modal["title"] == "Formulaire"
    sent = await sandbox.submit("leo", asked, {"words": "deux mots"})
    assert text_of(sent) == "reçu : deux mots"
    shown = (await sandbox.command("leo", "général", "panel")).message
    assert shown is not None
    asked = await sandbox.press("leo", shown, custom_id="form")
    with pytest.raises(Refused, match="short"):
        await sandbox.submit("leo", asked, {"words": "a"})
    with pytest.raises(Refused, match="no field"):
        await sandbox.submit("leo", asked, {"mots": "a"})
    sent = await sandbox.submit("leo", asked, {"words": "encore"})
    assert text_of(sent) == "reçu : encore"


async def test_layouts_number_their_components(sandbox: Sandbox) -> None:
    shown = (await sandbox.command("leo", "général", "layout")).message
    assert shown is not None
    assert shown["flags"] & 1 << 15
    assert [component["id"] for component in shown["components"]] == [1, 2]
    assert text_of(await sandbox.press("leo", shown, label="Ici")) == "là"


async def test_an_embed_shows_its_attached_image(sandbox: Sandbox) -> None:
    shown = (await sandbox.command("leo", "général", "chart")).message
    assert shown is not None
    image = shown["embeds"][0]["image"]
    assert image["url"].startswith(sandbox.page_url + "attachments/")
    assert (image["width"], image["height"]) == (2, 2)
    assert shown["attachments"] == []


async def test_autocomplete(sandbox: Sandbox) -> None:
    choices = await sandbox.autocomplete("leo", "général", "find", focused="what", value="x")
    assert [choice["value"] for choice in choices] == ["xa", "xb"]


async def test_subcommand(sandbox: Sandbox) -> None:
    call = await sandbox.command("leo", "général", "settings model", {"model": "openai/gpt-4o"})
    assert text_of(call) == "openai/gpt-4o"
    assert call.name == "settings model"
    with pytest.raises(Refused, match="no subcommand"):
        await sandbox.command("leo", "général", "settings colour", {})


async def test_context_menus(sandbox: Sandbox, bot: DemoBot) -> None:
    message = await sandbox.post_message("ines", "général", "douze signes")
    call = await sandbox.context_menu("leo", "général", "Empreinte", message)
    assert text_of(call) == "12 signes"
    assert call.message is not None
    assert call.message["interaction_metadata"]["target_message_id"] == message["id"]
    call = await sandbox.context_menu("leo", "général", "Qui", sandbox.world.user("ines"))
    assert text_of(call) == "Inès"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "missing_option"),
        ({"text": "x" * 51}, "out_of_range"),
        ({"text": 12}, "wrong_type"),
        ({"mot": "x"}, "unknown_option"),
        ({"text": "x", "private": "oui"}, "wrong_type"),
    ],
)
async def test_the_client_refuses_wrong_options(sandbox: Sandbox, values: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        await sandbox.command("leo", "général", "echo", values)
    assert refused.value.code == code


async def test_default_permissions_hide_a_command_unless_forged(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="finds no command"):
        await sandbox.command("leo", "général", "admin")
    forged = await sandbox.command("leo", "général", "admin", force=True)
    assert text_of(forged).startswith("False")
    allowed = await sandbox.command("camille", "général", "admin", {"channel": "prompts"})
    assert text_of(allowed) == "True prompts"


async def test_direct_messages_and_places_without_the_bot(sandbox: Sandbox) -> None:
    dm = await sandbox.dm("leo")
    assert text_of(await sandbox.command("leo", dm, "echo", {"text": "seul"})) == "fr seul"
    elsewhere = await sandbox.command("leo", "discussions", "echo", {"text": "ailleurs"})
    assert text_of(elsewhere) == "fr ailleurs"
    assert elsewhere.owners == {"1": str(sandbox.world.user("leo").id)}
    private = sandbox.world.dm("leo", "camille")
    assert text_of(await sandbox.command("leo", private, "echo", {"text": "à deux"})) == "fr à deux"
    with pytest.raises(Refused, match="finds no command"):
        await sandbox.command("leo", "discussions", "slow")
    with pytest.raises(Refused, match="finds no command"):
        await sandbox.command("leo", private, "panel")


async def test_without_external_apps_answers_are_private(sandbox: Sandbox) -> None:
    elsewhere = sandbox.world.channel("discussions")
    sandbox.world.deny(elsewhere, "use_external_apps", who="camille")
    call = await sandbox.command("camille", elsewhere, "echo", {"text": "ici"})
    assert call.ephemeral


async def test_a_user_app_is_limited_to_five_follow_ups(sandbox: Sandbox, bot: DemoBot) -> None:
    call = await sandbox.command("leo", "discussions", "echo", {"text": "ailleurs"})
    hook = discord.Webhook.partial(bot.application_id or 0, call.token, client=bot)
    for number in range(5):
        await hook.send(f"suite {number}", wait=True)
    with pytest.raises(discord.HTTPException) as error:
        await hook.send("trop", wait=True)
    assert error.value.code == 40094


async def test_the_token_lasts_fifteen_minutes(sandbox: Sandbox, bot: DemoBot) -> None:
    call = await sandbox.command("leo", "général", "echo", {"text": "ici"})
    hook = discord.Webhook.partial(bot.application_id or 0, call.token, client=bot)
    await hook.edit_message(int(call.messages[0]["id"]), content="changé")
    assert text_of(call) == "changé"
    sandbox.interaction_sessions.token_lifetime = 0
    with pytest.raises(discord.HTTPException) as error:
        await hook.send("trop tard", wait=True)
    assert error.value.code == 50027
    unknown = discord.Webhook.partial(bot.application_id or 0, "x" * 40, client=bot)
    with pytest.raises(discord.NotFound) as error:
        await unknown.send("à personne", wait=True)
    assert error.value.code == 10015


async def test_a_second_first_answer_is_refused(sandbox: Sandbox, bot: DemoBot) -> None:
    call = await sandbox.command("leo", "général", "echo", {"text": "ici"})
    route = Route("POST", f"/interactions/{call.id}/{call.token}/callback")
    with pytest.raises(discord.HTTPException) as error:
        await bot.http.request(route, json={"type": 5})
    assert error.value.code == 40060


async def test_a_form_keeps_what_it_held_and_resolves_what_was_chosen(sandbox: Sandbox) -> None:
    channel = sandbox.world.channel("général")
    held = {"type": 8, "custom_id": "where", "default_values": [{"id": str(channel.id), "type": "channel"}]}
    options = [{"label": "a", "value": "a"}, {"label": "b", "value": "b", "default": True}]
    modal = {
        "components": [
            {"type": 18, "component": held},
            {"type": 18, "component": {"type": 21, "custom_id": "one", "options": options}},
            {"type": 18, "component": {"type": 22, "custom_id": "some", "options": options, "max_values": 1}},
            {"type": 18, "component": {"type": 23, "custom_id": "yes", "default": True}},
        ]
    }
    answer = modals.fill(modal, {})
    fields = [one["component"] for one in answer]
    assert [one.get("value", one.get("values")) for one in fields] == [[str(channel.id)], "b", ["b"], True]
    modals.check(modal, answer)
    for wrong in ({"one": None}, {"one": "c"}, {"some": ["a", "b"]}, {"where": []}):
        with pytest.raises(Refused):
            modals.check(modal, modals.fill(modal, wrong))
    async with connected(sandbox) as client:
        await client.hears("READY")
        asked = sandbox.services.clients.dispatch.command(
            sandbox.world.user("leo"), channel, {"id": "1", "name": "x", "type": 1}, []
        )
        asked.modal = modal
        await sandbox.submit("leo", asked, {}, wait=False)
        data = (await client.hears("INTERACTION_CREATE", 2))[-1]["data"]
    assert data["resolved"]["channels"][str(channel.id)]["name"] == "général"


async def test_ids_that_a_select_holds_come_back_as_text(sandbox: Sandbox) -> None:
    channel = sandbox.world.channel("général")
    preset = {"id": channel.id, "type": "channel"}
    select = {"type": 8, "custom_id": "where", "default_values": [preset]}
    sent = await sandbox.post(sandbox.world.bot, channel, {"components": [{"type": 1, "components": [select]}]})
    assert sent["components"][0]["components"][0]["default_values"] == [{"id": str(channel.id), "type": "channel"}]
