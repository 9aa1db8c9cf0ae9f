"""What came of annotations: counted, and learnt from, so that nobody is bothered who doesn't want to be."""

import logging
from collections import Counter
from collections.abc import Callable

from bot.annotating.breaker import MISHAP_REST, Breaker
from bot.annotating.pending_annotation import PendingAnnotation
from bot.annotating.sending import Outcome
from bot.counting.bounded_dict import BoundedDict

log = logging.getLogger(__name__)

DROPPED = "dropped"
MAX_BLOCKERS = 10_000


class SendLog:
    """Outcomes by name, and who blocks the bot; refusals reach the breaker. `clock` gives seconds that only grow."""

    def __init__(self, breaker: Breaker, clock: Callable[[], float]) -> None:
        self._breaker, self._clock = breaker, clock
        self.outcomes: Counter[str] = Counter()
        self._blocked_by = BoundedDict[int, None](MAX_BLOCKERS)

    def is_blocked_by(self, author_id: int) -> bool:
        """Tell whether somebody's messages can't be annotated, because they block the bot."""
        return author_id in self._blocked_by

    def drop(self, count: int = 1) -> None:
        """Note annotations that weren't sent."""
        self.outcomes[DROPPED] += count

    def note(self, outcome: Outcome, pending: PendingAnnotation) -> None:
        """Note what came of one annotation."""
        self.outcomes[outcome.value] += 1
        channel_id = pending.channel_id
        if outcome is Outcome.BLOCKED:
            self._blocked_by.put(pending.author_id, None)
        elif outcome is Outcome.REFUSED:
            if self._breaker.record_failure(pending.guild_id, channel_id, self._clock()):
                log.warning("channel %d: Discord refuses annotations; they pause there", channel_id)
        elif outcome is Outcome.FAILED:
            if self._breaker.record_failure(pending.guild_id, channel_id, self._clock(), MISHAP_REST):
                log.warning("channel %d: Discord fails; annotations pause there for a while", channel_id)
        elif outcome is Outcome.SENT and self._breaker.record_success(channel_id):
            log.info("channel %d: annotations work again", channel_id)
