"""From an answer's tokens to its footprint and entry: what was measured in place of what was predicted."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.counting.ai_answers.answer_text import Payload, texts_of
from bot.counting.ai_answers.pending_answer import PendingAnswer
from bot.counting.effective_settings import EffectiveSettings
from bot.estimation.footprint import CountedCourtesy, Footprint, PromptAnalysis
from bot.estimation.ranges import Range
from bot.ledger.entries import entry_of
from bot.ledger.periods import local_day
from bot.ledger.records import ANSWER, AiBot, Entry
from bot.ledger.types import moment_of
from bot.ledger.write.ai_answers import Measurement, StandingAnswer

UNASKED = PromptAnalysis(0, None, CountedCourtesy(0, 0, only=False))
"""Where the question isn't known, nothing is known of what was read."""


@dataclass(slots=True)
class Measured:
    """An answer's footprint, once it was measured."""

    footprint: Footprint | None = None


@dataclass(frozen=True, slots=True)
class AnswerMeasurer:
    """Measures answers with each bot's own model and effort, on its server's electricity."""

    effective: EffectiveSettings

    def tokens(self, payload: Payload, bot: AiBot) -> dict[str, int]:
        """Return the visible tokens of each section that the payload has, by the bot's own model."""
        model, estimator = self.effective.estimate_bot(bot).model, self.effective.estimator
        return {section: estimator.count(text, model) for section, text in texts_of(payload, bot.excluded).items()}

    def predicted(self, reading: PromptAnalysis, bot: AiBot) -> Range:
        """Return the visible tokens that the bot's model would be predicted to answer with."""
        return self.effective.estimate_bot(bot).predicted(reading).visible_tokens

    def standing(self, answer: PendingAnswer) -> StandingAnswer:
        """Return the answer as it stands."""
        return StandingAnswer(
            answer.answer_id,
            tuple(sorted(answer.parts)),
            answer.guild_id,
            answer.bot_id,
            answer.question_id,
            answer.author_id,
            answer.tokens,
        )

    def measure(
        self, answer: StandingAnswer, channel_id: int, bot: AiBot
    ) -> tuple[Callable[[int, Entry | None], Measurement], Measured]:
        """Return what measures the answer once its question was looked up, and where it leaves the footprint."""
        resolved, measured = self.effective.estimate_bot(bot), Measured()
        timezone = self.effective.timezone(self.effective.preferences.settings(bot.guild_id)).value

        def measure(author_id: int, question: Entry | None) -> Measurement:
            footprint = resolved.measured(_reading(question), answer.visible_tokens)
            measured.footprint = footprint
            entry = entry_of(
                footprint,
                message_id=answer.entry_id,
                guild_id=answer.guild_id,
                channel_id=channel_id,
                author_id=author_id,
                local_day=local_day(moment_of(answer.entry_id), timezone),
                kind=ANSWER,
            )
            return Measurement(entry, self._visible(question) if question else None)

        return measure, measured

    def _visible(self, question: Entry) -> Range:
        """Return what was predicted for a question, without the hidden reasoning that was added to it."""
        factor = self.effective.estimator.reasoning.factor(question.model)
        written = Range(question.answer_low, question.answer_expected, question.answer_high)
        return written if factor is None else Range(*(a / b for a, b in zip(written, factor.times, strict=True)))


def _reading(question: Entry | None) -> PromptAnalysis:
    if question is None:
        return UNASKED
    courtesy = CountedCourtesy(question.courtesy_words, question.courtesy_tokens, only=bool(question.courtesy_only))
    return PromptAnalysis(question.prompt_tokens, None, courtesy)
