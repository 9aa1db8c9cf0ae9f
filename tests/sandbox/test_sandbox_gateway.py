"""Sessions: events in order, resumes, lost sessions, intents, close codes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import discord
import pytest

from sandbox import Sandbox
from tests.sandbox.demo_bot import DemoBot

StartBot = Callable[..., Awaitable[DemoBot]]


async def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_the_bot_knows_its_guilds(sandbox: Sandbox, bot: DemoBot) -> None:
    await until(lambda: len(bot.guilds) == 2)
    guild = bot.get_guild(sandbox.world.guild("Atelier IA").id)
    assert guild is not None
    assert guild.preferred_locale is discord.Locale.french
    assert [channel.name for channel in guild.text_channels] == ["général", "prompts", "prof"]
    assert [thread.name for thread in guild.threads] == ["Réponses courtes ou longues ?"]
    assert guild.me.guild_permissions.send_messages


async def test_guilds_spread_over_shards(sandbox: Sandbox, start_bot: StartBot) -> None:
    bot = await start_bot(shard_count=3)
    await until(lambda: len(bot.guilds) == 2)
    assert all(guild.shard_id == (guild.id >> 22) % 3 for guild in bot.guilds)
    for channel in ("général", "general"):
        await sandbox.post_message("noah", channel, "hello")
    dm = await sandbox.dm("noah")
    await sandbox.post_message("noah", dm, "just you")
    await bot.hears(3)
    call = await sandbox.command("noah", dm, "echo", {"text": "x"})
    assert call.messages


async def test_messages_arrive_in_order(sandbox: Sandbox, bot: DemoBot) -> None:
    for number in range(300):
        await sandbox.post_message("leo", "général", str(number))
    heard = await bot.hears(300)
    assert [message.content for message in heard] == [str(number) for number in range(300)]
    assert heard[0].guild is not None
    assert isinstance(heard[0].author, discord.Member)


async def test_a_dropped_socket_resumes_with_what_was_missed(sandbox: Sandbox, bot: DemoBot) -> None:
    await sandbox.post_message("leo", "général", "avant")
    await bot.hears(1)
    await sandbox.gateway.drop()
    for text in ("pendant 1", "pendant 2"):
        await sandbox.post_message("leo", "général", text)
    heard = await bot.hears(3)
    assert [message.content for message in heard] == ["avant", "pendant 1", "pendant 2"]
    assert (sandbox.gateway.identifies, sandbox.gateway.resumes) == (1, 1)


async def test_reconnect_is_a_resume(sandbox: Sandbox, bot: DemoBot) -> None:
    await sandbox.gateway.reconnect()
    await until(lambda: sandbox.gateway.resumes == 1)
    await sandbox.post_message("leo", "général", "après")
    assert (await bot.hears(1))[0].content == "après"


async def test_an_invalid_session_loses_what_comes_before_the_next(sandbox: Sandbox, bot: DemoBot) -> None:
    await sandbox.gateway.invalidate()
    await sandbox.post_message("leo", "général", "perdu")
    await until(lambda: sandbox.gateway.identifies == 2, 15)
    await sandbox.wait_for_bot()
    await sandbox.post_message("leo", "général", "entendu")
    assert [message.content for message in await bot.hears(1)] == ["entendu"]


async def test_a_resumable_invalidation_loses_nothing(sandbox: Sandbox, bot: DemoBot) -> None:
    await sandbox.gateway.invalidate(resumable=True)
    await sandbox.post_message("leo", "général", "gardé")
    assert (await bot.hears(1))[0].content == "gardé"
    assert sandbox.gateway.identifies == 1


async def test_a_session_lost_with_its_socket_is_identified_anew(sandbox: Sandbox, bot: DemoBot) -> None:
    await sandbox.gateway.drop(resumable=False)
    await sandbox.post_message("leo", "général", "perdu")
    await until(lambda: sandbox.gateway.identifies == 2, 15)
    assert bot.heard == []


async def test_replayed_events_come_twice(sandbox: Sandbox, bot: DemoBot) -> None:
    for text in ("un", "deux", "trois"):
        await sandbox.post_message("leo", "général", text)
    await bot.hears(3)
    assert await sandbox.gateway.replay(last=2) == 2
    heard = await bot.hears(5)
    assert [message.content for message in heard] == ["un", "deux", "trois", "deux", "trois"]
    assert heard[1].id == heard[3].id


async def test_an_outage_turns_clients_away(sandbox: Sandbox, bot: DemoBot) -> None:
    sandbox.gateway.accepting = False
    await sandbox.gateway.drop()
    await sandbox.gateway.wait_gone(60)
    await sandbox.post_message("leo", "général", "pendant")
    sandbox.gateway.accepting = True
    assert (await bot.hears(1, 20))[0].content == "pendant"


async def test_without_the_content_intent_texts_are_empty(sandbox: Sandbox, start_bot: StartBot) -> None:
    bot = await start_bot(message_content=False)
    await sandbox.post_message("leo", "général", "secret")
    await sandbox.post_message("leo", "général", f"<@{sandbox.world.bot.id}> ouvert")
    await sandbox.post_message("leo", await sandbox.dm("leo"), "entre nous")
    heard = await bot.hears(3)
    assert heard[0].content == ""
    assert heard[1].content.endswith("ouvert")
    assert heard[2].content == "entre nous"


async def test_the_refused_content_intent_closes_with_4014(sandbox: Sandbox, start_bot: StartBot) -> None:
    sandbox.faults.refuse_message_content = True
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await start_bot()


async def test_unseen_channels_send_nothing(sandbox: Sandbox, bot: DemoBot) -> None:
    sandbox.world.deny("prof", "view_channel")
    await sandbox.post_message("leo", "prof", "caché")
    await sandbox.post_message("leo", "général", "vu")
    assert [message.content for message in await bot.hears(1)] == ["vu"]


async def test_what_people_do_reaches_the_bot(sandbox: Sandbox, bot: DemoBot) -> None:
    message = await sandbox.post_message("leo", "général", "brouillon")
    await sandbox.rewrite(message, "propre")
    await sandbox.remove(message)
    await until(lambda: len(bot.raw) == 2)
    assert bot.raw == [("edit", int(message["id"])), ("delete", int(message["id"]))]
    copy = await sandbox.post_message("leo", "général", "par un pont", webhook=True)
    await sandbox.post_message("leo", "général", "", type=7)
    heard = await bot.hears(3)
    assert heard[1].webhook_id == int(copy["webhook_id"])
    assert heard[2].type is discord.MessageType.new_member


async def test_the_world_changes_under_the_bot(sandbox: Sandbox, bot: DemoBot) -> None:
    guild = sandbox.world.add_guild("Neuf", "emma")
    channel = sandbox.world.add_channel(guild, "accueil")
    await until(lambda: bot.get_channel(channel.id) is not None)
    sandbox.world.delete_channel(channel)
    await until(lambda: bot.get_channel(channel.id) is None)
    sandbox.world.remove_bot(guild)
    await until(lambda: bot.get_guild(guild.id) is None)


async def test_members_are_sent_on_request(sandbox: Sandbox, start_bot: StartBot) -> None:
    bot = await start_bot(members=True)
    await until(lambda: len(bot.guilds) == 2)
    guild = bot.get_guild(sandbox.world.guild("English Club").id)
    assert guild is not None
    await guild.chunk()
    assert {member.name for member in guild.members} >= {"noah", "emma", "empreinte"}
    assert [member.name for member in await guild.query_members("em")] == ["empreinte", "emma"]
    user = sandbox.world.user("leo")
    sandbox.world.add_member(guild.id, user)
    await until(lambda: guild.get_member(user.id) is not None)


async def test_going_says_goodbye_to_the_session(sandbox: Sandbox, start_bot: StartBot) -> None:
    bot = await start_bot()
    await bot.close()
    await sandbox.gateway.wait_gone(60)
    await until(lambda: sandbox.gateway.sessions == {})


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"op": 2, "d": {"token": "wrong", "intents": 0}}, 4004),
        ({"op": 8, "d": {}}, 4003),
        ({"op": 99, "d": {}}, 4001),
        ({"op": 2, "d": {"token": None, "intents": 0, "shard": [2, 1]}}, 4010),
        ({"op": 2, "d": {"token": None, "intents": 1 << 40}}, 4013),
        ("{", 4002),
    ],
)
async def test_close_codes(sandbox: Sandbox, frame: dict[str, dict[str, object]] | str, code: int) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway.url) as socket:
        hello = await socket.receive_json()
        assert hello["op"] == 10
        if isinstance(frame, str):
            await socket.send_str(frame)
        else:
            if frame["d"].get("token", "") is None:
                frame["d"]["token"] = sandbox.token
            await socket.send_json(frame)
        assert (await socket.receive()).data == code


async def test_a_silent_client_times_out(sandbox: Sandbox) -> None:
    sandbox.gateway.heartbeat_interval = 20
    async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway.url) as socket:
        await socket.receive_json()
        assert (await socket.receive()).data == 4009


async def test_an_unknown_session_cannot_resume(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway.url) as socket:
        await socket.receive_json()
        resume = {"token": sandbox.token, "session_id": "gone", "seq": 1}
        await socket.send_json({"op": 6, "d": resume})
        assert await socket.receive_json() == {"op": 9, "d": False, "s": None, "t": None}


async def test_a_flood_arrives_whole_and_in_order(sandbox: Sandbox, bot: DemoBot) -> None:
    for number in range(5000):
        await sandbox.post_message("leo", "général", str(number))
        if number % 1000 == 500:
            await sandbox.gateway.drop()
            await asyncio.sleep(0.05)
    heard = await bot.hears(5000, 30)
    assert [int(message.content) for message in heard] == list(range(5000))
    assert sandbox.gateway.identifies == 1
