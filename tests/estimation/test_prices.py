"""List prices: of the day it is, also over New Year, and of the model that the name means."""

from datetime import UTC, datetime

import pytest

from bot.estimation.estimator import Estimator
from bot.estimation.impacts.prices import Price, Prices


def price(estimator: Estimator, key: str, day: datetime) -> Price | None:
    return Prices(lambda: day).for_model(estimator.models.find(key))


def test_prices_follow_the_day_while_the_bot_runs(estimator: Estimator) -> None:
    now = [datetime(2026, 12, 31, 23, 50, tzinfo=UTC)]
    prices, model = Prices(lambda: now[0]), estimator.models.find("google_genai/gemini-3.8-flash")
    before = prices.for_model(model)
    assert prices.for_model(model) is before
    now[0] = datetime(2027, 1, 2, 0, 10, tzinfo=UTC)
    after = prices.for_model(model)
    assert before
    assert after
    assert after.per_output_token == pytest.approx(2 * before.per_output_token)
    assert prices.day.isoformat() == "2027-01-02"


@pytest.mark.parametrize(
    ("key", "read", "written"),
    [
        ("mistralai/mistral-large-latest", 0.5, 1.5),
        ("mistralai/mistral-large-4", 1.36, 4.18),
        ("mistralai/zai-glm-5", 1.4, 4.4),
        ("openai/gpt-4o", 2.5, 10.0),
    ],
)
def test_per_million_tokens(estimator: Estimator, key: str, read: float, written: float) -> None:
    found = price(estimator, key, datetime(2026, 11, 27, tzinfo=UTC))
    assert found
    assert found.per_input_token * 1e6 == pytest.approx(read)
    assert found.per_output_token * 1e6 == pytest.approx(written)


def test_no_price_where_nobody_has_one(estimator: Estimator) -> None:
    day = datetime(2026, 11, 27, tzinfo=UTC)
    assert price(estimator, "cohere/command-a-plus-05-2026", day) is None
    assert price(estimator, "huggingface_hub/openai/gpt-oss-120b", day) is None
