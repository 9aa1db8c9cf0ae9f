"""SIGTERM, SIGINT and SIGHUP from the first moment on: imported before all else, it imports next to nothing."""

import os
import signal
from collections.abc import Sequence
from types import FrameType

STOPPING = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGBREAK", "SIGINT", "SIGTERM") if hasattr(signal, name))
"""SIGHUP isn't known to Windows, SIGBREAK only there."""

SERVING = frozenset({"run", "sandbox"})
"""The commands that are ended by a signal when all is well: with status 0."""


def end_at_once(arguments: Sequence[str]) -> None:
    """Let these signals end the process, until `stop_event` is asked for: nothing is under way yet.

    Without a handler of its own the first process of a container wouldn't hear them at all.
    """
    serves = next((one for one in arguments if not one.startswith("-")), "") in SERVING

    def end(number: int, _: FrameType | None) -> None:
        os._exit(0 if serves else 128 + number)  # raised here, an exception could get lost in whatever is running

    for one in STOPPING:
        if not is_ignored(one) and (serves or one is not signal.SIGINT):  # elsewhere Ctrl+C is an exception
            signal.signal(one, end)


def is_ignored(one: signal.Signals) -> bool:
    """Tell whether `nohup` wants SIGHUP to be ignored.

    That a script's shell lets background processes ignore SIGINT is against Ctrl+C alone: one that is sent is meant.
    """
    return one.name == "SIGHUP" and signal.getsignal(one) is signal.SIG_IGN
