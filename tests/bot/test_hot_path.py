"""Messages are decided on Discord's JSON: none of discord.py's objects is made, and history gives the same records."""

import asyncio
from typing import Any

import discord
import pytest
from annotated import QUESTION, by_the_bot, turn_on, until
from counted import GENERAL, THREAD, caught_up, count_in, guild_of, ids, settle
from house import House
from sqlalchemy import select

from bot.counting.message_record import Json, MessageRecord
from bot.ledger.records import OFF, REPLY, ChannelMode
from bot.ledger.schema import entries

PROMPTS = "Atelier IA/prompts"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What discord.py makes of messages, members and users from now on."""
    found: list[Any] = []

    def noting(kind: type[Any]) -> None:
        begin = kind.__init__

        def init(self: Any, *args: Any, **kwargs: Any) -> None:
            found.append(type(self))
            begin(self, *args, **kwargs)

        monkeypatch.setattr(kind, "__init__", init)

    for kind in (discord.Message, discord.Member, discord.User):
        noting(kind)
    return found


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch, house: House) -> list[str]:
    """The events that discord.py makes tasks of from now on."""
    found: list[str] = []
    schedule = house.bot._schedule_event

    def noting(coro: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        found.append(name)
        return schedule(coro, name, *args, **kwargs)

    monkeypatch.setattr(house.bot, "_schedule_event", noting)
    return found


def records(house: House) -> list[MessageRecord]:
    """What is told of messages from now on."""
    found: list[MessageRecord] = []
    house.bot.counting.events.written.append(lambda message, *_: found.append(message))
    return found


async def speak(house: House, count: int = 5) -> None:
    for n in range(count):
        await house.sandbox.post_message("leo", GENERAL, f"Bonjour {n}")


async def test_nothing_is_made_where_nothing_is_counted(house: House, made: list[Any], tasks: list[str]) -> None:
    await speak(house)
    await until(lambda: house.bot.counting.events.seen == 5)
    await count_in(house)
    await count_in(house, GENERAL, OFF)
    await speak(house)
    await until(lambda: house.bot.counting.events.seen == 10)
    assert made == []
    assert "on_message" not in tasks
    assert await ids(house.bot.ledger) == set()


async def test_nothing_is_made_of_messages_that_are_counted_silently(
    house: House, made: list[Any], tasks: list[str]
) -> None:
    await count_in(house)
    written = [await house.sandbox.post_message("leo", place, "Bonjour") for place in (GENERAL, THREAD)]
    await house.sandbox.post_message("leo", GENERAL, "De la part d’un webhook", webhook=True)
    await house.sandbox.rewrite(written[0], "Bonsoir")
    await until(lambda: house.bot.counting.events.seen == 3)
    await settle(house)
    assert made == []
    assert not {"on_message", "on_raw_message_edit"} & set(tasks)
    assert await ids(house.bot.ledger) == {int(one["id"]) for one in written}


async def test_annotations_need_none_either(house: House, made: list[Any]) -> None:
    await turn_on(house, REPLY)
    when_offered: list[list[Any]] = []
    house.bot.counting.events.written.append(lambda *_: when_offered.append(list(made)))
    asked = await house.sandbox.post_message("leo", GENERAL, QUESTION)
    await until(lambda: by_the_bot(house))
    assert when_offered[0] == [], "later comes Discord's answer to the reply, read by discord.py"
    await house.sandbox.remove(asked)
    await until(lambda: not by_the_bot(house))


async def test_history_gives_the_records_that_came_live(house: House) -> None:
    await count_in(house)
    sandbox, live = house.sandbox, records(house)
    leo, general = sandbox.world.user("leo"), sandbox.world.channel(GENERAL)
    assert general.guild_id
    sandbox.world.guild(general.guild_id).members[leo.id].nick = "Léo le grand"
    first = await sandbox.post_message("ines", GENERAL, f"<@{leo.id}> a écrit dans <#{general.id}>")
    await sandbox.post_message("noah", GENERAL, "Merci !", reply_to=first)
    await sandbox.post_message("leo", GENERAL, "De la part d’un autre", webhook=True)
    await sandbox.poll("leo", GENERAL, "Quel modèle ?", ["petit", "grand"])
    await sandbox.forward("ines", GENERAL, first)
    await sandbox.sticker("leo", GENERAL, "Coucou")
    await until(lambda: len(live) == 6)
    read: list[MessageRecord] = []
    house.bot.counting.history.handlers.append(lambda message, *_: _note(read, message))
    channel = house.bot.get_channel(general.id)
    assert isinstance(channel, discord.TextChannel)
    await house.bot.counting.history.read(channel, int(first["id"]) - 1)
    assert read == live
    assert live[0].mentions == ((leo.id, leo.global_name),)
    assert [one.by_person for one in live] == [True, True, False, True, True, True]


async def _note(read: list[MessageRecord], message: MessageRecord) -> None:
    read.append(message)


async def test_messages_read_from_history_are_the_same_entries(house: House) -> None:
    await count_in(house)
    leo = house.sandbox.world.user("leo")
    first = await house.sandbox.post_message("ines", GENERAL, f"<@{leo.id}> explique la pluie, s’il te plaît")
    await settle(house)
    async with house.bot.ledger.engine.connect() as connection:
        before = (await connection.execute(select(entries))).all()
    found: list[tuple[Any, ...]] = []

    async def count(message: MessageRecord, _: Json, mode: ChannelMode, __: int | None) -> None:
        counted = house.bot.counting.counter.count_message(message, mode)
        assert counted is not None
        found.append(counted.entry)

    house.bot.counting.history.handlers = [count]
    channel = house.bot.get_channel(int(first["channel_id"]))
    assert isinstance(channel, discord.TextChannel)
    await house.bot.counting.history.read(channel, int(first["id"]) - 1)
    assert [tuple(row) for row in before] == found


async def test_edits_and_deletions_are_told(house: House) -> None:
    await count_in(house)
    events, edited, deleted = house.bot.counting.events, [], []
    events.edited.append(lambda channel, message, data: edited.append((data["content"], channel, message)))
    events.deleted.append(lambda *ids: deleted.append(ids))
    written = await house.sandbox.post_message("leo", THREAD, "Bonjour")
    await house.sandbox.rewrite(written, "Bonsoir")
    await house.sandbox.remove(written)
    await until(lambda: deleted)
    thread = house.sandbox.world.channel(THREAD)
    assert edited == [("Bonsoir", thread.id, int(written["id"]))]
    assert deleted == [(guild_of(house.sandbox), thread.id, int(written["id"]))]


async def test_messages_of_bots_are_told_where_messages_are_counted(house: House) -> None:
    other = house.sandbox.world.add_user("other", "Autre")
    other.bot = True
    house.sandbox.world.add_member("Atelier IA", other)
    await count_in(house, GENERAL)
    told = records(house)
    await house.sandbox.post(other, PROMPTS, {"content": "Ici, non"})
    written = await house.sandbox.post(other, GENERAL, {"embeds": [{"title": "Voici"}]})
    await until(lambda: told)
    assert [(one.id, one.author_id, one.by_person) for one in told] == [(int(written["id"]), other.id, False)]
    assert await ids(house.bot.ledger) == set()


async def test_nothing_older_than_counting_is_told(house: House) -> None:
    old = await house.sandbox.post_message("leo", GENERAL, "Avant")
    await count_in(house)
    told = records(house)
    await house.sandbox.gateway.replay(last=1)
    await house.sandbox.post_message("leo", GENERAL, "Après")
    await until(lambda: told)
    assert int(old["id"]) not in {one.id for one in told}


async def test_catch_up_goes_by_the_last_message_of_a_channel(house: House) -> None:
    await caught_up(house)
    await count_in(house)
    for place in (GENERAL, THREAD):
        written = await house.sandbox.post_message("leo", place, "Bonjour")
        channel = house.bot.get_channel(int(written["channel_id"]))
        assert isinstance(channel, discord.TextChannel | discord.Thread)
        await until(lambda channel=channel, written=written: channel.last_message_id == int(written["id"]))


async def test_a_view_follows_its_message(house: House) -> None:
    """discord.py itself hears of our own messages' edits."""
    heard: list[int] = []

    async def on_raw_message_edit(payload: discord.RawMessageUpdateEvent) -> None:
        heard.append(payload.message_id)

    house.bot.add_listener(on_raw_message_edit)
    channel = house.bot.get_channel(house.sandbox.world.channel(GENERAL).id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("Une réponse")
    await sent.edit(content="Une autre")
    other = await house.sandbox.post_message("leo", GENERAL, "Bonjour")
    await house.sandbox.rewrite(other, "Bonsoir")
    await asyncio.sleep(0.1)
    assert heard == [sent.id]


def test_a_record_shows_nothing_that_somebody_wrote() -> None:
    assert "secret" not in repr(MessageRecord(1, 2, 3, 4, True, "secret", ((5, "secret"),)))
