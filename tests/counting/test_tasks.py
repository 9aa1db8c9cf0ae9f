"""Background tasks: none outlives the bot, nor begins while it stops."""

import asyncio

from bot.counting.tasks import Tasks


async def test_what_runs_is_ended() -> None:
    tasks, ended = Tasks(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    tasks.start(work(), "work")
    await asyncio.sleep(0)
    await tasks.stop()
    assert ended.is_set()


async def test_nothing_begins_afterwards() -> None:
    tasks, began = Tasks(), asyncio.Event()

    async def work() -> None:
        began.set()

    await tasks.stop()
    tasks.start(work(), "late")
    await asyncio.sleep(0.01)
    assert not began.is_set()
    assert [one.get_name() for one in asyncio.all_tasks() if one.get_name() == "late"] == []
