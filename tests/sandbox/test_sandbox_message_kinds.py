"""Forwards, polls, layouts, voice messages, stickers, proxied messages, woken threads, hidden channels."""

from __future__ import annotations

import discord
import pytest

from sandbox import Refused, Sandbox
from tests.sandbox.demo_bot import DemoBot
from tests.sandbox.raw_client import connected, rest


async def test_a_forward_shows_a_snapshot(sandbox: Sandbox, bot: DemoBot) -> None:
    original = await sandbox.post_message("leo", "prompts", "le texte d'origine")
    await sandbox.forward("ines", "général", original)
    heard = (await bot.hears(2))[-1]
    assert (heard.content, heard.flags.forwarded) == ("", True)
    assert heard.reference is not None
    assert heard.reference.type is discord.MessageReferenceType.forward
    assert [one.content for one in heard.message_snapshots] == ["le texte d'origine"]
    await sandbox.rewrite(original, "changé")
    stored = sandbox.world.message("général", heard.id)
    assert stored is not None
    assert stored.data["message_snapshots"][0]["message"]["content"] == "le texte d'origine"
    again = await sandbox.forward("leo", "prof", stored.data)
    assert again["message_snapshots"][0]["message"]["content"] == "le texte d'origine"


async def test_a_forward_is_hidden_without_the_content_intent(sandbox: Sandbox) -> None:
    original = await sandbox.post_message("leo", "prompts", "secret")
    async with connected(sandbox, intents=(1 << 9) | 1) as client:
        await client.hears("READY")
        await sandbox.forward("ines", "général", original)
        heard = (await client.hears("MESSAGE_CREATE"))[0]
    assert heard["message_snapshots"][0]["message"]["content"] == ""


async def test_a_poll(sandbox: Sandbox, bot: DemoBot) -> None:
    await sandbox.poll("leo", "général", "Quel modèle ?", ["petit", "grand"], multiple=True, hours=2)
    poll = (await bot.hears(1))[0].poll
    assert poll is not None
    assert (poll.question, [one.text for one in poll.answers], poll.multiple) == (
        "Quel modèle ?",
        ["petit", "grand"],
        True,
    )
    for question, answers in (("", ["a"]), ("q" * 301, ["a"]), ("q", []), ("q", ["a" * 56]), ("q", ["a"] * 11)):
        with pytest.raises(Refused):
            await sandbox.poll("leo", "général", question, answers)


async def test_a_layout_of_another_bot(sandbox: Sandbox, bot: DemoBot) -> None:
    other = sandbox.world.add_user("other", "Autre")
    other.bot = True
    sandbox.world.add_member("Atelier IA", other)
    parts = [{"type": 17, "components": [{"type": 10, "content": "dans une boîte"}]}]
    async with connected(sandbox) as client:
        await client.hears("READY")
        await sandbox.post(other, "général", {"flags": 1 << 15, "components": parts})
        heard = (await client.hears("MESSAGE_CREATE"))[0]
    assert (heard["content"], heard["flags"]) == ("", 1 << 15)
    assert heard["components"][0]["components"][0]["content"] == "dans une boîte"
    assert heard["author"]["bot"]


async def test_voice_and_stickers(sandbox: Sandbox, bot: DemoBot) -> None:
    await sandbox.voice("leo", "général", 4.5)
    await sandbox.sticker("leo", "général", "Coucou", "salut")
    voice, sticker = await bot.hears(2)
    assert voice.flags.voice
    assert (voice.attachments[0].duration, voice.attachments[0].is_voice_message()) == (4.5, True)
    assert (sticker.content, [one.name for one in sticker.stickers]) == ("salut", ["Coucou"])


async def test_a_proxied_message_is_a_webhook_copy_of_one_that_goes(sandbox: Sandbox, bot: DemoBot) -> None:
    original, copy = await sandbox.proxy("leo", "général", "je parle", "Alter")
    heard = await bot.hears(2)
    assert [one.content for one in heard] == ["je parle", "je parle"]
    assert [one.webhook_id for one in heard] == [None, int(copy["webhook_id"])]
    assert heard[1].author.name == "Alter"
    assert ("delete", int(original["id"])) in bot.raw
    assert sandbox.world.message("général", original["id"]) is None


async def test_a_message_wakes_a_thread_that_nobody_has_in_mind(sandbox: Sandbox, bot: DemoBot) -> None:
    thread = sandbox.world.channel("Réponses courtes ou longues ?")
    async with connected(sandbox) as client:
        await client.hears("GUILD_CREATE", 2)
        sandbox.world.archive_thread(thread)
        assert [one["thread_metadata"]["archived"] for one in await client.hears("THREAD_UPDATE")] == [True]
        await sandbox.post_message("ines", thread, "on reprend ?")
        await client.hears("THREAD_UPDATE", 2)
        names = [frame["t"] for frame in client.frames]
    assert names.index("MESSAGE_CREATE") < len(names) - 1 - names[::-1].index("THREAD_UPDATE")
    assert client.events("THREAD_UPDATE")[-1]["thread_metadata"]["archived"] is False
    assert (await bot.hears(1))[0].content == "on reprend ?"


async def test_an_archived_thread_is_not_in_guild_create(sandbox: Sandbox) -> None:
    thread = sandbox.world.channel("Réponses courtes ou longues ?")
    sandbox.world.archive_thread(thread)
    async with connected(sandbox) as client:
        created = await client.hears("GUILD_CREATE", 2)
        assert [one["threads"] for one in created] == [[], []]
        await sandbox.post_message("ines", thread, "on reprend ?")
        assert (await client.hears("MESSAGE_CREATE"))[0]["channel_id"] == str(thread.id)


async def test_a_hidden_channel_and_the_role_that_sees_it(sandbox: Sandbox, bot: DemoBot) -> None:
    world = sandbox.world
    role = world.add_role("Atelier IA", "équipe")
    channel = world.add_hidden_channel("Atelier IA", "coulisses", role)
    assert [world.can_see(name, channel) for name in ("camille", "leo")] == [True, False]
    world.add_role_to("Atelier IA", "leo", role)
    assert world.can_see("leo", channel)
    assert not world.can_see("ines", channel)
    await sandbox.post_message("leo", channel, "entre nous")
    assert (await bot.hears(1))[0].content == "entre nous"
    known = bot.get_channel(channel.id)
    assert isinstance(known, discord.TextChannel)
    assert not known.permissions_for(known.guild.default_role).view_channel
    unseen = world.add_hidden_channel("Atelier IA", "conseil", bot=False)
    await sandbox.post_message("camille", unseen, "sans le bot")
    assert (await rest(sandbox, f"/channels/{unseen.id}"))[1]["code"] == 50001
    assert len(bot.heard) == 1
