"""What is read of a text before it is estimated: tokens, courtesy, and what its answer's length depends on."""

from dataclasses import dataclass

from bot.estimation import words
from bot.estimation.answer_length.predictor import AnswerLength
from bot.estimation.courtesy import Courtesy, CourtesyDetector
from bot.estimation.footprint import NO_COURTESY, CountedCourtesy, PromptAnalysis
from bot.estimation.impacts.model import Model
from bot.estimation.text_mix import MixReader, TextMix
from bot.estimation.tokens import Tokenizers


@dataclass(frozen=True, slots=True)
class PromptReader:
    """Reads texts for any model. Nothing of a text is kept."""

    tokenizers: Tokenizers
    mixes: MixReader
    lengths: AnswerLength
    courtesy: CourtesyDetector

    def read(self, text: str, model: Model) -> PromptAnalysis:
        """Count the text's tokens and its courtesy, and find what its answer's length depends on."""
        split = words.split(text, self.lengths.doubled)
        courtesy = self.courtesy.find(split, text)
        mix = self.mixes.read(split, text)
        basis = self.lengths.basis(split, text, courtesy)
        return PromptAnalysis(self._count(text, model, mix), basis, self._counted(courtesy, model, mix), mix)

    def count(self, text: str, model: Model) -> int:
        """Return the tokens that a text is to the model, by its own vocabulary or its measured ratio."""
        return self._count(text, model, self.mixes.read(words.split(text), text)) if text else 0

    def _count(self, text: str, model: Model, mix: TextMix) -> int:
        """Return the tokens that the model reads: counted where its tokenizer is there, else by its measured ratio."""
        tokens = self.tokenizers.count(text, model.encoding)
        return tokens if model.tokenizer.encoding else max(1, round(tokens * model.tokenizer.ratio(mix)))

    def _counted(self, courtesy: Courtesy, model: Model, mix: TextMix) -> CountedCourtesy:
        if not courtesy.words:
            return NO_COURTESY
        tokens = sum(self._count(f" {expression}", model, mix) for expression in courtesy.expressions)
        return CountedCourtesy(courtesy.words, tokens, courtesy.only)
