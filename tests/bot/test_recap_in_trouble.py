"""The weekly recap where the channel, a permission or Discord fails."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from annotated import until
from recapped import DAY, ELSEWHERE, PLACE, POST, Recapped, due_with_something, tries

from bot.client import recap_job
from bot.ledger.records import RecapOutcome


async def test_a_deleted_channel_is_the_reason_and_another_one_works_the_same_day(recapped: Recapped) -> None:
    due = await due_with_something(recapped)
    await recapped.choose(channel=str(recapped.channel_id("prompts")))
    recapped.house.sandbox.world.delete_channel("prompts")
    await recapped.move_to(due)
    await recapped.look()
    assert await recapped.outcome() is RecapOutcome.GONE
    assert "son salon a été supprimé" in await recapped.shown()
    await recapped.choose_here()
    await recapped.look()
    assert len(recapped.posts()) == 1


@pytest.mark.parametrize("later", [timedelta(hours=5), timedelta(days=7)])
async def test_a_permission_lost_is_the_reason_and_given_back_it_works(recapped: Recapped, later: timedelta) -> None:
    due, world = await due_with_something(recapped), recapped.house.sandbox.world
    world.deny(PLACE, "send_messages")
    await recapped.move_to(due)
    before = tries(recapped)
    for _ in range(5):
        await recapped.look()
    assert tries(recapped) == before, "Discord isn't asked"
    assert "pas le droit d’écrire" in await recapped.shown()
    world.allow(PLACE, "send_messages")
    await recapped.count_on(due.date() + DAY, "leo")
    await recapped.move_to(due + later)
    await recapped.look()
    assert len(recapped.posts()) == 1
    assert "n’est pas parti" not in await recapped.shown()


async def test_without_attach_files_there_is_no_picture(recapped: Recapped) -> None:
    recapped.house.sandbox.world.deny(PLACE, "attach_files")
    due = await due_with_something(recapped)
    await recapped.move_to(due)
    await recapped.look()
    (post,) = recapped.posts()
    assert not post["attachments"]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 403, "code": 50013}, RecapOutcome.FORBIDDEN),
        ({"status": 404, "code": 10003}, RecapOutcome.GONE),
        ({"status": 429, "retry_after": 60.0}, RecapOutcome.REFUSED),
        ({"status": 400, "code": 200000}, RecapOutcome.REFUSED),
        ({"status": 503}, RecapOutcome.UNCERTAIN),
    ],
)
async def test_what_certainly_was_not_posted_is_tried_again_within_the_day(
    recapped: Recapped, fault: dict[str, Any], outcome: RecapOutcome, caplog: pytest.LogCaptureFixture
) -> None:
    await recapped.move_to(await due_with_something(recapped))
    faults, steady = recapped.house.sandbox.faults, [0.0]
    recapped.house.bot.recap_job._clock = lambda: steady[0]
    faults.add(method="POST", path=POST, times=2, **fault)
    await recapped.look()
    assert await recapped.outcome() is outcome
    assert [one.levelno for one in caplog.records if one.name == "bot.client.recap_post"] == [logging.WARNING] * (
        2 if outcome is RecapOutcome.REFUSED else 1
    )
    faults.clear()
    await recapped.look()
    assert not recapped.posts(), "not at once"
    steady[0] = recap_job.FIRST_PAUSE + 1
    await recapped.look()
    assert len(recapped.posts()) == (0 if outcome is RecapOutcome.UNCERTAIN else 1)
    assert ("n’est pas parti" in await recapped.shown()) is (outcome is RecapOutcome.UNCERTAIN)


async def test_nothing_is_posted_while_discord_wants_less_of_us(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    await recapped.move_to(await due_with_something(recapped))
    monkeypatch.setattr(type(recapped.house.bot.http_limits), "paused_for", 60.0)
    await recapped.look()
    assert not recapped.posts()
    monkeypatch.setattr(type(recapped.house.bot.http_limits), "paused_for", 0.0)
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_tries_become_rare(recapped: Recapped) -> None:
    due = await due_with_something(recapped)
    await recapped.move_to(due)
    recapped.house.sandbox.faults.add(method="POST", path=POST, status=403, code=50013, times=None)
    job, before = recapped.house.bot.recap_job, tries(recapped)
    for minute in range(0, 24 * 60, 5):
        job._clock = lambda minute=minute: minute * 60.0 + 1
        await recapped.look()
    assert 5 <= tries(recapped) - before <= 32


async def test_an_answer_that_gets_lost_is_never_followed_by_a_second_post(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    recapped.house.sandbox.faults.add(method="POST", path=POST, status=503, after=True, times=1)
    for _ in range(3):
        await recapped.look()
    assert len(recapped.posts()) == 1


async def test_discords_own_tries_post_once(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    recapped.house.sandbox.faults.add(method="POST", path=POST, status=502, after=True, times=1)
    await recapped.look()
    assert len(recapped.posts()) == 1
    assert await recapped.outcome() is RecapOutcome.POSTED


async def test_one_servers_trouble_is_not_anothers(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    due, house = await due_with_something(recapped), recapped.house
    english = recapped.channel_id(ELSEWHERE)
    await recapped.choose(at=ELSEWHERE, channel=str(english), weekday=0, hour=8)
    serve = house.bot.recap_job._recaps.settled

    async def settled(guild_id: int, which: Any) -> Any:
        if guild_id == house.sandbox.world.guild("English Club").id:
            raise RuntimeError("boom")
        return await serve(guild_id, which)

    monkeypatch.setattr(type(house.bot.recap_job._recaps), "settled", lambda _, *given: settled(*given))
    await recapped.move_to(due)
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_the_task_goes_on_after_a_failure(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(recap_job, "INTERVAL", 0.01)
    job, times = recapped.house.bot.recap_job, [0]

    async def broken() -> None:
        times[0] += 1
        raise RuntimeError("boom")

    monkeypatch.setattr(job, "post_due", broken)
    recapped.house.bot.tasks.start(job.run(), "recaps again")
    await until(lambda: times[0] > 2)
    assert "recaps failed; they are tried again" in caplog.text
