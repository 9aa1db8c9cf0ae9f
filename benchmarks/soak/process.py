"""The bot as a process of its own, started anew whenever it ended, as systemd does."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

DATA = Path(os.environ.get("EMPREINTE_DATA_DIR", Path(__file__).parents[2] / "data")).absolute()

STARTED = """
import runpy, sys, time
host, ahead = time.time, float(sys.argv.pop(1))
if ahead:
    time.time = lambda: host() + ahead
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""
"""The bot on a host whose clock is ahead by so many seconds: in the process, not the machine's."""

PATIENCE = 90.0
"""Seconds for an orderly end."""


class BotProcess:
    """The process that runs now. `endings` are the exit statuses of those before."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment, self._log = environment, log
        self._process: Process | None = None
        self.endings: list[int] = []
        self.clock_ahead = 0.0
        """Seconds by which the next one's clock is ahead."""

    async def start(self) -> None:
        """Start it; one group of its own, so that Ctrl-C is ours alone."""
        command = (sys.executable, "-c", STARTED, str(self.clock_ahead), "run")
        with self._log.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                *command, env=self._environment, stdout=DEVNULL, stderr=errors, start_new_session=True
            )

    @property
    def running(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def ended(self, seconds: float) -> bool:
        """Wait so long for it to end by itself; tell whether it did."""
        if self._process is None:
            return True
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._process.wait()), seconds)
        return not self.running

    async def stop(self) -> int:
        """End it in order; return its exit status."""
        return await self._end("terminate")

    async def kill(self) -> None:
        """End it as a power failure would."""
        await self._end("kill")

    async def _end(self, how: str) -> int:
        assert self._process is not None
        with suppress(ProcessLookupError):
            getattr(self._process, how)()
        status = await asyncio.wait_for(self._process.wait(), PATIENCE)
        self.endings.append(status)
        return status

    def resident_mb(self) -> float:
        """Return the memory that it holds, in MB; 0 while there is none."""
        if self._process is None or not self.running:
            return 0.0
        with suppress(OSError):
            for line in Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8").splitlines():
                if line.startswith("VmRSS"):
                    return int(line.split()[1]) / 1024
        return 0.0


def environment(token: str, api: str, database: str, metrics_port: int) -> dict[str, str]:
    """Return the settings of the bot, and nothing of the host's own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    return {
        **inherited,
        "DISCORD_TOKEN": token,
        "EMPREINTE_DISCORD_API": api,
        "EMPREINTE_DATABASE_URL": database,
        "EMPREINTE_DATA_DIR": str(DATA),
        "EMPREINTE_METRICS_PORT": str(metrics_port),
    }
