"""Totals stay exact through `kill -9` at any moment."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import killed_writer
from making import counted, expected
from sqlalchemy.ext.asyncio import AsyncEngine

ROOT = Path(__file__).parents[2]
ROUNDS = 24


async def test_killed_again_and_again(lite: AsyncEngine, tmp_path: Path) -> None:
    database, journal = str(lite.url), tmp_path / "journal"
    command = [sys.executable, killed_writer.__file__, database, str(journal), str(ROUNDS), "3000"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    posted = int(done.stdout)
    assert posted >= 3000
    assert await counted(lite) == expected(killed_writer.message(n) for n in range(posted))
    connection = sqlite3.connect(tmp_path / "ledger.db")
    assert connection.execute("SELECT count(*) FROM entries").fetchone() == (posted,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
