"""The one clock: what is believed of the host's, of Discord's `Date` and of the ids that come."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.counting.clock import MAX_AGE_OF_DATE, MAX_DISAGREEMENT, DiscordClock
from bot.ledger.types import id_at

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


class Machine:
    """A machine whose clock is wrong by so much, and the clock that runs on it."""

    def __init__(self, wrong_by: timedelta = timedelta()) -> None:
        self.steady, self.wrong_by = 1000.0, wrong_by
        self.clock = DiscordClock(self.host, lambda: self.steady)

    @property
    def true(self) -> datetime:
        return NOW + timedelta(seconds=self.steady - 1000.0)

    def host(self) -> float:
        return (self.true + self.wrong_by).timestamp()

    def answer(self, off: timedelta = timedelta()) -> None:
        self.clock.hear_date(format_datetime(self.true + off, usegmt=True))

    def message(self, age: timedelta = SECOND) -> bool:
        return self.clock.hear_message(id_at(self.true - age))

    def error(self) -> float:
        return abs((self.clock.now() - self.true).total_seconds())


WRONG = [timedelta(days=days) for days in (-20_000, -40, -1, 20, 35, 100)]


@pytest.mark.parametrize("wrong_by", WRONG)
def test_the_hosts_clock_is_wrong(wrong_by: timedelta) -> None:
    machine = Machine(wrong_by)
    machine.answer()
    machine.steady += 7000
    assert machine.error() <= 1
    assert not machine.clock.agrees
    assert machine.clock.host_ahead == pytest.approx(wrong_by.total_seconds(), abs=1)
    machine.message()
    assert machine.error() <= 1
    assert not machine.clock.agrees


@pytest.mark.parametrize("wrong_by", WRONG)
def test_without_any_date_messages_tell(wrong_by: timedelta) -> None:
    machine = Machine(wrong_by)
    machine.message()
    assert machine.error() <= 1
    machine.steady += 5000
    assert machine.error() <= 1
    assert not machine.clock.agrees


def test_the_host_is_right() -> None:
    machine = Machine(timedelta(seconds=20))
    assert not machine.clock.agrees
    assert machine.clock.host_ahead is None
    machine.answer()
    assert machine.clock.agrees
    assert machine.error() <= 1


def test_an_empty_ledger_tells_nothing() -> None:
    machine = Machine()
    machine.clock.hear_id(0)
    machine.answer()
    assert machine.clock.agrees


def test_it_agrees_within_minutes() -> None:
    for seconds, agrees in ((MAX_DISAGREEMENT - 2, True), (MAX_DISAGREEMENT + 2, False)):
        for sign in (1, -1):
            machine = Machine(timedelta(seconds=sign * seconds))
            machine.answer()
            assert machine.clock.agrees is agrees


def test_an_old_date_tells_nothing_more() -> None:
    machine = Machine()
    machine.answer()
    machine.steady += MAX_AGE_OF_DATE + 1
    assert not machine.clock.agrees
    machine.answer()
    assert machine.clock.agrees


def test_the_host_jumps_while_running() -> None:
    machine = Machine()
    machine.answer()
    for jump in (-DAY, DAY, -400 * DAY):
        machine.wrong_by = jump
        assert not machine.clock.agrees
        assert machine.error() <= 1
    machine.wrong_by = timedelta()
    assert machine.clock.agrees


def test_one_absurd_date_among_others() -> None:
    machine = Machine()
    machine.answer()
    machine.answer(73 * 365 * DAY)
    assert machine.error() <= 1
    machine.answer()
    assert machine.clock.agrees


@pytest.mark.parametrize("off", [73 * 365 * DAY, -900 * DAY, 20 * DAY])
def test_a_proxy_whose_dates_are_absurd(off: timedelta) -> None:
    machine = Machine()
    machine.clock.hear_id(id_at(NOW - 2 * DAY))
    machine.answer(off)
    machine.answer(off)
    assert not machine.clock.agrees
    assert abs((machine.clock.earliest() - machine.true).total_seconds()) <= 1
    if abs(off) > 365 * DAY:
        assert machine.error() <= 1
    machine.message()
    assert machine.error() <= 1
    assert not machine.clock.agrees


@pytest.mark.parametrize("header", [None, "", "yesterday", "Mon, 99 Nov 2026 12:00:00 GMT", "0"])
def test_a_date_that_cant_be_read(header: str | None) -> None:
    machine = Machine()
    machine.clock.hear_date(header)
    assert machine.clock.host_ahead is None
    assert machine.error() <= 1
    assert not machine.clock.agrees


def test_after_both_were_wrong_two_dates_are_enough() -> None:
    machine = Machine(35 * DAY)
    machine.answer(10 * DAY)
    for _ in range(2):
        machine.answer()
    assert machine.error() <= 1


@pytest.mark.parametrize("message_id", [2**62, 2**63, 2**70, id_at(NOW + 3 * DAY)])
def test_an_id_from_another_time(message_id: int) -> None:
    machine = Machine()
    machine.answer()
    assert not machine.clock.hear_message(message_id)
    machine.clock.hear_id(message_id)
    assert machine.error() <= 1
    assert machine.message()


def test_a_machine_that_slept() -> None:
    """The steady clock stood still meanwhile; the host's is right."""
    machine = Machine()
    machine.answer()
    machine.message()
    machine.wrong_by = timedelta(hours=8)  # seen from the steady clock
    assert machine.clock.hear_message(id_at(machine.true + timedelta(hours=8)))
    assert abs((machine.clock.now() - machine.true).total_seconds() - 8 * 3600) <= 1
    machine.answer(timedelta(hours=8))
    assert machine.clock.agrees


def test_a_replayed_message_is_no_present() -> None:
    machine = Machine()
    machine.answer()
    machine.message()
    machine.message(timedelta(minutes=10))
    assert machine.error() <= 1
    assert machine.clock.agrees
    assert machine.clock.seconds_since(id_at(machine.true - DAY)) == pytest.approx(86400, abs=1)
