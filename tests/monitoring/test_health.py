"""`/healthz`: one word that can be relied on, and the numbers behind it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from made_up import WRITER, lagging, made_up

from bot.monitoring.health import MAX_LAG, health, status
from bot.monitoring.state import Shards


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "ok"),
        ({"ready": False, "shards": Shards(0, 1)}, "starting"),
        ({"ready": False, "stands_by": True, "shards": Shards(0, 0)}, "standby"),
        ({"stands_by": True, "shards": Shards(0, 0)}, "standby"),
        ({"stands_by": True, "shards": Shards(0, 0), "lag": lagging(MAX_LAG + 0.1)}, "degraded"),
        ({"shards": Shards(1, 2)}, "degraded"),
        ({"writer": replace(WRITER, last_error="database is locked")}, "degraded"),
        ({"lag": lagging(MAX_LAG + 0.1, 0.0)}, "degraded"),
        ({"lag": lagging(MAX_LAG - 0.1, 0.0)}, "ok"),
    ],
)
def test_the_word(changed: dict[str, Any], expected: str) -> None:
    assert status(made_up(**changed)) == expected


def test_the_numbers() -> None:
    assert json.loads(json.dumps(health(made_up()))) == {
        "status": "ok",
        "shards": {"connected": 2, "expected": 2},
        "database": {"queued": 3, "last_commit_at": "2026-11-23T12:00:00+00:00", "error": None},
        "clock": {"discord": "2026-11-23T12:00:00+00:00", "host_ahead_seconds": 0.2, "agrees": True},
        "loop_lag_seconds": 0.25,
        "loop_lag_max_seconds": 0.25,
        "uptime_seconds": 12.5,
        "cogs": ["annotate", "footprint"],
    }


def test_before_the_first_commit() -> None:
    assert health(made_up(writer=replace(WRITER, last_commit_at=None)))["database"]["last_commit_at"] is None
