"""The page's interface: state, messages, live news, commands, components."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox
from tests.sandbox.demo_bot import DemoBot

Json = dict[str, Any]


class Page:
    """A page open as one user."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, name: str) -> None:
        self.sandbox = sandbox
        self.session = session
        self.user = str(sandbox.world.user(name).id)
        self.news: list[Json] = []

    async def ask(self, method: str, path: str, /, **body: Any) -> tuple[int, Any]:
        url = f"{self.sandbox.page_url}sandbox/api{path}"
        mine = {"user": self.user, **body}
        params, data = (mine, None) if method == "GET" else (None, mine)
        async with self.session.request(method, url, params=params, json=data) as response:
            return response.status, await response.json()

    async def get(self, path: str, **query: Any) -> Any:
        status, data = await self.ask("GET", path, **query)
        assert status == 200, data
        return data

    async def post(self, path: str, /, **body: Any) -> Any:
        status, data = await self.ask("POST", path, **body)
        assert status == 200, data
        return data

    async def listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            self.news.append(message.json())

    async def hears(self, kind: str, count: int = 1) -> list[Any]:
        async with asyncio.timeout(60):
            while len(found := [one["d"] for one in self.news if one["t"] == kind]) < count:
                await asyncio.sleep(0.01)
        return found

    def channel(self, name: str) -> str:
        return str(self.sandbox.world.channel(name).id)


@pytest.fixture
async def pages(sandbox: Sandbox) -> AsyncIterator[tuple[Page, Page]]:
    """Two people look at the sandbox: Camille and Léo."""
    async with aiohttp.ClientSession() as session:
        both = Page(sandbox, session, "camille"), Page(sandbox, session, "leo")
        listening: list[asyncio.Task[None]] = []
        for page in both:
            url = f"{sandbox.page_url}sandbox/api/live?user={page.user}"
            listening.append(asyncio.create_task(page.listen(await session.ws_connect(url))))
        yield both
        for task in listening:
            task.cancel()
        await asyncio.wait(listening)


async def test_state(sandbox: Sandbox, bot: DemoBot, pages: tuple[Page, Page]) -> None:
    state = await pages[0].get("/state")
    assert {guild["name"]: guild["bot_member"] for guild in state["guilds"]} == {
        "Atelier IA": True,
        "English Club": True,
        "Ailleurs": False,
    }
    assert [dm["with_bot"] for dm in state["dms"]] == [False, True]
    assert state["bot"]["online"]
    assert {command["name"] for command in state["commands"]} >= {"echo", "Empreinte"}
    assert state["connect"] == {
        "api_root": sandbox.api_root,
        "api_variable": "DISCORD_API",
        "token": sandbox.token,
        "token_variable": "DISCORD_TOKEN",
    }
    guild = state["guilds"][0]
    assert [member["admin"] for member in guild["members"]][:2] == [True, False]
    assert guild["threads"][0]["parent_id"] in {channel["id"] for channel in guild["channels"]}
    assert (await pages[0].ask("GET", "/state", user="nobody"))[0] == 404


async def test_people_write_edit_react_and_delete(sandbox: Sandbox, bot: DemoBot, pages: tuple[Page, Page]) -> None:
    camille, leo = pages
    place = camille.channel("général")
    said = await camille.post("/messages", channel=place, content="Bonjour")
    assert (await leo.hears("message_create"))[-1]["content"] == "Bonjour"
    path = f"/messages/{place}/{said['id']}"
    assert (await leo.ask("PATCH", path, content="Non"))[1]["error"] == "not_yours"
    assert (await camille.ask("PATCH", path, content="Bonsoir"))[0] == 200
    assert (await leo.hears("message_update"))[-1]["content"] == "Bonsoir"
    await leo.ask("PUT", "/reactions", channel=place, message=said["id"], emoji="🌱", on=True)
    assert (await leo.hears("reaction"))[-1]["reactions"][0]["me"]
    assert not (await camille.hears("reaction"))[-1]["reactions"][0]["me"]
    reply = await leo.post("/messages", channel=place, content="Salut", reply_to=said["id"])
    assert reply["referenced_message"]["id"] == said["id"]
    listed = await leo.get("/messages", channel=place, limit=2)
    assert [message["content"] for message in listed] == ["Bonsoir", "Salut"]
    older = await leo.get("/messages", channel=place, before=said["id"])
    assert older[-1]["content"].startswith("Salut tout le monde")
    assert (await camille.ask("DELETE", path))[0] == 200
    assert (await leo.hears("message_delete"))[-1] == {"id": said["id"], "channel_id": place}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"content": "  "}, "empty_message"),
        ({"content": "x" * 2001}, "too_long"),
        ({"content": "x", "channel": "1"}, "unknown_channel"),
        ({"content": "x", "reply_to": "1"}, "unknown_message"),
    ],
)
async def test_refusals_have_a_name(pages: tuple[Page, Page], body: Json, error: str) -> None:
    status, data = await pages[0].ask("POST", "/messages", **{"channel": pages[0].channel("général"), **body})
    assert 400 <= status < 500
    assert data["error"] == error


async def test_a_command_with_private_answer(sandbox: Sandbox, bot: DemoBot, pages: tuple[Page, Page]) -> None:
    camille, leo = pages
    place = leo.channel("général")
    command = next(one for one in (await leo.get("/state"))["commands"] if one["name"] == "echo")
    options = [
        {"name": "text", "type": 3, "value": "chut"},
        {"name": "private", "type": 5, "value": True},
    ]
    done = await leo.post("/command", channel=place, command_id=command["id"], options=options, locale="fr")
    answer = (await leo.hears("message_create"))[-1]
    assert (answer["content"], answer["ephemeral_for"]) == ("fr chut", leo.user)
    assert answer["interaction_call"] == done["call"]
    assert answer["id"] in {one["id"] for one in await leo.get("/messages", channel=place)}
    assert answer["id"] not in {one["id"] for one in await camille.get("/messages", channel=place)}
    assert [one for one in camille.news if one["t"] == "message_create"] == []
    await leo.post("/dismiss", message=answer["id"])
    assert (await leo.hears("message_delete"))[-1]["id"] == answer["id"]
    missing = await leo.ask("POST", "/command", channel=place, command_id=command["id"], options=[])
    assert missing[1]["error"] == "missing_option"


async def test_thinking_modal_component_and_failure(sandbox: Sandbox, bot: DemoBot, pages: tuple[Page, Page]) -> None:
    _, leo = pages
    place = leo.channel("général")
    ids = {one["name"]: one["id"] for one in (await leo.get("/state"))["commands"]}
    await leo.post("/command", channel=place, command_id=ids["slow"])
    assert (await leo.hears("message_create"))[0]["pending"]
    assert not (await leo.hears("message_update"))[0]["pending"]
    await leo.post("/command", channel=place, command_id=ids["panel"])
    panel = (await leo.hears("message_create", 3))[-1]
    pressed = await leo.post("/component", channel=place, message=panel["id"], custom_id="form", component_type=2)
    asked = (await leo.hears("modal"))[-1]
    assert asked["call"] == pressed["call"]
    fields = [{"type": 1, "components": [{"type": 4, "custom_id": "words", "value": "deux mots"}]}]
    await leo.post("/modal", call=asked["call"], components=fields)
    assert (await leo.hears("message_create", 4))[-1]["content"] == "reçu : deux mots"
    sandbox.interaction_sessions.answer_within = 0.05
    failed = await leo.post("/command", channel=place, command_id=ids["silent"])
    assert await leo.hears("call_failed") == [{"call": failed["call"], "reason": "timeout"}]


async def test_suggestions_and_context_menu(bot: DemoBot, pages: tuple[Page, Page]) -> None:
    _, leo = pages
    place = leo.channel("général")
    ids = {one["name"]: one["id"] for one in (await leo.get("/state"))["commands"]}
    typed = [{"name": "what", "type": 3, "value": "x", "focused": True}]
    found = await leo.post("/autocomplete", channel=place, command_id=ids["find"], options=typed)
    assert [choice["name"] for choice in found["choices"]] == ["xa", "xb"]
    target = (await leo.get("/messages", channel=place))[0]["id"]
    await leo.post("/command", channel=place, command_id=ids["Empreinte"], target_id=target)
    assert (await leo.hears("message_create"))[-1]["content"].endswith("signes")


async def test_the_page_learns_whether_the_bot_is_there(
    sandbox: Sandbox, bot: DemoBot, pages: tuple[Page, Page]
) -> None:
    await pages[0].post("/faults", action="outage", on=True)
    assert (await pages[0].hears("bot"))[-1] == {"online": False}
    await pages[0].post("/faults", action="clear")
    await sandbox.wait_for_bot(20)
    assert (await pages[0].hears("bot", 2))[-1] == {"online": True}


async def test_misbehaviour_over_http(sandbox: Sandbox, bot: DemoBot, pages: tuple[Page, Page]) -> None:
    page = pages[0]
    added = await page.post("/faults", action="http", method="GET", path="/users/@me$", status=403, code=50001)
    assert added == {"done": True}
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with page.session.get(f"{sandbox.api_root}/users/@me", headers=headers) as response:
        assert (response.status, (await response.json())["code"]) == (403, 50001)
    await sandbox.post_message("leo", "général", "un")
    await bot.hears(1)
    assert await page.post("/faults", action="replay", last=1) == {"done": 1}
    await bot.hears(2)
    await page.post("/faults", action="reconnect")
    await page.post("/faults", action="drop")
    await page.post("/faults", action="invalidate", resumable=False)
    for wrong in ({"action": "dance"}, {"action": "http", "path": "("}):
        assert (await page.ask("POST", "/faults", **wrong))[0] == 400


async def test_what_can_happen_to_a_server_over_http(sandbox: Sandbox, pages: tuple[Page, Page]) -> None:
    page, world = pages[0], sandbox.world
    guild = world.guild("Atelier IA")

    async def fault(action: str, **more: Any) -> Any:
        return (await page.post("/faults", action=action, guild=str(guild.id), **more))["done"]

    async def shown() -> Json:
        guilds = (await page.get("/state"))["guilds"]
        return next(one for one in guilds if one["id"] == str(guild.id))

    assert await fault("guild_outage")
    assert (await shown())["unavailable"]
    assert await fault("guild_outage", on=False)
    assert not (await shown())["unavailable"]
    assert await fault("remove_bot")
    assert not await fault("remove_bot")
    assert not (await shown())["bot_member"]
    assert await fault("authorize_commands")
    assert (await shown())["commands_authorized"]
    assert await fault("invite_bot")
    assert not await fault("invite_bot")
    made = await fault("hidden_channel", name="coulisses")
    assert {one["id"]: one["hidden"] for one in (await shown())["channels"]}[made]
    assert await fault("guild_late", seconds=None)
    assert world.availability.late == {guild.id: None}
    assert await fault("guild_unlisted")
    assert world.availability.unlisted == {guild.id}
    await page.post("/faults", action="clear")
    assert not world.availability.late
    assert not world.availability.unlisted
    assert (await page.ask("POST", "/faults", action="guild_outage", guild="nowhere"))[0] == 404


async def test_refusals_limits_and_the_clock_over_http(sandbox: Sandbox, pages: tuple[Page, Page]) -> None:
    page = pages[0]
    sandbox.commands.put(None, {"name": "echo", "description": "x"})
    limit = await page.post("/faults", action="session_limit", remaining=3, max_concurrency=2, reset_after=5000)
    assert limit["done"] == {"total": 1000, "remaining": 3, "reset_after": 5000, "max_concurrency": 2}
    assert (await page.post("/faults", action="clock", offset=-86_400))["done"].endswith("GMT")
    assert sandbox.clock.offset == -86_400
    await page.post("/faults", action="html", path="/users/@me$", status=403)
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with page.session.get(f"{sandbox.api_root}/users/@me", headers=headers) as response:
        assert (response.status, response.content_type) == (403, "text/html")
    await page.post("/faults", action="hold", path="/users")
    async with page.session.get(f"{sandbox.api_root}/users/@me", headers=headers) as response:
        assert response.status == 503
    await page.post("/faults", action="hold", on=False)
    await page.post("/faults", action="clear_commands")
    assert sandbox.commands.all() == []
    await page.post("/faults", action="refuse_commands", status=503)
    url = f"{sandbox.api_root}/applications/{sandbox.world.application_id}/commands"
    async with page.session.put(url, json=[], headers=headers) as response:
        assert response.status == 503
    await page.post("/faults", action="raw", text="{")
    for wrong in ({"code": 1000}, {"code": "x"}):
        assert (await page.ask("POST", "/faults", action="close", **wrong))[0] == 400
    await page.post("/faults", action="close", code=4014, stay=True)
    assert sandbox.faults.refuse_identify == 4014
    await page.post("/faults", action="revoke_token")
    assert sandbox.gateway.credentials.revoked
    await page.post("/faults", action="revoke_token", on=False)
    await page.post("/faults", action="clear")
    assert (sandbox.faults.refuse_identify, sandbox.clock.offset) == (None, 0)
    assert sandbox.gateway.start_limit.remaining == 1000


async def test_forwards_and_polls_from_the_page(sandbox: Sandbox, bot: DemoBot, pages: tuple[Page, Page]) -> None:
    camille, leo = pages
    said = await leo.post("/messages", channel=leo.channel("prompts"), content="à transférer")
    there = camille.channel("général")
    moved = await camille.post("/forward", channel=there, message=said["id"], **{"from": said["channel_id"]})
    assert moved["message_snapshots"][0]["message"]["content"] == "à transférer"
    asked = await camille.post("/poll", channel=there, question="Lequel ?", answers=["un", "deux"])
    assert [one["poll_media"]["text"] for one in asked["poll"]["answers"]] == ["un", "deux"]
    assert (await camille.ask("POST", "/poll", channel=there, question="", answers=["un"]))[0] == 400
    assert (await camille.ask("POST", "/forward", channel=there, message="1", **{"from": there}))[0] == 404


async def test_other_sites_are_kept_out(sandbox: Sandbox, pages: tuple[Page, Page]) -> None:
    url = f"{sandbox.page_url}sandbox/api/state"
    async with pages[0].session.get(url, headers={"Origin": "http://elsewhere.example"}) as response:
        assert response.status == 403
    own = sandbox.page_url.rstrip("/")
    async with pages[0].session.get(url, headers={"Origin": own}) as response:
        assert response.status == 200


async def test_the_page_and_its_files(sandbox: Sandbox, pages: tuple[Page, Page]) -> None:
    for path, status in (("", 200), ("page/index.html", 200), ("page/../server.py", 404), ("page/none", 404)):
        async with pages[0].session.get(sandbox.page_url + path) as response:
            assert response.status == status
