"""REST as discord.py uses it: messages, errors, limits, permissions, misbehaviour."""

from __future__ import annotations

import asyncio
import io
import time

import aiohttp
import discord
import pytest
from discord.http import Route

from sandbox import Sandbox
from sandbox.state.models import PRIVATE_THREAD
from tests.sandbox.demo_bot import DemoBot
from tests.sandbox.raw_client import rest


async def text_channel(sandbox: Sandbox, bot: DemoBot, name: str = "général") -> discord.TextChannel:
    channel = await bot.fetch_channel(sandbox.world.channel(name).id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def new_command(bot: DemoBot, payload: dict[str, object]) -> None:
    await bot.http.request(Route("POST", f"/applications/{bot.application_id}/commands"), json=payload)


def code_of(error: pytest.ExceptionInfo[discord.HTTPException]) -> tuple[int, int]:
    return error.value.status, error.value.code


async def test_sending_with_a_file_a_reply_and_a_nonce(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    asked = await sandbox.post_message("leo", "général", "question")
    file = discord.File(io.BytesIO(b"abc"), "notes.txt", description="des notes")
    reference = discord.MessageReference(message_id=int(asked["id"]), channel_id=channel.id)
    sent = await channel.send("  réponse ", file=file, reference=reference, nonce=asked["id"])
    assert (sent.content, sent.nonce, sent.type) == ("réponse", asked["id"], discord.MessageType.reply)
    assert await sent.attachments[0].read() == b"abc"
    assert sent.attachments[0].description == "des notes"
    again = await channel.send("réponse", nonce=asked["id"])
    assert again.id == sent.id
    last = sandbox.requests[-1]
    assert (last.method, last.status, last.body["enforce_nonce"]) == ("POST", 200, True)
    assert [one.files for one in sandbox.requests if one.files] == [["files[0]"]]
    assert sandbox.world.channel("général").last_message_id == sent.id


async def test_mentions_follow_allowed_mentions(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    user = sandbox.world.user("leo")
    assert (await channel.send(f"<@{user.id}> @everyone")).mentions == []
    loud = await channel.send(f"<@{user.id}> @everyone", allowed_mentions=discord.AllowedMentions.all())
    assert [one.id for one in loud.mentions] == [user.id]
    assert not loud.mention_everyone
    sandbox.world.allow("général", "mention_everyone")
    assert (await channel.send("@everyone", allowed_mentions=discord.AllowedMentions.all())).mention_everyone


async def test_history_in_every_direction(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot, "prof")
    said = [await sandbox.post_message("leo", "prof", str(number)) for number in range(7)]
    middle = discord.Object(int(said[3]["id"]))

    async def texts(**where: object) -> list[str]:
        return [message.content async for message in channel.history(**where)]  # pyright: ignore[reportArgumentType]

    assert await texts(limit=2) == ["6", "5"]
    assert await texts(limit=2, before=middle) == ["2", "1"]
    assert await texts(limit=2, after=middle) == ["4", "5"]
    assert sorted(await texts(limit=3, around=middle)) == ["2", "3", "4"]
    assert (await channel.fetch_message(middle.id)).content == "3"
    for _ in range(120):
        await sandbox.post_message("leo", "prof", "suite")
    assert len(await texts(limit=None)) == 128
    sandbox.world.deny("prof", "read_message_history")
    assert await texts(limit=2) == []


async def test_edit_and_delete(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    sent = await channel.send("un", embed=discord.Embed(title="t"))
    edited = await sent.edit(content="deux", embed=None)
    assert (edited.content, edited.embeds, edited.edited_at is not None) == ("deux", [], True)
    with pytest.raises(discord.HTTPException) as error:
        await sent.edit(content="")
    assert code_of(error) == (400, 50006)
    await sent.delete()
    with pytest.raises(discord.NotFound) as error:
        await sent.edit(content="trois")
    assert code_of(error) == (404, 10008)
    other = await channel.fetch_message(int((await sandbox.post_message("leo", "général", "à moi"))["id"]))
    with pytest.raises(discord.Forbidden) as error:
        await other.edit(content="à toi")
    assert code_of(error) == (403, 50005)
    with pytest.raises(discord.Forbidden):
        await other.delete()
    sandbox.world.allow("général", "manage_messages")
    more = await channel.fetch_message(int((await sandbox.post_message("leo", "général", "aussi"))["id"]))
    await channel.delete_messages([other, more])
    assert sandbox.world.message(channel.id, other.id) is None


async def test_reactions(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    said = await sandbox.post_message("leo", "général", "bravo")
    message = await channel.fetch_message(int(said["id"]))
    await message.add_reaction("🌱")
    fetched = await channel.fetch_message(message.id)
    assert [(str(one.emoji), one.count, one.me) for one in fetched.reactions] == [("🌱", 1, True)]
    assert [user.name async for user in fetched.reactions[0].users()] == ["empreinte"]
    await message.remove_reaction("🌱", bot.user or discord.Object(0))
    assert (await channel.fetch_message(message.id)).reactions == []
    with pytest.raises(discord.HTTPException) as error:
        await message.add_reaction("nothing")
    assert code_of(error) == (400, 10014)
    sandbox.world.deny("général", "add_reactions")
    with pytest.raises(discord.Forbidden) as error:
        await message.add_reaction("🌱")
    assert code_of(error) == (403, 50013)


@pytest.mark.parametrize(
    ("denied", "arguments", "code"),
    [
        ("view_channel", {"content": "x"}, 50001),
        ("send_messages", {"content": "x"}, 50013),
        ("embed_links", {"embed": discord.Embed(title="x")}, 50013),
        ("attach_files", {"content": "x", "file": "notes"}, 50013),
        ("read_message_history", {"content": "x", "reference": "last"}, 160002),
    ],
)
async def test_missing_permissions(
    sandbox: Sandbox, bot: DemoBot, denied: str, arguments: dict[str, object], code: int
) -> None:
    channel = await text_channel(sandbox, bot)
    given = dict(arguments)
    if "file" in given:
        given["file"] = discord.File(io.BytesIO(b"abc"), "notes.txt")
    if "reference" in given:
        said = await sandbox.post_message("leo", "général", "ici")
        given["reference"] = discord.MessageReference(message_id=int(said["id"]), channel_id=channel.id)
    sandbox.world.deny("général", denied)
    with pytest.raises(discord.HTTPException) as error:
        await channel.send(**given)  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert error.value.code == code
    call = await sandbox.command("leo", "général", "chart")
    assert call.messages


async def test_threads(sandbox: Sandbox, bot: DemoBot) -> None:
    thread = await bot.fetch_channel(sandbox.world.channel("Réponses courtes ou longues ?").id)
    assert isinstance(thread, discord.Thread)
    await thread.send("ici")
    channel = await text_channel(sandbox, bot)
    said = await channel.fetch_message(int((await sandbox.post_message("leo", "général", "parlons-en"))["id"]))
    made = await said.create_thread(name="Suite")
    assert made.id == said.id
    with pytest.raises(discord.HTTPException) as error:
        await said.create_thread(name="Encore")
    assert error.value.code == 160004
    assert {one.name for one in await channel.guild.active_threads()} >= {"Suite"}
    await made.edit(archived=True, locked=True)
    with pytest.raises(discord.HTTPException) as error:
        await made.send("trop tard")
    assert error.value.code == 50083
    sandbox.world.deny("prompts", "send_messages_in_threads")
    with pytest.raises(discord.Forbidden):
        await thread.send("plus ici")
    call = await sandbox.command("leo", thread.id, "echo", {"text": "mais oui"})
    assert call.messages
    await sandbox.post_message("leo", thread.id, "entendu")
    assert (await bot.hears(2))[-1].channel.id == thread.id


async def test_archived_threads_come_last_archived_first(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    world = sandbox.world
    for name in ("a", "b", "c"):
        world.add_thread(channel.id, name, "leo")
    world.add_thread(channel.id, "secret", "leo", type=PRIVATE_THREAD)
    for name in ("b", "a", "c", "secret"):
        world.archive_thread(name)
        await asyncio.sleep(0.002)
    assert [one.name async for one in channel.archived_threads()] == ["c", "a", "b"]
    by_time = {one.name: one.archive_timestamp async for one in channel.archived_threads()}
    assert [one.name async for one in channel.archived_threads(before=by_time["c"], limit=1)] == ["a"]
    status, page, _ = await rest(sandbox, f"/channels/{channel.id}/threads/archived/public?limit=2")
    assert (status, [one["name"] for one in page["threads"]], page["has_more"]) == (200, ["c", "a"], True)
    with pytest.raises(discord.Forbidden):
        assert not [one async for one in channel.archived_threads(private=True)]
    world.allow(channel.id, "manage_threads")
    assert [one.name async for one in channel.archived_threads(private=True)] == ["secret"]
    world.deny(channel.id, "read_message_history")
    with pytest.raises(discord.Forbidden):
        assert not [one async for one in channel.archived_threads()]


async def test_private_channels(sandbox: Sandbox, bot: DemoBot) -> None:
    leo = await bot.fetch_user(sandbox.world.user("leo").id)
    sent = await leo.send("bonjour")
    assert (await sandbox.dm("leo")).history.get(sent.id) is not None
    sandbox.world.user("leo").accepts_dms = False
    with pytest.raises(discord.Forbidden) as error:
        await leo.send("encore")
    assert code_of(error) == (403, 50007)


async def test_guild_resources(sandbox: Sandbox, bot: DemoBot) -> None:
    guild = await bot.fetch_guild(sandbox.world.guild("Atelier IA").id)
    assert guild.approximate_member_count == 5
    leo = await guild.fetch_member(sandbox.world.user("leo").id)
    assert leo.display_name == "Léo"
    assert len(await guild.fetch_channels()) == 4
    assert [role.name for role in await guild.fetch_roles()] == ["@everyone"]
    assert len([one async for one in bot.fetch_guilds()]) == 2
    with pytest.raises(discord.NotFound) as error:
        await guild.fetch_member(sandbox.world.user("emma").id)
    assert code_of(error) == (404, 10007)
    with pytest.raises(discord.Forbidden) as error:
        await bot.fetch_guild(sandbox.world.guild("Ailleurs").id)
    assert code_of(error) == (403, 50001)
    await guild.leave()
    assert not sandbox.world.has_bot("Atelier IA")


async def test_what_is_not_there(sandbox: Sandbox, bot: DemoBot) -> None:
    for path, code in (("/channels/1", 10003), ("/guilds/1", 10004), ("/users/1", 10013), ("/nowhere", 0)):
        with pytest.raises(discord.NotFound) as error:
            await bot.http.request(Route("GET", path))
        assert code_of(error) == (404, code)
    with pytest.raises(discord.HTTPException) as error:
        await bot.http.request(Route("GET", "/channels/abc"))
    assert code_of(error) == (400, 50035)
    with pytest.raises(discord.NotFound) as error:
        await bot.http.delete_global_command(bot.application_id or 0, 1)
    assert code_of(error) == (404, 10063)
    with pytest.raises(discord.Forbidden) as error:
        await bot.http.get_global_commands(1)
    assert code_of(error) == (403, 20012)


async def test_replies_to_what_cannot_be_replied_to(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    gone = discord.MessageReference(message_id=1, channel_id=channel.id)
    with pytest.raises(discord.HTTPException, match="Unknown message") as error:
        await channel.send("x", reference=gone)
    assert code_of(error) == (400, 50035)
    lax = discord.MessageReference(message_id=1, channel_id=channel.id, fail_if_not_exists=False)
    assert (await channel.send("x", reference=lax)).type is discord.MessageType.default
    system = await sandbox.post_message("leo", "général", "", type=7)
    with pytest.raises(discord.HTTPException, match="system"):
        await channel.send("x", reference=discord.MessageReference(message_id=int(system["id"]), channel_id=channel.id))


async def test_limits_are_enforced(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    with pytest.raises(discord.HTTPException, match="2000") as error:
        await channel.send("x" * 2001)
    assert code_of(error) == (400, 50035)
    with pytest.raises(discord.HTTPException) as error:
        await channel.send(" ")
    assert code_of(error) == (400, 50006)
    with pytest.raises(discord.HTTPException) as error:
        await channel.send(file=discord.File(io.BytesIO(bytes(10 * 1024 * 1024 + 1)), "big.bin"))
    assert code_of(error) == (413, 40005)
    with pytest.raises(discord.HTTPException) as error:
        await new_command(bot, {"name": "BAD NAME", "description": "x", "type": 1})
    assert code_of(error) == (400, 50035)


async def test_rate_limits_delay_the_client(sandbox: Sandbox, bot: DemoBot) -> None:
    sandbox.limits.messages = (2, 0.3)
    channel = await text_channel(sandbox, bot)
    started = time.monotonic()
    await asyncio.gather(*(channel.send(str(number)) for number in range(5)))
    assert time.monotonic() - started >= 0.55


async def test_the_wrong_token_is_refused_and_counted(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"Authorization": "Bot wrong"}):
            async with session.get(f"{sandbox.api_root}/users/@me", headers=headers) as response:
                assert response.status == 401
                assert response.headers["Content-Type"] == "application/json"
                assert (await response.json())["code"] == 0
    assert sandbox.invalid_requests == 2


async def test_429_403_404_and_5xx_on_demand(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    sandbox.faults.add(method="POST", path=r"/messages$", status=429, retry_after=0.1)
    assert (await channel.send("après une attente")).content == "après une attente"
    assert sandbox.invalid_requests == 1
    sandbox.faults.add(method="POST", path=r"/messages$", status=403, code=50013)
    with pytest.raises(discord.Forbidden):
        await channel.send("x")
    sandbox.faults.add(path=r"/messages/1$", status=404, code=10008)
    with pytest.raises(discord.NotFound):
        await channel.fetch_message(1)
    sandbox.faults.add(method="POST", path=r"/messages$", status=400, code=200000)
    with pytest.raises(discord.HTTPException) as error:
        await channel.send("x")
    assert error.value.code == 200000


async def test_a_lost_answer_and_its_retry_make_one_message(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    before = len(sandbox.world.channel("général").history)
    sandbox.faults.add(method="POST", path=r"/messages$", status=502, after=True)
    await channel.send("une fois", nonce=12345)
    assert len(sandbox.world.channel("général").history) == before + 1
    assert [one.status for one in list(sandbox.requests)[-2:]] == [502, 200]


async def test_a_delay_holds_the_answer_back(sandbox: Sandbox, bot: DemoBot) -> None:
    sandbox.faults.delay("/users/@me$", 0.2)
    started = time.monotonic()
    await bot.http.request(Route("GET", "/users/@me"))
    assert time.monotonic() - started >= 0.2


async def test_guild_commands(sandbox: Sandbox, bot: DemoBot) -> None:
    guild = discord.Object(sandbox.world.guild("Atelier IA").id)
    bot.tree.copy_global_to(guild=guild)
    synced = await bot.tree.sync(guild=guild)
    assert len(sandbox.commands.list(guild.id)) == len(synced)
    call = await sandbox.command("leo", "général", "echo", {"text": "ici"})
    assert call.messages
    fetched = await bot.tree.fetch_command(synced[0].id, guild=guild)
    await fetched.edit(name="parrot")
    assert sandbox.commands.get(guild.id, str(fetched.id))["name"] == "parrot"
    await fetched.delete()
    assert len(sandbox.commands.list(guild.id)) == len(synced) - 1
    assert len(await bot.tree.fetch_commands(guild=guild)) == len(synced) - 1


async def test_200_new_commands_a_day(sandbox: Sandbox, bot: DemoBot) -> None:
    sandbox.limits.default = None
    known = len(sandbox.commands.list(None))
    for number in range(200 - known):
        command = {"name": f"n{number % 50}", "description": "x", "type": 1}
        made, _ = sandbox.commands.put(None, command)
        sandbox.commands.delete(None, made["id"])
    with pytest.raises(discord.HTTPException) as error:
        await new_command(bot, {"name": "more", "description": "x", "type": 1})
    assert error.value.code == 30034


async def test_typing(sandbox: Sandbox, bot: DemoBot) -> None:
    channel = await text_channel(sandbox, bot)
    async with channel.typing():
        pass
    assert sandbox.requests[-1].path == f"/channels/{channel.id}/typing"
