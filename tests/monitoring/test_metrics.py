"""The metrics: what each says, in the form that Prometheus reads, and nothing private in a label."""

import re

import pytest
from made_up import made_up
from prometheus_client.parser import text_string_to_metric_families

from bot.monitoring.metrics import exposition
from bot.monitoring.state import State

Key = tuple[str, tuple[tuple[str, str], ...]]


def scrape(state: State) -> dict[Key, float]:
    body, content_type = exposition(lambda: state)("text/plain")
    assert content_type.startswith("text/plain")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("name", "labels", "value"),
    [
        ("messages_total", {}, 100),
        ("entries_total", {}, 90),
        ("entries_dropped_total", {}, 2),
        ("entries_refused_total", {}, 1),
        ("batch_entries_count", {}, 4),
        ("batch_entries_sum", {}, 90),
        ("batch_age_seconds_count", {}, 4),
        ("batch_age_seconds_sum", {}, 1.5),
        ("writer_queue_length", {}, 3),
        ("writer_queue_capacity", {}, 20_000),
        ("catchup_held_channels", {}, 5),
        ("annotation_queue_length", {}, 6),
        ("annotations_total", {"outcome": "sent"}, 8),
        ("annotations_total", {"outcome": "dropped"}, 9),
        ("annotations_paused_channels", {}, 1),
        ("http_requests_total", {"method": "GET", "route": "/gateway/bot", "status": "200"}, 1),
        ("http_requests_total", {"method": "POST", "route": "/channels/{id}/messages", "status": "429"}, 3),
        ("http_invalid_requests", {}, 3),
        ("loop_lag_seconds", {}, 0.25),
        ("loop_lag_max_seconds", {}, 0.25),
        ("loop_delay_seconds_count", {}, 1),
        ("loop_delay_seconds_sum", {}, 0.25),
        ("shards", {"state": "connected"}, 2),
        ("shards", {"state": "expected"}, 2),
        ("guilds", {}, 7),
    ],
)
def test_each_number(name: str, labels: dict[str, str], value: float) -> None:
    assert scrape(made_up())[f"empreinte_{name}", tuple(sorted(labels.items()))] == value


def test_each_has_help_and_a_name_of_its_own() -> None:
    body, _ = exposition(made_up)("")
    families = list(text_string_to_metric_families(body.decode()))
    assert all(family.documentation for family in families)
    names = [family.name for family in families]
    assert len(names) == len(set(names)) > 15
    assert "process_resident_memory_bytes" in names


def test_openmetrics_for_those_who_ask() -> None:
    body, content_type = exposition(made_up)("application/openmetrics-text; version=1.0.0")
    assert content_type.startswith("application/openmetrics-text")
    assert body.endswith(b"# EOF\n")


def test_addresses_outside_the_known_routes_are_one() -> None:
    requests = {
        ("GET", "/attachments/{id}/{id}/secret.png", 200): 1,
        ("GET", "/invites/secret", 200): 2,
        ("GET", "/", 200): 4,
        ("GET", "other", 200): 8,
    }
    found = scrape(made_up(requests=requests))
    assert found["empreinte_http_requests_total", (("method", "GET"), ("route", "other"), ("status", "200"))] == 15
    assert not re.search("secret", str(found))
