"""The same log line over and over is logged a few times, and then counted."""

import logging

from bot.cli.repeats import LIMIT, MAX_KINDS, WINDOW, RepeatFilter


class Log:
    """A filter with a clock by hand; `lines` are what was logged."""

    def __init__(self) -> None:
        self.now, self.lines = 0.0, list[str]()
        self.filter = RepeatFilter(lambda record: self.lines.append(record.getMessage()), lambda: self.now)

    def say(self, message: str, *values: object, error: Exception | None = None, logger: str = "bot.x") -> None:
        info = (type(error), error, None) if error else None
        record = logging.LogRecord(logger, logging.ERROR, "", 0, message, values, info)
        if self.filter.filter(record):
            self.lines.append(record.getMessage())


def test_a_flood_is_a_few_lines_and_a_count() -> None:
    log = Log()
    for n in range(590):
        log.say("event %d", n)
    assert log.lines == [f"event {n}" for n in range(LIMIT)]
    log.now += WINDOW + 1
    log.say("something else")
    assert log.lines[LIMIT:] == [f"event 589 … {590 - LIMIT} more of these within a minute", "something else"]
    log.say("event %d", 1)
    assert log.lines[-1] == "event 1"


def test_the_end_tells_what_is_left() -> None:
    log = Log()
    for _ in range(LIMIT + 2):
        log.say("again")
    log.filter.flush()
    log.filter.flush()
    assert log.lines[LIMIT:] == ["again … 2 more of these within a minute"]


def test_other_loggers_and_exceptions_are_other_kinds() -> None:
    log = Log()
    for _ in range(LIMIT):
        log.say("failed")
    log.say("failed", error=KeyError())
    log.say("failed", logger="bot.y")
    assert len(log.lines) == LIMIT + 2


def test_memory_is_bounded_and_nothing_is_lost() -> None:
    log = Log()
    for _ in range(LIMIT + 3):
        log.say("first")
    for n in range(2 * MAX_KINDS):
        log.say(f"kind {n}")
    assert len(log.filter._kinds) == MAX_KINDS
    assert "first … 3 more of these within a minute" in log.lines


def test_half_a_million_lines_are_cheap_on_disk() -> None:
    log = Log()
    for n in range(50_000):
        log.now += 0.01
        log.say("an event %s can't be read (%s)", n, "KeyError")
    assert len(log.lines) <= (50_000 * 0.01 / WINDOW + 1) * (LIMIT + 1)
