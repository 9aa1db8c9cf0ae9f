"""Starting, commands told once, refused intents and tokens, and Discord having a bad day."""

import asyncio
import logging
from collections.abc import Iterator

import discord
import pytest
from annotated import until
from discord import app_commands
from house import House, StartBot

from bot import app
from bot.cli.sandbox import start_sandbox
from bot.client import discord_api
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.ledger.ledger import open_ledger
from bot.presentation.translator import Catalogues
from bot.settings import Settings
from bot.usecases.estimates import Estimates
from sandbox import Sandbox

TEXT = {"text": "Explique la pluie à un enfant."}


def puts(sandbox: Sandbox) -> int:
    return sum(1 for one in sandbox.requests if one.method == "PUT" and one.path.endswith("/commands"))


async def test_commands_are_told_once(sandbox: Sandbox, start_bot: StartBot) -> None:
    first = await start_bot()
    assert puts(sandbox) == 1
    await first.close()
    await start_bot()
    assert puts(sandbox) == 1


async def test_changed_commands_are_told_again(
    sandbox: Sandbox, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await start_bot()).close()
    monkeypatch.setattr("bot.client.client.COGS", ("cogs.commands.footprint", "cogs.buttons.method_button"))
    await start_bot()
    assert puts(sandbox) == 2


async def test_what_discord_is_told(house: House, catalogues: Catalogues) -> None:
    told = {one["name"]: one for one in house.sandbox.commands.all()}
    assert set(told) == {
        "Empreinte",
        "about",
        "annotate",
        "compare",
        "footprint",
        "help",
        "leaderboard",
        "quiz",
        "models",
        "politeness",
        "privacy",
        "settings",
        "setup",
        "totals",
        "training",
    }
    footprint = told["footprint"]
    assert footprint["name_localizations"]["fr"] == "footprint"
    assert told["about"]["name_localizations"]["fr"] == "à-propos"
    assert [option["name_localizations"]["fr"] for option in footprint["options"] if option["name"] != "zone"] == [
        "texte",
        "modèle",
        "privé",
        "effort",
    ]
    assert footprint["integration_types"] == [0, 1]
    assert sorted(footprint["contexts"]) == [0, 1, 2]


async def test_english_words_in_code_are_the_catalogues(house: House, catalogues: Catalogues) -> None:
    english = catalogues.translator("en")
    used: set[str] = set()
    for command in house.bot.tree.walk_commands():
        path = command.qualified_name.replace(" ", ".")
        used |= {f"command.{path}.name", f"command.{path}.description"}
        assert english(f"command.{path}.name") == command.name
        assert english(f"command.{path}.description") == command.description
        for one in command.parameters if isinstance(command, app_commands.Command) else ():
            used |= {f"command.{path}.{one.name}.name", f"command.{path}.{one.name}.description"}
            assert english(f"command.{path}.{one.name}.name") == one.name
            assert english(f"command.{path}.{one.name}.description") == str(one.description)
    for menu in house.bot.tree.walk_commands(type=discord.AppCommandType.message):
        used.add(f"command.{menu.name.lower()}.name")
    assert used == {key for key in english.keys if key.startswith("command.")}


async def test_the_client_is_lean_and_pings_nobody(house: House) -> None:
    bot = house.bot
    assert bot.allowed_mentions is not None
    assert bot.allowed_mentions.to_dict() == {"parse": []}
    assert not bot.intents.members
    assert not bot.intents.presences
    assert not bot.cached_messages


async def test_the_sandboxs_gateway_is_the_default_one(house: House) -> None:
    await house.sandbox.gateway.invalidate(resumable=False)
    await asyncio.sleep(0.1)
    await house.sandbox.wait_for_bot(timeout=60)
    call = await house.sandbox.command("leo", "général", "footprint", TEXT, timeout=60)
    assert call.message


@pytest.fixture
def stop() -> Iterator[asyncio.Event]:
    event = asyncio.Event()
    yield event
    event.set()


async def test_a_refused_intent_is_explained_and_done_without(
    sandbox: Sandbox,
    settings: Settings,
    answers: Estimates,
    catalogues: Catalogues,
    stop: asyncio.Event,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox.faults.refuse_message_content = True
    async with open_ledger(settings.database) as ledger:
        made: list[bool] = []

        def make(message_content: bool) -> EmpreinteBot:
            made.append(message_content)
            return EmpreinteBot(settings, answers, catalogues, ledger, message_content=message_content)

        serving = asyncio.create_task(app.serve(make, sandbox.token, stop, catalogues.translator("fr")))
        await sandbox.wait_for_bot(timeout=60)
        call = await sandbox.command("leo", "général", "footprint", TEXT)
        assert call.message
        stop.set()
        await asyncio.wait_for(serving, 60)
    assert made == [True, False]
    assert "Message Content Intent" in caplog.text


async def test_a_wrong_token(
    settings: Settings, answers: Estimates, catalogues: Catalogues, stop: asyncio.Event
) -> None:
    async with open_ledger(settings.database) as ledger:
        with pytest.raises(UserError) as caught:
            await app.serve(
                lambda content: EmpreinteBot(settings, answers, catalogues, ledger, message_content=content),
                "wrong",
                stop,
                catalogues.translator("fr"),
            )
    assert caught.value.key == "error.token"


async def test_nobody_at_the_address(
    settings: Settings, answers: Estimates, catalogues: Catalogues, stop: asyncio.Event
) -> None:
    away = settings.model_copy(update={"discord_api": "http://127.0.0.1:9/api/v10"})
    async with open_ledger(settings.database) as ledger:
        with pytest.raises(UserError) as caught:
            await app.serve(
                lambda content: EmpreinteBot(away, answers, catalogues, ledger, message_content=content),
                "any",
                stop,
                catalogues.translator("fr"),
            )
    assert caught.value.key == "error.unreachable"
    assert discord_api.Route.BASE == "http://127.0.0.1:9/api/v10"


async def test_a_taken_port(sandbox: Sandbox) -> None:
    port = int(sandbox.page_url.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(UserError) as caught:
        async with start_sandbox(port):
            pass
    assert caught.value.key == "error.port"


@pytest.mark.parametrize(("status", "code"), [(500, 0), (503, 0), (429, 0)])
async def test_a_failing_answer_is_tried_again(house: House, status: int, code: int) -> None:
    house.sandbox.faults.add(
        method="POST", path=r"/interactions/.*/callback", status=status, code=code, times=1, retry_after=0.1
    )
    call = await house.sandbox.command("leo", "général", "footprint", TEXT, timeout=60)
    assert call.message


async def test_a_late_interaction_is_quiet(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.sandbox.faults.add(method="POST", path=r"/interactions/.*/callback", status=404, code=10062)
    with caplog.at_level(logging.INFO):
        await house.sandbox.command("leo", "général", "footprint", TEXT, wait=False)
        await until(lambda: "too late" in caplog.text)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert (await house.sandbox.command("leo", "général", "footprint", TEXT)).message


async def test_an_unexpected_error_is_answered_and_logged_without_text(
    house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("bot.presentation.embeds.footprint", fail)
    call = await house.sandbox.command("noah", "général", "footprint", {"text": "very secret words"})
    assert call.ephemeral
    assert call.message and "Something went wrong on our side" in call.message["content"]
    assert "boom" in caplog.text
    assert "secret" not in caplog.text


async def test_a_dropped_socket_is_resumed(house: House) -> None:
    await house.sandbox.gateway.drop()
    await house.sandbox.wait_for_bot(timeout=60)
    assert (await house.sandbox.command("leo", "général", "footprint", TEXT, timeout=60)).message


async def test_replayed_events_answer_once(house: House) -> None:
    call = await house.sandbox.command("leo", "général", "footprint", TEXT)
    await house.sandbox.gateway.replay(last=5)
    await asyncio.sleep(0.3)
    assert len(call.messages) == 1
    assert (await house.sandbox.command("leo", "général", "footprint", TEXT)).message
