"""What all tests share: the facts and vocabularies that come with the project, loaded once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.presentation.translator import Catalogues
from bot.usecases.estimates import Estimates

SLOW = ("bot", "charts", "cli", "monitoring", "page", "sandbox")
"""Folders whose tests start a process, a server or a browser."""

MEASURES = ("test_nobody_waits.py", "test_annotations_under_load.py")
"""Files that measure how long something takes: coverage would slow just that, so it leaves them alone."""

SLOW_FILES = ("test_erased_bytes.py", "test_killed.py", "test_lock.py", "test_import_graph.py", "test_unused_code.py")

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

ROOT = Path(__file__).parents[1]
VOCABULARIES = ROOT / "data" / "tiktoken"
TODAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="session")
def estimator() -> Estimator:
    return Estimator.load(CONFIG_DIR, VOCABULARIES, lambda: TODAY)


@pytest.fixture(scope="session")
def answers(estimator: Estimator) -> Estimates:
    return Estimates(estimator)


@pytest.fixture(scope="session")
def catalogues() -> Catalogues:
    return Catalogues.load(CONFIG_DIR)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Don't even read the slow tests where only the others are wanted: that alone takes seconds."""
    if config.option.markexpr != "not slow" or collection_path == ROOT / "tests":
        return None
    is_slow = collection_path.parts[len(ROOT.parts) + 1] in SLOW or collection_path.name in SLOW_FILES
    return True if is_slow else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder, name = item.path.relative_to(ROOT / "tests").parts[0], item.path.name
        if item.get_closest_marker("postgresql") or folder in SLOW or name in SLOW_FILES:
            item.add_marker("slow")
        if name in MEASURES:
            item.add_marker("no_cover")
