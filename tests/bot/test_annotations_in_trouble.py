"""Annotations when messages go, Discord refuses, fails, limits or repeats itself."""

import asyncio
import logging

import pytest
from annotated import QUESTION, by_the_bot, tries, turn_on, until
from house import House

from bot.annotating.breaker import MAX_TRIES
from bot.ledger.records import DIGEST, REACTION, REPLY

pytestmark = pytest.mark.usefixtures("digests_soon")


async def test_a_deleted_message_takes_its_reply_along(house: House) -> None:
    await turn_on(house, REPLY)
    asked = await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    await house.sandbox.remove(asked)
    await until(lambda: not by_the_bot(house))


async def test_a_message_deleted_while_its_reply_is_on_its_way(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=502, times=1, after=True)
    asked = await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))  # it is there, but the answer that says so was lost
    await house.sandbox.remove(asked)
    await until(lambda: not by_the_bot(house))


async def test_a_message_deleted_or_edited_before_its_turn(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.limits.messages = (1, 1.5)
    await house.sandbox.post_message("camille", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    gone = await house.sandbox.post_message("leo", "général", QUESTION)
    kept = await house.sandbox.post_message("ines", "général", QUESTION)
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
        await house.sandbox.post_message("leo", "général", QUESTION)
        await until(lambda: tries(house) == 1)
        await house.sandbox.post_message("ines", "général", QUESTION)
        await until(lambda: by_the_bot(house))
    assert len(by_the_bot(house)) == 1
    assert not [one for one in caplog.records if one.name.startswith("bot")]


async def test_somebody_who_blocked_the_bot_is_left_alone(house: House) -> None:
    await turn_on(house, REACTION)
    house.sandbox.faults.add(method="PUT", path="/reactions/", status=403, code=90001, times=None)
    for n in range(4):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
        await asyncio.sleep(0.1)
    assert tries(house, "PUT", "/@me") == 1
    assert not house.bot.annotator.paused(house.sandbox.world.channel("général").guild_id or 0)


async def test_403_opens_the_circuit_and_annotate_closes_it(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/channels/\d+/messages$", status=403, code=50013, times=None)
    for n in range(12):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
        await asyncio.sleep(0.05)
    await until(lambda: house.bot.annotator.state.paused)
    await asyncio.sleep(0.5)
    assert tries(house) == MAX_TRIES
    assert house.bot.annotator.state.paused == 1
    shown = await (await house.sandbox.command("camille", "général", "settings show", {})).settled()
    assert shown.message
    fields = {one["name"]: one["value"] for one in shown.message["embeds"][0]["fields"]}
    assert "Discord les y refuse depuis" in fields["⏸️ Annotations en pause"]
    house.sandbox.faults.clear()
    place = house.sandbox.world.channel("général")
    call = await house.sandbox.command("camille", "général", "annotate", {"mode": "reply", "channel": str(place.id)})
    await call.settled()
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: [one for one in by_the_bot(house) if one["content"].startswith("-#")])
    assert house.bot.annotator.state.paused == 0


async def test_a_missing_permission_is_noticed_without_asking_discord(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REACTION, "prof")
    house.sandbox.world.deny("général", "send_messages")
    house.sandbox.world.deny("prof", "add_reactions")
    for n in range(5):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
        await house.sandbox.post_message("camille", "prof", f"{QUESTION} {n}")
    await asyncio.sleep(0.5)
    assert tries(house) == tries(house, "PUT", "/@me") == 0
    assert house.sandbox.invalid_requests == 0
    assert house.bot.annotator.state.paused == 2


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_failing_discord_is_answered_once_or_not_at_all(house: House, status: int) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=status, times=1, after=True)
    asked = await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: tries(house) >= 1)
    await asyncio.sleep(2)
    assert len(by_the_bot(house)) == 1  # it took effect, and the nonce kept the second try from doubling it
    assert by_the_bot(house)[0]["message_reference"]["message_id"] == asked["id"]


async def test_a_limit_that_lasts_too_long_silences_the_reply(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=429, retry_after=12.0, times=1)
    await house.sandbox.post_message("leo", "général", QUESTION)
    await asyncio.sleep(13)
    assert [one for one in by_the_bot(house) if one["content"].startswith("-#")] == []


async def test_a_limit_for_the_whole_bot_stops_everything_and_ends(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, REPLY, "prof")
    house.sandbox.faults.add(method="POST", path=r"/messages$", status=429, retry_after=1.5, scope="global", times=1)
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: tries(house) == 1)
    await house.sandbox.post_message("camille", "prof", QUESTION)
    await asyncio.sleep(0.5)
    assert tries(house) == 1
    await until(lambda: by_the_bot(house) and by_the_bot(house, "prof"))


async def test_replayed_and_late_events_are_not_annotated_again(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, DIGEST, "prof")
    await house.sandbox.post_message("leo", "général", QUESTION)
    await house.sandbox.post_message("camille", "prof", QUESTION)
    await until(lambda: by_the_bot(house) and by_the_bot(house, "prof"))
    await house.sandbox.gateway.replay(last=50)
    await asyncio.sleep(1)
    assert len(by_the_bot(house)) == 1
    assert "**1 message**" in by_the_bot(house, "prof")[0]["content"]


async def test_what_was_written_during_an_outage_is_counted_but_not_annotated(house: House) -> None:
    await turn_on(house, REPLY)
    house.sandbox.gateway.accepting = False
    await house.sandbox.gateway.drop(resumable=False)
    await house.sandbox.post_message("leo", "général", QUESTION)
    house.sandbox.gateway.accepting = True
    await house.sandbox.wait_for_bot(timeout=60)
    await until(lambda: house.bot.ledger.writer.state.entries == 1)
    await asyncio.sleep(0.5)
    assert not by_the_bot(house)


async def test_a_removed_digest_is_not_posted_again(house: House) -> None:
    await turn_on(house, DIGEST)
    await house.sandbox.post_message("leo", "général", QUESTION)
    await until(lambda: by_the_bot(house))
    await house.sandbox.remove(by_the_bot(house)[0])
    for n in range(2):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
        await asyncio.sleep(0.8)
    assert not by_the_bot(house)


async def test_the_end_does_not_wait_for_what_waits(house: House) -> None:
    await turn_on(house, REPLY)
    await turn_on(house, DIGEST, "prof")
    house.sandbox.limits.messages = (1, 60.0)
    for n in range(4):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
        await house.sandbox.post_message("camille", "prof", f"{QUESTION} {n}")
    await until(lambda: by_the_bot(house) and house.bot.annotator.state.waiting)
    async with asyncio.timeout(30):  # the limit lasts a minute
        await house.bot.close()
    assert house.bot.annotator.state.waiting == 0
    await house.bot.ledger.writer.flush()
    assert house.bot.ledger.writer.state.entries == 8
