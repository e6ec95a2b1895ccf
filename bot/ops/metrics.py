"""Metrics of the process, as Prometheus reads them: counts and times, loop lag, memory."""

import asyncio
import re
import time
from collections import Counter as Tally
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import active_count

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.records import RecordsState

# Seconds between timers: a blocked loop is measured as up to this much shorter than it was.
_EVERY = 0.01
_MINUTE = 60

_STATUS = Path("/proc/self/status")
_FIELD = re.compile(r"^Rss(Anon|File):\s+(\d+) kB$", re.MULTILINE)
_KINDS = {"Anon": "anonymous", "File": "file"}

_LAGS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
_ANSWERS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


async def watch_loop(note: Callable[[float], None], every: float = _EVERY) -> None:
    """Set a timer every so many seconds, and call `note` with the seconds by which the loop was late for it."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        note(max(0.0, loop.time() - due))


class RecentMaximum:
    """The largest value of the last `seconds`, 0 where there was none."""

    def __init__(self, seconds: int = _MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # The largest value of each second that had one.
        self._largest: deque[tuple[int, float]] = deque(maxlen=seconds)

    def add(self, value: float) -> None:
        now = int(self._clock())
        if self._largest and self._largest[-1][0] == now:
            value = max(value, self._largest.pop()[1])
        self._largest.append((now, value))

    @property
    def value(self) -> float:
        oldest = int(self._clock()) - (self._largest.maxlen or 0)
        return max((value for second, value in self._largest if second > oldest), default=0.0)


def resident_bytes(status: Path = _STATUS) -> dict[str, int]:
    """Return the resident bytes that are `anonymous` and those that map a `file`; nothing where Linux is not there."""
    try:
        text = status.read_text(encoding="ascii")
    except OSError:
        return {}
    return {_KINDS[name]: int(kilobytes) * 1024 for name, kilobytes in _FIELD.findall(text)}


@dataclass(frozen=True, slots=True)
class ProcessState:
    """The state of the process at a scrape; `edition` is a fingerprint, None before the first edition serves.

    `search_away` is for how many seconds a search server has given no answers, 0 where it does or there is none.
    """

    is_connected: bool
    waiting: int
    at_work: int
    edition: str | None = None
    articles: int = 0
    passages: int = 0
    records: RecordsState | None = None
    search_away: float = 0.0
    sources_ill: int = 0
    outlets_stale: int = 0


class Metrics:
    """Counters and histograms of the bot, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._longest_lag = RecentMaximum()
        self.votes = Tally[str](helpful=0, unhelpful=0)
        """The votes on answers as they stand, since the process began."""
        self._lag = self._histogram("isnad_loop_lag_seconds", "By how much the event loop was late for a timer", _LAGS)
        self.computing = self._histogram("isnad_answer_seconds", "From the search to the card of an answer", _ANSWERS)
        self.replying = self._histogram("isnad_reply_seconds", "From a question's arrival to its reply", _ANSWERS)
        self.answers = self._counter("isnad_answers", "Answers given")
        self.refusals = self._counter("isnad_refusals", "Questions refused for want of evidence", "reason")
        self.declined = self._counter("isnad_declined", "Questions not taken: too many at once, or too soon", "limit")
        self.errors = self._counter("isnad_errors", "Requests that came to nothing", "kind")
        self.reloads = self._counter("isnad_reloads", "Reloads of the corpus", "outcome")
        self.source_failures = self._counter("isnad_source_failures", "Fetches that could not have a source", "reason")

    def note_outcome(self, refused_for: str | None) -> None:
        """Count an answer, or a refusal by its reason."""
        (self.refusals.labels(refused_for) if refused_for else self.answers).inc()

    def note_vote(self, *, helpful: bool, is_changed: bool) -> None:
        self.votes["helpful" if helpful else "unhelpful"] += 1
        if is_changed:
            self.votes["unhelpful" if helpful else "helpful"] -= 1

    def note_lag(self, seconds: float) -> None:
        self._lag.observe(seconds)
        self._longest_lag.add(seconds)

    def watch_state(self, look: Callable[[], ProcessState]) -> None:
        """Read the state with `look` at each scrape."""
        self._registry.register(_Gauges(look, self._longest_lag, self.votes))

    def text(self) -> bytes:
        """Write all metrics in Prometheus' text format; from the event loop."""
        return generate_latest(self._registry)

    def _histogram(self, name: str, documentation: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(name, documentation, buckets=buckets, registry=self._registry)

    def _counter(self, name: str, documentation: str, *labels: str) -> Counter:
        return Counter(name, documentation, labels, registry=self._registry)


class _Gauges(Collector):
    """Gauges of the process state, read at each scrape."""

    def __init__(self, look: Callable[[], ProcessState], longest_lag: RecentMaximum, votes: Tally[str]) -> None:
        self._look, self._longest_lag, self._votes = look, longest_lag, votes

    def describe(self) -> list[GaugeMetricFamily]:
        """Return nothing, so that registering does not read the state: the gauges are collected at each scrape."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read the state, and yield its gauges."""
        state = self._look()
        lag = "By how much the event loop was late at most, in the last minute"
        yield GaugeMetricFamily("isnad_loop_lag_longest_seconds", lag, self._longest_lag.value)
        yield GaugeMetricFamily("isnad_gateway_connected", "Whether every session is in place", state.is_connected)
        yield _gauge("isnad_questions", "Questions taken", "state", waiting=state.waiting, at_work=state.at_work)
        tasks = len(asyncio.all_tasks())
        yield GaugeMetricFamily("isnad_tasks", "Tasks of the event loop, which requests begin and end", tasks)
        yield GaugeMetricFamily("isnad_threads", "Threads of Python, workers and those of libraries", active_count())
        yield GaugeMetricFamily("isnad_articles", "Articles of the edition that serves", state.articles)
        yield GaugeMetricFamily("isnad_passages", "Passages of the edition that serves", state.passages)
        yield _gauge("isnad_votes", "Votes on answers, as they stand", "vote", **self._votes)
        if records := state.records:
            is_away = records.error is not None
            yield GaugeMetricFamily("isnad_records_away", "Whether the store is out of reach", is_away)
            changes = "Changes that wait for the store, and those that were lost since the start"
            yield _gauge("isnad_records_changes", changes, "state", waiting=records.waiting, dropped=records.dropped)
        away = "For how long the search server has given no answers; 0 where it does, or there is none"
        yield GaugeMetricFamily("isnad_search_away_seconds", away, state.search_away)
        yield GaugeMetricFamily("isnad_sources_ill", "Sources that fail for longer than usual", state.sources_ill)
        silent = "Outlets of feeds that are silent for longer than usual"
        yield GaugeMetricFamily("isnad_outlets_stale", silent, state.outlets_stale)
        if state.edition is not None:
            edition = GaugeMetricFamily("isnad_edition_info", "The edition that serves", labels=["fingerprint"])
            edition.add_metric([state.edition], 1)
            yield edition
        yield _gauge("isnad_resident_memory_bytes", "Resident memory by its backing", "kind", **resident_bytes())


def _gauge(name: str, documentation: str, label: str, **values: float) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, documentation, labels=[label])
    for kind, value in values.items():
        family.add_metric([kind], value)
    return family
