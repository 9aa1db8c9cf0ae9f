"""How long an answer would be: low, expected and high, in tokens."""

from bot.estimation.answer_length.predictor import default, predict

__all__ = ["default", "predict"]
