"""Servers that come late, are missing, in an outage, lost and found, or have the commands alone."""

from __future__ import annotations

import asyncio
import time

import discord

from sandbox import Sandbox
from tests.sandbox.demo_bot import DemoBot
from tests.sandbox.raw_client import ALL, connected, rest

MEMBERS = 1 << 1
FRENCH, ENGLISH = "Atelier IA", "English Club"


async def test_a_late_server_comes_after_ready_and_nothing_of_it_before(sandbox: Sandbox) -> None:
    guild = sandbox.world.guild(FRENCH)
    sandbox.world.arrive_late(guild, 0.3)
    async with connected(sandbox) as client:
        ready = (await client.hears("READY"))[0]
        started = time.monotonic()
        assert {"id": str(guild.id), "unavailable": True} in ready["guilds"]
        await sandbox.post_message("leo", "général", "trop tôt")
        await sandbox.post_message("noah", "English Club/general", "in time")
        assert [one["content"] for one in await client.hears("MESSAGE_CREATE")] == ["in time"]
        created = await client.hears("GUILD_CREATE", 2)
        assert time.monotonic() - started >= 0.25
        assert [(one["name"], one["unavailable"]) for one in created] == [(ENGLISH, False), (FRENCH, False)]
        await sandbox.post_message("leo", "général", "à temps")
        assert [one["content"] for one in await client.hears("MESSAGE_CREATE", 2)] == ["in time", "à temps"]
    status, history, _ = await rest(sandbox, f"/channels/{sandbox.world.channel('général').id}/messages?limit=2")
    assert (status, [one["content"] for one in history]) == (200, ["à temps", "trop tôt"])


async def test_a_server_can_stay_away_for_good(sandbox: Sandbox) -> None:
    sandbox.world.arrive_late(FRENCH, None)
    sandbox.world.leave_out(ENGLISH)
    async with connected(sandbox) as client:
        ready = (await client.hears("READY"))[0]
        assert ready["guilds"] == [{"id": str(sandbox.world.guild(FRENCH).id), "unavailable": True}]
        await sandbox.post_message("leo", "général", "a")
        await sandbox.post_message("noah", "English Club/general", "b")
        await asyncio.sleep(0.1)
        assert not client.events("GUILD_CREATE")
        assert not client.events("MESSAGE_CREATE")


async def test_stopping_brings_no_late_server(sandbox: Sandbox) -> None:
    sandbox.world.arrive_late(FRENCH, 60)
    async with connected(sandbox) as client:
        await client.hears("READY")
        await sandbox.stop()
        assert await client.closed() == 1001


async def test_an_outage_and_its_end(sandbox: Sandbox, bot: DemoBot) -> None:
    guild = sandbox.world.guild(FRENCH)
    async with connected(sandbox) as client:
        await client.hears("GUILD_CREATE", 2)
        sandbox.world.begin_outage(guild)
        sandbox.world.begin_outage(guild)
        assert await client.hears("GUILD_DELETE") == [{"id": str(guild.id), "unavailable": True}]
        await sandbox.post_message("leo", "général", "pendant")
        sandbox.world.end_outage(guild)
        assert (await client.hears("GUILD_CREATE", 3))[-1]["unavailable"] is False
        await sandbox.post_message("leo", "général", "après")
        assert [one["content"] for one in await client.hears("MESSAGE_CREATE")] == ["après"]
    known = bot.get_guild(guild.id)
    assert known is not None
    assert not known.unavailable
    assert [message.content for message in await bot.hears(1)] == ["après"]


async def test_a_client_that_comes_during_an_outage(sandbox: Sandbox) -> None:
    sandbox.world.begin_outage(FRENCH)
    async with connected(sandbox) as client:
        assert len((await client.hears("READY"))[0]["guilds"]) == 2
        assert [one["name"] for one in await client.hears("GUILD_CREATE")] == [ENGLISH]
        sandbox.world.availability.clear()
        assert [one["name"] for one in await client.hears("GUILD_CREATE", 2)] == [ENGLISH, FRENCH]


async def test_the_bot_is_removed_and_comes_back(sandbox: Sandbox, bot: DemoBot) -> None:
    guild = sandbox.world.guild(FRENCH)
    joined: list[discord.Guild] = []

    async def on_guild_join(one: discord.Guild) -> None:
        joined.append(one)

    bot.event(on_guild_join)
    await bot.wait_until_ready()
    async with connected(sandbox, ALL | MEMBERS) as client:
        await client.hears("GUILD_CREATE", 2)
        sandbox.world.remove_bot(guild)
        assert await client.hears("GUILD_DELETE") == [{"id": str(guild.id)}]
        await sandbox.post_message("leo", "général", "sans le bot")
        sandbox.world.add_member(guild, "emma")
        assert (await rest(sandbox, f"/guilds/{guild.id}"))[:2] == (403, {"message": "Missing Access", "code": 50001})
        sandbox.world.add_bot(guild)
        assert "unavailable" not in (await client.hears("GUILD_CREATE", 3))[-1]
        assert not client.events("MESSAGE_CREATE")
        assert not client.events("GUILD_MEMBER_ADD")
    async with asyncio.timeout(60):
        while not joined:
            await asyncio.sleep(0.01)
    assert joined[0].id == guild.id


async def test_only_the_commands_were_added(sandbox: Sandbox, bot: DemoBot) -> None:
    guild = sandbox.world.add_guild("Invités", "camille", bot=False, commands=True, locale="fr")
    channel = sandbox.world.add_channel(guild, "accueil")
    sandbox.world.add_member(guild, "noah").user.app_installed = False
    await sandbox.post_message("noah", channel, "personne n'entend")
    call = await sandbox.command("noah", channel, "echo", {"text": "x"})
    assert (call.owners, call.ephemeral, len(call.messages)) == ({"0": str(guild.id)}, False, 1)
    assert call.message is not None
    assert call.message["interaction_metadata"]["authorizing_integration_owners"] == {"0": str(guild.id)}
    assert bot.get_guild(guild.id) is None
    assert bot.heard == []
    assert (await rest(sandbox, f"/channels/{channel.id}"))[:2] == (403, {"message": "Missing Access", "code": 50001})
    assert (await rest(sandbox, f"/guilds/{guild.id}/channels"))[0] == 403
    sandbox.world.authorize_commands(guild, False)
    assert "echo" not in {one["name"] for one in sandbox.commands.available(sandbox.world.user("noah"), channel)}


async def test_people_who_left_are_known_but_no_members(sandbox: Sandbox) -> None:
    guild, user = sandbox.world.guild(FRENCH), sandbox.world.user("noah")
    path = f"/guilds/{guild.id}/members/{user.id}"
    assert (await rest(sandbox, path))[1]["user"]["global_name"] == "Noah"
    sandbox.world.remove_member(guild, user)
    assert (await rest(sandbox, path))[:2] == (404, {"message": "Unknown Member", "code": 10007})
    status, known, _ = await rest(sandbox, f"/users/{user.id}")
    assert (status, known["global_name"]) == (200, "Noah")
    assert (await rest(sandbox, "/users/123456789012345678"))[:2] == (404, {"message": "Unknown User", "code": 10013})
