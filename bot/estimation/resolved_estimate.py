"""What an estimate is made for: model, zone, method and effort, with all that follows from them."""

from dataclasses import dataclass

from bot.estimation.footprint import NO_COURTESY_COSTS, CourtesyCosts, Footprint, PromptAnalysis
from bot.estimation.impacts.coefficients import Coefficients, Impact
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.prices import Price, Prices
from bot.estimation.impacts.reasoning import Factor
from bot.estimation.ranges import Range


@dataclass(frozen=True, slots=True)
class ResolvedEstimate:
    """A choice made once; the footprints of many messages then take a few multiplications each.

    `read_token_wh` is the energy of a token read, from that of a token written; prices follow the day.
    """

    model: Model
    zone: str
    method: str
    coefficients: Coefficients
    reasoning: Factor | None
    prices: Prices
    read_token_wh: Range
    warnings: tuple[str, ...]

    def predicted(self, reading: PromptAnalysis) -> Footprint:
        """Return the footprint of an answer whose length is predicted; hidden reasoning is added to it."""
        assert reading.basis is not None, "a length that isn't given is predicted"
        visible = reading.basis.for_model(self.model.key)
        if not self.model.tokenizer.is_unit:
            visible *= self.model.tokenizer.ratio(reading.mix)
        return self._footprint(reading, visible, self._with_reasoning(visible), given=False)

    def given(self, reading: PromptAnalysis, tokens: int) -> Footprint:
        """Return the footprint of an answer of so many tokens in all, reasoning included."""
        length = Range.exactly(tokens)
        return self._footprint(reading, length, length, given=True)

    def measured(self, reading: PromptAnalysis, visible: int) -> Footprint:
        """Return the footprint of an answer that shows so many tokens; hidden reasoning is added to them."""
        length = Range.exactly(visible)
        return self._footprint(reading, length, self._with_reasoning(length), given=False)

    def _footprint(self, reading: PromptAnalysis, visible: Range, written: Range, *, given: bool) -> Footprint:
        read = reading.prompt_tokens
        impact, input_energy = self.coefficients.at(written), self.read_token_wh * read
        price = self.prices.for_model(self.model)
        cost = price.cost(read, written.expected) if price else None
        return Footprint(
            model=self.model,
            zone=self.zone,
            method=self.method,
            reading=reading,
            answer_tokens=written,
            visible_tokens=visible,
            length_given=given,
            reasoning=None if given else self.reasoning,
            impact=impact,
            input_energy_wh=input_energy,
            cost_usd=cost,
            courtesy_costs=self._courtesy_costs(reading, impact, input_energy, cost, price),
            warnings=self.warnings,
        )

    @staticmethod
    def _courtesy_costs(
        reading: PromptAnalysis, impact: Impact, input_energy: Range, cost: float | None, price: Price | None
    ) -> CourtesyCosts:
        """Return what the message's courtesy takes.

        A message that is nothing else costs a whole answer. Words inside a request cost the reading of their tokens:
        their share of the request's input energy and the list price of that input; the CO2e of a Wh is taken to be
        the answer's.
        """
        courtesy = reading.courtesy
        if not courtesy.words:
            return NO_COURTESY_COSTS
        energy, gwp = impact.energy_wh.expected, impact.gwp_g.expected
        if courtesy.only:
            return CourtesyCosts(energy, gwp, cost)
        read = input_energy.expected * min(1.0, courtesy.tokens / max(1, reading.prompt_tokens))
        reading_cost = price.cost(courtesy.tokens, 0) if price else None
        return CourtesyCosts(read, read * gwp / energy if energy else 0.0, reading_cost)

    def _with_reasoning(self, visible: Range) -> Range:
        return visible if self.reasoning is None else visible * self.reasoning.times
