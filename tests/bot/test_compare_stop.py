"""`python -m bot run` stopped while the process that draws is alive: nothing is left of either, and no traceback."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from sandbox import Sandbox

ROOT = Path(__file__).parents[2]


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for the process in /proc")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
async def test_the_drawing_process_goes_with_the_bot(sandbox: Sandbox, tmp_path: Path, stop: signal.Signals) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("EMPREINTE_")},
        "DISCORD_TOKEN": sandbox.token,
        "EMPREINTE_DISCORD_API": sandbox.api_root,
        "EMPREINTE_DATA_DIR": str(ROOT / "data"),
        "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/e.db",
    }
    command = [sys.executable, "-m", "bot", "run"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, env=environment, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    try:
        await sandbox.wait_for_bot(timeout=60)
        call = await sandbox.command("leo", "général", "compare", {"text": "Bonjour à tous"}, timeout=60)
        await call.settled(timeout=30)
        (worker,) = children(process.pid)
        os.killpg(process.pid, stop)  # as Ctrl+C in a terminal does
        _, errors = await asyncio.wait_for(process.communicate(), 30)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    assert process.returncode == (-signal.SIGKILL if stop is signal.SIGKILL else 0)
    assert b"Traceback" not in errors
    async with asyncio.timeout(60):
        while Path(f"/proc/{worker}/cmdline").is_file() and Path(f"/proc/{worker}/cmdline").read_bytes():
            await asyncio.sleep(0.05)
