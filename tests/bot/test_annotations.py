"""Annotations in channels: each mode in both languages, and people who don't want them."""

import asyncio
from datetime import UTC, datetime

import pytest
from annotated import ENGLISH, QUESTION, by_the_bot, flat, turn_on, until
from house import House, StartBot

from bot.estimation.footprint import Request
from bot.ledger.records import DIGEST, OFF, REACTION, REPLY
from sandbox import InteractionSession as Call
from sandbox.state.models import Json

pytestmark = pytest.mark.usefixtures("digests_soon")


# The modes


@pytest.mark.parametrize(
    ("channel", "user", "text", "parts"),
    [
        ("général", "leo", QUESTION, ("-# 🌱 Réponse de GPT-4o : ", " Wh (", "g CO₂e", "≈ même énergie que ")),
        (
            "English Club/general",
            "noah",
            ENGLISH,
            ("-# 🌱 An answer by GPT-4o: ", " Wh (", "g CO₂e", "≈ same energy as "),
        ),
    ],
)
async def test_a_reply_is_one_line_and_disturbs_nobody(
    house: House, channel: str, user: str, text: str, parts: tuple[str, ...]
) -> None:
    await turn_on(house, REPLY, channel)
    asked = await house.sandbox.post_message(user, channel, text)
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
    asked = await house.sandbox.post_message("leo", "général", QUESTION)
    stored = house.sandbox.world.channel("général").history.get(int(asked["id"]))
    assert stored
    await until(lambda: stored.reactions)
    (emoji,) = stored.reactions
    expected = house.bot.estimates.footprint(QUESTION, Request()).footprint.impact.energy_wh.expected
    assert emoji == house.bot.estimates.estimator.sizes.for_energy(expected).emoji
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
    await house.sandbox.post_message(user, channel, text)
    await until(lambda: by_the_bot(house, channel))
    assert "**1 message**" in by_the_bot(house, channel)[0]["content"]
    for n in range(2):
        await house.sandbox.post_message(user, channel, f"{text} {n}")
    await until(lambda: "**3 messages**" in by_the_bot(house, channel)[0]["content"])
    (digest,) = by_the_bot(house, channel)
    for part in (*parts, "⚡ **", "🌍 **", "💧 **", "≈ "):
        assert part in flat(digest["content"])
    assert digest["flags"] & 4096
    assert not digest["mentions"]


async def test_short_messages_open_no_digest_but_count_in_one(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.post_message("ines", "général", "Merci beaucoup !")
    await asyncio.sleep(0.4)
    assert not by_the_bot(house)
    await house.sandbox.post_message(
        "leo", "général", "Explique-moi la photosynthèse avec une comparaison tirée de la cuisine."
    )
    await house.sandbox.post_message("ines", "général", "Merci beaucoup !")
    await until(lambda: by_the_bot(house))
    for part in ("**2 messages**", "🙏 1 formule de politesse", "1 message de pure politesse"):
        assert part in flat(by_the_bot(house)[0]["content"])


async def test_chit_chat_is_left_alone(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REPLY, "prof", min_tokens=0)
    for text in ("Merci beaucoup !", "Salut tout le monde 👋", "ok"):
        await house.sandbox.post_message("leo", "général", text)
        await house.sandbox.post_message("camille", "prof", text)
    await until(lambda: len(by_the_bot(house, "prof")) == 3)
    assert not by_the_bot(house)


async def test_threads_follow_their_channel(house: House) -> None:
    await turn_on(house, REPLY, "prompts")
    thread = "Réponses courtes ou longues ?"
    await house.sandbox.post_message("ines", thread, QUESTION)
    await until(lambda: by_the_bot(house, thread))


async def test_silent_and_off_show_nothing(house: House) -> None:
    await turn_on(house, "silent")
    await turn_on(house, OFF, "prof")
    await house.sandbox.post_message("leo", "général", QUESTION)
    await house.sandbox.post_message("camille", "prof", QUESTION)
    await asyncio.sleep(0.5)
    assert not by_the_bot(house)
    assert not by_the_bot(house, "prof")
    assert house.bot.annotator.state.waiting == 0


async def test_the_mode_can_change_at_any_time(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.post_message("leo", "général", QUESTION)
    await turn_on(house, REPLY)
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    await asyncio.sleep(1)
    assert [one["content"][:2] for one in by_the_bot(house)] == ["-#"]


async def test_turning_it_off_silences_what_waits(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.post_message("leo", "général", QUESTION)
    await turn_on(house, OFF)
    await asyncio.sleep(0.6)
    assert not by_the_bot(house)


# People


async def test_the_button_leaves_ones_messages_alone_everywhere(house: House, start_bot: StartBot) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REPLY, "English Club/general")
    await house.sandbox.post_message("noah", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    (reply,) = by_the_bot(house)
    (button,) = reply["components"][0]["components"]
    assert button["label"] == "Ne plus afficher sous mes messages"
    house.bot = await start_bot()  # the button outlives a restart
    call = await press(house, "noah", reply, button["custom_id"])
    assert call.message
    assert call.ephemeral
    assert "no longer show anything under your messages" in call.message["content"]
    await house.sandbox.post_message("noah", "English Club/general", ENGLISH)
    await house.sandbox.post_message("emma", "English Club/general", ENGLISH)
    await until(lambda: by_the_bot(house, "English Club/general"))
    assert len(by_the_bot(house, "English Club/general")) == 1
    undo = call.message["components"][0]["components"][0]
    assert undo["label"] == "Show it under my messages again"
    again = await press(house, "noah", call.message, undo["custom_id"])
    assert again.message
    assert "may be annotated again" in again.message["content"]
    await house.sandbox.post_message("noah", "English Club/general", ENGLISH)
    await until(lambda: len(by_the_bot(house, "English Club/general")) == 2)


async def press(house: House, user: str, message: Json, custom_id: str) -> Call:
    call = await house.sandbox.press(user, message, custom_id=custom_id)
    return await call.settled()


async def test_the_button_stands_under_the_first_reply_only_also_after_a_restart(
    house: House, start_bot: StartBot
) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REPLY, "English Club/general")
    for n in range(2):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
    await until(lambda: len(by_the_bot(house)) == 2)
    house.bot = await start_bot()
    await house.sandbox.post_message("leo", "général", f"{QUESTION} 2")
    await house.sandbox.post_message("noah", "English Club/general", ENGLISH)
    await until(lambda: len(by_the_bot(house)) == 3 and by_the_bot(house, "English Club/general"))
    assert [bool(one["components"]) for one in by_the_bot(house)] == [True, False, False]
    assert by_the_bot(house, "English Club/general")[0]["components"]


async def test_a_button_that_nobody_saw_stands_under_the_next_reply(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/channels/\d+/messages$", status=400, code=50035)
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: house.bot.annotator.state.outcomes["gone"])
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    assert by_the_bot(house)[0]["components"]


async def test_the_button_that_was_seen_is_told_and_erased(house: House, start_bot: StartBot) -> None:
    await turn_on(house, REPLY)
    await house.sandbox.post_message("leo", "général", QUESTION)
    async with asyncio.timeout(10):
        while not await house.bot.usecases.privacy.was_offered_quiet(house.sandbox.world.user("leo").id):
            await asyncio.sleep(0.05)
    shown = await house.sandbox.command("leo", "général", "privacy show")
    assert "vous a été montré" in str((await shown.settled()).message)
    await house.bot.usecases.privacy.erase(house.sandbox.world.user("leo").id)
    house.bot = await start_bot()
    await house.sandbox.post_message("leo", "général", f"{QUESTION} 2")
    await until(lambda: len(by_the_bot(house)) == 2)
    assert [bool(one["components"]) for one in by_the_bot(house)] == [True, True]


async def test_an_opt_out_is_respected_even_by_what_waits(house: House) -> None:
    await turn_on(house, REPLY)
    preferences, writer = house.bot.ledger.preferences, house.bot.ledger.writer
    leo, ines = (house.sandbox.world.user(name).id for name in ("leo", "ines"))
    house.sandbox.limits.messages = (1, 2.0)
    await house.sandbox.post_message("camille", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    await house.sandbox.post_message("leo", "général", QUESTION)
    await house.sandbox.post_message("ines", "général", QUESTION)
    await until(lambda: house.bot.annotator.state.waiting == 2)
    await preferences.opt_out(writer, leo, datetime.now(UTC))
    await preferences.set_quiet(writer, ines, True)
    await until(lambda: house.bot.annotator.state.waiting == 0)
    await asyncio.sleep(0.3)
    assert len(by_the_bot(house)) == 1


async def test_the_largest_of_a_digest_is_not_named_against_its_authors_will(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.post_message("leo", "général", QUESTION * 3)
    await house.sandbox.post_message("ines", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    assert "le plus gros" in by_the_bot(house)[0]["content"]
    await house.bot.ledger.preferences.set_quiet(house.bot.ledger.writer, house.sandbox.world.user("leo").id, True)
    await house.sandbox.post_message("ines", "général", QUESTION)
    await until(lambda: "**3 messages**" in by_the_bot(house)[0]["content"])
    assert "le plus gros" not in by_the_bot(house)[0]["content"]
