"""The arithmetic of the simulated arrivals: nothing of it is measured here."""

import random
import statistics

import pytest

from benchmarks import arrival_model as model
from benchmarks.arrival_model import Costs, load, messages_of, rows_of, strata

COSTS = Costs(uncounted=10.0, counted=100.0, entries_per_second=1000.0, entry_bytes=300.0, daily_bytes=200.0)


def loads(servers: int, mean: float = 45.0, costs: Costs = COSTS) -> model.Load:
    return load(servers, mean, costs, random.Random(1))


@pytest.mark.parametrize("servers", [1, 999, 1_000, 100_000, 10_000_000])
def test_every_server_is_in_one_stratum(servers: int) -> None:
    parts = list(strata(servers))
    assert sum(number for number, _ in parts) == pytest.approx(servers)
    quantiles = [quantile for _, quantile in parts]
    assert quantiles == sorted(quantiles)
    assert quantiles[0] > 0
    assert quantiles[-1] < 1
    assert quantiles[-1] == pytest.approx(1 - 0.5 / servers, abs=0.5 / servers)


def test_few_servers_write_most() -> None:
    parts = [(number, messages_of(quantile, 45.0)) for number, quantile in strata(10_000_000)]
    total = sum(number * messages for number, messages in parts)
    assert total / 10_000_000 == pytest.approx(45.0, rel=0.02)
    largest = sum(number * messages for number, messages in parts if messages > messages_of(0.99, 45.0))
    assert 0.4 < largest / total < 0.7
    assert messages_of(0.5, 45.0) < 45.0 / 10


def test_a_day_has_all_its_messages_and_an_evening() -> None:
    hours = model.hours()
    assert sum(hours) == pytest.approx(1)
    assert hours.index(max(hours)) == model.BUSIEST_HOUR - 1, "most people are an hour ahead of UTC"
    assert 1.3 < max(hours) * 24 < 2
    assert model._local(model.BUSIEST_HOUR) == pytest.approx(1)
    assert model._local(model.QUIETEST_HOUR) == pytest.approx(model.NIGHT)


@pytest.mark.parametrize("rate", [0.5, 40.0, 5_000.0])
def test_arrivals_are_as_many_as_said_and_the_busiest_second_has_more(rate: float) -> None:
    chance = random.Random(2)
    drawn = [model._poisson(rate, chance) for _ in range(4_000)]
    assert statistics.fmean(drawn) == pytest.approx(rate, rel=0.06)
    assert statistics.pvariance(drawn) == pytest.approx(rate, rel=0.15)
    assert rate < model.busiest_second(rate, chance) < rate + 8 * rate**0.5 + 5


def test_rows_are_people_in_channels_and_never_more_than_messages() -> None:
    assert rows_of(0.2) == 0.2
    assert rows_of(5.0) == 1.0
    assert rows_of(3170.0) == pytest.approx(200.0)


def test_what_is_needed_follows_from_the_costs() -> None:
    one = loads(100_000)
    assert one.busiest_hour == pytest.approx(one.mean * max(model.hours()) * 24)
    assert one.counted_per_day == pytest.approx(one.mean * 86_400 * model.COUNTED_SHARE)
    assert one.cores == pytest.approx(one.busiest_hour * 19e-6), "nine at 10 µs for each at 100"
    assert one.database_share == pytest.approx(one.busiest_hour * model.COUNTED_SHARE / 1000)
    assert one.disk_per_day == pytest.approx(one.counted_per_day * 300 + one.rows_per_day * 200)
    assert one.shards == 40
    assert one.start_seconds == 200
    assert loads(10_000_000).start_seconds == 4_000 * 5 / model.LARGE_CONCURRENCY


def test_processes_are_for_cpu_or_memory_whichever_takes_more_but_no_more_than_shards() -> None:
    assert loads(1_000).processes == 1
    by_memory = loads(1_000_000).processes
    assert by_memory == pytest.approx(1_000_000 * model.BYTES_PER_SERVER / 795e6, abs=1)
    dear = Costs(100_000.0, 100_000.0, 1.0, 1.0, 1.0)
    assert by_memory < loads(1_000_000, costs=dear).processes <= 400
