"""Which private answers are shared, or about to be: each is posted once."""

from bot.counting.bounded_dict import BoundedDict

MAX_SHARES = 10_000
"""Answers remembered; of earlier ones, Discord shows the button as pressed."""


class Shares:
    """Claims by the private answer's message id, from the press on."""

    def __init__(self) -> None:
        self._claimed = BoundedDict[int, None](MAX_SHARES)

    def claim(self, message_id: int) -> bool:
        """Tell whether this press is the first of its answer."""
        if message_id in self._claimed:
            return False
        self._claimed.put(message_id, None)
        return True

    def release(self, message_id: int) -> None:
        """Let it be pressed again: nothing was posted."""
        self._claimed.pop(message_id)
