"""Has charts drawn in another process, so that the event loop never waits for one.

One process, started when first needed; it ends itself when nothing came for a while, and when this one is gone.
Whatever goes wrong there costs a picture, nothing else.
"""

import asyncio
import contextlib
import logging
import os
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.charts.records.chart import Chart

log = logging.getLogger(__name__)
T = TypeVar("T")

MAX_WAITING = 8
"""Charts that may wait while one is drawn; a further one isn't drawn."""

MAX_CACHED = 64
"""Pictures kept, some 40 kB each."""

DRAW_TIMEOUT = 10.0
"""Seconds after which an answer goes without its picture."""

START_TIMEOUT = 60.0
"""Seconds for the process to start: on a machine's first start matplotlib looks through all of its fonts."""

IDLE_TIMEOUT = 300.0
"""Seconds without a chart after which the process ends."""

LENGTH = struct.Struct(">I")
"""The four bytes before each chart and picture on the way between the processes."""

PRIVATE = ("DISCORD_", "EMPREINTE_")
"""Environment that is no concern of a process that draws."""


class Charts:
    """Draws charts one after the other and keeps the last ones. `fonts` is where matplotlib notes which there are."""

    def __init__(self, fonts: Path, *, limit: float = DRAW_TIMEOUT, idle: float = IDLE_TIMEOUT) -> None:
        self._fonts = fonts.resolve()
        self._limit = limit
        self._idle = idle
        self._kept: OrderedDict[Chart, bytes] = OrderedDict()
        self._inside = 0
        self._turn = asyncio.Lock()
        self._start: asyncio.Task[Worker] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def draw(self, chart: Chart) -> bytes | None:
        """Return the chart as a PNG, None when it can't be had in time."""
        if chart in self._kept:
            return self._keep(chart, self._kept[chart])
        if self._inside > MAX_WAITING:
            return None
        self._inside += 1
        try:
            async with asyncio.timeout(self._limit), self._turn:
                return self._keep(chart, self._kept.get(chart) or await self._drawn(chart))
        except (OSError, EOFError) as error:  # TimeoutError is an OSError
            log.warning("no picture: %s", error or type(error).__name__)
            return None
        finally:
            self._inside -= 1

    async def close(self) -> None:
        """End the process; nothing is drawn any more, and who waits for a picture goes without."""
        self._closed = True
        if self._start is not None:
            self._start.cancel()
            await asyncio.wait({self._start})
        if worker := self._running():
            worker.kill()
        async with self._turn:
            self._forget_worker()
        await asyncio.shield(asyncio.gather(*self._ending))

    def _keep(self, chart: Chart, picture: bytes) -> bytes:
        self._kept[chart] = picture
        self._kept.move_to_end(chart)
        if len(self._kept) > MAX_CACHED:
            self._kept.popitem(last=False)
        return picture

    async def _drawn(self, chart: Chart) -> bytes:
        try:
            return await self._by_worker(chart)
        except (ConnectionError, EOFError):  # it had ended, or was killed meanwhile: once more with a new one
            return await self._by_worker(chart)

    async def _by_worker(self, chart: Chart) -> bytes:
        worker = await self._worker()
        try:
            return await worker.draw(chart)
        except BaseException:  # also when we are cancelled: what it says next would answer the wrong question
            self._forget_worker()
            raise

    async def _worker(self) -> "Worker":
        """Return the process, started where there is none; a start goes on when who waits for it gives up."""
        if self._closed:
            raise TimeoutError("the bot stops")
        if self._start is None or (self._start.done() and self._start.exception()):
            self._start = asyncio.create_task(Worker.start(self._fonts, self._idle), name="chart worker")
        return await asyncio.shield(self._start)

    def _running(self) -> "Worker | None":
        start = self._start
        return start.result() if start and start.done() and not start.cancelled() and not start.exception() else None

    def _forget_worker(self) -> None:
        worker, self._start = self._running(), None
        if worker:
            ending = asyncio.create_task(worker.end(), name="chart worker's end")
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)


class Worker:
    """The other process, `bot.charts.renderer`."""

    def __init__(self, process: Process) -> None:
        assert process.stdin, "a pipe"
        assert process.stdout, "a pipe"
        self.process = process
        self._to, self._from = process.stdin, process.stdout

    @classmethod
    async def start(cls, fonts: Path, idle: float) -> Self:
        """Start the process and wait until it is ready; `OSError` or `EOFError` when it doesn't get there."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(PRIVATE)}
        launching = asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.charts.renderer", str(idle)),
            cwd=Path(__file__).parents[2],
            env={**environment, "MPLCONFIGDIR": str(fonts)},
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # Ctrl+C in the terminal is the bot's to handle
        )
        process, cancelled = await _to_its_end(launching)
        worker = cls(process)
        try:
            if cancelled:
                raise cancelled
            async with asyncio.timeout(START_TIMEOUT):
                await worker._picture()
        except BaseException:
            await _to_its_end(worker.end())
            raise
        return worker

    async def draw(self, chart: Chart) -> bytes:
        """Return the chart as a PNG; `ConnectionError` or `EOFError` when the process is gone."""
        data = chart.to_json()
        self._to.write(LENGTH.pack(len(data)) + data)
        await self._to.drain()
        return await self._picture()

    def kill(self) -> None:
        """End the process at once; it holds nothing that could be lost."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()

    async def end(self) -> None:
        """End the process and wait until it is gone; nobody else may be reading."""
        self.kill()
        await self.process.communicate()
        with contextlib.suppress(OSError):
            await self._to.wait_closed()

    async def _picture(self) -> bytes:
        (length,) = LENGTH.unpack(await self._from.readexactly(LENGTH.size))
        return await self._from.readexactly(length)


async def _to_its_end(work: Coroutine[Any, Any, T]) -> tuple[T, asyncio.CancelledError | None]:
    """Return what the work comes to, and that whoever waits was cancelled meanwhile, however often.

    A process half started or half ended is one that nobody ends.
    """
    task, cancelled = asyncio.ensure_future(work), None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    return task.result(), cancelled
