"""The process that draws: what it draws, and that nothing which happens to it costs more than a picture."""

import asyncio
import gc
import os
import signal
import time
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.charts.chart_process import MAX_WAITING, Charts, Worker
from bot.charts.drawing.canvas import PIXELS
from bot.charts.records.bars import Bar, BarChart
from bot.charts.records.chart import WIDTH
from bot.charts.records.scale import Tick
from bot.charts.renderer import draw

FONTS = Path(__file__).parents[2] / "data" / "matplotlib"
LATE = 30.0
"""Seconds allowed where the test isn't about time: the machine may be busy."""


def chart(title: str = "Répondre", bars: int = 2, *, log: bool = True) -> BarChart:
    row = Bar("Un modèle", "1 Wh", "0,5 – 2 Wh", 0.2, 0.5, 0.8)
    ticks = tuple(Tick(place / 4, f"{place} Wh") for place in range(5))
    return BarChart(
        title=title,
        subtitle="Énergie",
        bars=(row,) * bars,
        ticks=ticks,
        log=log,
        notes=("une note",),
        alt="deux barres",
    )


def image(picture: bytes | None) -> Image.Image:
    assert picture is not None
    decoded = Image.open(BytesIO(picture))
    decoded.load()
    return decoded


@pytest.fixture
async def charts() -> AsyncIterator[Charts]:
    one = Charts(FONTS, limit=LATE)
    yield one
    await one.close()


def worker_of(charts: Charts) -> int:
    worker = charts._running()
    assert worker
    return worker.process.pid


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("bars", [1, 2, 5])
def test_pictures_have_their_size(bars: int, log: bool) -> None:
    one = chart(bars=bars, log=log)
    shown = image(draw(one))
    assert shown.format == "PNG"
    assert shown.size == (WIDTH * PIXELS, one.height * PIXELS)


def test_words_are_made_smaller_rather_than_cut() -> None:
    """Nothing but the card itself stands in the outermost units, however long the words are."""
    endless = "Phi-3-medium-128k-instruct-onnx-directml" * 3
    row = Bar(endless, "0,036 Wh", "0,013 – 0,071 Wh", 0.1, 0.2, 0.3, marked=True)
    ticks = (Tick(0.0, "0,001 Wh"), Tick(1.0, "1 000 Wh"))
    one = BarChart(title=endless, subtitle=endless, bars=(row,), ticks=ticks, log=True, notes=(endless,), alt=endless)
    shown = image(draw(one)).convert("RGBA")
    width, height = shown.size
    for strip in ((2 * PIXELS, 20 * PIXELS, 5 * PIXELS), (width - 5 * PIXELS, 20 * PIXELS, width - 2 * PIXELS)):
        colours = shown.crop((strip[0], strip[1], strip[2], height - 20 * PIXELS)).getcolors()
        assert colours is not None
        assert len(colours) == 1


def test_the_card_is_opaque() -> None:
    shown = image(draw(chart())).convert("RGBA")
    width, height = shown.size
    inside = shown.getchannel("A").crop((20, 20, width - 20, height - 20))
    assert min(inside.tobytes()) >= 250
    assert shown.getchannel("A").getpixel((0, 0)) == 0


async def test_one_process_draws_and_remembers(charts: Charts) -> None:
    first = await charts.draw(chart())
    worker = worker_of(charts)
    assert worker != os.getpid()
    assert image(await charts.draw(chart("autre"))).size == image(first).size
    assert worker_of(charts) == worker
    os.kill(worker, signal.SIGKILL)
    assert await charts.draw(chart()) is first


async def test_a_killed_process_is_replaced(charts: Charts) -> None:
    await charts.draw(chart())
    worker = worker_of(charts)
    os.kill(worker, signal.SIGKILL)
    image(await charts.draw(chart("après")))
    assert worker_of(charts) != worker


async def test_killed_while_it_draws(charts: Charts) -> None:
    await charts.draw(chart())
    worker = worker_of(charts)
    os.kill(worker, signal.SIGSTOP)
    drawing = asyncio.create_task(charts.draw(chart("pendant")))
    await asyncio.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    image(await drawing)


async def test_a_process_that_hangs_costs_one_picture(charts: Charts) -> None:
    await charts.draw(chart())
    worker = worker_of(charts)
    os.kill(worker, signal.SIGSTOP)
    charts._limit = 0.3
    assert await charts.draw(chart("trop tard")) is None
    charts._limit = LATE
    image(await charts.draw(chart("trop tard")))
    assert worker_of(charts) != worker


async def test_the_queue_is_bounded(charts: Charts) -> None:
    await charts.draw(chart())
    os.kill(worker_of(charts), signal.SIGSTOP)
    charts._limit = 1.0
    waiting = [asyncio.create_task(charts.draw(chart(f"{number}"))) for number in range(MAX_WAITING + 1)]
    await asyncio.sleep(0)
    assert await charts.draw(chart("un de trop")) is None
    assert not any(one.done() for one in waiting), "it waited"
    assert await asyncio.gather(*waiting) == [None] * len(waiting)


async def test_equal_charts_are_drawn_once(charts: Charts) -> None:
    pictures = await asyncio.gather(*(charts.draw(chart()) for _ in range(4)))
    assert pictures[0] is not None
    assert all(picture is pictures[0] for picture in pictures)


async def test_an_idle_process_ends_and_a_new_one_draws() -> None:
    charts = Charts(FONTS, limit=LATE, idle=0.1)
    try:
        await charts.draw(chart())
        worker = charts._running()
        assert worker
        async with asyncio.timeout(LATE):
            await worker.process.wait()
        assert worker.process.returncode == 0
        image(await charts.draw(chart("plus tard")))
    finally:
        await charts.close()


async def test_a_slow_start_goes_on_without_who_waited(charts: Charts) -> None:
    charts._limit = 0.01
    assert await charts.draw(chart()) is None
    start = charts._start
    assert start is not None
    charts._limit = LATE
    image(await charts.draw(chart()))
    assert charts._start is start


async def test_a_process_that_cannot_start(monkeypatch: pytest.MonkeyPatch, charts: Charts) -> None:
    monkeypatch.setattr("sys.executable", "/nonexistent/python")
    assert await charts.draw(chart()) is None
    monkeypatch.undo()
    image(await charts.draw(chart()))


async def test_closing_leaves_no_process_and_nobody_waiting(charts: Charts) -> None:
    await charts.draw(chart())
    worker = worker_of(charts)
    os.kill(worker, signal.SIGSTOP)
    drawing = [asyncio.create_task(charts.draw(chart(f"{number}"))) for number in range(3)]
    await asyncio.sleep(0.05)
    await charts.close()
    assert await asyncio.gather(*drawing) == [None] * 3
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert await charts.draw(chart("fermé")) is None
    await charts.close()


@pytest.mark.parametrize("again", [0, 1, 3])
@pytest.mark.parametrize("steps", [1, 2, 3, 5, 8, 30])
def test_a_start_that_is_cancelled_leaves_nothing_open(tmp_path: Path, steps: int, again: int) -> None:
    """At whatever step, once or twice, and though the program ends right after."""

    async def cancel() -> None:
        starting = asyncio.create_task(Worker.start(tmp_path, 1.0))
        for _ in range(steps):
            await asyncio.sleep(0)
        starting.cancel()
        for _ in range(again):
            await asyncio.sleep(0)
        starting.cancel()
        await asyncio.wait({starting})
        assert starting.cancelled()

    asyncio.run(cancel())
    gc.collect()  # what is open still is warned of now


async def test_no_secret_reaches_the_process(charts: Charts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a-secret")
    monkeypatch.setenv("EMPREINTE_DATABASE_URL", "a-secret")
    await charts.draw(chart())
    assert b"a-secret" not in Path(f"/proc/{worker_of(charts)}/environ").read_bytes()


async def test_the_event_loop_does_not_wait(charts: Charts) -> None:
    began = time.thread_time()
    for number in range(3):
        draw(chart(f"{number}", bars=5))
    here, began = time.thread_time() - began, time.thread_time()
    drawing = asyncio.gather(*(charts.draw(chart(f"{number}", bars=5)) for number in range(3)))
    steps = 0
    while not drawing.done():
        steps += 1
        await asyncio.sleep(0.005)
    assert all(drawing.result())
    assert steps > 5, "nothing else could run"
    assert time.thread_time() - began < here, "they were drawn in this process"
