"""Remembers the last few things, and forgets the oldest."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BoundedDict(Generic[K, V]):
    """A mapping of bounded size."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[K, V] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._known

    def __len__(self) -> int:
        return len(self._known)

    def put(self, key: K, value: V) -> None:
        """Remember it as the newest."""
        self._known[key] = value
        self._known.move_to_end(key)
        if len(self._known) > self._most:
            self._known.popitem(last=False)

    def get(self, key: K) -> V | None:
        """Return what is remembered."""
        return self._known.get(key)

    def pop(self, key: K) -> V | None:
        """Forget it, and return what it was."""
        return self._known.pop(key, None)
