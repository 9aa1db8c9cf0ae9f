"""Two ways of asking the same model, as plain data."""

from dataclasses import dataclass

from bot.estimation.footprint import Footprint
from bot.estimation.ranges import Range


@dataclass(frozen=True, slots=True)
class Phrasings:
    """The footprints of two texts, by the same model on the same electricity."""

    first: Footprint
    second: Footprint

    @property
    def ratio(self) -> Range:
        """Return how many times the first one's energy the second one takes.

        The model's own uncertainty is the same for both and drops out; the range is that of the answers' lengths, as
        if each could be off without the other.
        """
        before, after = self.first.visible_tokens, self.second.visible_tokens
        expected = self.second.impact.energy_wh.expected / self.first.impact.energy_wh.expected
        low, high = after.low / before.high, after.high / before.low
        return Range(min(low, expected), expected, max(high, expected))
