"""What the tokens would cost at list prices, by genai-prices; nothing where nobody publishes one by the token."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from genai_prices import Usage, calc_price

from bot.estimation.impacts.model import Model

PROVIDERS = {
    "anthropic": "anthropic",
    "cohere": "cohere",
    "google_genai": "google",
    "mistralai": "mistral",
    "openai": "openai",
}
"""EcoLogits' provider names in genai-prices' words. Open-weight models have no list price of their own."""

SMALL = 1000
"""Tokens of the price request: a chat message is far below the long-context steps of price lists."""

MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Price:
    """List price in US dollars per token read and per token written."""

    per_input_token: float
    per_output_token: float

    def cost(self, input_tokens: float, output_tokens: float) -> float:
        """Return the cost in US dollars."""
        return input_tokens * self.per_input_token + output_tokens * self.per_output_token


class Prices:
    """The list prices of the day that the clock tells, each looked up once a day."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._day = clock().date()
        self._known: dict[str, Price | None] = {}

    @property
    def day(self) -> date:
        """Return the day it is."""
        return self._clock().date()

    def for_model(self, model: Model) -> Price | None:
        """Return the model's price today, None when there is none."""
        day = self._clock().date()
        if day != self._day:
            self._day = day
            self._known.clear()
        if model.key not in self._known:
            self._known[model.key] = self._look_up(model)
        return self._known[model.key]

    def _look_up(self, model: Model) -> Price | None:
        own = model.list_price
        if own is not None:
            if own.input is None or own.output is None:
                return None
            return Price(own.input / MILLION, own.output / MILLION)
        provider = PROVIDERS.get(model.provider)
        if provider is None:
            return None
        try:
            found = calc_price(
                Usage(input_tokens=SMALL, output_tokens=SMALL),
                model_ref=model.name,
                provider_id=provider,
                genai_request_timestamp=self._clock(),
            )
        except LookupError:
            return None
        return Price(_per_token(found.input_price), _per_token(found.output_price))


def _per_token(price: Decimal) -> float:
    return float(price / SMALL)
