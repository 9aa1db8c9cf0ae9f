"""Annotations in channels: each mode in both languages, people who don't want them, and what may go wrong."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from house import House, StartBot

from bot.annotating import digest as digests
from bot.annotating.breaker import MOST_TRIES
from bot.estimation.footprint import Request
from bot.ledger.settings import DIGEST, OFF, REACTION, REPLY, ChannelMode
from bot.ledger.types import moment_of
from sandbox import Sandbox
from sandbox.calls import Call
from sandbox.models import Json
from sandbox.session import encode

QUESTION = "Explique-moi la photosynthèse avec une comparaison tirée de la cuisine, s'il te plaît."
ENGLISH = "Explain photosynthesis to me with a comparison taken from the kitchen, please."
FRESH = 10.5


@pytest.fixture(autouse=True)
def digests_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "FIRST_AFTER", 0.2)
    monkeypatch.setattr(digests, "EVERY", 0.6)
    monkeypatch.setattr(digests, "EVERY_IN_A_CROWD", 0.6)


async def turn_on(house: House, mode: str, channel: str = "général", **more: Any) -> ChannelMode:
    place, counting = house.sandbox.world.channel(channel), house.bot.ledger.counting
    assert place.guild_id
    now = datetime.now(UTC)
    row = ChannelMode(place.guild_id, place.id, mode, house.sandbox.world.ids.next(), now, **more)
    language = "en" if channel.startswith("English") else "fr"
    await counting.set_server(house.bot.ledger.writer, place.guild_id, first_locale=language)
    await counting.set_channel(house.bot.ledger.writer, row)
    return row


def by_the_bot(house: House, channel: str = "général") -> list[Json]:
    mine, place = str(house.sandbox.world.bot.id), house.sandbox.world.channel(channel)
    return [one.data for one in place.history if one.data["author"]["id"] == mine]


async def until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it didn't happen"
        await asyncio.sleep(0.02)


def flat(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def tries(house: House, method: str = "POST", ending: str = "/messages") -> int:
    return sum(1 for one in house.sandbox.requests if one.method == method and one.path.endswith(ending))


# The modes


@pytest.mark.parametrize(
    ("channel", "user", "text", "parts"),
    [
        ("général", "leo", QUESTION, ("-# 🌱 Réponse de GPT-4o : ", " Wh (", "g CO₂e", "≈ ")),
        ("English Club/general", "noah", ENGLISH, ("-# 🌱 An answer by GPT-4o: ", " Wh (", "g CO₂e", "≈ ")),
    ],
)
async def test_a_reply_is_one_line_and_disturbs_nobody(
    house: House, channel: str, user: str, text: str, parts: tuple[str, ...]
) -> None:
    await turn_on(house, REPLY, channel)
    asked = await house.sandbox.say(user, channel, text)
    await until(lambda: by_the_bot(house, channel))
    (reply,) = by_the_bot(house, channel)
    for part in parts:
        assert part in flat(reply["content"])
    assert "\n" not in reply["content"]
    assert len(reply["content"]) < 140
    assert reply["message_reference"]["message_id"] == asked["id"]
    assert not reply["mentions"]
    assert not reply["embeds"]
    assert reply["flags"] & 4096  # no notification
    sent = [one.body for one in house.sandbox.requests if one.method == "POST" and one.path.endswith("/messages")][-1]
    assert str(sent["nonce"]) == asked["id"]
    assert sent["enforce_nonce"]
    assert sent["allowed_mentions"]["replied_user"] is False
    assert not sent["allowed_mentions"].get("parse")


async def test_a_reaction_tells_the_size(house: House) -> None:
    await turn_on(house, REACTION)
    asked = await house.sandbox.say("leo", "général", QUESTION)
    stored = house.sandbox.world.channel("général").history.get(int(asked["id"]))
    assert stored
    await until(lambda: stored.reactions)
    (emoji,) = stored.reactions
    expected = house.bot.answers.footprint(QUESTION, Request()).footprint.impact.energy_wh.expected
    assert emoji == house.bot.answers.estimator.sizes.of(expected).emoji
    assert not by_the_bot(house)


@pytest.mark.parametrize(
    ("channel", "user", "text", "parts"),
    [
        (
            "général",
            "leo",
            QUESTION,
            ("**3 messages** depuis", "le plus gros : [", "🙏 3 formules", "réponses de GPT-4o"),
        ),
        (
            "English Club/general",
            "noah",
            ENGLISH,
            ("**3 messages** since", "the largest: [", "🙏 3 polite", "answers by"),
        ),
    ],
)
async def test_a_digest_is_one_message_edited_in_place(
    house: House, channel: str, user: str, text: str, parts: tuple[str, ...]
) -> None:
    await turn_on(house, DIGEST, channel)
    await house.sandbox.say(user, channel, text)
    await until(lambda: by_the_bot(house, channel))
    assert "**1 message**" in by_the_bot(house, channel)[0]["content"]
    for n in range(2):
        await house.sandbox.say(user, channel, f"{text} {n}")
    await until(lambda: "**3 messages**" in by_the_bot(house, channel)[0]["content"])
    (digest,) = by_the_bot(house, channel)
    for part in (*parts, "⚡ **", "🌍 **", "💧 **", "≈ "):
        assert part in flat(digest["content"])
    assert digest["flags"] & 4096
    assert not digest["mentions"]


async def test_short_messages_open_no_digest_but_count_in_one(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.say("ines", "général", "Merci beaucoup !")
    await asyncio.sleep(0.4)
    assert not by_the_bot(house)
    await house.sandbox.say("leo", "général", "Explique-moi la photosynthèse avec une comparaison tirée de la cuisine.")
    await house.sandbox.say("ines", "général", "Merci beaucoup !")
    await until(lambda: by_the_bot(house))
    for part in ("**2 messages**", "🙏 1 formule de politesse", "1 message rien que poli"):
        assert part in flat(by_the_bot(house)[0]["content"])


async def test_chit_chat_is_left_alone(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REPLY, "prof", min_tokens=0)
    for text in ("Merci beaucoup !", "Salut tout le monde 👋", "ok"):
        await house.sandbox.say("leo", "général", text)
        await house.sandbox.say("camille", "prof", text)
    await until(lambda: len(by_the_bot(house, "prof")) == 3)
    assert not by_the_bot(house)


async def test_threads_follow_their_channel(house: House) -> None:
    await turn_on(house, REPLY, "prompts")
    thread = "Réponses courtes ou longues ?"
    await house.sandbox.say("ines", thread, QUESTION)
    await until(lambda: by_the_bot(house, thread))


async def test_silent_and_off_show_nothing(house: House) -> None:
    await turn_on(house, "silent")
    await turn_on(house, OFF, "prof")
    await house.sandbox.say("leo", "général", QUESTION)
    await house.sandbox.say("camille", "prof", QUESTION)
    await asyncio.sleep(0.5)
    assert not by_the_bot(house)
    assert not by_the_bot(house, "prof")
    assert house.bot.annotator.state.waiting == 0


async def test_the_mode_can_change_at_any_time(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.say("leo", "général", QUESTION)
    await turn_on(house, REPLY)
    await house.sandbox.say("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    await asyncio.sleep(1)
    assert [one["content"][:2] for one in by_the_bot(house)] == ["-#"]


async def test_turning_it_off_silences_what_waits(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.say("leo", "général", QUESTION)
    await turn_on(house, OFF)
    await asyncio.sleep(0.6)
    assert not by_the_bot(house)


# People


async def test_the_button_leaves_ones_messages_alone_everywhere(house: House, start_bot: StartBot) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REPLY, "English Club/general")
    await house.sandbox.say("noah", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    (reply,) = by_the_bot(house)
    (button,) = reply["components"][0]["components"]
    assert button["label"] == "Ne plus annoter mes messages"
    house.bot = await start_bot()  # the button outlives a restart
    call = await press(house, "noah", reply, button["custom_id"])
    assert call.message
    assert call.ephemeral
    assert "annotate your messages no more" in call.message["content"]
    await house.sandbox.say("noah", "English Club/general", ENGLISH)
    await house.sandbox.say("emma", "English Club/general", ENGLISH)
    await until(lambda: by_the_bot(house, "English Club/general"))
    assert len(by_the_bot(house, "English Club/general")) == 1
    undo = call.message["components"][0]["components"][0]
    assert undo["label"] == "Annotate my messages again"
    again = await press(house, "noah", call.message, undo["custom_id"])
    assert again.message
    assert "may be annotated again" in again.message["content"]
    await house.sandbox.say("noah", "English Club/general", ENGLISH)
    await until(lambda: len(by_the_bot(house, "English Club/general")) == 2)


async def press(house: House, user: str, message: Json, custom_id: str) -> Call:
    call = await house.sandbox.press(user, message, custom_id=custom_id)
    return await call.settled()


async def test_the_button_stands_under_the_first_reply_only(house: House) -> None:
    await turn_on(house, REPLY)
    for n in range(2):
        await house.sandbox.say("leo", "général", f"{QUESTION} {n}")
    await until(lambda: len(by_the_bot(house)) == 2)
    assert [bool(one["components"]) for one in by_the_bot(house)] == [True, False]


async def test_an_opt_out_is_respected_even_by_what_waits(house: House) -> None:
    await turn_on(house, REPLY)
    counting, writer = house.bot.ledger.counting, house.bot.ledger.writer
    leo, ines = (house.sandbox.world.user(name).id for name in ("leo", "ines"))
    house.sandbox.limits.messages = (1, 2.0)
    await house.sandbox.say("camille", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    await house.sandbox.say("leo", "général", QUESTION)
    await house.sandbox.say("ines", "général", QUESTION)
    await until(lambda: house.bot.annotator.state.waiting == 2)
    await counting.opt_out(writer, leo, datetime.now(UTC))
    await counting.set_quiet(writer, ines, True)
    await until(lambda: house.bot.annotator.state.waiting == 0)
    await asyncio.sleep(0.3)
    assert len(by_the_bot(house)) == 1


async def test_the_largest_of_a_digest_is_not_named_against_its_authors_will(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.say("leo", "général", QUESTION * 3)
    await house.sandbox.say("ines", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    assert "le plus gros" in by_the_bot(house)[0]["content"]
    await house.bot.ledger.counting.set_quiet(house.bot.ledger.writer, house.sandbox.world.user("leo").id, True)
    await house.sandbox.say("ines", "général", QUESTION)
    await until(lambda: "**3 messages**" in by_the_bot(house)[0]["content"])
    assert "le plus gros" not in by_the_bot(house)[0]["content"]


# What may go wrong


async def test_a_deleted_message_takes_its_reply_along(house: House) -> None:
    await turn_on(house, REPLY)
    asked = await house.sandbox.say("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    await house.sandbox.remove(asked)
    await until(lambda: not by_the_bot(house))


async def test_a_message_deleted_while_its_reply_is_on_its_way(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=502, times=1, after=True)
    asked = await house.sandbox.say("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))  # it is there, but the answer that says so was lost
    await house.sandbox.remove(asked)
    await until(lambda: not by_the_bot(house))


async def test_a_message_deleted_or_edited_before_its_turn(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.limits.messages = (1, 1.5)
    await house.sandbox.say("camille", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    gone = await house.sandbox.say("leo", "général", QUESTION)
    kept = await house.sandbox.say("ines", "général", QUESTION)
    await house.sandbox.rewrite(kept, "autre chose")
    await house.sandbox.remove(gone)
    await until(lambda: len(by_the_bot(house)) == 2)
    await asyncio.sleep(0.3)
    assert by_the_bot(house)[1]["message_reference"]["message_id"] == kept["id"]


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, 10003), (404, 10008), (400, 50035), (400, 200000), (400, 160002), (403, 90001)],
)
async def test_expected_refusals_are_quiet_and_not_tried_again(
    house: House, status: int, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=status, code=code, times=1)
    with caplog.at_level(logging.WARNING):
        await house.sandbox.say("leo", "général", QUESTION)
        await until(lambda: tries(house) == 1)
        await house.sandbox.say("ines", "général", QUESTION)
        await until(lambda: by_the_bot(house))
    assert len(by_the_bot(house)) == 1
    assert not [one for one in caplog.records if one.name.startswith("bot")]


async def test_somebody_who_blocked_the_bot_is_left_alone(house: House) -> None:
    await turn_on(house, REACTION)
    house.sandbox.faults.add(method="PUT", path="/reactions/", status=403, code=90001, times=None)
    for n in range(4):
        await house.sandbox.say("leo", "général", f"{QUESTION} {n}")
        await asyncio.sleep(0.1)
    assert tries(house, "PUT", "/@me") == 1
    assert not house.bot.annotator.paused(house.sandbox.world.channel("général").guild_id or 0)


async def test_403_opens_the_circuit_and_annotate_closes_it(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/channels/\d+/messages$", status=403, code=50013, times=None)
    for n in range(12):
        await house.sandbox.say("leo", "général", f"{QUESTION} {n}")
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    assert tries(house) == MOST_TRIES
    assert house.bot.annotator.state.paused == 1
    shown = await (await house.sandbox.command("camille", "général", "settings show", {})).settled()
    assert shown.message
    fields = {one["name"]: one["value"] for one in shown.message["embeds"][0]["fields"]}
    assert "Discord les y refuse depuis" in fields["⏸️ Annotations en pause"]
    house.sandbox.faults.clear()
    place = house.sandbox.world.channel("général")
    call = await house.sandbox.command("camille", "général", "annotate", {"mode": "reply", "channel": str(place.id)})
    await call.settled()
    await house.sandbox.say("leo", "général", QUESTION)
    await until(lambda: [one for one in by_the_bot(house) if one["content"].startswith("-#")])
    assert house.bot.annotator.state.paused == 0


async def test_a_missing_permission_is_noticed_without_asking_discord(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REACTION, "prof")
    house.sandbox.world.deny("général", "send_messages")
    house.sandbox.world.deny("prof", "add_reactions")
    for n in range(5):
        await house.sandbox.say("leo", "général", f"{QUESTION} {n}")
        await house.sandbox.say("camille", "prof", f"{QUESTION} {n}")
    await asyncio.sleep(0.5)
    assert tries(house) == tries(house, "PUT", "/@me") == 0
    assert house.sandbox.invalid_requests == 0
    assert house.bot.annotator.state.paused == 2


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_failing_discord_is_answered_once_or_not_at_all(house: House, status: int) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=status, times=1, after=True)
    asked = await house.sandbox.say("leo", "général", QUESTION)
    await until(lambda: tries(house) >= 1)
    await asyncio.sleep(2)
    assert len(by_the_bot(house)) == 1  # it took effect, and the nonce kept the second try from doubling it
    assert by_the_bot(house)[0]["message_reference"]["message_id"] == asked["id"]


async def test_a_limit_that_lasts_too_long_silences_the_reply(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=429, retry_after=12.0, times=1)
    await house.sandbox.say("leo", "général", QUESTION)
    await asyncio.sleep(13)
    assert [one for one in by_the_bot(house) if one["content"].startswith("-#")] == []


async def test_a_limit_for_the_whole_bot_stops_everything_and_ends(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REPLY, "prof")
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=429, retry_after=1.5, scope="global", times=1)
    await house.sandbox.say("leo", "général", QUESTION)
    await until(lambda: tries(house) == 1)
    await house.sandbox.say("camille", "prof", QUESTION)
    await asyncio.sleep(0.5)
    assert tries(house) == 1
    await until(lambda: by_the_bot(house) and by_the_bot(house, "prof"))


async def test_replayed_and_late_events_are_not_annotated_again(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, DIGEST, "prof")
    await house.sandbox.say("leo", "général", QUESTION)
    await house.sandbox.say("camille", "prof", QUESTION)
    await until(lambda: by_the_bot(house) and by_the_bot(house, "prof"))
    await house.sandbox.gateway.replay(last=50)
    await asyncio.sleep(1)
    assert len(by_the_bot(house)) == 1
    assert "**1 message**" in by_the_bot(house, "prof")[0]["content"]


async def test_what_was_written_during_an_outage_is_counted_but_not_annotated(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.gateway.accepting = False
    await house.sandbox.gateway.drop(resumable=False)
    old = house.sandbox.world.ids.next() - (30_000 << 22)
    house.sandbox.posting.say(
        house.sandbox.world.user("leo"), house.sandbox.world.channel("général"), QUESTION, message_id=old
    )
    house.sandbox.gateway.accepting = True
    await house.sandbox.wait_for_bot(timeout=20)
    await asyncio.sleep(1)
    assert not by_the_bot(house)


async def test_a_removed_digest_is_not_posted_again(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.say("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    await house.sandbox.remove(by_the_bot(house)[0])
    for n in range(2):
        await house.sandbox.say("leo", "général", f"{QUESTION} {n}")
        await asyncio.sleep(0.8)
    assert not by_the_bot(house)


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
        await house.sandbox.say("leo", "général", text.encode("utf-8", "replace").decode())
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.7)
    assert by_the_bot(house) or mode == REACTION
    shown = " ".join(one["content"] for one in by_the_bot(house))
    for part in ("@everyone", "<@", "example.com", "\u202e", "`", "\u200b", "spoiler"):
        assert part not in shown
    call = await house.sandbox.command("leo", "général", "footprint", {"text": "Bonjour"})
    assert call.message


async def test_forged_and_unknown_events_break_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await turn_on(house, REPLY)
    place = house.sandbox.world.channel("général")
    forge(house.sandbox, "MESSAGE_CREATE", {"id": "1", "channel_id": "2", "guild_id": "3"})
    forge(house.sandbox, "SOMETHING_NEW", {"id": "1", "of": ["a", {"b": None}]})
    forge(house.sandbox, "MESSAGE_DELETE", {"id": "5", "channel_id": str(place.id), "guild_id": str(place.guild_id)})
    forge(house.sandbox, "MESSAGE_DELETE_BULK", {"ids": ["5", "6"], "channel_id": str(place.id)})
    await house.sandbox.say("leo", "général", QUESTION, webhook=True)
    await house.sandbox.say("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    assert len(by_the_bot(house)) == 1
    assert "an event MESSAGE_CREATE can't be read (KeyError)" in caplog.text


def forge(sandbox: Sandbox, name: str, data: Json) -> None:
    for session in list(sandbox.gateway.sessions.values()):
        session.dispatch(name, encode(data))


# Load


async def test_a_flood_becomes_a_few_posts_and_commands_come_first(house: House) -> None:
    await turn_on(house, REPLY)
    sent = {}
    for n in range(300):
        message = await house.sandbox.say(("leo", "ines", "camille", "noah")[n % 4], "général", f"{QUESTION} {n}")
        sent[message["id"]] = n
        if n % 10 == 0:
            await asyncio.sleep(0.02)
    began = time.monotonic()
    call = await house.sandbox.command("leo", "général", "footprint", {"text": QUESTION})
    assert call.message
    assert time.monotonic() - began < 1
    await asyncio.sleep(FRESH)
    posts = [one for one in by_the_bot(house) if not one.get("interaction_metadata") and not one["embeds"]]
    replies = [one for one in posts if one["content"].startswith("-#")]
    (digest,) = [one for one in posts if not one["content"].startswith("-#")]
    assert 1 <= len(replies) <= 12
    for one in replies:
        asked = int(one["message_reference"]["message_id"])
        assert (moment_of(int(one["id"])) - moment_of(asked)).total_seconds() < FRESH
    assert f"**{300 - len(replies)} messages**" in flat(digest["content"])
    assert tries(house) <= 30
    assert house.sandbox.invalid_requests <= 1
    await house.bot.ledger.writer.flush()
    assert house.bot.ledger.writer.state.entries == 301


async def test_a_flood_of_reactions_stays_within_the_limits(house: House) -> None:
    await turn_on(house, REACTION)
    for n in range(300):
        await house.sandbox.say("leo", "général", f"{QUESTION} {n}")
        if n % 10 == 0:
            await asyncio.sleep(0.02)
    await asyncio.sleep(FRESH)
    assert 10 <= tries(house, "PUT", "/@me") <= 45
    assert house.sandbox.invalid_requests <= 1
    assert house.bot.annotator.state.waiting == 0
    assert house.bot.annotator.state.outcomes["dropped"] >= 250


async def test_replies_come_back_when_it_is_calm_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.annotating.crowd.CALM_AFTER", 1.0)
    monkeypatch.setattr("bot.annotating.crowd.WITHIN", 2.0)
    house.sandbox.limits.messages = None
    await turn_on(house, REPLY)
    for n in range(12):
        await house.sandbox.say("leo", "général", f"{QUESTION} {n}")
    await until(lambda: [one for one in by_the_bot(house) if one["content"].startswith("📊")])
    await asyncio.sleep(2)
    last = await house.sandbox.say("ines", "général", QUESTION)
    await until(lambda: by_the_bot(house)[-1].get("message_reference", {}).get("message_id") == last["id"])


async def test_near_a_ban_nothing_is_annotated_but_commands_answer(house: House) -> None:
    await turn_on(house, REPLY)
    for _ in range(500):
        house.bot.traffic.note("POST", "/api/v10/channels/1/messages", 403, {})
    await house.sandbox.say("leo", "général", QUESTION)
    await asyncio.sleep(0.4)
    assert not by_the_bot(house)
    call = await house.sandbox.command("leo", "général", "footprint", {"text": QUESTION})
    assert call.message
