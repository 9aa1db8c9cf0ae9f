"""How many shards a process should take or hand on, so that all are served and none carries much more than others."""

from math import ceil

from bot.ledger.coordination.lease_view import LeaseView

ADOPTION_SECONDS = 10.0
"""How long shards beyond a process's share stay free for others that may just be starting."""


def to_take(view: LeaseView, count: int, free_for: float) -> int:
    """Return how many free shards to take now; `free_for` is since when there are some, in seconds.

    Up to its share a process takes them at once, and what nobody wanted for a while everybody takes a part of.
    """
    processes = max(1, sum(view.holdings.values()))
    share = ceil(count / processes)
    if len(view.mine) < share:
        return min(view.free, share - len(view.mine))
    return ceil(view.free / processes) if free_for >= ADOPTION_SECONDS else 0


def to_give(view: LeaseView, count: int) -> int:
    """Return how many shards to hand on: others have less than an equal part, and nothing is free for them."""
    fair = count // max(1, sum(view.holdings.values()))
    wanting = sum(max(0, fair - held) * processes for held, processes in view.holdings.items())
    return 0 if view.free else min(wanting, max(0, len(view.mine) - fair))
