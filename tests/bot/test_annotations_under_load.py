"""Annotations of hostile texts, forged events and floods."""

import asyncio
import time

import pytest
from annotated import FRESH, QUESTION, by_the_bot, flat, tries, turn_on, until
from house import House
from stalls import slowness

from bot.ledger.records import DIGEST, REACTION, REPLY
from bot.ledger.types import moment_of
from sandbox import Sandbox
from sandbox.gateway.session import encode
from sandbox.state.models import Json

pytestmark = pytest.mark.usefixtures("digests_soon")


HOSTILE = [
    "\u202e\u2066 Explique-moi la photosynthèse à l'envers, avec tout ce qu'il faut de détails \u2069\u202c",
    "\u200b\u200c\u200d\ufeff" * 200,
    "\x00\x01\x02\x1b[31m Explique la photosynthèse en détail, étape par étape, à un enfant \x7f",
    "`" * 4000,
    "@everyone @here <@&1> " + "<@123456789012345678> " * 80,
    "😀👩‍👩‍👧‍👦🇫🇷" * 400,
    "[cliquez](https://example.com) ||spoiler|| # titre\n> citation\n-# petit " * 20,
    "a" * 4000,
    "\ud83d lone surrogate, said to be impossible, and yet it must not break anything at all",
]


@pytest.mark.parametrize("mode", [REPLY, DIGEST, REACTION])
async def test_hostile_texts_do_no_harm(house: House, mode: str) -> None:
    await turn_on(house, mode, min_tokens=0)
    house.sandbox.limits.messages = house.sandbox.limits.reactions = None
    for text in HOSTILE:
        await house.sandbox.post_message("leo", "général", text.encode("utf-8", "replace").decode())
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.7)
    messages = list(house.sandbox.world.channel("général").history)
    assert any(one.reactions for one in messages) if mode == REACTION else by_the_bot(house)
    shown = " ".join(one["content"] for one in by_the_bot(house))
    for part in ("@everyone", "<@", "example.com", "\u202e", "`", "\u200b", "spoiler"):
        assert part not in shown
    call = await house.sandbox.command("leo", "général", "footprint", {"text": "Bonjour"})
    assert call.message


async def test_forged_and_unknown_events_break_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await turn_on(house, REPLY)
    place = house.sandbox.world.channel("général")
    forged = {"id": "1", "channel_id": str(place.id), "guild_id": str(place.guild_id)}
    forge(house.sandbox, "MESSAGE_CREATE", forged)
    forge(house.sandbox, "SOMETHING_NEW", {"id": "1", "of": ["a", {"b": None}]})
    forge(house.sandbox, "MESSAGE_DELETE", {"id": "5", "channel_id": str(place.id), "guild_id": str(place.guild_id)})
    forge(house.sandbox, "MESSAGE_DELETE_BULK", {"ids": ["5", "6"], "channel_id": str(place.id)})
    await house.sandbox.post_message("leo", "général", QUESTION, webhook=True)
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    assert len(by_the_bot(house)) == 1
    assert "an event MESSAGE_CREATE can't be read (KeyError)" in caplog.text


def forge(sandbox: Sandbox, name: str, data: Json) -> None:
    for session in list(sandbox.gateway.sessions.values()):
        session.dispatch(name, encode(data))


async def test_a_flood_becomes_a_few_posts_and_commands_come_first(house: House) -> None:
    await turn_on(house, REPLY)
    for n in range(300):
        await house.sandbox.post_message(("leo", "ines", "camille", "noah")[n % 4], "général", f"{QUESTION} {n}")
        if n % 10 == 0:
            await asyncio.sleep(0.02)
    began = time.thread_time()
    call = await house.sandbox.command("leo", "général", "footprint", {"text": QUESTION})
    assert call.message
    assert time.thread_time() - began < 3 * slowness()  # what the loop does before; Discord gives three seconds
    await asyncio.sleep(FRESH)
    posts = [one for one in by_the_bot(house) if not one.get("interaction_metadata") and not one["embeds"]]
    replies = [one for one in posts if one["content"].startswith("-#")]
    (digest,) = [one for one in posts if not one["content"].startswith("-#")]
    assert len(replies) <= 12, "those that came before it was seen to be a flood"
    for one in replies:
        asked = int(one["message_reference"]["message_id"])
        assert (moment_of(int(one["id"])) - moment_of(asked)).total_seconds() < 2 * FRESH
    assert f"**{300 - len(replies)} messages**" in flat(digest["content"])
    assert tries(house) <= 30
    assert house.sandbox.invalid_requests <= 1
    await house.bot.ledger.writer.flush()
    assert house.bot.ledger.writer.state.entries == 301


async def test_a_message_of_the_last_moment_is_counted_and_begins_nothing(house: House) -> None:
    await turn_on(house, REPLY)
    counting, ledger = house.bot.counting, house.bot.ledger
    counting.events._queue._max_age = 3600
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: len(counting.events._queue))
    await house.bot.close()
    await ledger.writer.close()
    assert ledger.writer.state.entries == 1
    assert not [one for one in asyncio.all_tasks() if one.get_name().startswith("annotations")]


async def test_a_flood_of_reactions_stays_within_the_limits(house: House) -> None:
    await turn_on(house, REACTION)
    for n in range(300):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
        if n % 10 == 0:
            await asyncio.sleep(0.02)
    await asyncio.sleep(FRESH)
    assert 10 <= tries(house, "PUT", "/@me") <= 45
    assert house.sandbox.invalid_requests <= 1
    assert house.bot.annotator.state.waiting == 0
    assert house.bot.annotator.state.outcomes["dropped"] >= 250


async def test_replies_come_back_when_it_is_calm_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.annotating.burst_detector.CALM_AFTER", 1.0)
    monkeypatch.setattr("bot.annotating.burst_detector.BURST_SECONDS", 2.0)
    house.sandbox.limits.messages = None
    await turn_on(house, REPLY)
    for n in range(12):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
    await until(lambda: [one for one in by_the_bot(house) if one["content"].startswith("📊")])
    await asyncio.sleep(2)
    last = await house.sandbox.post_message("ines", "général", QUESTION)
    await until(lambda: by_the_bot(house)[-1].get("message_reference", {}).get("message_id") == last["id"])


async def test_near_a_ban_nothing_is_annotated_but_commands_answer(house: House) -> None:
    await turn_on(house, REPLY)
    for _ in range(500):
        house.bot.http_limits.note("POST", "/api/v10/channels/1/messages", 403, {})
    await house.sandbox.post_message("leo", "général", QUESTION)
    await asyncio.sleep(0.4)
    assert not by_the_bot(house)
    call = await house.sandbox.command("leo", "général", "footprint", {"text": QUESTION})
    assert call.message
