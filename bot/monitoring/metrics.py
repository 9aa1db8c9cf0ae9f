"""The metrics, in Prometheus' words: everything is read when they are asked for. Needs the extra `metrics`.

No label holds an id, a token or a text.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from bot.annotating.annotator import AnnotatorState
from bot.ledger.records import WriterState
from bot.monitoring.loop_lag import LoopLag
from bot.monitoring.state import State

ROOTS = frozenset({"applications", "channels", "gateway", "guilds", "interactions", "oauth2", "users", "webhooks"})
"""How the routes of Discord's API begin that the bot uses; only below these it is known that ids are taken out."""


class BotCollector(Collector):
    """Tells Prometheus how the bot is doing."""

    def __init__(self, look: Callable[[], State]) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        """Yield all metrics, as they are now."""
        state = self._look()
        yield _counter("messages", "Messages seen in servers, counted or not.", state.messages)
        yield from _ledger(state.writer)
        yield _gauge("catchup_held_channels", "Channels whose history is still to be read.", state.held)
        yield from _annotations(state.annotations)
        yield _requests(state.requests)
        yield _gauge(
            "http_invalid_requests",
            "Answers 401, 403 and 429 within ten minutes, 500 at most.",
            state.invalid_requests,
        )
        yield from _lag(state.lag)
        yield _gauge("guilds", "Servers that the bot is in.", state.guilds)
        shards = GaugeMetricFamily("empreinte_shards", "Gateway connections of this process.", labels=["state"])
        shards.add_metric(["connected"], state.shards.connected)
        shards.add_metric(["expected"], state.shards.expected)
        yield shards


def exposition(look: Callable[[], State]) -> Callable[[str], tuple[bytes, str]]:
    """Return what turns an Accept header into the metrics of this moment, and their content type."""
    registry = CollectorRegistry()
    registry.register(BotCollector(look))
    ProcessCollector(registry=registry)

    def expose(accept: str) -> tuple[bytes, str]:
        encode, content_type = choose_encoder(accept)
        return encode(registry), content_type

    return expose


def _ledger(writer: WriterState) -> Iterator[Metric]:
    yield _counter("entries", "Entries written to the database.", writer.entries)
    yield _counter("entries_dropped", "Entries dropped as the queue was full; catch-up reads them.", writer.dropped)
    yield _counter("entries_refused", "Entries that the database refused.", writer.refused)
    yield _summary("batch_entries", "New entries in each batch.", writer.batches, writer.entries)
    yield _summary(
        "batch_age_seconds",
        "How long the oldest entry of each batch waited until it was written, at the most.",
        writer.batches,
        writer.batch_seconds,
    )
    yield _gauge("writer_queue_length", "Writes waiting for the database.", writer.queued)
    yield _gauge("writer_queue_capacity", "Entries that may wait; more are dropped.", writer.capacity)


def _annotations(seen: AnnotatorState) -> Iterator[Metric]:
    yield _gauge("annotation_queue_length", "Messages waiting to be annotated.", seen.waiting)
    outcomes = CounterMetricFamily("empreinte_annotations", "Messages to annotate, by outcome.", labels=["outcome"])
    for outcome, count in sorted(seen.outcomes.items()):
        outcomes.add_metric([outcome], count)
    yield outcomes
    yield _gauge("annotations_paused_channels", "Channels without annotations for now.", seen.paused)


def _requests(requests: Mapping[tuple[str, str, int], int]) -> Metric:
    labels = ["method", "route", "status"]
    family = CounterMetricFamily(
        "empreinte_http_requests", "Estimates to HTTP requests; status 0: none.", labels=labels
    )
    counts: Counter[tuple[str, str, int]] = Counter()
    for (method, path, status), count in requests.items():
        counts[method, _route(path), status] += count
    for (method, path, status), count in sorted(counts.items()):
        family.add_metric([method, path, str(status)], count)
    return family


def _route(path: str) -> str:
    return path if path.lstrip("/").split("/")[0] in ROOTS else "other"


def _lag(lag: LoopLag) -> Iterator[Metric]:
    yield _gauge("loop_lag_seconds", "How late the event loop was last.", lag.last)
    yield _gauge("loop_lag_max_seconds", "How late the event loop was at the most within the last minute.", lag.largest)
    yield _summary("loop_delay_seconds", "How late the event loop was, ten times a second.", lag.count, lag.total)


def _counter(name: str, text: str, value: float) -> Metric:
    return CounterMetricFamily(f"empreinte_{name}", text, value=value)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"empreinte_{name}", text, value=value)


def _summary(name: str, text: str, count: int, total: float) -> Metric:
    return SummaryMetricFamily(f"empreinte_{name}", text, count_value=count, sum_value=total)
