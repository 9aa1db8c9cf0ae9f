"""Makes messages that wait to be annotated."""

from bot.annotating.pending_annotation import PendingAnnotation
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Request

TEXT = "Explique-moi la photosynthèse avec une comparaison tirée de la cuisine, s'il te plaît."


class Waiting:
    """Numbers messages one after the other, in one channel."""

    def __init__(self, estimator: Estimator) -> None:
        estimator.prepare(estimator.models.default)
        self._estimator, self._last = estimator, 0

    def one(self, arrived: float = 0.0, text: str = TEXT, author_id: int = 7) -> PendingAnnotation:
        """Return the next message."""
        self._last += 1
        return PendingAnnotation(self._last, 1, 2, None, author_id, arrived, self._estimator.estimate(text, Request()))
