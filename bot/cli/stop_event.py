"""An event in place of the end: what is under way is finished first."""

import asyncio
import signal

from bot.cli.signals import STOPPING, is_ignored


def stop_event() -> asyncio.Event:
    """Return an event that these signals set, instead of ending the process."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def wake(*_: object) -> None:
        loop.call_soon_threadsafe(stop.set)

    for one in STOPPING:
        if is_ignored(one):
            continue
        try:
            loop.add_signal_handler(one, stop.set)
        except NotImplementedError:  # as on Windows
            signal.signal(one, wake)
    return stop
