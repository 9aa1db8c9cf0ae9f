"""Refusals at login and while running: HTML, session limits, final close codes, a dead token, commands."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import discord
import pytest

from sandbox import Clock, Sandbox
from sandbox.gateway import admission
from sandbox.state.snowflakes import created_at
from tests.sandbox.demo_bot import DemoBot
from tests.sandbox.raw_client import connected, rest


@pytest.mark.parametrize(("status", "wait"), [(429, 3600.0), (403, None), (200, None), (502, None)])
async def test_a_proxy_answers_with_a_page(sandbox: Sandbox, status: int, wait: float | None) -> None:
    sandbox.faults.page(r"^/users/@me$", status, retry_after=wait)
    answered, page, headers = await rest(sandbox, "/users/@me")
    assert answered == status
    assert page.startswith("<!DOCTYPE html>")
    assert headers["Content-Type"].startswith("text/html")
    assert headers.get("Retry-After") == (None if wait is None else "3600")
    assert "Via" not in headers, "with it the client would take the page for Discord's own limit"
    assert (await rest(sandbox, "/users/@me"))[0] == 200


async def test_discord_py_takes_a_page_for_a_ban(sandbox: Sandbox) -> None:
    sandbox.faults.page(r"^/users/@me$", 429, retry_after=3600, times=None)
    client = discord.Client(intents=discord.Intents.none())
    with pytest.raises(discord.HTTPException) as error:
        await client.login(sandbox.token)
    assert error.value.status == 429
    await client.close()


async def test_the_session_limit_is_told_counted_and_final(sandbox: Sandbox) -> None:
    limit = sandbox.gateway.start_limit
    limit.remaining, limit.reset_after, limit.max_concurrency = 1, 60_000, 1
    told = {"total": 1000, "remaining": 1, "reset_after": 60_000, "max_concurrency": 1}
    assert (await rest(sandbox, "/gateway/bot"))[1]["session_start_limit"] == told
    async with connected(sandbox) as client:
        await client.hears("READY")
    assert (await rest(sandbox, "/gateway/bot"))[1]["session_start_limit"]["remaining"] == 0
    async with connected(sandbox) as client:
        assert await client.closed() == 4004
    assert (await rest(sandbox, "/users/@me"))[0] == 401, "the token was reset"
    sandbox.gateway.restore_token()
    limit.reset()
    assert (await rest(sandbox, "/users/@me"))[0] == 200


async def test_identifying_too_fast_is_an_invalid_session(sandbox: Sandbox) -> None:
    sandbox.gateway.start_limit.strict = True
    sandbox.gateway.start_limit.max_concurrency = 1
    async with connected(sandbox, shard=[0, 2]) as first, connected(sandbox, shard=[1, 2]) as second:
        await first.hears("READY")
        async with asyncio.timeout(60):
            while not any(frame["op"] == 9 for frame in second.frames):
                await asyncio.sleep(0.01)
        assert not second.events("READY")


async def test_more_servers_than_a_shard_may_have(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "GUILDS_PER_SHARD", 1)
    async with connected(sandbox) as client:
        assert await client.closed() == 4011


async def test_gateway_bot_can_fail(sandbox: Sandbox) -> None:
    sandbox.faults.add(path="^/gateway/bot$", status=502)
    assert (await rest(sandbox, "/gateway/bot"))[0] == 502
    assert (await rest(sandbox, "/gateway/bot"))[0] == 200


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4013, 4014])
async def test_final_close_codes_at_identify_and_while_running(sandbox: Sandbox, code: int) -> None:
    async with connected(sandbox) as client:
        await client.hears("READY")
        sandbox.faults.refuse_identify = code
        await sandbox.gateway.close_all(code)
        assert await client.closed() == code
    assert not sandbox.gateway.sessions
    async with connected(sandbox) as client:
        assert await client.closed() == code
    sandbox.faults.clear()
    async with connected(sandbox) as client:
        await client.hears("READY")


async def test_a_token_revoked_while_running(sandbox: Sandbox, bot: DemoBot) -> None:
    async with connected(sandbox) as client:
        await client.hears("READY")
        await sandbox.gateway.revoke_token()
        assert await client.closed() == 4004
    assert (await rest(sandbox, "/users/@me"))[0] == 401
    async with connected(sandbox) as client:
        assert await client.closed() == 4004
    async with asyncio.timeout(60):
        while not bot.is_closed():
            await asyncio.sleep(0.01)


async def test_commands_are_refused_and_lost(sandbox: Sandbox, bot: DemoBot) -> None:
    path = f"/applications/{bot.application_id}/commands"
    sandbox.faults.refuse_commands(429, retry_after=600)
    status, body, headers = await rest(sandbox, path, "PUT", json=[])
    assert (status, body["retry_after"], headers["Retry-After"]) == (429, 600, "600")
    sandbox.faults.refuse_commands(400, 30034)
    with pytest.raises(discord.HTTPException) as error:
        await bot.tree.sync()
    assert (error.value.status, error.value.code) == (400, 30034)
    sandbox.faults.refuse_commands(503)
    assert (await rest(sandbox, path, "PUT", json=[]))[0] == 503
    assert {one["name"] for one in (await rest(sandbox, path))[1]} >= {"echo", "settings"}
    sandbox.commands.clear()
    assert (await rest(sandbox, path))[1] == []
    await bot.tree.sync()
    assert {one["name"] for one in (await rest(sandbox, path))[1]} >= {"echo", "settings"}


async def test_a_frame_that_is_no_json(sandbox: Sandbox) -> None:
    async with connected(sandbox) as client:
        await client.hears("READY")
        await sandbox.gateway.send_raw("<html>502</html>")
        async with asyncio.timeout(60):
            while not client.text:
                await asyncio.sleep(0.01)
        assert client.text == ["<html>502</html>"]


async def test_everything_can_be_held_and_resumed(sandbox: Sandbox) -> None:
    sandbox.faults.hold(r"^/channels/")
    path = f"/channels/{sandbox.world.channel('général').id}"
    assert [(await rest(sandbox, path))[0] for _ in range(3)] == [503] * 3
    assert (await rest(sandbox, "/users/@me"))[0] == 200
    sandbox.faults.resume()
    assert (await rest(sandbox, path))[0] == 200
    sandbox.faults.resume()


@pytest.mark.parametrize("days", [-20, 35])
async def test_discords_clock_can_differ_from_the_machines(sandbox: Sandbox, days: int) -> None:
    shifted = timedelta(days=days)
    sandbox.clock.offset = shifted.total_seconds()
    for path in ("/users/@me", "/nowhere"):
        date = (await rest(sandbox, path))[2]["Date"]
        assert abs(parsedate_to_datetime(date) - datetime.now(UTC) - shifted) < timedelta(seconds=5)
    earlier = sandbox.world.ids.next()
    assert sandbox.world.ids.next() > earlier, "ids never go back"


async def test_a_sandbox_can_start_with_another_clock() -> None:
    sandbox = await Sandbox.start(clock=Clock(-100 * 86_400))
    message = await sandbox.post_message("leo", "général", "il y a longtemps")
    expected = datetime.now(UTC) - timedelta(days=100)
    assert abs(created_at(int(message["id"])) - expected) < timedelta(seconds=5)
    assert abs(datetime.fromisoformat(message["timestamp"]) - expected) < timedelta(seconds=5)
    await sandbox.stop()
