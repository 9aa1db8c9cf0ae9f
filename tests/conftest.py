"""What all tests share: the facts and vocabularies that come with the project, loaded once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.presentation.translator import Catalogues
from bot.usecases.estimates import Estimates

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
