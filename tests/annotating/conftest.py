"""What the tests of annotations share."""

import pytest
from pending import Waiting

from bot.estimation.estimator import Estimator


@pytest.fixture
def waiting(estimator: Estimator) -> Waiting:
    return Waiting(estimator)
