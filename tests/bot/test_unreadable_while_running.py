"""What can't be read while the bot runs is a mishap: no traceback, no end, nothing lost."""

import asyncio
import logging

import pytest
from annotated import QUESTION, by_the_bot, flat, tries, turn_on, until
from house import House

from bot.annotating.breaker import MAX_TRIES
from bot.ledger.records import REPLY, WHOLE_SERVER

TEXT = {"text": "Explique la pluie à un enfant."}


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [one for one in caplog.records if one.exc_info and one.name.startswith("bot")]


async def test_pages_instead_of_messages(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await turn_on(house, REPLY)
    house.sandbox.faults.page(r"/channels/\d+/messages$", 200, times=None)
    for n in range(20):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
        await asyncio.sleep(0.03)
    await until(lambda: tries(house) >= MAX_TRIES)
    await asyncio.sleep(0.3)
    assert tries(house) == MAX_TRIES
    assert not tracebacks(caplog)
    await until(lambda: house.bot.ledger.writer.state.entries == 20)


@pytest.mark.parametrize("status", [200, 403, 502])
async def test_a_page_instead_of_an_answer_to_a_command(
    house: House, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    house.sandbox.faults.page(r"/interactions/.*/callback", status, times=1)
    await house.sandbox.command("leo", "général", "footprint", TEXT, wait=False)
    await asyncio.sleep(0.5)
    assert not tracebacks(caplog)
    assert "<html" not in caplog.text
    assert (await house.sandbox.command("leo", "général", "footprint", TEXT, timeout=60)).message


async def test_an_hours_pause_is_kept_and_shown(house: House) -> None:
    row = await turn_on(house, REPLY)
    house.sandbox.faults.page(r"/channels/\d+/messages$", 429, times=None, retry_after=3600)
    for n in range(20):
        await house.sandbox.post_message("leo", "général", f"{QUESTION} {n}")
        await asyncio.sleep(0.02)
    await until(lambda: tries(house))
    assert tries(house) == 1
    paused = house.bot.annotator.paused(row.guild_id)
    assert [one.channel_id for one in paused] == [WHOLE_SERVER]
    assert 3500 < (paused[0].next_try - paused[0].since).total_seconds() <= 3600
    page = await house.sandbox.command("camille", "général", "settings show", timeout=60)
    assert page.message
    assert "Partout : Discord ne laisse rien passer" in flat(page.message["embeds"][0]["fields"][-1]["value"])


@pytest.mark.parametrize("frame", ["<html>", "", "[1]", "{", '{"op": 10, "d": null}', '{"op": 0, "t": "RESUMED"}'])
async def test_a_frame_that_isnt_json_costs_a_reconnect(
    house: House, caplog: pytest.LogCaptureFixture, frame: str
) -> None:
    await house.sandbox.gateway.send_raw(frame)
    await until(lambda: house.sandbox.gateway.resumes == 1)
    await house.sandbox.post_message("leo", "général", "Bonjour")
    await until(lambda: house.bot.counting.events.seen == 1)
    assert house.sandbox.gateway.identifies == 1
    assert "can't be read" in caplog.text
    assert not tracebacks(caplog)


async def test_unreadable_frames_again_begin_anew(house: House) -> None:
    for _ in range(2):
        await house.sandbox.gateway.send_raw("<html>")
        await asyncio.sleep(0.5)
    await until(lambda: house.sandbox.gateway.identifies == 2)
    await house.sandbox.wait_for_bot(10)
    assert by_the_bot(house) == []
    assert (await house.sandbox.command("leo", "général", "footprint", TEXT, timeout=60)).message
