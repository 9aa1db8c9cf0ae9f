"""AI bots that answer each other for ever are annotated once, until a person writes again. Pure."""

from bot.counting.bounded_dict import BoundedDict


class Loops:
    """Where the last answers were answers to nobody, by channel."""

    def __init__(self) -> None:
        self._channels = BoundedDict[int, None](10_000)

    def person_wrote(self, channel_id: int) -> None:
        """Note that somebody is there."""
        if self._channels:
            self._channels.pop(channel_id)

    def may_annotate(self, channel_id: int, *, is_asked: bool) -> bool:
        """Tell whether an answer may be annotated: those that somebody asked for, and the first of the others."""
        if is_asked:
            return True
        first = channel_id not in self._channels
        self._channels.put(channel_id, None)
        return first
