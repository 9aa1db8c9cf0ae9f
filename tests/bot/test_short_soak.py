"""Half a minute of `make soak`: everything goes wrong, and totals are exact to the message all the same."""

import socket
from pathlib import Path

import pytest

from benchmarks.soak.running import Plan, Soak
from benchmarks.soak.verdict import report
from benchmarks.soak.world import build


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.slow
async def test_nothing_is_lost_doubled_or_unnoted(tmp_path: Path) -> None:
    plan = Plan(
        25.0,
        rate=15.0,
        port=free_port(),
        requests=1.0,
        gateway=4.0,
        session=8.0,
        servers=4.0,
        host=4.0,
        flood=100,
        flood_every=8.0,
        restart=True,
    )
    soak = Soak(build(24, seed=10), plan, tmp_path)
    found = await soak.run()
    said = report(soak.world, found, soak.observed, soak.last_start)
    assert found.exact, f"{said}\n{(tmp_path / 'log').read_text(encoding='utf-8')[-20_000:]}"
    assert found.written > 50, said
    assert soak.world.faults.total() > 10, said
