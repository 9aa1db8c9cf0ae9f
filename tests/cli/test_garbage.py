"""What stays is left out of garbage collection, but for what has become garbage since."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.cli.garbage import set_apart


class Server:
    """Refers to itself, as discord.py's do by their channels."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


async def test_what_is_there_is_left_out() -> None:
    await set_apart()
    assert gc.get_freeze_count() > 10_000


async def test_what_was_left_out_and_is_gone_does_not_stay() -> None:
    server = Server()
    gone = weakref.ref(server)
    await set_apart()
    del server
    gc.collect()
    assert gone() is not None
    await set_apart()
    assert gone() is None
