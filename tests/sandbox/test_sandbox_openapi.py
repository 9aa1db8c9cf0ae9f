"""What the sandbox answers has the shape Discord publishes, where its OpenAPI description is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from jsonschema import Draft202012Validator

from sandbox import Sandbox

PUBLISHED = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
Json = dict[str, Any]

BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "y"}]}
EMBED = {"title": "t", "fields": [{"name": "a", "value": "b"}]}
OPTION = {"name": "text", "description": "d", "type": 3, "required": True}
COMMANDS = [
    {"name": "echo", "description": "d", "type": 1, "options": [OPTION]},
    {"name": "Menu", "type": 3},
]


class Checked:
    """Asks the sandbox as the bot would and checks each answer against the description."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, spec: Json) -> None:
        self.sandbox = sandbox
        self.session = session
        self.spec = spec

    async def ask(self, method: str, template: str, body: Any = None, *, query: str = "", **parts: object) -> Any:
        headers = {"Authorization": f"Bot {self.sandbox.token}"}
        url = self.sandbox.api_root + template.format(**parts) + query
        async with self.session.request(method, url, json=body, headers=headers) as response:
            answer = await response.json()
        responses = self.spec["paths"][template][method.lower()]["responses"]
        schema = responses[str(response.status)]["content"]["application/json"]["schema"]
        errors = Draft202012Validator({**schema, "components": self.spec["components"]}).iter_errors(answer)
        assert [f"{list(error.absolute_path)}: {error.message}" for error in errors] == []
        return answer


@pytest.fixture
def published() -> Json:
    if not PUBLISHED.exists():
        pytest.skip("no openapi.json beside the repository")
    return json.loads(PUBLISHED.read_text(encoding="utf-8"))


async def test_answers_have_the_published_shape(sandbox: Sandbox, published: Json) -> None:
    world = sandbox.world
    leo, channel, app = world.user("leo").id, world.channel("général").id, world.application_id
    async with aiohttp.ClientSession() as session:
        checked = Checked(sandbox, session, published)
        messages = "/channels/{channel_id}/messages"
        body = {"content": f"<@{leo}>", "embeds": [EMBED], "components": [BUTTON]}
        first = await checked.ask("POST", messages, body, channel_id=channel)
        reply = {"content": "x", "message_reference": {"message_id": first["id"]}}
        await checked.ask("POST", messages, reply, channel_id=channel)
        await checked.ask("GET", messages, channel_id=channel)
        for place in (channel, world.channel("Réponses courtes ou longues ?").id):
            await checked.ask("GET", "/channels/{channel_id}", channel_id=place)
        guild = world.guild("Atelier IA").id
        for part in ("", "/channels", "/roles", "/threads/active"):
            await checked.ask("GET", "/guilds/{guild_id}" + part, guild_id=guild)
        await checked.ask("GET", "/guilds/{guild_id}/members/{user_id}", guild_id=guild, user_id=leo)
        for path in ("/users/@me", "/users/@me/guilds", "/applications/@me", "/gateway", "/gateway/bot"):
            await checked.ask("GET", path)
        await checked.ask("POST", "/users/@me/channels", {"recipient_id": str(leo)})
        registered = "/applications/{application_id}/commands"
        await checked.ask("PUT", registered, COMMANDS, application_id=app)
        new = {"name": "more", "description": "d"}
        await checked.ask("POST", registered, new, application_id=app)
        call = await sandbox.command("leo", "général", "echo", {"text": "x"}, wait=False)
        callback = "/interactions/{interaction_id}/{interaction_token}/callback"
        answer = {"type": 4, "data": {"content": "x", "flags": 64}}
        parts = {"interaction_id": call.id, "interaction_token": call.token}
        await checked.ask("POST", callback, answer, query="?with_response=true", **parts)
        hook = "/webhooks/{webhook_id}/{webhook_token}"
        own = {"webhook_id": app, "webhook_token": call.token}
        await checked.ask("GET", hook + "/messages/@original", **own)
        await checked.ask("POST", hook, {"content": "y"}, **own)
